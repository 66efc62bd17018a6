# SPDX-License-Identifier: Apache-2.0
"""The documents app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs


class DocumentsConfig(AppConfig):
    """Files by content."""

    name = "kechuang.commons.documents"
    label = "documents"
    verbose_name = _("文件")

    def ready(self) -> None:
        """Words, pointers, the scanner."""
        import_module("kechuang.commons.documents.resolvers")
        import_module("kechuang.commons.documents.tasks")
        from kechuang.commons.documents.scanning import clamd, scanners  # noqa: PLC0415 -- settings are ready now

        if settings.SCANNER:
            scanners.fill("clamd", clamd(settings.SCANNER))
        name_verbs(
            {
                "documents.document.stored": _("存入文件"),
                "documents.document.discarded": _("销毁文件"),
            }
        )
