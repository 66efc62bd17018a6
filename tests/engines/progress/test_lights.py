# SPDX-License-Identifier: Apache-2.0
"""Lights by date: hand-worked cases and what must always hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.lights import Light, Thresholds, due_light, worst

DUE = dt.date(2019, 6, 30)
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2020, 12, 31))
RANK = {"green": 0, "yellow": 1, "red": 2}


@pytest.mark.parametrize(
    ("day", "closed_on", "colour", "reason", "days"),
    [
        (dt.date(2019, 6, 22), None, "green", "on-time", 8),
        (dt.date(2019, 6, 23), None, "yellow", "due-soon", 7),
        (dt.date(2019, 6, 30), None, "yellow", "due-soon", 0),
        (dt.date(2019, 7, 1), None, "red", "overdue", 1),
        (dt.date(2019, 7, 9), dt.date(2019, 7, 5), "yellow", "closed-late", 5),
        (dt.date(2019, 7, 4), dt.date(2019, 7, 5), "red", "overdue", 4),
    ],
)
def test_the_light_on_a_day(
    day: dt.date, closed_on: dt.date | None, colour: str, reason: str, days: int
) -> None:
    light = due_light(day, due=DUE, closed_on=closed_on)
    assert (light.colour, light.reason, light.facts["days"]) == (colour, reason, days)


def test_closed_in_time_is_green_and_no_date_is_grey() -> None:
    assert due_light(dt.date(2020, 1, 1), due=DUE, closed_on=DUE).reason == "closed"
    assert due_light(dt.date(2020, 1, 1), due=None) == Light("grey", "no-due-date")


def test_thresholds_are_content() -> None:
    assert due_light(dt.date(2019, 6, 1), due=DUE, thresholds=Thresholds(yellow_days=30)).colour == "yellow"


def test_the_worst_light_wins_and_the_first_of_equals() -> None:
    first, second = Light("red", "overdue", {"days": 1}), Light("red", "overdue", {"days": 2})
    assert worst([Light("green", "on-time"), first, second]) is first
    assert worst([]) is None


@given(DAYS, DAYS, st.integers(1, 400))
def test_a_light_never_improves_by_waiting(day: dt.date, due: dt.date, wait: int) -> None:
    now, later = due_light(day, due=due), due_light(day + dt.timedelta(days=wait), due=due)
    assert RANK[later.colour] >= RANK[now.colour]


@given(DAYS, DAYS, DAYS)
def test_late_then_done_stays_yellow_for_good(day: dt.date, due: dt.date, closed: dt.date) -> None:
    light = due_light(max(day, closed), due=due, closed_on=closed)
    assert light.colour == ("yellow" if closed > due else "green")
