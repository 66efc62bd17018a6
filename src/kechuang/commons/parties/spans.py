# SPDX-License-Identifier: Apache-2.0
"""Stock, bridge and trend from what changed on each day (存量、增减、走势). Pure.

A holder counts on a day that any of its qualifications covers, once however many do. The stock changes only where a
holder becomes covered or is no longer: so what came in and what went out always adds up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed at a place on a day: by how much the stock grew, and the parts that a bridge tells of."""

    place: int | None
    day: dt.date
    grown: int
    new: int
    renewed: int
    expired: int
    revoked: int


@dataclass(slots=True)
class Bridge:
    """From the stock on one day to the stock on a later one; a renewal without a gap counts as out and in."""

    opening: int
    new: int = 0
    renewed: int = 0
    expired: int = 0
    revoked: int = 0

    @property
    def closing(self) -> int:
        """The stock on the later day."""
        return self.opening + self.new + self.renewed - self.expired - self.revoked


def stock(changes: Iterable[Change], day: dt.date) -> int:
    """How many holders are covered on a day."""
    return sum(change.grown for change in changes if change.day <= day)


def trend(changes: Sequence[Change], days: Iterable[dt.date]) -> list[tuple[dt.date, int]]:
    """The stock on each of the days."""
    return [(day, stock(changes, day)) for day in days]


def bridge(changes: Sequence[Change], opening: dt.date) -> Bridge:
    """What changed after the opening day."""
    later = [change for change in changes if change.day > opening]
    return Bridge(
        stock(changes, opening),
        new=sum(change.new for change in later),
        renewed=sum(change.renewed for change in later),
        expired=sum(change.expired for change in later),
        revoked=sum(change.revoked for change in later),
    )


def month_ends(day: dt.date, months: int) -> list[dt.date]:
    """The last days of the months before a day, the oldest first, and the day itself."""
    found = [day]
    for _month in range(months):
        day = day.replace(day=1) - ONE_DAY
        found.append(day)
    return found[::-1]
