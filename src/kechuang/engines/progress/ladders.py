# SPDX-License-Identifier: Apache-2.0
"""The ladder of letters (督办升级): which rungs a slip has reached, when, and which comes next; it is content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from kechuang.engines.progress.lights import Colour

After = Callable[[dt.date, int], dt.date]
"""The day so many (working) days after a day; fewer than none is before it."""


def calendar_after(day: dt.date, days: int) -> dt.date:
    """Calendar days."""
    return day + dt.timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung: what triggers it, the letter it sends, the days to answer, the points it costs.

    ``overdue``: the item is ``days`` past its date (negative: so many before it). ``unanswered``: the letter of the
    rung before was not answered ``days`` after its own date. ``lights``: it has shown ``light`` in ``times`` rounds.
    """

    code: str
    trigger: Literal["overdue", "unanswered", "lights"]
    letter: str = ""
    days: int = 0
    light: Colour = "red"
    times: int = 1
    reply_days: int = 0
    points: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Slip:
    """What may climb: its date, when it was closed, the lights of past rounds, when which letter was answered."""

    due: dt.date | None
    closed_on: dt.date | None = None
    lights: tuple[tuple[dt.date, Colour], ...] = ()
    answered: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung reached on a day, and the day by which its letter must be answered."""

    rung: Rung
    on: dt.date
    reply_due: dt.date


def climbed(
    ladder: tuple[Rung, ...], slip: Slip, day: dt.date, after: After = calendar_after
) -> list[Reached]:
    """The rungs reached by ``day``, in the ladder's order; what was closed climbs no further."""
    last = day if slip.closed_on is None else min(day, slip.closed_on - dt.timedelta(days=1))
    found: list[Reached] = []
    before: Reached | None = None
    for rung in ladder:
        on = _reached_on(rung, slip, before, after)
        before = None if on is None or on > last else Reached(rung, on, after(on, rung.reply_days))
        if before is not None:
            found.append(before)
    return found


def _reached_on(rung: Rung, slip: Slip, before: Reached | None, after: After) -> dt.date | None:
    match rung.trigger:
        case "overdue":
            return None if slip.due is None else after(slip.due, rung.days)
        case "unanswered":
            if before is None:
                return None
            limit = after(before.reply_due, rung.days)
            answered = slip.answered.get(before.rung.code)
            return None if answered is not None and answered <= limit else limit + dt.timedelta(days=1)
        case "lights":
            shown = sorted({on for on, colour in slip.lights if colour == rung.light})
            return shown[rung.times - 1] if len(shown) >= rung.times else None


def upcoming(
    ladder: tuple[Rung, ...], slip: Slip, day: dt.date, after: After = calendar_after
) -> Reached | None:
    """The next rung that is reached if nothing happens, for the warning before it; None where none is to come."""
    reached = {one.rung.code for one in climbed(ladder, slip, day, after)}
    ahead = [one for one in climbed(ladder, slip, dt.date.max, after) if one.rung.code not in reached]
    return min(ahead, key=lambda one: one.on, default=None)


def points_lost(reached: list[Reached]) -> Fraction:
    """What the rungs reached cost together."""
    return sum((one.rung.points for one in reached), Fraction(0))
