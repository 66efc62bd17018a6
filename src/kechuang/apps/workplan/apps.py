# SPDX-License-Identifier: Apache-2.0
"""The workplan app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.navigation import register_group, register_nav


class WorkplanConfig(AppConfig):
    """A published work plan becomes a tracked plan."""

    name = "kechuang.apps.workplan"
    label = "workplan"

    def ready(self) -> None:
        """To-dos, navigation."""
        import_module("kechuang.apps.workplan.desk")
        register_group("plan", _("年度计划"), order=10)
        see = {"permission": "workplan.view_plan"}
        register_nav("plan", _("任务清单"), "workplan:task-list", order=20, icon="list", **see)
        register_nav("plan", _("处室负荷"), "workplan:load-view", order=30, icon="grid", **see)
