# SPDX-License-Identifier: Apache-2.0
"""Counting working days (工作日). The day something starts on is never counted; counting begins the day after.

The rule is that of the Civil Code (民法典第二百零一条、第二百零三条): the first day does not count, and a period that
ends on a day off ends on the next working day instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
SATURDAY = 5


def _none(_day: dt.date) -> bool | None:
    return None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday are worked, except where ``exception_on(day)`` says True (worked) or False (off)."""

    exception_on: Callable[[dt.date], bool | None] = _none

    def is_working_day(self, day: dt.date) -> bool:
        """Whether people work on the day."""
        said = self.exception_on(day)
        return day.weekday() < SATURDAY if said is None else said

    def on_or_after(self, day: dt.date) -> dt.date:
        """The day itself if it is worked, else the next one that is."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def add_working_days(self, start: dt.date, count: int) -> dt.date:
        """The ``count``-th working day after ``start`` (before it, for a negative count); 0 is ``on_or_after``."""
        if count == 0:
            return self.on_or_after(start)
        step = DAY if count > 0 else -DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie after ``start`` up to and including ``end``; negative where ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + DAY * passed) for passed in range(1, (end - start).days + 1))
