# SPDX-License-Identifier: Apache-2.0
"""The workplan app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_group, register_nav


class WorkplanConfig(AppConfig):
    """A published work plan becomes a tracked plan."""

    name = "kechuang.apps.workplan"
    label = "workplan"

    def ready(self) -> None:
        """To-dos, pointers, words, navigation."""
        import_module("kechuang.apps.workplan.desk")
        import_module("kechuang.apps.workplan.resolvers")
        name_verbs(_VERBS)
        register_group("plan", _("年度计划"), order=10)
        see = {"permission": "workplan.view_plan"}
        register_nav(
            "plan", _("计划"), "workplan:plan-list", order=10, icon="plan", match="/workplan/plans/", **see
        )
        register_nav("plan", _("任务清单"), "workplan:task-list", order=20, icon="list", **see)
        register_nav("plan", _("处室负荷"), "workplan:load-view", order=30, icon="grid", **see)


_VERBS = {
    "workplan.plan.imported": _("导入计划"),
    "workplan.plan.installed": _("装载计划"),
    "workplan.plan.corrected": _("更正计划标题"),
    "workplan.plan.issued": _("签发计划"),
    "workplan.scheme.chosen": _("选定进度办法"),
    "workplan.version.discarded": _("作废草稿"),
    "workplan.lead.settled": _("确定牵头处室"),
    "workplan.item.accepted": _("核对条目"),
    "workplan.item.edited": _("修改条目"),
    "workplan.item.added": _("添加条目"),
    "workplan.item.carried": _("结转上年任务"),
    "workplan.item.excluded": _("不纳入条目"),
    "workplan.item.restored": _("恢复条目"),
    "workplan.item.split": _("拆分条目"),
    "workplan.item.merged": _("合并条目"),
    "workplan.item.decided": _("决定数字承诺"),
    "workplan.offices.set": _("设定处室"),
    "workplan.office.matched": _("对应处室"),
    "workplan.target.corrected": _("更正目标"),
    "workplan.area.edited": _("修改重点领域"),
    "workplan.area.added": _("添加重点领域"),
    "workplan.area.removed": _("删除重点领域"),
}
