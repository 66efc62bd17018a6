# SPDX-License-Identifier: Apache-2.0
"""The search app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    """Finding anything one may open."""

    name = "kechuang.commons.search"
    label = "search"

    def ready(self) -> None:
        """Every room offers its records in its ``searchable.py``; then listen to what happens to them."""
        autodiscover_modules("searchable")
        import_module("kechuang.commons.search.tasks")
        import_module("kechuang.commons.search.subscribers").listen()
