# SPDX-License-Identifier: Apache-2.0
"""Published values (by period, with revisions) brought into the form a pace needs (口径): sums so far, months, finals.

A series is published as sums since the start of the year, or month by month; a month that is missing breaks the sum.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kechuang.engines.progress.seasons import MONTHS, Season, season_of
from kechuang.engines.progress.series import Point

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Published:
    """A value for [start, end]; of one period the highest revision counts."""

    start: dt.date
    end: dt.date
    revision: int
    value: Decimal


def latest(values: Iterable[Published]) -> list[Published]:
    """Of each period the newest revision, by period."""
    found = {(one.start, one.end): one for one in sorted(values)}
    return [found[period] for period in sorted(found)]


def levels(values: Iterable[Published], start: dt.date, end: dt.date) -> tuple[Point, ...]:
    """Levels, rates and shares: what the longest of the periods that end on a day inside [start, end] says."""
    found = {one.end: one for one in reversed(latest(values)) if start <= one.end <= end}
    return tuple(Point(day, found[day].value) for day in sorted(found))


def sums_so_far(values: Iterable[Published], start: dt.date, end: dt.date) -> tuple[Point, ...]:
    """Sums since ``start``: published as such, else the months added up as far as none is missing."""
    inside = [one for one in latest(values) if start <= one.start and one.end <= end]
    found = {one.end: one.value for one in inside if one.start == start}
    months = {one.start: one for one in inside if _is_month(one)}
    day, total = start, Decimal(0)
    while day in months:
        total += months[day].value
        day = months[day].end + ONE_DAY
        found.setdefault(day - ONE_DAY, total)
    return tuple(Point(day, found[day]) for day in sorted(found))


def season_from(values: Iterable[Published], start: dt.date, end: dt.date) -> Season | None:
    """What each month of [start, end] brought, from the sums at the ends of its months; None where one is missing."""
    sums = {point.day: point.value for point in sums_so_far(values, start, end)}
    months, before = [], Decimal(0)
    for month in range(MONTHS):
        last = month_end(start, month)
        if last not in sums:
            return None
        months.append(sums[last] - before)
        before = sums[last]
    return season_of(months)


def finals(values: Iterable[Published], before: dt.date) -> tuple[Point, ...]:
    """The final values of years that ended before a day: of the whole year, else as of its last day."""
    found: dict[dt.date, Decimal] = {}
    for one in latest(values):
        if one.end < before and (one.end.month, one.end.day) == (12, 31):
            whole = (one.start.month, one.start.day) == (1, 1)
            if whole or one.end not in found:
                found[one.end] = one.value
    return tuple(Point(day, found[day]) for day in sorted(found))


def year_before(day: dt.date) -> dt.date:
    """The same day a year before; the 29th of February becomes the 28th, and the end of a February its end."""
    last = calendar.monthrange(day.year - 1, day.month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return day.replace(year=day.year - 1, day=last if at_end else min(day.day, last))


def month_end(start: dt.date, months: int) -> dt.date:
    """The last day of the month so many months after the one that ``start`` stands in."""
    years, month = divmod(start.month - 1 + months, MONTHS)
    year = start.year + years
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _is_month(one: Published) -> bool:
    return one.start.day == 1 and one.end == month_end(one.start, 0)
