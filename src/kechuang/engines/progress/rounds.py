# SPDX-License-Identifier: Apache-2.0
"""Rounds of reporting (报送轮次): when one opens and is due, and whether a part that was asked has answered in it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Answer = Literal["on-time", "late", "waiting", "missing"]
Working = Callable[[dt.date], dt.date]
"""The first working day on or after a day."""

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every 1, 3, 6 or 12 months, due on ``day`` of the ``month``-th of them, open for ``open_days`` before."""

    code: str
    every: int
    month: int
    day: int
    open_days: int


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The ``no``-th round of a year: from the day it opens to the day it is due, both in it."""

    year: int
    no: int
    opens: dt.date
    due: dt.date


def windows(rhythm: Rhythm, year: int, working: Working) -> list[Window]:
    """The rounds of a year; due on a day off, one is due on the next working day.

    >>> quarter = Rhythm("quarter", 3, 3, 31, 10)
    >>> [str(one.due) for one in windows(quarter, 2019, lambda day: day)]
    ['2019-03-31', '2019-06-30', '2019-09-30', '2019-12-31']
    """
    found = []
    for no in range(1, MONTHS // rhythm.every + 1):
        month = (no - 1) * rhythm.every + rhythm.month
        named = dt.date(year, month, min(rhythm.day, calendar.monthrange(year, month)[1]))
        found.append(Window(year, no, named - dt.timedelta(days=rhythm.open_days), working(named)))
    return found


def window_on(rhythm: Rhythm, day: dt.date, working: Working) -> Window | None:
    """The round that is open on a day, the later one where two touch; one may reach over the turn of the year."""
    years = (day.year - 1, day.year, day.year + 1)
    near = [one for year in years for one in windows(rhythm, year, working)]
    return max((one for one in near if one.opens <= day <= one.due), default=None)


def answer_of(window: Window, days: Iterable[dt.date], day: dt.date, until: dt.date | None = None) -> Answer:
    """How a part that was asked stands on ``day``, from the days on which it reported.

    Within the window it has answered in time; after it, before the next round opened (``until``), late.
    """
    known = [one for one in days if window.opens <= one <= day and (until is None or one < until)]
    if any(one <= window.due for one in known):
        return "on-time"
    if known:
        return "late"
    return "waiting" if day <= window.due else "missing"
