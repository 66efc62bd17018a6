# SPDX-License-Identifier: Apache-2.0
"""The figures app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.navigation import register_group, register_nav


class FiguresConfig(AppConfig):
    """Numbers that open."""

    name = "kechuang.commons.figures"
    label = "figures"

    def ready(self) -> None:
        """Pointers, navigation; tasks ask for the lights of the numbers under them."""
        import_module("kechuang.commons.figures.resolvers")
        import_module("kechuang.commons.figures.desk")
        ports = import_module("kechuang.commons.commitments.ports")
        standings = import_module("kechuang.commons.figures.standings")
        ports.numbers.fill("figures", standings.lights_of_numbers)
        register_group("numbers", _("数字与指标"), order=30)
        see = {"permission": "figures.view_figure"}
        register_nav("numbers", _("数字"), "figures:figure-list", order=10, icon="chart", **see)
        register_nav("numbers", _("指标"), "figures:indicator-list", order=20, icon="flag", **see)
        register_nav("numbers", _("数据填报"), "figures:submission-list", order=30, icon="edit", **see)
