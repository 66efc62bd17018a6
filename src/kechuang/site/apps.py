# SPDX-License-Identifier: Apache-2.0
"""The site app."""

from __future__ import annotations

import os
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.navigation import register_group, register_nav
from kechuang.site import pseudo


class SiteConfig(AppConfig):
    """Pages that join many rooms."""

    name = "kechuang.site"
    label = "site"
    verbose_name = _("全站")

    def ready(self) -> None:
        """Navigation, who moves the demo's day, which offices ship; under the pseudo-locale every text is bracketed."""
        from kechuang.apps.workplan.catalogue import shipped_units  # noqa: PLC0415 -- models are ready only now
        from kechuang.commons.access.catalogue import name_permissions  # noqa: PLC0415
        from kechuang.commons.access.pieces import SeparationPiece  # noqa: PLC0415
        from kechuang.commons.access.separation import separations  # noqa: PLC0415
        from kechuang.commons.kernel.clock_actions import may_set_clock  # noqa: PLC0415
        from kechuang.commons.parties.pieces import UnitPiece  # noqa: PLC0415
        from kechuang.site.content import library  # noqa: PLC0415
        from kechuang.site.demo.doors import can_move_day  # noqa: PLC0415

        import_module("kechuang.site.telling")
        import_module("kechuang.site.briefs")
        for name in ("plan", "letters", "scores", "events"):
            import_module(f"kechuang.site.papers.{name}")
        register_nav("", _("工作台"), "desk", order=10, icon="desk")
        register_nav("", _("驾驶舱"), "cockpit", order=20, icon="home", permission="workplan.view_plan")
        register_group("system", _("系统"), order=95)
        register_nav("system", _("要点对照"), "coverage", order=10, icon="check")
        register_nav("system", _("日志"), "journal", order=20, icon="list", permission="kernel.view_journal")
        may_set_clock.fill("site", can_move_day)
        shipped_units.fill("site", lambda: library().of(UnitPiece))
        separations.fill("site", lambda: library().of(SeparationPiece))
        name_permissions(
            {
                "access.unmask_user": _("查看账号的完整联系方式"),
                "comments.mention_person": _("在批注中提到同事"),
                "comments.view_trace": _("查看批注的修改与撤回记录"),
                "kernel.set_clock": _("移动演示的业务日期"),
                "kernel.view_journal": _("查看日志"),
                "parties.lead_unit": _("可以分管处室"),
                "parties.unmask_registration": _("查看注册申请人的完整联系方式"),
                "registers.define_register": _("起草台账定义"),
                "registers.head_record": _("审定台账记录"),
                "registers.keep_record": _("维护台账记录"),
                "registers.view_sensitive": _("查看台账敏感信息原文"),
                "site.read_feed": _("订阅到期事项的日历"),
                "site.start_at_cockpit": _("登录后先看驾驶舱"),
                "slots.keep_session": _("办理场次与签到"),
                "slots.unmask_booking": _("查看预约人的完整联系方式"),
                "workplan.view_plan": _("查看计划、任务与驾驶舱"),
            }
        )
        if os.environ.get("KECHUANG_PSEUDO_LOCALE"):
            pseudo.bracket_translations()
