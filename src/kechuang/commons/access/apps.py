# SPDX-License-Identifier: Apache-2.0
"""The access app."""

from django.apps import AppConfig

from kechuang.commons.ui import navigation


class AccessConfig(AppConfig):
    """Accounts, roles, grants."""

    name = "kechuang.commons.access"
    label = "access"

    def ready(self) -> None:
        """The navigation shows only what the viewer may open."""
        from kechuang.commons.access.grants import may_open  # noqa: PLC0415 -- models are not ready earlier

        navigation.may_open.fill("access", may_open)
