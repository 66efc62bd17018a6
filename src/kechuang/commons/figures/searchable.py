# SPDX-License-Identifier: Apache-2.0
"""Indicators in the global search, by every way of writing them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.commons.facts.models import Indicator
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.searching import Searchable, changes_search, searchable

KIND = "facts.indicator"


@searchable(KIND, _("指标"), permission="figures.view_figure", order=25)
def indicators(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Name; other names, code, definition, source."""
    rows = Indicator.objects.all() if ids is None else Indicator.objects.filter(pk__in=ids)
    for row in rows.iterator():
        yield Searchable(
            str(row.pk), row.name, " ".join([*row.names, row.code, row.definition, row.source]).strip()
        )


@changes_search(KIND, "facts.indicators.installed")
def installed(entry: Entry) -> None:
    """Any of them."""
    del entry
