# SPDX-License-Identifier: Apache-2.0
"""Which contents are still needed."""

from __future__ import annotations

from django.db.models import QuerySet

from kechuang.commons.documents.models import Document


def whole() -> QuerySet[Document]:
    """Files that were not discarded."""
    return Document.objects.filter(discard=None)


def is_named(digest: str) -> bool:
    """Whether any file that was not discarded has this content."""
    return whole().filter(sha256=digest).exists()
