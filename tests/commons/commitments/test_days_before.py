# SPDX-License-Identifier: Apache-2.0
"""A day that has passed: what happened afterwards changes nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from commons.commitments._year import DAY, DECEMBER, FILES, SOURCE, Year
from kechuang.commons.commitments.actions import (
    Part,
    approve_milestone,
    ask_extension,
    confirm_closure,
    decide_disagreement,
    decide_extension,
    draft_milestone,
    drop_commitment,
    drop_milestone,
    lift_light,
    merge_parts,
    open_commitment,
    raise_disagreement,
    report_part,
    revise_commitment,
    set_light,
)
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.queries import Standing, standing, with_parts
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=20)
YESTERDAY = DAY - dt.timedelta(days=1)


def seen(year: Year, day: dt.date = DAY) -> Standing:
    """As a page of that day reads it."""
    return standing(with_parts(Commitment.objects.filter(pk=year.task.pk), day).get(), day)


@pytest.fixture
def busy(year: Year, system: Actor) -> Year:
    """On the day: a milestone, a deliverable, a disagreement to be decided that very day, both offices heard."""
    november = dt.date(2019, 11, 1)
    milestone = draft_milestone(year.lead, year.lead_staff, title="形成方案", grain="month", month=november)
    approve_milestone(milestone, year.lead_head)
    open_commitment(
        None, system, kind="deliverable", code="2019/1.1", title="举措一", start=DAY, due=DECEMBER,
        source=SOURCE, parent=year.task,
    )  # fmt: skip
    report_part(year.lead, year.lead_staff, text="推进中")
    report_part(year.co, year.co_staff, text="推进中")
    raise_disagreement(
        year.co, year.co_staff, other=year.lead.unit, text="口径", decider=year.user(year.leader), due=DAY
    )
    return year


def everything_changes(year: Year, system: Actor) -> None:
    """Reports, a move, a drop, a decision, another lead, the end."""
    with clock.pinned(LATER):
        for part, staff in ((year.lead, year.lead_staff), (year.co, year.co_staff)):
            report_part(part, staff, text="完成", done=True, files=FILES)
        drop_milestone(year.task.milestones.get(), year.lead_head, reason="合并到别的节点")
        decide_disagreement(year.task.disagreements.get(), year.leader, decision="由甲处核定")
        extension = ask_extension(year.task, year.lead_staff, new_due=dt.date(2020, 2, 28), reason="等数据")
        decide_extension(extension, year.leader, approved=True)
        year.task.refresh_from_db()
        revise_commitment(
            year.task, system, title="任务一", text="", due=year.task.due, source=SOURCE,
            parts=[Part(year.co.unit, "lead"), Part(year.lead.unit, "co")],
        )  # fmt: skip
        deliverable = year.task.parts.get()
        drop_commitment(deliverable, system, reason="新版不再列入")
        staff = year.co_staff
        merge_parts(year.task, staff, text="完成", done=True)
        confirm_closure(year.task, year.leader)


def test_what_is_done_later_does_not_change_the_day(busy: Year, system: Actor) -> None:
    set_light(busy.task, busy.leader, colour="yellow", reason="等批复", last_day=DAY + dt.timedelta(days=5))
    days = [YESTERDAY, DAY, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=10)]
    before = [seen(busy, day) for day in days]
    everything_changes(busy, system)
    assert [seen(busy, day) for day in days] == before
    assert seen(busy, LATER).light.reason == "closed"


def test_each_change_shows_from_its_own_day(busy: Year, system: Actor) -> None:
    assert [str(part.unit) for part in seen(busy, YESTERDAY).owing] == ["甲处", "乙处"]
    assert (seen(busy, DAY).owing, seen(busy, DAY).light.colour) == ((), "green")
    assert seen(busy, DAY + dt.timedelta(days=1)).light.facts["decider"] == "局长"
    everything_changes(busy, system)
    assert seen(busy, LATER - dt.timedelta(days=1)).light.reason == "undecided"
    assert (seen(busy, LATER).light.reason, seen(busy, LATER).deliverables) == ("closed", 0)


def test_a_light_lifted_early_shows_before_that_as_it_was_meant(year: Year) -> None:
    last = DAY + dt.timedelta(days=9)
    override = set_light(year.task, year.leader, colour="green", reason="已有批复", last_day=last)
    before = seen(year)
    with clock.pinned(DAY + dt.timedelta(days=3)):
        lift_light(override, year.leader, reason="批复撤回")
    assert seen(year) == before
    assert before.light.facts["until"] == last
    assert seen(year, DAY + dt.timedelta(days=3)).light.reason != "overridden"


def test_a_first_date_counts_from_the_day_it_was_given(
    system: Actor, office: Callable[[str], object]
) -> None:
    task = open_commitment(None, system, kind="task", code="2019/2", title="任务二", start=DAY, source=SOURCE)
    with clock.pinned(LATER):
        revise_commitment(task, system, title="任务二", text="", due=DECEMBER, source=SOURCE)
    assert (task.schedule_on(DAY).due, task.schedule_on(LATER).due) == (None, DECEMBER)
    assert task.schedule_on(LATER).slipped_on is None


def test_who_led_on_a_day_is_remembered(year: Year, system: Actor) -> None:
    with clock.pinned(LATER):
        revise_commitment(
            year.task, system, title="任务一", text="", due=DECEMBER, source=SOURCE,
            parts=[Part(year.co.unit, "lead"), Part(year.lead.unit, "co")],
        )  # fmt: skip
    lead, co = (Responsibility.objects.get(pk=one.pk) for one in (year.lead, year.co))
    assert [lead.place_on(day) for day in (DAY, LATER)] == [("lead", 0), ("co", 1)]
    assert [co.place_on(day) for day in (DAY, LATER)] == [("co", 1), ("lead", 0)]
    assert [str(part.unit) for part in seen(year, DAY).parts] == ["甲处", "乙处"]
    assert [str(part.unit) for part in seen(year, LATER).parts] == ["乙处", "甲处"]
