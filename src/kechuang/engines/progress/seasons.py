# SPDX-License-Identifier: Apache-2.0
"""The share of a period gone (时序): straight by days, or by the months of last year where they are known (季节).

Contracts and certificates bunch at the end of a year: half the days gone is not half the year's work due.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MONTHS = 12


def time_gone(day: dt.date, start: dt.date, end: dt.date) -> Fraction:
    """The share of [start, end] gone at the end of ``day``, between 0 and 1."""
    total = (end - start).days + 1
    return min(Fraction(1), max(Fraction(0), Fraction((day - start).days + 1, total)))


@dataclass(frozen=True, slots=True)
class Season:
    """What each month of last year brought, the first month of the period first. Raises ValueError if it is no profile.

    A profile has twelve months, none negative, not all zero.
    """

    months: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if len(self.months) != MONTHS or min(self.months) < 0 or not any(self.months):
            raise ValueError("a season is twelve months, none negative, not all zero")

    @property
    def total(self) -> Fraction:
        """What last year brought."""
        return Fraction(sum(self.months))

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """The share of each month; they sum to one."""
        return tuple(Fraction(month) / self.total for month in self.months)

    def gone(self, day: dt.date, start: dt.date) -> Fraction:
        """The share of last year's total that had come by the same day; within a month it grows day by day."""
        month = (day.year - start.year) * MONTHS + day.month - start.month
        if month < 0:
            return Fraction(0)
        if month >= MONTHS:
            return Fraction(1)
        part = Fraction(day.day, calendar.monthrange(day.year, day.month)[1])
        return sum(self.shares[:month], Fraction(0)) + self.shares[month] * part


def season_of(months: Sequence[Decimal]) -> Season | None:
    """The season of last year's months, or None where they are too few or no profile."""
    try:
        return Season(tuple(months))
    except ValueError:
        return None


def is_whole_year(start: dt.date, end: dt.date) -> bool:
    """Whether [start, end] is twelve whole months, which a season fits."""
    after = end + dt.timedelta(days=1)
    return start.day == 1 and after == start.replace(year=start.year + 1)


def share_due(day: dt.date, start: dt.date, end: dt.date, season: Season | None) -> Fraction:
    """The share of the period's work due by the end of ``day``: seasonal where a season fits, else straight."""
    if season is None or not is_whole_year(start, end):
        return time_gone(day, start, end)
    return season.gone(day, start)
