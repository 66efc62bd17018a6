# SPDX-License-Identifier: Apache-2.0
"""The slots app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_nav


class SlotsConfig(AppConfig):
    """Times at places, booked by people who then come."""

    name = "kechuang.commons.slots"
    label = "slots"
    verbose_name = _("场次与预约")

    def ready(self) -> None:
        """Words, pointers, to-dos, navigation."""
        for name in ("resolvers", "desk", "forgetting", "tasks"):
            import_module(f"kechuang.commons.slots.{name}")
        permissions = import_module("kechuang.commons.slots.permissions")
        import_module("kechuang.commons.access.reach").unmasking.fill(
            "slots.booking", permissions.can_unmask_booking
        )
        name_verbs(
            {
                "slots.session.opened": _("设场次"),
                "slots.sessions.opened": _("成批设场次"),
                "slots.session.revised": _("调整场次"),
                "slots.session.cancelled": _("取消场次"),
                "slots.booking.made": _("预约"),
                "slots.booking.cancelled": _("退出预约"),
                "slots.booking.signed_up": _("公众报名"),
                "slots.booking.confirmed": _("本人确认报名"),
                "slots.booking.withdrawn": _("本人退出报名"),
                "slots.booking.checked_in": _("签到"),
                "slots.booking.rated": _("现场评价"),
            }
        )
        see = {"permission": "slots.view_session", "icon": "list"}
        register_nav("registers", _("场次与预约"), "slots:session-list", order=40, **see)
        register_nav("registers", _("我的预约"), "slots:booking-list", order=41, **see)
