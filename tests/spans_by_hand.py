# SPDX-License-Identifier: Apache-2.0
"""Stock and bridge counted as a person would: holder by holder, span by span, day by day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kechuang.commons.parties.spans import ONE_DAY, Bridge


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A holder is qualified from a day up to and not including another; ``revoked`` where it was cut short."""

    holder: int
    start: dt.date
    end: dt.date
    revoked: bool = False

    def covers(self, day: dt.date) -> bool:
        return self.start <= day < self.end


def stock_by_hand(spans: Iterable[Span], day: dt.date) -> int:
    """How many holders are covered on a day."""
    return len({span.holder for span in spans if span.covers(day)})


def bridge_by_hand(spans: Iterable[Span], opening: dt.date, closing: dt.date) -> Bridge:
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
