# SPDX-License-Identifier: Apache-2.0
"""How pointers to documents are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.documents.models import Document
from kechuang.commons.documents.permissions import readable_of
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver


@resolver("documents.document")
def documents(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The file's name and its download, open to who may see the thing it is about."""
    rows = list(Document.objects.filter(pk__in=ids).select_related("discard"))
    readable = {row.pk for row in rows} if viewer is None else readable_of(rows, viewer)
    return {str(row.pk): _shown(row, readable=row.pk in readable) for row in rows}


def _shown(row: Document, *, readable: bool) -> Resolved:
    """The name and the download; of one that was discarded that it was."""
    if hasattr(row, "discard"):
        return Resolved(_("已销毁的文件"), "", readable)
    return Resolved(row.name, reverse("documents:document-download", args=[row.pk]), readable)
