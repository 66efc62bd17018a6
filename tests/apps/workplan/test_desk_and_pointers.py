# SPDX-License-Identifier: Apache-2.0
"""Drafts on the desk of who corrects and who issues; pointers to plans and commitments by title and page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.workplan._files import PLAN
from apps.workplan.conftest import Import, line
from kechuang.apps.workplan import actions
from kechuang.apps.workplan.desk import draft_todos
from kechuang.apps.workplan.models import PlanVersion
from kechuang.commons.commitments.actions import report_part
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.facts.models import Target
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, resolve_many

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 10, 15)


@pytest.fixture
def issued(draft: PlanVersion, officer: Actor, leader: Actor) -> PlanVersion:
    actions.match_office(draft, officer, name="丁处", unit=None)
    actions.exclude_item(line(draft, "“双百"), officer, reason="专名")
    version: PlanVersion = actions.issue_plan(draft, leader)
    return version


def test_a_draft_waits_for_who_corrects_it_until_nothing_is_open(
    draft: PlanVersion, officer: Actor, leader: Actor, stranger: Actor
) -> None:
    correct, issue = (reverse(f"workplan:version-{name}", args=[draft.pk]) for name in ("detail", "issue"))
    assert [(todo.url, "2 处" in todo.why) for todo in draft_todos(officer, DAY)] == [(correct, True)]
    assert list(draft_todos(leader, DAY)) == []
    actions.match_office(draft, officer, name="丁处", unit=None)
    actions.exclude_item(line(draft, "“双百"), officer, reason="专名")
    assert list(draft_todos(officer, DAY)) == []
    assert [todo.url for todo in draft_todos(leader, DAY)] == [issue]
    assert list(draft_todos(stranger, DAY)) == []
    actions.issue_plan(draft, leader)
    assert list(draft_todos(leader, DAY)) == []


def test_drafts_on_the_desk_cost_the_same_for_one_and_for_three(importing: Import, officer: Actor) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(draft_todos(officer.fresh(), DAY))
        return len(queries)

    importing()
    one = asked()
    importing(PLAN.replace("云川市", "云山市"))
    importing(PLAN.replace("云川市", "云海市"))
    assert asked() == one <= 4


def test_everything_about_a_task_points_to_its_page(
    issued: PlanVersion, system: Actor, stranger: Actor
) -> None:
    task = Commitment.objects.get(code="2020/1")
    page = reverse("workplan:task-detail", args=[task.pk])
    part = Responsibility.objects.filter(commitment=task).first()
    assert part is not None
    report = report_part(part, system, text="完成", done=True, files=[("a.txt", b"a")])
    deliverable = Commitment.objects.filter(parent=task).first()
    assert deliverable is not None
    refs = [Ref.of(one) for one in (task, deliverable, part, report, line(issued, "编制"))]
    found = resolve_many(refs, stranger)
    assert [found[ref].url for ref in refs] == [page] * 5
    assert found[refs[0]].title == "编制科技创新规划"
    assert all(found[ref].visible for ref in refs)


def test_plans_versions_and_targets_point_to_their_pages(issued: PlanVersion, stranger: Actor) -> None:
    target = Target.objects.get(name="高新技术企业")
    refs = [Ref.of(issued.plan), Ref.of(issued), Ref.of(issued.areas.get(order=0)), Ref.of(target)]
    found = resolve_many(refs, stranger)
    assert [found[ref].url for ref in refs] == [
        reverse("workplan:plan-detail", args=[issued.plan_id]),
        reverse("workplan:version-detail", args=[issued.pk]),
        reverse("workplan:version-detail", args=[issued.pk]),
        reverse("workplan:task-detail", args=[target.commitment.pk]),
    ]


def test_a_line_of_a_draft_points_to_its_place_there(draft: PlanVersion, stranger: Actor) -> None:
    ref = Ref.of(line(draft, "编制"))
    assert (
        resolve_many([ref], stranger)[ref].url
        == f"{reverse('workplan:version-detail', args=[draft.pk])}#i{ref.id}"
    )


def test_who_may_not_look_at_plans_is_shown_no_way(issued: PlanVersion, person: Callable[..., Actor]) -> None:
    ref = Ref.of(Commitment.objects.get(code="2020/1"))
    assert resolve_many([ref], person("外人"))[ref].visible is False
