# SPDX-License-Identifier: Apache-2.0
"""Records of registers in the global search, by title and number: fields may be sensitive and stay out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.searching import Searchable, changes_search, searchable
from kechuang.commons.registers.models import Record

KIND = "registers.record"


@searchable(KIND, _("台账"), permission="registers.view_record", order=45)
def records(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Title; number."""
    rows = Record.objects.all() if ids is None else Record.objects.filter(pk__in=ids)
    for row in rows.iterator():
        yield Searchable(str(row.pk), row.title, row.number)


@changes_search(KIND, "registers.records.taken")
def taken(entry: Entry) -> None:
    """Any of them."""
    del entry
