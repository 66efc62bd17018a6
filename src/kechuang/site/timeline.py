# SPDX-License-Identifier: Apache-2.0
"""The range of days that the cockpit can be turned back to (时间轴)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kechuang.apps.workplan.models import PlanVersion


@dataclass(frozen=True, slots=True)
class Timeline:
    """From the day the plan begins to today; the day shown lies between."""

    first: dt.date
    last: dt.date
    day: dt.date

    @property
    def length(self) -> int:
        """How many days after the first the last one is."""
        return (self.last - self.first).days

    @property
    def place(self) -> int:
        """How many days after the first the day shown is."""
        return (self.day - self.first).days

    @property
    def is_past(self) -> bool:
        """Whether the day shown is not today."""
        return self.day != self.last


def timeline(versions: Sequence[PlanVersion], day: dt.date, today: dt.date) -> Timeline:
    """From the start of the plan's year, or earlier where the day is."""
    years = [version.plan.year for version in versions]
    first = dt.date(min([*years, today.year]), 1, 1)
    return Timeline(min(first, day), today, day)
