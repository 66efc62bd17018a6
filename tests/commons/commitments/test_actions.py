# SPDX-License-Identifier: Apache-2.0
"""The life of a commitment: each office its own part, the lead merges, nothing closes alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.access.reach import objects_of, scopes_offered
from kechuang.commons.commitments.actions import (
    Part,
    confirm_closure,
    drop_commitment,
    merge_parts,
    open_commitment,
    report_part,
    return_closure,
    revise_commitment,
)
from kechuang.commons.commitments.models import Commitment, Evidence, Report, Responsibility
from kechuang.commons.commitments.queries import STALE_DAYS, standing, with_parts
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.engines.progress.lights import Light

pytestmark = pytest.mark.django_db
SOURCE = Ref("workplan.item", "1")
JANUARY, DECEMBER = dt.date(2019, 1, 1), dt.date(2019, 12, 31)
FILES = [("总结.txt", "完成情况".encode())]


@dataclass
class Scene:
    task: Commitment
    part: Commitment
    lead: Responsibility
    co: Responsibility
    lead_staff: Actor
    co_staff: Actor
    leader: Actor


@pytest.fixture
def scene(person: Callable[..., Actor], office: Callable[[str], Unit], system: Actor) -> Scene:
    first, second = office("甲处"), office("乙处")
    task = open_commitment(
        None,
        system,
        kind="task",
        code="2019/1",
        title="任务一",
        start=JANUARY,
        due=DECEMBER,
        source=SOURCE,
        parts=[Part(first, "lead"), Part(second, "co")],
    )
    deliverable = open_commitment(
        None,
        system,
        kind="deliverable",
        code="2019/1.1",
        title="举措一",
        start=JANUARY,
        source=SOURCE,
        parent=task,
    )
    lead, co = task.responsibilities.order_by("order")
    staff = ("commitments.report_part", "commitments.merge_parts")
    return Scene(
        task,
        deliverable,
        lead,
        co,
        person("甲员", *staff, over=first),
        person("乙员", *staff, over=second),
        person("局长", "commitments.confirm_closure"),
    )


def test_a_task_lives_from_report_to_confirmed_closure(scene: Scene) -> None:
    report = report_part(scene.co, scene.co_staff, text="完成", done=True, files=FILES)
    evidence = Evidence.objects.get(report=report)
    document = Document.objects.get()
    assert evidence.ref == Ref.of(document)
    assert (document.name, document.size, document.about_id) == ("总结.txt", 12, str(scene.task.pk))
    report_part(scene.lead, scene.lead_staff, text="完成", done=True, evidence=[Ref.of(document)])
    merge_parts(scene.task, scene.lead_staff, text="全部完成", done=True, delivered=[scene.part.pk])
    assert Commitment.objects.get(pk=scene.task.pk).state == "awaiting"
    confirm_closure(scene.task, scene.leader)
    task = Commitment.objects.get(pk=scene.task.pk)
    assert (task.state, task.closed_on) == ("done", dt.date(2019, 10, 15))
    assert Commitment.objects.get(pk=scene.part.pk).closed_on == dt.date(2019, 10, 15)


def test_an_office_cannot_report_for_another(scene: Scene) -> None:
    with pytest.raises(Refused, match="只有甲处可以报送"):
        report_part(scene.lead, scene.co_staff, text="越权")
    assert Report.objects.count() == 0
    assert Entry.objects.filter(outcome="refused").count() == 1


def test_only_the_lead_merges(scene: Scene) -> None:
    with pytest.raises(Refused, match="只有牵头处室（甲处）可以汇总"):
        merge_parts(scene.task, scene.co_staff, text="越权")


def test_a_task_without_lead_cannot_be_merged(scene: Scene) -> None:
    Responsibility.objects.update(role="responsible")
    with pytest.raises(Refused, match="尚未确定牵头处室"):
        merge_parts(scene.task, scene.lead_staff, text="汇总")


def test_done_needs_evidence(scene: Scene) -> None:
    with pytest.raises(Problem, match="需要佐证") as caught:
        report_part(scene.co, scene.co_staff, text="完成", done=True)
    assert caught.value.field == "files"


def test_an_empty_report_is_refused(scene: Scene) -> None:
    with pytest.raises(Problem, match="请填写进展"):
        report_part(scene.co, scene.co_staff, text="  ")


def test_closing_needs_every_part_and_every_deliverable(scene: Scene) -> None:
    report_part(scene.lead, scene.lead_staff, text="完成", done=True, files=FILES)
    with pytest.raises(Problem, match="还有乙处没有申报完成"):
        merge_parts(scene.task, scene.lead_staff, text="办结", done=True)
    report_part(scene.co, scene.co_staff, text="完成", done=True, files=FILES)
    with pytest.raises(Problem, match="还有 1 项举措未完成"):
        merge_parts(scene.task, scene.lead_staff, text="办结", done=True)
    assert Commitment.objects.get(pk=scene.part.pk).state == "open"


def _ask_to_close(scene: Scene) -> None:
    report_part(scene.lead, scene.lead_staff, text="完成", done=True, files=FILES)
    report_part(scene.co, scene.co_staff, text="完成", done=True, files=FILES)
    merge_parts(scene.task, scene.lead_staff, text="办结", done=True, delivered=[scene.part.pk])


def test_nobody_confirms_his_own_request(scene: Scene, person: Callable[..., Actor]) -> None:
    _ask_to_close(scene)
    both = person("兼任", "commitments.confirm_closure")
    with pytest.raises(Refused):
        confirm_closure(scene.task, scene.lead_staff)
    confirm_closure(scene.task, both)


def test_who_asked_to_close_may_not_confirm_even_with_the_permission(
    scene: Scene, person: Callable[..., Actor]
) -> None:
    boss = person("处长", "commitments.report_part", "commitments.merge_parts", "commitments.confirm_closure")
    report_part(scene.lead, scene.lead_staff, text="完成", done=True, files=FILES)
    report_part(scene.co, scene.co_staff, text="完成", done=True, files=FILES)
    merge_parts(scene.task, boss, text="办结", done=True, delivered=[scene.part.pk])
    with pytest.raises(Refused, match="不能自己确认办结"):
        confirm_closure(scene.task, boss)


def test_a_returned_request_opens_the_task_again_with_the_reason(scene: Scene) -> None:
    _ask_to_close(scene)
    with pytest.raises(Problem, match="请填写退回原因"):
        return_closure(scene.task, scene.leader, reason=" ")
    return_closure(scene.task, scene.leader, reason="缺验收材料")
    assert Commitment.objects.get(pk=scene.task.pk).state == "open"
    entry = Entry.objects.filter(verb="commitments.closure.returned").get()
    assert entry.data["reason"] == "缺验收材料"


def test_a_report_after_the_request_to_close_is_refused(scene: Scene) -> None:
    _ask_to_close(scene)
    with pytest.raises(Problem, match="待确认办结"):
        report_part(scene.co, scene.co_staff, text="补充")


def test_confirming_what_nobody_asked_for_is_refused(scene: Scene) -> None:
    with pytest.raises(Problem, match="没有待确认的办结申请"):
        confirm_closure(scene.task, scene.leader)


def test_a_revision_ends_the_part_of_an_office_that_left_and_keeps_its_reports(
    scene: Scene, system: Actor, office: Callable[[str], Unit]
) -> None:
    report_part(scene.co, scene.co_staff, text="做了一半")
    third = office("丙处")
    revise_commitment(
        scene.task,
        system,
        title="任务一（修订）",
        text="",
        due=DECEMBER,
        source=Ref("workplan.item", "2"),
        parts=[Part(scene.lead.unit, "lead"), Part(third, "co")],
    )
    scene.co.refresh_from_db()
    assert scene.co.until == dt.date(2019, 10, 15)
    assert Report.objects.filter(responsibility=scene.co).count() == 1
    assert [str(source.ref) for source in scene.task.sources.order_by("id")] == [
        "workplan.item:1",
        "workplan.item:2",
    ]
    with pytest.raises(Problem, match="已不再负责"):
        report_part(scene.co, scene.co_staff, text="再报")


def test_keeping_commitments_needs_the_permission(scene: Scene) -> None:
    with pytest.raises(Refused):
        drop_commitment(scene.task, scene.leader, reason="不再需要")
    with pytest.raises(Refused):
        revise_commitment(scene.task, scene.leader, title="x", text="", due=None, source=SOURCE)
    with pytest.raises(Refused):
        open_commitment(None, scene.leader, kind="task", code="x", title="x", start=JANUARY, source=SOURCE)
    with pytest.raises(Refused):
        confirm_closure(scene.task, scene.co_staff)
    with pytest.raises(Refused):
        return_closure(scene.task, scene.co_staff, reason="x")


def test_a_silent_office_turns_the_task_yellow_and_is_named(scene: Scene) -> None:
    with clock.pinned(dt.date(2019, 9, 1)):
        report_part(scene.lead, scene.lead_staff, text="在做")
    task = with_parts(Commitment.objects.filter(pk=scene.task.pk)).get()
    found = standing(task, dt.date(2019, 10, 15))
    assert found.light == Light("yellow", "stale", {"units": "乙处", "count": 1, "days": STALE_DAYS})
    assert "乙处" in reason_words(found.light)
    assert [str(part.unit) for part in found.owing] == ["乙处"]
    assert standing(task, dt.date(2019, 2, 14)).light == Light("grey", "no-milestones")


def test_an_overdue_deliverable_turns_the_task_red_and_is_named(scene: Scene) -> None:
    Commitment.objects.filter(pk=scene.part.pk).update(due=dt.date(2019, 10, 1))
    task = with_parts(Commitment.objects.filter(pk=scene.task.pk)).get()
    found = standing(task, dt.date(2019, 10, 15))
    assert (found.light.colour, found.light.reason) == ("red", "part-overdue")
    assert (found.light.facts["part"], found.light.facts["days"]) == ("举措一", 14)


def test_somebody_lent_to_a_task_reports_its_parts_and_no_others(scene: Scene, person: Any) -> None:
    lent = person("借调")
    role = Role.objects.create(code="lent", name="专班", permissions=["commitments.report_part"])
    grant = Grant.objects.create(
        user=User.objects.get(pk=lent.id), role=role, scope="task", over=str(Ref.of(scene.part))
    )
    with pytest.raises(Refused, match="只有甲处可以报送"):
        report_part(scene.lead, lent, text="另一项任务")
    Grant.objects.filter(pk=grant.pk).update(over=str(Ref.of(scene.task)))
    assert report_part(scene.lead, lent, text="专班进展").by == "借调"
    with pytest.raises(Refused):
        merge_parts(scene.task, lent, text="没有汇总的权限")


def test_open_tasks_are_offered_as_objects_of_a_grant(scene: Scene) -> None:
    offered = dict(objects_of("task"))
    assert str(Ref.of(scene.task)) in offered
    assert str(Ref.of(scene.part)) not in offered
    assert "call" not in dict(scopes_offered())  # no room has calls yet
