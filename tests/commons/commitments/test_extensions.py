# SPDX-License-Identifier: Apache-2.0
"""More time: asked for in time it moves the date, asked for too late the slip stays; another person decides."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from commons.commitments._year import DAY, DECEMBER, FILES, SOURCE, Year
from kechuang.commons.commitments.actions import (
    approve_milestone,
    ask_extension,
    decide_extension,
    draft_milestone,
    open_commitment,
    reach_milestone,
    report_part,
    revise_commitment,
)
from kechuang.commons.commitments.models import Commitment, Extension, Milestone
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.engines.progress.schedules import Schedule

pytestmark = pytest.mark.django_db
JUNE, SEPTEMBER, NOVEMBER = dt.date(2019, 6, 30), dt.date(2019, 9, 30), dt.date(2019, 11, 30)


@pytest.fixture
def milestone(year: Year) -> Milestone:
    """Due at the end of June."""
    with clock.pinned(dt.date(2019, 2, 1)):
        drafted = draft_milestone(year.lead, year.lead_staff, title="形成方案", grain="month", month=JUNE)
        approved: Milestone = approve_milestone(drafted, year.lead_head)
    return approved


def _moved(year: Year, milestone: Milestone, asked: dt.date, decided: dt.date) -> Milestone:
    """A milestone whose date was asked and decided to move to the end of September."""
    with clock.pinned(asked):
        extension = ask_extension(milestone, year.lead_staff, new_due=SEPTEMBER, reason="数据未到")
    with clock.pinned(decided):
        decide_extension(extension, year.leader, approved=True)
    return Milestone.objects.get(pk=milestone.pk)


def test_asked_and_decided_in_time_the_date_simply_moves(year: Year, milestone: Milestone) -> None:
    moved = _moved(year, milestone, dt.date(2019, 6, 20), dt.date(2019, 6, 25))
    assert moved.due == SEPTEMBER
    assert moved.schedule_on(dt.date(2019, 8, 1)) == Schedule(SEPTEMBER, None)
    assert moved.schedule_on(dt.date(2019, 6, 24)) == Schedule(JUNE, None)
    assert year.now(dt.date(2019, 8, 1)).light.reason != "milestone-overdue"


def test_decided_late_who_asked_in_time_has_not_slipped(year: Year, milestone: Milestone) -> None:
    moved = _moved(year, milestone, JUNE, dt.date(2019, 7, 8))
    assert moved.schedule_on(dt.date(2019, 7, 8)) == Schedule(SEPTEMBER, None)
    late = year.now(dt.date(2019, 7, 7)).light
    assert (late.colour, late.reason) == ("red", "milestone-overdue")  # until the answer the old date holds


def test_asked_too_late_the_slip_stays_even_when_it_is_reached(year: Year, milestone: Milestone) -> None:
    _moved(year, milestone, dt.date(2019, 7, 1), dt.date(2019, 7, 2))
    assert Extension.objects.get().is_late
    with clock.pinned(dt.date(2019, 9, 1)):
        shown = report_part(year.lead, year.lead_staff, text="已形成", files=FILES)
        report_part(year.co, year.co_staff, text="配合")
        reach_milestone(milestone, year.lead_staff, report=shown)
    light = year.now(dt.date(2019, 9, 2)).light
    assert (light.colour, light.reason, light.facts["slipped"]) == (
        "yellow",
        "milestone-slipped",
        dt.date(2019, 7, 1),
    )


def test_declined_the_date_stays_and_the_reason_is_kept(year: Year, milestone: Milestone) -> None:
    with clock.pinned(dt.date(2019, 6, 20)):
        extension = ask_extension(milestone, year.lead_staff, new_due=SEPTEMBER, reason="数据未到")
        with pytest.raises(Problem, match="请填写不同意的理由") as caught:
            decide_extension(extension, year.leader, approved=False)
        assert caught.value.field == "words"
        decide_extension(extension, year.leader, approved=False, words="按原时限")
    stored = Extension.objects.get()
    assert (stored.approved, stored.words, stored.decided_by) == (False, "按原时限", "局长")
    assert Milestone.objects.get().due == JUNE
    with clock.pinned(dt.date(2019, 6, 21)):
        ask_extension(milestone, year.lead_staff, new_due=SEPTEMBER, reason="再次申请")


def test_the_lead_asks_for_the_task_and_the_task_moves(year: Year) -> None:
    later = dt.date(2020, 3, 31)
    extension = ask_extension(year.task, year.lead_staff, new_due=later, reason="跨年实施")
    decide_extension(extension, year.leader, approved=True)
    task = Commitment.objects.get(pk=year.task.pk)
    assert task.due == later
    assert task.moves == [
        {"asked": "2019-10-15", "decided": "2019-10-15", "from": "2019-12-31", "to": "2020-03-31"}
    ]


def test_a_deliverable_without_offices_is_the_leads(year: Year, system: Actor) -> None:
    part = open_commitment(
        None,
        system,
        kind="deliverable",
        code="1.1",
        title="举措一",
        start=JUNE,
        due=SEPTEMBER,
        source=SOURCE,
        parent=year.task,
    )
    with pytest.raises(Refused, match="只有甲处可以申请延期"):
        ask_extension(part, year.co_staff, new_due=NOVEMBER, reason="来不及")
    with pytest.raises(Problem, match="晚于任务“任务一”的时限"):
        ask_extension(part, year.lead_staff, new_due=dt.date(2020, 1, 1), reason="来不及")
    extension = ask_extension(part, year.lead_staff, new_due=NOVEMBER, reason="来不及")
    decide_extension(extension, year.leader, approved=True)
    light = year.now().light
    assert (light.colour, light.reason) == ("yellow", "part-slipped")  # 30 September had passed


@pytest.mark.parametrize("who", ["co_staff", "leader", "stranger"])
def test_only_the_office_that_answers_asks(year: Year, milestone: Milestone, who: str) -> None:
    for thing in (year.task, milestone):
        with pytest.raises(Refused):
            ask_extension(thing, getattr(year, who), new_due=dt.date(2020, 1, 1), reason="越权")


@pytest.mark.parametrize("who", ["lead_staff", "co_staff", "stranger"])
def test_only_a_leader_decides(year: Year, who: str) -> None:
    extension = ask_extension(year.task, year.lead_staff, new_due=dt.date(2020, 1, 31), reason="跨年")
    with pytest.raises(Refused):
        decide_extension(extension, getattr(year, who), approved=True)


def test_nobody_decides_what_he_asked_for_himself_or_through_another(year: Year, system: Actor) -> None:
    extension = ask_extension(year.task, system, new_due=dt.date(2020, 1, 31), reason="跨年")
    for by_whom in (
        {"asked_for": f"access.user:{year.leader.id}"},
        {"asked_by_id": year.leader.id, "asked_for": ""},
    ):
        Extension.objects.update(**by_whom)
        with pytest.raises(Refused, match="不能自己审批"):
            decide_extension(extension, year.leader, approved=True)
    with pytest.raises(Refused, match="不能自己审批"):
        decide_extension(extension, year.acting_for(year.deputy, year.leader), approved=True)
    decide_extension(extension, year.deputy, approved=True)


def test_a_milestone_does_not_move_behind_its_task(year: Year, milestone: Milestone) -> None:
    with pytest.raises(Problem, match="晚于任务“任务一”的时限 2019-12-31") as caught:
        ask_extension(milestone, year.lead_staff, new_due=dt.date(2020, 1, 31), reason="来不及")
    assert caught.value.field == "new_due"


@pytest.mark.parametrize(
    ("new_due", "reason", "words"),
    [(DECEMBER, "跨年", "并不晚于现在的时限"), (dt.date(2020, 1, 31), "  ", "请填写延期原因")],
)
def test_bad_input_is_refused(year: Year, new_due: dt.date, reason: str, words: str) -> None:
    with pytest.raises(Problem, match=words):
        ask_extension(year.task, year.lead_staff, new_due=new_due, reason=reason)
    assert Extension.objects.count() == 0


def test_one_request_at_a_time_for_each_thing(year: Year, milestone: Milestone) -> None:
    ask_extension(year.task, year.lead_staff, new_due=dt.date(2020, 1, 31), reason="跨年")
    with pytest.raises(Problem, match="已有一份延期申请"):
        ask_extension(year.task, year.lead_staff, new_due=dt.date(2020, 2, 28), reason="再要")
    ask_extension(milestone, year.lead_staff, new_due=NOVEMBER, reason="另一件")


def test_what_is_closed_drafted_or_undated_has_nothing_to_extend(year: Year) -> None:
    draft = draft_milestone(year.lead, year.lead_staff, title="草案", grain="month", month=NOVEMBER)
    with pytest.raises(Problem, match="拟定中"):
        ask_extension(draft, year.lead_staff, new_due=DECEMBER, reason="来不及")
    Commitment.objects.update(due=None)
    with pytest.raises(Problem, match="没有设时限"):
        ask_extension(year.task, year.lead_staff, new_due=DECEMBER, reason="来不及")
    Commitment.objects.update(state="done")
    with pytest.raises(Problem, match="已办结"):
        ask_extension(year.task, year.lead_staff, new_due=DECEMBER, reason="来不及")


def test_a_date_changed_meanwhile_is_not_moved_from_a_wrong_start(year: Year, system: Actor) -> None:
    extension = ask_extension(year.task, year.lead_staff, new_due=dt.date(2020, 1, 31), reason="跨年")
    revise_commitment(year.task, system, title="任务一", text="", due=NOVEMBER, source=SOURCE, parts=[])
    with pytest.raises(Problem, match="时限已改为 2019-11-30"):
        decide_extension(extension, year.leader, approved=True)
    assert Extension.objects.get().decided_on is None
    decide_extension(extension, year.leader, approved=False, words="计划已修订")


def test_a_decided_request_is_not_decided_again(year: Year) -> None:
    extension = ask_extension(year.task, year.lead_staff, new_due=dt.date(2020, 1, 31), reason="跨年")
    decide_extension(extension, year.leader, approved=True)
    with pytest.raises(Problem, match="已由局长于 2019-10-15 审批"):
        decide_extension(extension, year.deputy, approved=False, words="不同意")


def test_a_plan_that_moves_a_date_after_it_passed_leaves_a_slip(year: Year, system: Actor) -> None:
    same = {"title": "任务一", "text": "", "source": SOURCE}
    with clock.pinned(dt.date(2019, 3, 1)):
        revise_commitment(year.task, system, due=JUNE, **same)
    assert Commitment.objects.get(pk=year.task.pk).schedule_on(DAY) == Schedule(JUNE, None)
    with clock.pinned(dt.date(2019, 7, 10)):
        revise_commitment(year.task, system, due=NOVEMBER, **same)
    task = Commitment.objects.get(pk=year.task.pk)
    assert task.schedule_on(DAY) == Schedule(NOVEMBER, dt.date(2019, 7, 1))
    assert task.schedule_on(dt.date(2019, 7, 9)) == Schedule(JUNE, None)
    revise_commitment(year.task, system, due=None, **same)
    assert Commitment.objects.get(pk=year.task.pk).schedule_on(DAY) == Schedule(None, None)


def test_the_moves_of_a_thing_are_its_approved_requests(year: Year, milestone: Milestone) -> None:
    _moved(year, milestone, dt.date(2019, 6, 20), dt.date(2019, 6, 25))
    with clock.pinned(dt.date(2019, 9, 29)):
        extension = ask_extension(milestone, year.lead_staff, new_due=NOVEMBER, reason="再延")
        decide_extension(extension, year.deputy, approved=True)
    approved = Extension.objects.filter(milestone=milestone, approved=True)
    assert Milestone.objects.get().moves == [
        {
            "asked": one.asked_on.isoformat(),
            "decided": one.decided_on.isoformat() if one.decided_on else "",
            "from": one.old_due.isoformat(),
            "to": one.new_due.isoformat(),
        }
        for one in approved
    ]


def test_the_journal_says_whether_it_was_late(year: Year, milestone: Milestone) -> None:
    _moved(year, milestone, dt.date(2019, 7, 1), dt.date(2019, 7, 2))
    late = Entry.objects.filter(verb="commitments.extension.asked").get().data["late"]
    assert late is True


@pytest.mark.guarantee
def test_the_database_refuses_two_open_requests_and_half_decided_ones(
    year: Year, milestone: Milestone
) -> None:
    def again(thing: Milestone | None) -> Extension:
        return Extension(
            commitment=year.task, milestone=thing, old_due=DAY, new_due=DECEMBER, reason="x", asked_on=DAY
        )

    for thing in (None, milestone):
        again(thing).save()
        with pytest.raises(IntegrityError), transaction.atomic():
            again(thing).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.update(decided_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.update(new_due=DAY)
