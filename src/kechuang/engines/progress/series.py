# SPDX-License-Identifier: Apache-2.0
"""What is known of a number on a day (已知数据): values with revisions, base, last year, what lapses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kechuang.engines.progress.promises import Kind
from kechuang.engines.progress.seasons import Season


@dataclass(frozen=True, slots=True)
class Point:
    """A value that tells of everything up to ``day``; a correction has a higher ``revision``."""

    day: dt.date
    value: Decimal
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What is known. What is absent is unknown and never taken as zero.

    ``points``   flow, cumulative: the sum so far; stock: the level; growth: the rate in percent, or with ``base`` the
                 sums so far; coverage: the percentage, or with ``whole`` the number served; else the value
    ``base``     stock, cumulative, coverage: the level at the start; growth: last year's sum to the day of the newest
                 point, as revised now
    ``whole``    coverage: how many should be served
    ``season``   flow, cumulative, growth: what each month of last year brought; stock: what each month brought in
    ``joined``   stock: what came in since the start, whatever left
    ``lapsing``  stock: what is known to leave, each with the first day on which it no longer counts
    ``finals``   the final values of earlier years, each with the last day of its year
    ``expected_on``  the day on which a late statistic (错年统计) of the period is published; it has no pace
    """

    points: tuple[Point, ...] = ()
    base: Decimal | None = None
    whole: Decimal | None = None
    season: Season | None = None
    joined: Decimal | None = None
    lapsing: tuple[Point, ...] | None = None
    finals: tuple[Point, ...] = ()
    expected_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A value in the unit of the promise, as of a day."""

    day: dt.date
    value: Fraction


def newest(points: Iterable[Point]) -> list[Point]:
    """For each day the newest revision, by day; the order given does not matter.

    Raises ValueError where one revision of one day says two things.
    """
    found: dict[dt.date, Point] = {}
    for point in points:
        other = found.get(point.day)
        if other is not None and other.revision == point.revision and other.value != point.value:
            raise ValueError(f"two values for {point.day} in revision {point.revision}")
        if other is None or point.revision > other.revision:
            found[point.day] = point
    return [found[day] for day in sorted(found)]


def read(kind: Kind, known: Known, day: dt.date, end: dt.date) -> list[Read]:
    """The values known by ``day`` inside the period, in the unit of the promise, the newest last."""
    points = newest(point for point in known.points if point.day <= min(day, end))
    if kind == "growth" and known.base is not None:
        return [Read(point.day, growth(point.value, known.base)) for point in points[-1:] if known.base > 0]
    if kind == "coverage" and known.whole is not None:
        return [
            Read(point.day, Fraction(point.value) / Fraction(known.whole) * 100)
            for point in points
            if known.whole
        ]
    return [Read(point.day, Fraction(point.value)) for point in points]


def growth(value: Decimal, base: Decimal) -> Fraction:
    """The growth of ``value`` over ``base`` in percent."""
    return (Fraction(value) / Fraction(base) - 1) * 100
