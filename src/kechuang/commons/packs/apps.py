# SPDX-License-Identifier: Apache-2.0
"""The packs app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PacksConfig(AppConfig):
    """Content as files: read without guessing, checked whole."""

    name = "kechuang.commons.packs"
    label = "packs"

    def ready(self) -> None:
        """Every room declares the kinds of piece it installs in its ``pieces.py``."""
        autodiscover_modules("pieces")
