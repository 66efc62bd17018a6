# SPDX-License-Identifier: Apache-2.0
"""Files in the global search, by their names; who may see what a file is about finds it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.commons.documents.queries import whole
from kechuang.commons.kernel.searching import Searchable, searchable


@searchable("documents.document", _("文件"), permission="", order=60)
def documents(ids: Collection[str] | None) -> Iterator[Searchable]:
    """The name."""
    rows = whole() if ids is None else whole().filter(pk__in=ids)
    for row in rows.exclude(about_id="").iterator():
        yield Searchable(str(row.pk), row.name)
