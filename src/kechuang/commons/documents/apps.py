# SPDX-License-Identifier: Apache-2.0
"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files by content."""

    name = "kechuang.commons.documents"
    label = "documents"
