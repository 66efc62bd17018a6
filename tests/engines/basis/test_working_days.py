# SPDX-License-Identifier: Apache-2.0
"""Counting working days: worked by hand around three holidays, and what holds for every calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.basis.working_days import DAY, WorkCalendar

D = dt.date


def days(first: D, last: D) -> list[D]:
    return [first + DAY * number for number in range((last - first).days + 1)]


OFF = [
    *days(D(2019, 2, 4), D(2019, 2, 10)),
    *days(D(2019, 10, 1), D(2019, 10, 7)),
    *days(D(2020, 1, 24), D(2020, 2, 2)),
]
WORKED = [D(2019, 2, 2), D(2019, 2, 3), D(2019, 9, 29), D(2019, 10, 12), D(2020, 1, 19)]
ARRANGED = WorkCalendar({**dict.fromkeys(OFF, False), **dict.fromkeys(WORKED, True)}.get)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (D(2019, 2, 1), 1, D(2019, 2, 2)),  # a Saturday that is worked
        (D(2019, 2, 1), 2, D(2019, 2, 3)),
        (D(2019, 2, 1), 3, D(2019, 2, 11)),  # seven days off in between
        (D(2019, 2, 1), 5, D(2019, 2, 13)),
        (D(2019, 2, 6), 1, D(2019, 2, 11)),  # begun during the holiday
        (D(2019, 9, 27), 1, D(2019, 9, 29)),
        (D(2019, 9, 27), 10, D(2019, 10, 16)),
        (D(2019, 9, 30), 5, D(2019, 10, 12)),
        (D(2019, 9, 30), 0, D(2019, 9, 30)),
        (D(2019, 10, 5), 0, D(2019, 10, 8)),
        (D(2020, 1, 17), 2, D(2020, 1, 20)),
        (D(2020, 1, 22), 5, D(2020, 2, 6)),  # a holiday prolonged to 2 February
        (D(2019, 10, 14), -1, D(2019, 10, 12)),
        (D(2019, 10, 8), -2, D(2019, 9, 29)),
    ],
)
def test_working_days_around_holidays(start: D, count: int, end: D) -> None:
    assert ARRANGED.add_working_days(start, count) == end


def test_days_between_two_days_leave_out_the_first() -> None:
    assert ARRANGED.working_days_between(D(2019, 9, 27), D(2019, 10, 16)) == 10
    assert ARRANGED.working_days_between(D(2019, 10, 16), D(2019, 9, 27)) == -10
    assert ARRANGED.working_days_between(D(2019, 10, 1), D(2019, 10, 7)) == 0
    assert ARRANGED.working_days_between(D(2019, 10, 8), D(2019, 10, 8)) == 0


def test_a_calendar_without_exceptions_works_from_monday_to_friday() -> None:
    plain = WorkCalendar()
    assert [plain.is_working_day(day) for day in days(D(2019, 9, 30), D(2019, 10, 6))] == [True] * 5 + [
        False
    ] * 2


any_day = st.dates(D(2016, 1, 1), D(2030, 12, 31))
calendars = st.dictionaries(st.dates(D(2016, 1, 1), D(2031, 12, 31)), st.booleans(), max_size=60).map(
    lambda said: WorkCalendar(said.get)
)


@given(calendars, any_day, st.integers(1, 90))
def test_a_working_day_is_as_far_away_as_was_counted(calendar: WorkCalendar, start: D, count: int) -> None:
    end = calendar.add_working_days(start, count)
    assert calendar.is_working_day(end)
    assert calendar.working_days_between(start, end) == count
    assert calendar.working_days_between(start, end - DAY) == count - 1


@given(calendars, any_day, st.integers(1, 40), st.integers(1, 40))
def test_counting_in_two_steps_is_counting_once(calendar: WorkCalendar, start: D, one: int, two: int) -> None:
    assert calendar.add_working_days(start, one + two) == calendar.add_working_days(
        calendar.add_working_days(start, one), two
    )


@given(calendars, any_day, st.integers(1, 60))
def test_counting_back_returns_to_where_it_began(calendar: WorkCalendar, start: D, count: int) -> None:
    worked = calendar.on_or_after(start)
    assert calendar.add_working_days(calendar.add_working_days(worked, count), -count) == worked


@given(calendars, any_day, any_day, any_day)
def test_days_between_add_up(calendar: WorkCalendar, a: D, b: D, c: D) -> None:
    between = calendar.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)
