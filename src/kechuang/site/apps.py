# SPDX-License-Identifier: Apache-2.0
"""The site app."""

from __future__ import annotations

import os

from django.apps import AppConfig

from kechuang.site import pseudo


class SiteConfig(AppConfig):
    """Pages that join many rooms."""

    name = "kechuang.site"
    label = "site"

    def ready(self) -> None:
        """Under the pseudo-locale every translated text is bracketed, which proves that no logic reads a label."""
        if os.environ.get("KECHUANG_PSEUDO_LOCALE"):
            pseudo.bracket_translations()
