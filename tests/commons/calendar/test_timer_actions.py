# SPDX-License-Identifier: Apache-2.0
"""Limits on records: started, paused, resumed, stopped, by dated facts alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from kechuang.commons.calendar.actions.timers import pause_timer, resume_timer, start_timer, stop_timer
from kechuang.commons.calendar.models import TimerPause
from kechuang.commons.calendar.queries import readings
from kechuang.commons.calendar.wording import timer_colour
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def timer(bureau, system):
    return start_timer(
        None, system, ref=Ref.of(bureau), code="accept", name="受理时限", days=5, on=D(2019, 10, 8)
    )


def reading(timer, day):
    timer.refresh_from_db()
    ((_timer, found),) = readings([timer], day)
    return found


def test_a_limit_is_due_by_the_calendar(timer):
    found = reading(timer, D(2019, 10, 9))
    assert (found.due, found.used, found.left) == (D(2019, 10, 14), 1, 4)  # the 12th is a worked Saturday
    assert timer_colour(timer, found) == "green"
    assert timer_colour(timer, reading(timer, D(2019, 10, 11))) == "yellow"
    assert timer_colour(timer, reading(timer, D(2019, 10, 15))) == "red"


def test_a_pause_moves_the_due_day(timer, system):
    pause_timer(timer, system, reason="等待补正材料", on=D(2019, 10, 10))
    assert reading(timer, D(2019, 10, 14)).due is None
    assert timer_colour(timer, reading(timer, D(2019, 10, 14))) == "grey"
    resume_timer(timer, system, on=D(2019, 10, 15))
    assert reading(timer, D(2019, 10, 15)).due == D(2019, 10, 18)


def test_a_limit_that_ended_keeps_its_word(timer, system):
    stop_timer(timer, system, on=D(2019, 10, 16))
    found = reading(timer, D(2019, 12, 31))
    assert (found.overdue, found.due) == (True, D(2019, 10, 14))
    with pytest.raises(Problem):
        pause_timer(timer, system, reason="补正", on=D(2019, 10, 17))


def test_stopping_ends_an_open_pause(timer, system):
    pause_timer(timer, system, reason="等待补正材料", on=D(2019, 10, 10))
    stop_timer(timer, system, on=D(2019, 10, 15))
    assert TimerPause.objects.get().resumed_on == D(2019, 10, 15)


def test_steps_are_taken_in_order(timer, system):
    with pytest.raises(Problem) as early:
        pause_timer(timer, system, reason="补正", on=D(2019, 10, 7))
    assert early.value.field == "on"
    with pytest.raises(Problem):
        resume_timer(timer, system)
    with pytest.raises(Problem) as silent:
        pause_timer(timer, system, reason=" ")
    assert silent.value.field == "reason"
    pause_timer(timer, system, reason="补正", on=D(2019, 10, 10))
    with pytest.raises(Problem):
        pause_timer(timer, system, reason="再补正", on=D(2019, 10, 11))
    with pytest.raises(Problem):
        resume_timer(timer, system, on=D(2019, 10, 9))


def test_a_limit_runs_once_on_a_record(timer, system, bureau):
    with pytest.raises(Problem) as twice:
        start_timer(None, system, ref=Ref.of(bureau), code="accept", name="受理时限", days=5)
    assert twice.value.field == "code"
    stop_timer(timer, system)
    again = start_timer(None, system, ref=Ref.of(bureau), code="accept", name="受理时限", days=5)
    assert again.started_on == clock.today()
    with pytest.raises(Problem) as empty:
        start_timer(None, system, ref=Ref.of(bureau), code="decide", name="决定时限", days=0)
    assert empty.value.field == "days"


def test_limits_are_kept_by_who_may(timer, person):
    other = person("别人", "calendar.view_timer")
    for act in (lambda: pause_timer(timer, other, reason="补正"), lambda: resume_timer(timer, other),
                lambda: stop_timer(timer, other)):  # fmt: skip
        with pytest.raises(Refused):
            act()


@pytest.mark.guarantee
def test_one_pause_is_open_at_a_time_even_behind_the_actions(timer):
    TimerPause.objects.create(timer=timer, paused_on=D(2019, 10, 9), reason="补正")
    with pytest.raises(IntegrityError), transaction.atomic():
        TimerPause.objects.create(timer=timer, paused_on=D(2019, 10, 10), reason="补正")
    with pytest.raises(IntegrityError), transaction.atomic():
        TimerPause.objects.create(
            timer=timer, paused_on=D(2019, 10, 10), resumed_on=D(2019, 10, 9), reason="补正"
        )
