# SPDX-License-Identifier: Apache-2.0
"""Limits that pause and resume: worked by hand, and what holds for every one."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.basis.timers import Pause, Timer
from kechuang.engines.basis.working_days import DAY, WorkCalendar

D = dt.date
NATIONAL_DAY = WorkCalendar(
    {
        **{D(2019, 10, number): False for number in range(1, 8)},
        D(2019, 9, 29): True,
        D(2019, 10, 12): True,
    }.get
)


def read(timer: Timer, on: D) -> tuple[object, ...]:
    reading = timer.read(NATIONAL_DAY, on)
    return reading.due, reading.used, reading.left, reading.paused, reading.overdue


def test_five_working_days_end_after_the_holiday() -> None:
    timer = Timer(D(2019, 9, 30), 5, "working")
    assert read(timer, D(2019, 9, 30)) == (D(2019, 10, 12), 0, 5, False, False)
    assert read(timer, D(2019, 10, 9)) == (D(2019, 10, 12), 2, 3, False, False)
    assert read(timer, D(2019, 10, 12)) == (D(2019, 10, 12), 5, 0, False, False)
    assert read(timer, D(2019, 10, 15)) == (D(2019, 10, 12), 7, -2, False, True)


def test_calendar_days_that_end_in_the_holiday_end_after_it() -> None:
    timer = Timer(D(2019, 9, 26), 10, "calendar")  # 6 October is a day off
    assert read(timer, D(2019, 10, 6)) == (D(2019, 10, 8), 10, 2, False, False)
    assert read(timer, D(2019, 10, 9)) == (D(2019, 10, 8), 13, -1, False, True)


def test_a_pause_leaves_the_due_day_open_and_then_moves_it() -> None:
    paused = Timer(D(2019, 10, 8), 5, "working", [Pause(D(2019, 10, 10))])
    assert read(paused, D(2019, 10, 9)) == (D(2019, 10, 14), 1, 4, False, False)  # not known yet
    assert read(paused, D(2019, 10, 10)) == (None, 2, 3, True, False)
    assert read(paused, D(2019, 10, 16)) == (None, 2, 3, True, False)
    resumed = Timer(D(2019, 10, 8), 5, "working", [Pause(D(2019, 10, 10), D(2019, 10, 16))])
    assert read(resumed, D(2019, 10, 16)) == (D(2019, 10, 21), 2, 3, False, False)
    assert read(resumed, D(2019, 10, 22)) == (D(2019, 10, 21), 6, -1, False, True)


def test_a_pause_after_the_due_day_does_not_excuse() -> None:
    late = Timer(D(2019, 10, 8), 2, "working", [Pause(D(2019, 10, 14))])
    assert read(late, D(2019, 10, 16)) == (D(2019, 10, 10), 5, -3, True, True)


def test_what_was_finished_stays_as_it_was() -> None:
    done = Timer(D(2019, 9, 30), 5, "working", stopped=D(2019, 10, 10))
    assert read(done, D(2019, 12, 31)) == (D(2019, 10, 12), 3, 2, False, False)
    late = Timer(D(2019, 9, 30), 5, "working", stopped=D(2019, 10, 14))
    assert read(late, D(2019, 12, 31)) == (D(2019, 10, 12), 6, -1, False, True)


starts = st.dates(D(2019, 1, 1), D(2021, 12, 31))
calendars = st.dictionaries(st.dates(D(2019, 1, 1), D(2023, 12, 31)), st.booleans(), max_size=50).map(
    lambda said: WorkCalendar(said.get)
)
units = st.sampled_from(("working", "calendar"))
FAR = D(2025, 1, 1)


@given(calendars, starts, st.integers(2, 40), st.integers(0, 30), st.integers(0, 30))
def test_a_pause_moves_the_due_day_by_the_working_days_it_took(
    calendar: WorkCalendar, start: D, limit: int, before: int, length: int
) -> None:
    plain = Timer(start, limit, "working").read(calendar, FAR).due
    assert plain is not None
    begun = min(start + DAY * before, plain - DAY)
    pause = Pause(begun, begun + DAY * length)
    moved = Timer(start, limit, "working", [pause]).read(calendar, FAR).due
    taken = calendar.working_days_between(begun, begun + DAY * length)
    assert moved == calendar.add_working_days(plain, taken)


@given(calendars, starts, st.integers(1, 40), units, st.integers(0, 30))
def test_a_pause_that_ends_on_its_day_changes_nothing(
    calendar: WorkCalendar, start: D, limit: int, unit: str, after: int
) -> None:
    day = start + DAY * after
    paused = Timer(start, limit, unit, [Pause(day, day)])  # type: ignore[arg-type]
    assert paused.read(calendar, FAR) == Timer(start, limit, unit).read(calendar, FAR)  # type: ignore[arg-type]


@given(calendars, starts, st.integers(1, 40), units, st.integers(0, 120))
def test_overdue_is_past_due_and_never_before(
    calendar: WorkCalendar, start: D, limit: int, unit: str, after: int
) -> None:
    reading = Timer(start, limit, unit).read(calendar, start + DAY * after)  # type: ignore[arg-type]
    assert reading.due is not None
    assert calendar.is_working_day(reading.due)
    assert reading.overdue == (start + DAY * after > reading.due)
