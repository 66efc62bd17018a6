# SPDX-License-Identifier: Apache-2.0
"""Published lists in the global search; what a list registers is found under its firms."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.searching import Searchable, changes_search, searchable


@searchable("ladder.listimport", _("企业名单"), permission="ladder.view_list", order=50)
def lists(ids: Collection[str] | None) -> Iterator[Searchable]:
    """The title."""
    rows = ListImport.objects.all() if ids is None else ListImport.objects.filter(pk__in=ids)
    for row in rows.iterator():
        yield Searchable(str(row.pk), row.title)


@changes_search("parties.organization", "ladder.list.confirmed", "ladder.list.undone")
def firms_of_list(entry: Entry) -> list[str]:
    """Every firm the list registered or gave a qualification to."""
    rows = ListRow.objects.filter(list=int(entry.ref_id), organization__isnull=False)
    return [str(pk) for pk in rows.values_list("organization", flat=True).distinct().order_by("organization")]
