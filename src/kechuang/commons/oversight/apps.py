# SPDX-License-Identifier: Apache-2.0
"""The oversight app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_nav


class OversightConfig(AppConfig):
    """Rounds of reporting, letters that slips earn, the points of a year."""

    name = "kechuang.commons.oversight"
    label = "oversight"
    verbose_name = _("督办与考评")

    def ready(self) -> None:
        """Words, to-dos, pointers, what counts, navigation."""
        for name in ("desk", "resolvers", "events"):
            import_module(f"kechuang.commons.oversight.{name}")
        name_verbs(
            {
                "oversight.letter.issued": _("发出督办单"),
                "oversight.letter.answered": _("回复督办单"),
                "oversight.letter.withdrawn": _("撤回督办单"),
                "oversight.objection.raised": _("对评分提出申诉"),
                "oversight.objection.decided": _("审定申诉"),
            }
        )
        see = {"permission": "oversight.view_letter"}
        register_nav("plan", _("督办单"), "oversight:letter-list", order=42, icon="warning", **see)
        register_nav("plan", _("报送轮次"), "oversight:round-list", order=28, icon="clock", **see)
        register_nav("plan", _("年终评分"), "oversight:score-list", order=44, icon="chart", **see)
