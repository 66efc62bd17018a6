# SPDX-License-Identifier: Apache-2.0
"""Letters in the global search, by number, matter and reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.searching import Searchable, searchable
from kechuang.commons.oversight.models import Letter


@searchable("oversight.letter", _("督办单"), permission="oversight.view_letter", order=15)
def letters(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Name, number and matter; the office and why."""
    rows = Letter.objects.all() if ids is None else Letter.objects.filter(pk__in=ids)
    for row in rows.select_related("commitment", "milestone", "unit").order_by("pk").iterator():
        yield Searchable(str(row.pk), f"{row.name} {row.number} {row.item.title}", f"{row.unit} {row.reason}")
