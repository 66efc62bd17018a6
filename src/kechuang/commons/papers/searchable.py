# SPDX-License-Identifier: Apache-2.0
"""Papers in the global search, by title, number and text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.searching import Searchable, searchable
from kechuang.commons.papers.models import Paper


@searchable("papers.paper", _("文书"), permission="papers.view_paper", order=40)
def papers(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Title; number and text."""
    rows = Paper.objects.all() if ids is None else Paper.objects.filter(pk__in=ids)
    for row in rows.iterator():
        yield Searchable(str(row.pk), row.title, f"{row.number or ''} {row.text}".strip())
