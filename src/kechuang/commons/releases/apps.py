# SPDX-License-Identifier: Apache-2.0
"""The releases app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_group, register_nav


class ReleasesConfig(AppConfig):
    """Immutable versions of content."""

    name = "kechuang.commons.releases"
    label = "releases"

    def ready(self) -> None:
        """Words, pointers, navigation."""
        import_module("kechuang.commons.releases.resolvers")
        name_verbs({"releases.pieces.released": _("发布内容版本")})
        register_group("content", _("规则与内容"), order=90)
        register_nav(
            "content",
            _("内容版本"),
            "releases:release-list",
            order=10,
            permission="releases.view_release",
            icon="file",
        )
