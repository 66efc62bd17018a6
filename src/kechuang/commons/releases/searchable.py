# SPDX-License-Identifier: Apache-2.0
"""Releases in the global search, by name, code and source."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.searching import Searchable, changes_search, searchable
from kechuang.commons.releases.models import Release

KIND = "releases.release"


@searchable(KIND, _("内容版本"), permission="releases.view_release", order=80)
def releases(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Name; code, number, pack, source."""
    rows = (
        Release.objects.defer("content")
        if ids is None
        else Release.objects.defer("content").filter(pk__in=ids)
    )
    for row in rows.iterator():
        yield Searchable(
            str(row.pk), row.title or row.code, f"{row.code} {row.number} {row.pack} {row.source}".strip()
        )


@changes_search(KIND, "releases.pieces.released", "registers.register.released")
def released(entry: Entry) -> None:
    """Any of them."""
    del entry
