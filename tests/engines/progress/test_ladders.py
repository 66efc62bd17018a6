# SPDX-License-Identifier: Apache-2.0
"""Which letters a slip has earned, by days overdue, by letters unanswered, by lights of past rounds."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.ladders import Reached, Rung, Slip, climbed, points_lost, upcoming

DUE = dt.date(2019, 6, 28)  # a Friday
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2020, 6, 30))
COLOURS = (
    Rung("blue", "overdue", "reminder", days=1, reply_days=5, points=Fraction(-1)),
    Rung("orange", "overdue", "warning", days=8, reply_days=5, points=Fraction(-2)),
    Rung("red", "overdue", "order", days=16, reply_days=3, points=Fraction(-3)),
)
UNANSWERED = (
    Rung("blue", "overdue", days=1, reply_days=7),
    Rung("orange", "unanswered", reply_days=5),
    Rung("red", "unanswered", days=2, reply_days=3),
)
LIGHTS = (
    Rung("letter", "lights", light="yellow", times=2, points=Fraction(-1)),
    Rung("talk", "lights", light="red", points=Fraction(-2)),
)


def weekdays_after(day: dt.date, days: int) -> dt.date:
    """Monday to Friday only."""
    step = 1 if days >= 0 else -1
    while days:
        day += dt.timedelta(days=step)
        if day.weekday() < 5:
            days -= step
    return day


def _on(ladder: tuple[Rung, ...], slip: Slip, day: dt.date) -> list[tuple[str, dt.date]]:
    return [(one.rung.code, one.on) for one in climbed(ladder, slip, day)]


def test_days_overdue_climb_rung_by_rung() -> None:
    slip = Slip(DUE)
    assert _on(COLOURS, slip, DUE) == []
    assert _on(COLOURS, slip, dt.date(2019, 6, 29)) == [("blue", dt.date(2019, 6, 29))]
    assert _on(COLOURS, slip, dt.date(2019, 7, 5)) == [("blue", dt.date(2019, 6, 29))]
    assert [code for code, _on in _on(COLOURS, slip, dt.date(2019, 7, 6))] == ["blue", "orange"]
    reached = climbed(COLOURS, slip, dt.date(2019, 7, 14))
    assert reached[-1] == Reached(COLOURS[2], dt.date(2019, 7, 14), dt.date(2019, 7, 17))
    assert points_lost(reached) == -6


def test_working_days_are_the_callers() -> None:
    reached = climbed(COLOURS, Slip(DUE), dt.date(2019, 7, 10), weekdays_after)
    assert [(one.rung.code, one.on, one.reply_due) for one in reached] == [
        ("blue", dt.date(2019, 7, 1), dt.date(2019, 7, 8)),  # Monday, answered within five working days
        ("orange", dt.date(2019, 7, 10), dt.date(2019, 7, 17)),
    ]


def test_a_rung_may_warn_before_the_date() -> None:
    ladder = (Rung("near", "overdue", days=-7), *COLOURS)
    assert _on(ladder, Slip(DUE), dt.date(2019, 6, 20)) == []
    assert _on(ladder, Slip(DUE), dt.date(2019, 6, 21)) == [("near", dt.date(2019, 6, 21))]


def test_what_is_closed_climbs_no_further_and_what_has_no_date_never() -> None:
    closed = Slip(DUE, dt.date(2019, 7, 6))
    assert _on(COLOURS, closed, dt.date(2019, 12, 31)) == [("blue", dt.date(2019, 6, 29))]
    assert _on(COLOURS, Slip(DUE, DUE), dt.date(2019, 12, 31)) == []
    assert _on(COLOURS, Slip(None), dt.date(2019, 12, 31)) == []


def test_an_unanswered_letter_brings_the_next() -> None:
    day = dt.date(2019, 12, 31)
    # blue on 29 June, to be answered by 6 July; orange the day after, by 12 July; two days' patience, red on 15 July
    assert _on(UNANSWERED, Slip(DUE), day) == [
        ("blue", dt.date(2019, 6, 29)),
        ("orange", dt.date(2019, 7, 7)),
        ("red", dt.date(2019, 7, 15)),
    ]
    in_time = Slip(DUE, answered={"blue": dt.date(2019, 7, 6)})
    assert [code for code, _day in _on(UNANSWERED, in_time, day)] == ["blue"]
    too_late = Slip(DUE, answered={"blue": dt.date(2019, 7, 7)})
    assert [code for code, _day in _on(UNANSWERED, too_late, day)] == ["blue", "orange", "red"]
    later = Slip(DUE, answered={"orange": dt.date(2019, 7, 14)})
    assert [code for code, _day in _on(UNANSWERED, later, day)] == ["blue", "orange"]


def test_lights_of_past_rounds_count_each_day_once() -> None:
    rounds = (
        (dt.date(2019, 5, 31), "yellow"),
        (dt.date(2019, 3, 31), "yellow"),
        (dt.date(2019, 3, 31), "yellow"),
    )
    assert _on(LIGHTS, Slip(None, lights=rounds), dt.date(2019, 5, 30)) == []
    assert _on(LIGHTS, Slip(None, lights=rounds), dt.date(2019, 5, 31)) == [("letter", dt.date(2019, 5, 31))]
    red = (*rounds, (dt.date(2019, 4, 30), "red"))
    assert points_lost(climbed(LIGHTS, Slip(None, lights=red), dt.date(2019, 12, 31))) == -3


def test_the_next_rung_is_told_before_it_comes() -> None:
    assert upcoming(COLOURS, Slip(DUE), dt.date(2019, 6, 1)) == Reached(
        COLOURS[0], dt.date(2019, 6, 29), dt.date(2019, 7, 4)
    )
    after_blue = upcoming(COLOURS, Slip(DUE), dt.date(2019, 7, 1))
    assert after_blue is not None
    assert (after_blue.rung.code, after_blue.on) == ("orange", dt.date(2019, 7, 6))
    assert upcoming(COLOURS, Slip(DUE), dt.date(2019, 7, 14)) is None
    assert upcoming(COLOURS, Slip(DUE, DUE), DUE) is None


@given(DAYS, DAYS, st.none() | DAYS, st.sampled_from([COLOURS, UNANSWERED]), st.integers(0, 300))
def test_a_ladder_only_goes_up(day: dt.date, due: dt.date, closed: dt.date | None, ladder, wait: int) -> None:
    now = climbed(ladder, Slip(due, closed), day)
    assert climbed(ladder, Slip(due, closed), day + dt.timedelta(days=wait))[: len(now)] == now


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_later_date_never_climbs_higher(day: dt.date, due: dt.date, more: int) -> None:
    later = Slip(due + dt.timedelta(days=more))
    assert len(climbed(COLOURS, later, day)) <= len(climbed(COLOURS, Slip(due), day))
