# SPDX-License-Identifier: Apache-2.0
"""The kernel app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import install_guarantees
from kechuang.commons.kernel.verbs import name_verbs


def _after_migrate(*, using: str, **_more: Any) -> None:
    install_guarantees(connections[using])


class KernelConfig(AppConfig):
    """Small things shared by every room."""

    name = "kechuang.commons.kernel"
    label = "kernel"
    verbose_name = _("日志与业务日期")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words; the guarantees are re-installed after every migration (Django's own signal, not one of ours)."""
        post_migrate.connect(_after_migrate, dispatch_uid="kechuang.guarantees")
        name_verbs(
            {
                "kernel.clock.set": _("设定业务日期"),
                "kernel.clock.released": _("恢复真实日期"),
            }
        )
