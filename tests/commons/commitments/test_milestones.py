# SPDX-License-Identifier: Apache-2.0
"""Milestones: an office sets itself dates, another person approves them, evidence shows that they are reached."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from commons.commitments._year import DAY, FILES, Year
from kechuang.commons.commitments.actions import (
    approve_milestone,
    draft_milestone,
    drop_milestone,
    merge_parts,
    reach_milestone,
    report_part,
    return_milestone,
    revise_milestone,
)
from kechuang.commons.commitments.models import Commitment, Milestone
from kechuang.commons.commitments.queries import standing, with_parts
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.memo import remembering
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.engines.progress.lights import Light

pytestmark = pytest.mark.django_db


def _drafted(year: Year, title: str = "形成方案", grain: str = "month", month: int = 11) -> Milestone:
    milestone: Milestone = draft_milestone(
        year.lead, year.lead_staff, title=title, grain=grain, month=dt.date(2019, month, 1)
    )
    return milestone


def _approved(year: Year, title: str = "形成方案", month: int = 11) -> Milestone:
    milestone: Milestone = approve_milestone(_drafted(year, title, month=month), year.lead_head)
    return milestone


@pytest.mark.parametrize(
    ("grain", "month", "due"),
    [
        ("month", 2, dt.date(2019, 2, 28)),
        ("month", 12, dt.date(2019, 12, 31)),
        ("quarter", 1, dt.date(2019, 3, 31)),
        ("quarter", 8, dt.date(2019, 9, 30)),
        ("quarter", 12, dt.date(2019, 12, 31)),
    ],
)
def test_a_milestone_is_due_at_the_end_of_its_month_or_quarter(
    year: Year, grain: str, month: int, due: dt.date
) -> None:
    milestone = _drafted(year, grain=grain, month=month)
    assert (milestone.due, milestone.state, milestone.unit) == (due, "draft", year.lead.unit)


def test_a_task_is_judged_by_its_milestones_once_they_are_approved(year: Year) -> None:
    report_part(year.lead, year.lead_staff, text="在做")
    report_part(year.co, year.co_staff, text="在做")
    milestone = _drafted(year)
    assert year.now().light == Light("grey", "no-milestones")
    approve_milestone(milestone, year.lead_head)
    assert year.now().light.reason == "on-time"
    late = year.now(dt.date(2019, 12, 1)).light
    assert (late.colour, late.reason, late.facts["part"]) == ("red", "milestone-overdue", "形成方案")


def test_a_milestone_counts_from_the_day_it_was_approved(year: Year) -> None:
    _approved(year)
    assert year.now(dt.date(2019, 10, 14)).light.reason != "on-time"
    assert Milestone.objects.get().approved_on == DAY


def test_who_drafted_it_may_not_approve_it(year: Year) -> None:
    own = draft_milestone(year.lead, year.lead_head, title="自拟", grain="month", month=DAY)
    with pytest.raises(Refused, match="不能自己审定"):
        approve_milestone(own, year.lead_head)
    approve_milestone(own, year.leader)


def test_who_changed_a_draft_has_drafted_it(year: Year) -> None:
    milestone = _drafted(year)
    revise_milestone(milestone, year.lead_head, title="形成方案初稿", grain="quarter", month=DAY)
    with pytest.raises(Refused):
        approve_milestone(milestone, year.lead_head)


@pytest.mark.parametrize("who", ["co_staff", "stranger", "leader"])
def test_an_office_drafts_only_its_own_milestones(year: Year, who: str) -> None:
    with pytest.raises(Refused):
        draft_milestone(year.lead, getattr(year, who), title="越权", grain="month", month=DAY)
    assert Milestone.objects.count() == 0


@pytest.mark.parametrize("who", ["lead_staff", "co_staff", "stranger"])
def test_only_who_is_over_the_office_approves_returns_or_drops(year: Year, who: str) -> None:
    milestone, actor = _drafted(year), getattr(year, who)
    with pytest.raises(Refused):
        approve_milestone(milestone, actor)
    with pytest.raises(Refused):
        return_milestone(milestone, actor, reason="不具体")
    with pytest.raises(Refused):
        drop_milestone(milestone, actor, reason="不需要")


def test_a_returned_draft_says_why_until_it_is_changed(year: Year) -> None:
    milestone = _drafted(year)
    with pytest.raises(Problem, match="请填写退回意见"):
        return_milestone(milestone, year.lead_head, reason=" ")
    return_milestone(milestone, year.lead_head, reason="写明成果形式")
    assert Milestone.objects.get().remark == "写明成果形式"
    revise_milestone(milestone, year.lead_staff, title="印发方案", grain="month", month=dt.date(2019, 12, 1))
    stored = Milestone.objects.get()
    assert (stored.remark, stored.title, stored.due) == ("", "印发方案", dt.date(2019, 12, 31))


def test_an_approved_milestone_is_not_changed(year: Year) -> None:
    milestone = _approved(year)
    with pytest.raises(Problem, match="已审定"):
        revise_milestone(milestone, year.lead_staff, title="改", grain="month", month=DAY)
    with pytest.raises(Problem, match="已审定"):
        approve_milestone(milestone, year.leader)


def test_a_report_with_evidence_shows_that_it_is_reached(year: Year) -> None:
    milestone = _approved(year)
    bare = report_part(year.lead, year.lead_staff, text="已形成")
    with pytest.raises(Problem, match="需要佐证") as caught:
        reach_milestone(milestone, year.lead_staff, report=bare)
    assert caught.value.field == "report"
    shown = report_part(year.lead, year.lead_staff, text="已形成", files=FILES)
    reach_milestone(milestone, year.lead_staff, report=shown)
    stored = Milestone.objects.get()
    assert (stored.state, stored.closed_on, stored.report) == ("reached", DAY, shown)


def test_a_milestone_reached_late_keeps_the_task_yellow(year: Year) -> None:
    with clock.pinned(dt.date(2019, 3, 1)):
        milestone = _approved(year, month=3)
    with clock.pinned(dt.date(2019, 4, 2)):
        shown = report_part(year.lead, year.lead_staff, text="已形成", files=FILES)
        report_part(year.co, year.co_staff, text="配合")
        reach_milestone(milestone, year.lead_staff, report=shown)
    light = year.now(dt.date(2019, 4, 20)).light
    assert (light.colour, light.reason, light.facts["days"]) == ("yellow", "milestone-closed-late", 2)


def test_another_offices_report_does_not_show_it(year: Year) -> None:
    milestone = _approved(year)
    other = report_part(year.co, year.co_staff, text="配合", files=FILES)
    with pytest.raises(Problem, match="不是甲处对这项任务的报告"):
        reach_milestone(milestone, year.lead_staff, report=other)
    with pytest.raises(Refused):
        reach_milestone(milestone, year.co_staff, report=other)


def test_a_draft_is_not_reached(year: Year) -> None:
    shown = report_part(year.lead, year.lead_staff, text="已形成", files=FILES)
    with pytest.raises(Problem, match="拟定中"):
        reach_milestone(_drafted(year), year.lead_staff, report=shown)


def test_a_task_does_not_close_before_its_milestones(year: Year) -> None:
    milestone = _approved(year)
    for part, staff in ((year.lead, year.lead_staff), (year.co, year.co_staff)):
        report_part(part, staff, text="完成", done=True, files=FILES)
    with pytest.raises(Problem, match="还有 1 个节点未完成"):
        merge_parts(year.task, year.lead_staff, text="办结", done=True)
    drop_milestone(milestone, year.leader, reason="并入下一年")
    merge_parts(year.task, year.lead_staff, text="办结", done=True)


def test_dropping_needs_a_reason_and_frees_the_title(year: Year) -> None:
    milestone = _approved(year)
    with pytest.raises(Problem, match="请填写撤销原因"):
        drop_milestone(milestone, year.leader, reason="")
    drop_milestone(milestone, year.leader, reason="不再需要")
    with pytest.raises(Problem, match="已撤销"):
        drop_milestone(milestone, year.leader, reason="再撤")
    assert _drafted(year).title == milestone.title


@pytest.mark.parametrize(
    ("given", "words", "field"),
    [
        ({"title": " "}, "请填写节点", "title"),
        ({"grain": "week"}, "按月或按季", "grain"),
        ({"month": dt.date(2018, 12, 1)}, "早于任务起始日期", "month"),
        ({"month": dt.date(2020, 1, 1)}, "晚于任务时限", "month"),
    ],
)
def test_bad_input_names_the_field(year: Year, given: dict[str, object], words: str, field: str) -> None:
    with pytest.raises(Problem, match=words) as caught:
        draft_milestone(
            year.lead, year.lead_staff, **{"title": "形成方案", "grain": "month", "month": DAY, **given}
        )
    assert caught.value.field == field
    assert caught.value.remedy
    assert Milestone.objects.count() == 0


def test_the_same_milestone_twice_is_refused(year: Year) -> None:
    _drafted(year)
    with pytest.raises(Problem, match="已有同名节点"):
        _drafted(year, month=12)


def test_an_office_that_left_or_a_task_that_closed_takes_no_more(year: Year) -> None:
    year.lead.until = DAY
    year.lead.save(update_fields=["until"])
    with pytest.raises(Problem, match="已不再负责"):
        _drafted(year)
    Commitment.objects.update(state="done")
    with pytest.raises(Problem, match="已办结"):
        draft_milestone(year.co, year.co_staff, title="形成方案", grain="month", month=DAY)


@pytest.mark.guarantee
def test_the_database_refuses_a_milestone_reached_without_a_report(year: Year) -> None:
    milestone = _approved(year)
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=milestone.pk).update(state="reached", closed_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=milestone.pk).update(closed_on=DAY)


def test_every_step_of_it_is_in_the_journal(year: Year) -> None:
    milestone = _approved(year)
    drop_milestone(milestone, year.leader, reason="不再需要")
    verbs = list(
        Entry.objects.filter(ref_kind="commitments.milestone").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == [f"commitments.milestone.{done}" for done in ("drafted", "approved", "dropped")]


def test_three_milestones_need_the_queries_of_one(year: Year) -> None:
    counts = []
    for titles in ("一", "二三"):
        for title in titles:
            _approved(year, title)
        with remembering(), CaptureQueriesContext(connection) as queries:
            standing(with_parts(Commitment.objects.filter(pk=year.task.pk)).get(), DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]
