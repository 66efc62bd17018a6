# SPDX-License-Identifier: Apache-2.0
"""The facts app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs


class FactsConfig(AppConfig):
    """What is measured, what was observed, what was promised as a number."""

    name = "kechuang.commons.facts"
    label = "facts"
    verbose_name = _("数据与目标")

    def ready(self) -> None:
        """Words."""
        name_verbs(
            {
                "facts.indicators.installed": _("装载指标"),
                "facts.observations.installed": _("装载数据"),
                "facts.observation.entered": _("填报数据"),
                "facts.observations.entered": _("批量填报数据"),
                "facts.observation.verified": _("核实数据"),
                "facts.observation.returned": _("退回填报的数据"),
                "facts.target.set": _("确定目标"),
            }
        )
