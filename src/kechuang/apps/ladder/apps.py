# SPDX-License-Identifier: Apache-2.0
"""The ladder app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_group, register_nav


class LadderConfig(AppConfig):
    """From published lists to qualifications that count themselves."""

    name = "kechuang.apps.ladder"
    label = "ladder"

    def ready(self) -> None:
        """Words, numbers, to-dos, pointers, navigation."""
        for door in ("figures", "desk", "resolvers"):
            import_module(f"kechuang.apps.ladder.{door}")
        name_verbs(
            {
                "ladder.list.uploaded": _("上传名单"),
                "ladder.list.discarded": _("作废名单"),
                "ladder.row.settled": _("处理名单行"),
                "ladder.suggestions.accepted": _("采纳名单建议"),
                "ladder.list.confirmed": _("确认名单"),
                "ladder.list.undone": _("撤回名单"),
            }
        )
        register_group("firms", _("企业"), order=40)
        register_nav(
            "firms",
            _("企业名单"),
            "ladder:list-list",
            order=10,
            permission="ladder.view_list",
            icon="upload",
            match="/ladder/",
        )
