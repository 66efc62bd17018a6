# SPDX-License-Identifier: Apache-2.0
"""A due date that moves: in time it is simply later, too late it is a slip for good."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.lights import due_light
from kechuang.engines.progress.schedules import Move, Schedule, schedule

DUE = dt.date(2019, 6, 30)
LATER = dt.date(2019, 9, 30)
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2019, 12, 31))
MOVES = st.lists(st.builds(Move, DAYS, DAYS, DAYS), max_size=4)


def _move(decided: dt.date, due: dt.date, asked: dt.date | None = None) -> Move:
    return Move(decided, due, asked or decided)


def test_a_move_asked_for_on_the_due_date_itself_is_in_time() -> None:
    moved = schedule(dt.date(2019, 7, 1), DUE, [_move(DUE, LATER)])
    assert moved == Schedule(LATER, None)
    assert due_light(dt.date(2019, 7, 1), due=moved.due, slipped_on=moved.slipped_on).reason == "on-time"


def test_a_late_answer_to_who_asked_in_time_is_no_slip_and_the_old_date_holds_until_then() -> None:
    moves = [_move(dt.date(2019, 7, 9), LATER, asked=dt.date(2019, 6, 20))]
    assert schedule(dt.date(2019, 7, 8), DUE, moves) == Schedule(DUE, None)
    assert schedule(dt.date(2019, 7, 9), DUE, moves) == Schedule(LATER, None)


def test_a_move_asked_for_a_day_too_late_leaves_the_slip() -> None:
    moved = schedule(dt.date(2019, 7, 1), DUE, [_move(dt.date(2019, 7, 1), LATER)])
    assert moved == Schedule(LATER, dt.date(2019, 7, 1))
    light = due_light(dt.date(2019, 7, 1), due=moved.due, slipped_on=moved.slipped_on)
    assert (light.colour, light.reason) == ("yellow", "slipped")
    closed = due_light(LATER, due=moved.due, closed_on=LATER, slipped_on=moved.slipped_on)
    assert (closed.colour, closed.reason, closed.facts["closed"]) == ("yellow", "slipped", LATER)


def test_a_move_is_not_known_before_it_is_decided() -> None:
    assert schedule(dt.date(2019, 6, 1), DUE, [_move(dt.date(2019, 6, 2), LATER)]) == Schedule(DUE, None)


def test_the_first_of_two_slips_is_kept() -> None:
    moves = [_move(dt.date(2019, 7, 5), dt.date(2019, 7, 31)), _move(dt.date(2019, 8, 9), LATER)]
    assert schedule(LATER, DUE, moves) == Schedule(LATER, dt.date(2019, 7, 1))


def test_what_had_no_date_cannot_have_slipped() -> None:
    assert schedule(LATER, None, [_move(dt.date(2019, 8, 1), LATER)]) == Schedule(LATER, None)


@given(DAYS, DAYS, MOVES, st.randoms())
def test_the_order_of_moves_does_not_matter(day: dt.date, due: dt.date, moves: list[Move], random) -> None:
    shuffled = list(moves)
    random.shuffle(shuffled)
    assert schedule(day, due, moves) == schedule(day, due, shuffled)


@given(DAYS, DAYS, MOVES, st.integers(0, 90))
def test_a_slip_once_known_stays(day: dt.date, due: dt.date, moves: list[Move], wait: int) -> None:
    now = schedule(day, due, moves).slipped_on
    if now is not None:
        assert schedule(day + dt.timedelta(days=wait), due, moves).slipped_on == now
