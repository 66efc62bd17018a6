# SPDX-License-Identifier: Apache-2.0
"""The light of a task comes from its milestones, parts and numbers, never from a word alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.lights import URGENCY, Light, Thresholds
from kechuang.engines.progress.tasks import Step, step_light, task_light

DAY = dt.date(2019, 10, 15)
TASK = Step("任务一", dt.date(2019, 12, 31))
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2020, 3, 31))
STEPS = st.lists(
    st.builds(
        Step, st.just("节点"), st.none() | DAYS, st.none() | DAYS, kind=st.sampled_from(["part", "milestone"])
    ),
    max_size=4,
)


def _milestone(due: dt.date, closed: dt.date | None = None) -> Step:
    return Step("形成方案", due, closed, kind="milestone")


def test_a_task_without_dated_steps_says_so_instead_of_staying_green() -> None:
    assert task_light(DAY, TASK) == Light("grey", "no-milestones")
    assert task_light(DAY, TASK, [Step("举措一", None)]) == Light("grey", "no-milestones")


def test_without_steps_the_own_date_still_warns() -> None:
    assert task_light(dt.date(2019, 12, 25), TASK).reason == "due-soon"
    assert task_light(dt.date(2020, 1, 1), TASK).reason == "overdue"


@pytest.mark.parametrize(
    ("step", "colour", "reason"),
    [
        (_milestone(dt.date(2019, 11, 30)), "green", "on-time"),
        (_milestone(dt.date(2019, 10, 20)), "yellow", "milestone-due-soon"),
        (_milestone(dt.date(2019, 10, 1)), "red", "milestone-overdue"),
        (_milestone(dt.date(2019, 10, 1), dt.date(2019, 9, 1)), "green", "on-time"),
        (_milestone(dt.date(2019, 10, 1), dt.date(2019, 10, 2)), "yellow", "milestone-closed-late"),
        (Step("举措一", dt.date(2019, 10, 1)), "red", "part-overdue"),
    ],
)
def test_the_light_of_a_task_with_one_step(step: Step, colour: str, reason: str) -> None:
    light = task_light(DAY, TASK, [step])
    assert (light.colour, light.reason) == (colour, reason)


def test_what_needs_no_steps_is_judged_by_its_date() -> None:
    assert task_light(DAY, TASK, needs_steps=False).reason == "on-time"
    assert task_light(DAY, Step("批示", None), needs_steps=False).reason == "no-due-date"


def test_the_worst_step_names_itself() -> None:
    light = task_light(DAY, TASK, [_milestone(dt.date(2019, 10, 20)), Step("举措二", dt.date(2019, 10, 5))])
    assert light == Light("red", "part-overdue", {"days": 10, "due": dt.date(2019, 10, 5), "part": "举措二"})


def test_a_number_under_the_task_is_a_part_of_it() -> None:
    assert task_light(DAY, TASK, numbers=[Light("red", "way-far-behind")]).reason == "way-far-behind"
    assert task_light(DAY, TASK, numbers=[Light("green", "met")]).reason == "on-time"


def test_a_warning_alone_does_not_make_a_task_judged() -> None:
    assert task_light(DAY, TASK, warnings=[Light("yellow", "stale")]).reason == "stale"
    assert (
        task_light(DAY, TASK, [_milestone(dt.date(2019, 11, 30))], warnings=[Light("yellow", "stale")]).reason
        == "stale"
    )


def test_a_closed_task_is_judged_by_its_own_date() -> None:
    late = _milestone(dt.date(2019, 3, 1), dt.date(2019, 3, 9))
    closed = Step("任务一", dt.date(2019, 12, 31), dt.date(2019, 10, 1))
    assert task_light(DAY, closed, [late]).reason == "closed"
    assert task_light(dt.date(2019, 9, 30), closed, [late]).reason == "milestone-closed-late"


def test_a_step_without_a_date_is_grey_and_named_by_its_kind() -> None:
    assert step_light(DAY, Step("举措一", None)) == Light("grey", "part-no-due-date", {"part": "举措一"})


def test_thresholds_are_content() -> None:
    step = _milestone(dt.date(2019, 11, 5))
    assert task_light(DAY, TASK, [step], thresholds=Thresholds(yellow_days=30)).reason == "milestone-due-soon"


@given(DAYS, st.none() | DAYS, STEPS, st.integers(1, 60))
def test_a_light_never_improves_by_waiting(
    day: dt.date, due: dt.date | None, steps: list[Step], wait: int
) -> None:
    until = day + dt.timedelta(days=wait)
    steps = [
        Step(one.name, one.due, one.closed_on, kind=one.kind)
        for one in steps
        if not one.closed_on or not day < one.closed_on <= until
    ]
    now, later = task_light(day, Step("任务", due), steps), task_light(until, Step("任务", due), steps)
    assert URGENCY[later.colour] <= URGENCY[now.colour]


@given(DAYS, st.none() | DAYS, STEPS, st.data())
def test_closing_a_step_never_worsens_it(day: dt.date, due: dt.date | None, steps: list[Step], data) -> None:
    open_steps = [step for step in steps if step.closed_on is None or step.closed_on > day]
    if not open_steps:
        return
    chosen = data.draw(st.sampled_from(open_steps))
    before = task_light(day, Step("任务", due), steps)
    done = [Step(one.name, one.due, day, kind=one.kind) if one is chosen else one for one in steps]
    assert URGENCY[task_light(day, Step("任务", due), done).colour] >= URGENCY[before.colour]


@given(DAYS, STEPS, st.randoms())
def test_the_order_of_steps_does_not_matter_for_the_colour(day: dt.date, steps: list[Step], random) -> None:
    shuffled = list(steps)
    random.shuffle(shuffled)
    assert task_light(day, TASK, steps).colour == task_light(day, TASK, shuffled).colour
