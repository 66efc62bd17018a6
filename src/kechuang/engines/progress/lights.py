# SPDX-License-Identifier: Apache-2.0
"""The light of a thing promised by a date (按时限亮灯)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

Colour = Literal["green", "yellow", "red", "grey"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a light changes; content, not code. Days are calendar days, paces are shares of the time gone."""

    yellow_days: int = 7
    yellow_pace: str = "0.9"
    red_pace: str = "0.75"


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
    thresholds: Thresholds | None = None,
) -> Light:
    """The light on ``day`` of something due on ``due`` and closed on ``closed_on``.

    Closed by the due date: green. Closed later: yellow for good. Open after it: red. Near it: yellow. No date: grey.
    """
    limits = thresholds or Thresholds()
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


_WORST = {"red": 0, "yellow": 1, "grey": 2, "green": 3}


def worst(lights: list[Light]) -> Light | None:
    """The most urgent of several lights, the first of equals; None for none."""
    return min(lights, key=lambda light: _WORST[light.colour], default=None)
