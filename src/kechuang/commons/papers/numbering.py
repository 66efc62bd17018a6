# SPDX-License-Identifier: Apache-2.0
"""Numbers that follow each other (编号): called inside an action, under a lock on the series."""

from __future__ import annotations

from kechuang.commons.papers.models import NumberSeries


def next_number(series: str, pattern: str, year: int, count: int = 1) -> list[str]:
    """The next numbers of a series in a year; ``pattern`` holds ``{year}`` and ``{seq}`` or ``{seq:03}``."""
    NumberSeries.objects.get_or_create(code=series, year=year)
    row = NumberSeries.objects.select_for_update().get(code=series, year=year)
    first, row.last = row.last + 1, row.last + count
    row.save(update_fields=["last"])
    return [pattern.format(year=year, seq=seq) for seq in range(first, row.last + 1)]
