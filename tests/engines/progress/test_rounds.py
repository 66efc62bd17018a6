# SPDX-License-Identifier: Apache-2.0
"""Rounds of reporting: worked by hand, and what never changes by waiting."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.basis.working_days import WorkCalendar
from kechuang.engines.progress.rounds import Rhythm, Window, answer_of, window_on, windows

MONTHLY = Rhythm("month", 1, 1, 25, 9)
DAY = dt.date
SEPTEMBER = Window(2019, 9, DAY(2019, 9, 16), DAY(2019, 9, 25))
OPENS_NEXT = DAY(2019, 10, 16)
weekdays = WorkCalendar().on_or_after


def same(day: dt.date) -> dt.date:
    return day


def test_a_month_has_a_round_and_a_half_year_two() -> None:
    assert windows(MONTHLY, 2019, same)[8] == SEPTEMBER
    half = Rhythm("half", 6, 6, 30, 20)
    assert [one.due for one in windows(half, 2019, same)] == [DAY(2019, 6, 30), DAY(2019, 12, 30)]


def test_a_day_the_month_does_not_have_is_its_last() -> None:
    last = Rhythm("month", 1, 1, 31, 5)
    assert [one.due for one in windows(last, 2019, same)][:3] == [
        DAY(2019, 1, 31),
        DAY(2019, 2, 28),
        DAY(2019, 3, 31),
    ]


def test_due_on_a_day_off_it_is_due_on_the_next_working_day() -> None:
    may = windows(MONTHLY, 2019, weekdays)[4]
    assert may == Window(2019, 5, DAY(2019, 5, 16), DAY(2019, 5, 27))  # the 25th is a Saturday


def test_the_quarter_that_ends_a_year_may_be_due_in_the_next() -> None:
    closing = Rhythm("year", 12, 12, 31, 15)
    off = {DAY(2019, 12, 31), DAY(2020, 1, 1)}
    found = window_on(closing, DAY(2020, 1, 2), lambda day: DAY(2020, 1, 2) if day in off else day)
    assert found == Window(2019, 1, DAY(2019, 12, 16), DAY(2020, 1, 2))


@pytest.mark.parametrize(
    ("day", "no"),
    [(DAY(2019, 9, 15), None), (DAY(2019, 9, 16), 9), (DAY(2019, 9, 25), 9), (DAY(2019, 9, 26), None)],
)
def test_a_round_is_open_from_its_first_day_to_its_last(day: dt.date, no: int | None) -> None:
    found = window_on(MONTHLY, day, same)
    assert (found.no if found else None) == no


@pytest.mark.parametrize(
    ("reported", "day", "answer"),
    [
        ([], DAY(2019, 9, 25), "waiting"),
        ([], DAY(2019, 9, 26), "missing"),
        ([DAY(2019, 9, 15)], DAY(2019, 9, 26), "missing"),  # before it opened
        ([DAY(2019, 9, 25)], DAY(2019, 9, 26), "on-time"),
        ([DAY(2019, 9, 26)], DAY(2019, 9, 26), "late"),
        ([DAY(2019, 9, 26)], DAY(2019, 9, 25), "waiting"),  # not known yet on that day
        ([DAY(2019, 10, 16)], DAY(2019, 10, 16), "missing"),  # answers the next round
        ([DAY(2019, 9, 30), DAY(2019, 9, 20)], DAY(2019, 12, 31), "on-time"),
    ],
)
def test_a_part_answers_in_time_late_or_not(reported: list[dt.date], day: dt.date, answer: str) -> None:
    assert answer_of(SEPTEMBER, reported, day, OPENS_NEXT) == answer


DAYS = st.dates(DAY(2019, 8, 1), DAY(2019, 11, 30))
RANK = {"missing": 0, "waiting": 1, "late": 2, "on-time": 3}


@given(st.lists(DAYS), DAYS, DAYS)
def test_another_report_never_makes_an_answer_worse(days: list[dt.date], more: dt.date, day: dt.date) -> None:
    before = answer_of(SEPTEMBER, days, day, OPENS_NEXT)
    assert RANK[answer_of(SEPTEMBER, [*days, more], day, OPENS_NEXT)] >= RANK[before]


@given(st.lists(DAYS), DAYS, st.randoms())
def test_the_order_of_reports_does_not_matter(days: list[dt.date], day: dt.date, random: object) -> None:
    mixed = list(days)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert answer_of(SEPTEMBER, mixed, day, OPENS_NEXT) == answer_of(SEPTEMBER, days, day, OPENS_NEXT)


@given(st.lists(DAYS), DAYS)
def test_in_time_stays_in_time(days: list[dt.date], day: dt.date) -> None:
    if answer_of(SEPTEMBER, days, day, OPENS_NEXT) == "on-time":
        assert answer_of(SEPTEMBER, days, day + dt.timedelta(days=30), OPENS_NEXT) == "on-time"
