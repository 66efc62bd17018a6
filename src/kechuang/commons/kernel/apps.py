# SPDX-License-Identifier: Apache-2.0
"""The kernel app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from kechuang.commons.kernel.guarantees import install_guarantees


def _after_migrate(*, using: str, **_: Any) -> None:
    install_guarantees(connections[using])


class KernelConfig(AppConfig):
    """Small things shared by every room."""

    name = "kechuang.commons.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Re-install the guarantees after every migration (Django's own signal, not one between our apps)."""
        post_migrate.connect(_after_migrate, dispatch_uid="kechuang.guarantees")
