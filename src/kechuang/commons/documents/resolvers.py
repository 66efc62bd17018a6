# SPDX-License-Identifier: Apache-2.0
"""How pointers to documents are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.documents.models import Document
from kechuang.commons.documents.permissions import readable_of
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver


@resolver("documents.document")
def documents(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The file's name and its download, open to who may see the thing it is about."""
    rows = list(Document.objects.filter(pk__in=ids))
    readable = {row.pk for row in rows} if viewer is None else readable_of(rows, viewer)
    return {
        str(row.pk): Resolved(
            row.name, reverse("documents:document-download", args=[row.pk]), row.pk in readable
        )
        for row in rows
    }
