# SPDX-License-Identifier: Apache-2.0
"""The access app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui import navigation


class AccessConfig(AppConfig):
    """Accounts, roles, grants."""

    name = "kechuang.commons.access"
    label = "access"

    def ready(self) -> None:
        """Words; the navigation shows only what the viewer may open."""
        from kechuang.commons.access.grants import may_open  # noqa: PLC0415 -- models are not ready earlier

        navigation.may_open.fill("access", may_open)
        name_verbs(
            {
                "access.roles.installed": _("装载角色"),
                "access.account.created": _("开立账号"),
                "access.role.granted": _("授予角色"),
            }
        )
