# SPDX-License-Identifier: Apache-2.0
"""Stock, bridge and trend over dated intervals (存量、增减、走势). Pure.

A holder counts on a day that any of its spans covers, once however many do. Between two days the stock changes only
where a holder becomes covered or is no longer: so what came in and what went out always adds up.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A holder is qualified from a day up to and not including another; ``revoked`` where it was cut short."""

    holder: int
    start: dt.date
    end: dt.date
    revoked: bool = False

    def covers(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return self.start <= day < self.end


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


def stock(spans: Iterable[Span], day: dt.date) -> int:
    """How many holders are covered on a day."""
    return len({span.holder for span in spans if span.covers(day)})


def trend(spans: Sequence[Span], days: Iterable[dt.date]) -> list[int]:
    """The stock on each of the days."""
    return [stock(spans, day) for day in days]


def month_ends(day: dt.date, months: int) -> list[dt.date]:
    """The last days of the months before a day, the oldest first, and the day itself."""
    found = [day]
    for _month in range(months):
        day = day.replace(day=1) - ONE_DAY
        found.append(day)
    return found[::-1]


def bridge(spans: Iterable[Span], opening: dt.date, closing: dt.date) -> Bridge:
    """What changed after the opening day, up to and including the closing one."""
    of_holder: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        if span.start < span.end:
            of_holder[span.holder].append(span)
    found = Bridge(sum(_covered(own, opening) for own in of_holder.values()))
    for own in of_holder.values():
        days = {day for span in own for day in (span.start, span.end) if opening < day <= closing}
        for day in sorted(days):
            _count(found, own, day)
    return found


def _covered(own: Iterable[Span], day: dt.date) -> bool:
    return any(span.covers(day) for span in own)


def _count(found: Bridge, own: Sequence[Span], day: dt.date) -> None:
    """One holder on a day on which a span of it begins or ends."""
    before, after = _covered(own, day - ONE_DAY), _covered(own, day)
    ended = [span for span in own if span.end == day]
    if ended:
        if any(span.revoked for span in ended):
            found.revoked += 1
        else:
            found.expired += 1
    if after and (ended or not before):
        if ended or any(span.start < day for span in own):
            found.renewed += 1
        else:
            found.new += 1
