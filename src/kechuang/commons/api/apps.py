# SPDX-License-Identifier: Apache-2.0
"""The api app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs
from kechuang.commons.ui.navigation import register_nav


class ApiConfig(AppConfig):
    """Tokens, and the shapes of the API's answers."""

    name = "kechuang.commons.api"
    label = "api"
    verbose_name = _("接口")

    def ready(self) -> None:
        """Words, pointers, navigation."""
        import_module("kechuang.commons.api.resolvers")
        name_verbs({"api.token.made": _("签发接口令牌"), "api.token.revoked": _("撤销接口令牌")})
        register_nav("", _("接口令牌"), "api:token-list", order=90, permission="api.make_token", icon="link")
