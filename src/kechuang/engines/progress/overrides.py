# SPDX-License-Identifier: Apache-2.0
"""A light set by hand (人工定灯): with a reason, by a person, for a time; what it would have been stays visible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kechuang.engines.progress.lights import Colour, Light


@dataclass(frozen=True, slots=True)
class Override:
    """A colour in force from ``since`` to ``until``, both included. Raises ValueError without a reason or time."""

    colour: Colour
    reason: str
    by: str
    since: dt.date
    until: dt.date

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("an override needs a reason")
        if self.until < self.since:
            raise ValueError("an override ends after it begins")


def overridden(day: dt.date, light: Light, overrides: Iterable[Override]) -> Light:
    """The light as set by the override that began last and is in force on ``day``, else the light itself."""
    in_force = [one for one in overrides if one.since <= day <= one.until]
    if not in_force:
        return light
    last = max(in_force, key=lambda one: (one.since, one.until, one.colour, one.reason, one.by))
    facts = {"was": light, "why": last.reason, "by": last.by, "until": last.until}
    return Light(last.colour, "overridden", facts)
