# SPDX-License-Identifier: Apache-2.0
"""The notices app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.badges import badges
from kechuang.commons.ui.navigation import register_group, register_nav


class NoticesConfig(AppConfig):
    """What people are told."""

    name = "kechuang.commons.notices"
    label = "notices"

    def ready(self) -> None:
        """Words, the count in the top bar, what is sent from time to time, navigation."""
        import_module("kechuang.commons.notices.desk")
        import_module("kechuang.commons.notices.tasks")
        badges.fill("notices", import_module("kechuang.commons.notices.inbox").badge)
        name_verbs(
            {
                "notices.notice.sent": _("发出消息"),
                "notices.receipt.read": _("阅读消息"),
                "notices.inbox.cleared": _("全部标为已读"),
                "notices.preference.set": _("设定接收方式"),
                "notices.delivery.retried": _("重新投递"),
            }
        )
        register_group("office", _("办公"), order=80)
        register_nav("office", _("消息"), "notices:inbox", order=10, icon="bell")
        register_nav(
            "office",
            _("消息投递"),
            "notices:delivery-list",
            order=90,
            permission="notices.view_delivery",
            icon="settings",
        )
