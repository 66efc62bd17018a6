# SPDX-License-Identifier: Apache-2.0
"""The calendar app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_group, register_nav


class CalendarConfig(AppConfig):
    """Working days and limits."""

    name = "kechuang.commons.calendar"
    label = "calendar"

    def ready(self) -> None:
        """Words, navigation."""
        name_verbs(
            {
                "calendar.years.installed": _("装载工作日历"),
                "calendar.day.set": _("设定日期安排"),
                "calendar.day.cleared": _("取消日期安排"),
                "calendar.year.confirmed": _("确认年度放假安排"),
                "calendar.timer.started": _("开始计时"),
                "calendar.timer.paused": _("暂停计时"),
                "calendar.timer.resumed": _("恢复计时"),
                "calendar.timer.stopped": _("结束计时"),
            }
        )
        register_group("office", _("办公"), order=80)
        register_nav("office", _("工作日历"), "calendar:month-now", order=20, icon="calendar")
        register_nav(
            "office",
            _("办理时限"),
            "calendar:timer-list",
            order=30,
            permission="calendar.view_timer",
            icon="clock",
        )
