# SPDX-License-Identifier: Apache-2.0
"""Pace (进度): the way made against the way due, each as a share of the whole way; exact, or unknown (None)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kechuang.engines.progress.lights import Colour, Thresholds
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.seasons import is_whole_year, share_due
from kechuang.engines.progress.series import Known, Read

Method = Literal["linear", "seasonal", "growth"]
UNPACED = {"ratio", "share", "index"}


@dataclass(frozen=True, slots=True)
class Pace:
    """The way made and the way due on a day, and the level due by then in the unit of the promise.

    ``spent`` marks a cap on what adds up: there the way made is what was used, and less is better.
    """

    made: Fraction
    due: Fraction
    level: Fraction
    method: Method
    as_of: dt.date
    spent: bool = False

    @property
    def ratio(self) -> Fraction | None:
        """The way made over the way due; None where nothing is due yet."""
        return self.made / self.due if self.due else None


def pace_of(promise: Promise, known: Known, now: Read) -> Pace | None:
    """The pace at the newest value; None for kinds without one, a late statistic, and where there is no way to make."""
    if promise.kind in UNPACED or known.expected_on is not None:
        return None
    if promise.kind == "growth":
        return _of_growth(promise, known, now)
    start = way_start(promise, known)
    if start is None:
        return None
    way = promise.goal - start
    spent = promise.is_cap and promise.adds_up
    if way == 0 or (way < 0) != (promise.is_cap and not spent):
        return None
    due = share_due(now.day, promise.start, promise.end, known.season)
    seasonal = known.season is not None and is_whole_year(promise.start, promise.end)
    return Pace(
        (now.value - start) / way,
        due,
        start + way * due,
        "seasonal" if seasonal else "linear",
        now.day,
        spent,
    )


def way_start(promise: Promise, known: Known) -> Fraction | None:
    """Where the way begins: nothing for a flow, nobody for a coverage that names no base, else the base if known."""
    if promise.kind == "flow":
        return Fraction(0)
    if known.base is None:
        return Fraction(0) if promise.kind == "coverage" else None
    if promise.kind == "coverage" and known.whole:
        return Fraction(known.base) / Fraction(known.whole) * 100
    return Fraction(known.base)


def _of_growth(promise: Promise, known: Known, now: Read) -> Pace | None:
    """The implied level is last year's same-period base × (1 + g): growth so far over growth promised.

    The season cancels out: the base is of the same months. There is a way only upward for a floor, downward for a cap.
    """
    goal = promise.goal
    if goal == 0 or (goal < 0) != promise.is_cap:
        return None
    base = Fraction(known.base) if known.base is not None else None
    level = base * (1 + goal / 100) if base is not None else goal
    return Pace(now.value / goal, Fraction(1), level, "growth", now.day)


def pace_colour(pace: Pace, limits: Thresholds, *, aspire: bool = False) -> Colour:
    """Green, yellow or red by the limits; compared by multiplication, so that nothing due yet is no division."""
    made, due = (pace.due, pace.made) if pace.spent else (pace.made, pace.due)
    ease = limits.aspire_ease if aspire else Fraction(1)
    if limits.measure == "gap":
        behind = due - made
        if behind > limits.red_pace / ease:
            return "red"
        return "yellow" if behind >= limits.yellow_pace / ease else "green"
    if made < limits.red_pace * ease * due:
        return "red"
    return "yellow" if made < limits.yellow_pace * ease * due else "green"
