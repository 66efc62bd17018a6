# SPDX-License-Identifier: Apache-2.0
"""A limit that runs, pauses and resumes (计时): when it is due, how much is used, computed from dated facts.

A pause behaves as a start does: the day it begins on still counts, the day it ends on does not; counting goes on the
day after. So a pause that begins and ends on one day changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kechuang.engines.basis.working_days import DAY, WorkCalendar

Unit = Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class Pause:
    """Days after ``start`` up to and including ``end`` do not count; without an end it lasts."""

    start: dt.date
    end: dt.date | None = None

    def stops(self, day: dt.date) -> bool:
        """Whether the day does not count."""
        return self.start < day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class TimerReading:
    """Where a timer stands on a day: ``due`` is None while a pause keeps it open, ``left`` is negative when overdue."""

    due: dt.date | None
    used: int
    left: int
    paused: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Timer:
    """A limit of ``days`` working or calendar days from ``started``, until ``stopped``."""

    started: dt.date
    days: int
    unit: Unit
    pauses: Sequence[Pause] = ()
    stopped: dt.date | None = None

    def read(self, calendar: WorkCalendar, on: dt.date) -> TimerReading:
        """The reading on a day, from what had happened by then."""
        known = self._known(on)
        running = self.stopped is None or self.stopped > on
        last = on if self.stopped is None else min(on, self.stopped)
        passed = range(1, (last - self.started).days + 1)
        used = sum(known.counts(self.started + DAY * number, calendar) for number in passed)
        due = known.due(calendar)
        left = (due - last).days if due and self.unit == "calendar" else self.days - used
        open_pause = any(pause.end is None for pause in known.pauses)
        return TimerReading(due, used, left, running and open_pause, due is not None and last > due)

    def _known(self, on: dt.date) -> Timer:
        """The timer as it was on a day: a pause yet to begin is not there, one yet to end is open."""
        begun = [pause for pause in self.pauses if pause.start <= on]
        pauses = [Pause(pause.start, pause.end if pause.end and pause.end <= on else None) for pause in begun]
        return Timer(self.started, self.days, self.unit, pauses, self.stopped)

    def counts(self, day: dt.date, calendar: WorkCalendar) -> bool:
        """Whether the day is one of those the limit is made of."""
        if any(pause.stops(day) for pause in self.pauses):
            return False
        return self.unit == "calendar" or calendar.is_working_day(day)

    def due(self, calendar: WorkCalendar) -> dt.date | None:
        """The day the last counted day falls on, moved to a working day; None where an open pause comes first."""
        since = min((pause.start for pause in self.pauses if pause.end is None), default=None)
        day, left = self.started, self.days
        while left:
            if since is not None and day >= since:
                return None
            day += DAY
            left -= self.counts(day, calendar)
        return calendar.on_or_after(day)
