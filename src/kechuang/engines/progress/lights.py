# SPDX-License-Identifier: Apache-2.0
"""A light (灯) with its reason, and the light of a thing promised by a date (按时限亮灯)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

Colour = Literal["green", "yellow", "red", "grey"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a light changes; content, not code. Days are calendar days.

    ``measure`` says how a pace is compared: ``ratio``, the way made over the way due: yellow below ``yellow_pace``,
    red below ``red_pace``; ``gap``, the way due less the way made: yellow from ``yellow_pace``, red above ``red_pace``.
    ``about`` is what 左右 allows either way; ``aspire_ease`` softens the limits of what is only aspired to (力争);
    within ``grace``, a share of the period, it is too early to blame. A value older than ``stale_value_days`` and an
    office silent for more than ``stale_report_days`` turn a light yellow; a light set by hand lasts ``override_days``.
    """

    yellow_days: int = 7
    measure: Literal["ratio", "gap"] = "ratio"
    yellow_pace: Fraction = Fraction(9, 10)
    red_pace: Fraction = Fraction(3, 4)
    about: Fraction = Fraction(1, 20)
    aspire_ease: Fraction = Fraction(9, 10)
    grace: Fraction = Fraction(2, 25)
    stale_value_days: int = 120
    stale_report_days: int = 45
    override_days: int = 31


@dataclass(frozen=True, slots=True)
class Light:
    """A colour with its reason: a code and the facts in it, worded by the page that shows it."""

    colour: Colour
    reason: str
    facts: dict[str, Any] = field(default_factory=dict)


def due_light(
    day: dt.date,
    *,
    due: dt.date | None,
    closed_on: dt.date | None = None,
    slipped_on: dt.date | None = None,
    thresholds: Thresholds | None = None,
) -> Light:
    """The light on ``day`` of something due on ``due`` and closed on ``closed_on``.

    Closed by the due date: green. Closed later: yellow for good. Open after it: red. Near it: yellow. No date: grey.
    What slipped once (``slipped_on``: its date had passed before it was moved) is never green again.
    """
    light = _by_date(day, due, closed_on, thresholds or Thresholds())
    if slipped_on is not None and slipped_on <= day and light.colour == "green":
        return Light("yellow", "slipped", {**light.facts, "slipped": slipped_on})
    return light


def _by_date(day: dt.date, due: dt.date | None, closed_on: dt.date | None, limits: Thresholds) -> Light:
    if closed_on is not None and closed_on <= day:
        if due is not None and closed_on > due:
            return Light("yellow", "closed-late", {"days": (closed_on - due).days, "closed": closed_on})
        return Light("green", "closed", {"closed": closed_on})
    if due is None:
        return Light("grey", "no-due-date")
    left = (due - day).days
    if left < 0:
        return Light("red", "overdue", {"days": -left, "due": due})
    if left <= limits.yellow_days:
        return Light("yellow", "due-soon", {"days": left, "due": due})
    return Light("green", "on-time", {"days": left, "due": due})


URGENCY: dict[Colour, int] = {"red": 0, "yellow": 1, "grey": 2, "green": 3}
"""The most urgent first; what cannot be judged is more urgent than what is fine."""


def worst(lights: Iterable[Light]) -> Light | None:
    """The most urgent of several lights, the first of equals; None for none."""
    return min(lights, key=lambda light: URGENCY[light.colour], default=None)
