# SPDX-License-Identifier: Apache-2.0
"""Several sources, one task: nothing is opened twice, nobody reports twice; evidence that is given twice is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commons.commitments._year import DAY, DECEMBER, FILES, SOURCE, Year
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.commitments.actions import (
    Part,
    join_commitment,
    name_source,
    open_commitment,
    report_part,
)
from kechuang.commons.commitments.models import Commitment, Evidence
from kechuang.commons.commitments.reuse import used_elsewhere
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref

pytestmark = pytest.mark.django_db
COMMENT = Ref("comments.comment", "7")


@pytest.fixture
def order(year: Year, system: Actor) -> Commitment:
    """An instruction that asks for what the task does already."""
    made: Commitment = open_commitment(
        None, system, kind="instruction", code="PS2019-1", title="抓紧任务一", start=DAY, due=DECEMBER, source=COMMENT,
        parts=[Part(year.lead.unit, "lead")],
    )  # fmt: skip
    return made


def grant(actor: Actor, *permissions: str) -> None:
    role = Role.objects.create(code=f"more-{actor.id}", name=f"更多{actor.id}", permissions=list(permissions))
    Grant.objects.create(user=User.objects.get(pk=actor.id), role=role, scope="all")


def test_a_source_more_opens_nothing(year: Year) -> None:
    name_source(year.task, year.lead_staff, source=Ref("papers.paper", "3"))
    assert {str(one) for one in year.task.sources.all()} == {str(SOURCE), "papers.paper:3"}
    assert Commitment.objects.count() == 1
    with pytest.raises(Problem):
        name_source(year.task, year.lead_staff, source=SOURCE)
    with pytest.raises(Problem):
        name_source(year.task, year.lead_staff, source=Ref.of(year.task))
    with pytest.raises(Refused):
        name_source(year.task, year.co_staff, source=COMMENT)


def test_an_instruction_joins_the_task_it_means(year: Year, order: Commitment, system: Actor) -> None:
    join_commitment(order, system, into=year.task)
    order.refresh_from_db()
    assert (order.state, order.closed_on) == ("dropped", DAY)
    assert {str(one) for one in year.task.sources.all()} == {str(SOURCE), str(COMMENT)}
    with pytest.raises(Problem):
        report_part(order.responsibilities.get(), system, text="再报一次")


def test_what_was_reported_on_or_is_over_does_not_join(year: Year, order: Commitment, system: Actor) -> None:
    report_part(order.responsibilities.get(), system, text="在做")
    with pytest.raises(Problem):
        join_commitment(order, system, into=year.task)
    with pytest.raises(Refused):  # the plan decides of its tasks
        join_commitment(year.task, year.lead_head, into=order)
    with pytest.raises(Problem):
        join_commitment(order, system, into=order)


def test_only_who_keeps_commitments_joins_them(year: Year, order: Commitment) -> None:
    with pytest.raises(Refused):
        join_commitment(order, year.lead_head, into=year.task)


def test_both_are_done_on_pages(year: Year, order: Commitment, browser_of: Callable[[Actor], Client]) -> None:
    ClockSetting.objects.create(id=1, day=DAY)
    grant(year.lead_staff, "workplan.view_plan", "commitments.merge_parts")
    grant(year.leader, "workplan.view_plan", "commitments.keep_commitment")
    naming = reverse("commitments:source-name", args=[year.task.pk])
    client = browser_of(year.lead_staff)
    assert client.post(naming, {"source": "没有的东西"}).status_code == 422
    assert client.post(naming, {"source": str(Ref.of(order))}).status_code == 302
    leader = browser_of(year.leader)
    joining = reverse("commitments:commitment-join", args=[order.pk])
    assert joining in leader.get(reverse("workplan:task-detail", args=[order.pk])).content.decode()
    assert leader.post(joining, {"into": year.task.pk}).status_code == 302
    page = leader.get(reverse("workplan:task-detail", args=[year.task.pk])).content.decode()
    assert "抓紧任务一" in page
    assert year.task.sources.count() == 3


def test_the_same_evidence_for_two_tasks_is_seen_on_both(
    year: Year, order: Commitment, system: Actor
) -> None:
    part = order.responsibilities.get()
    report_part(part, system, text="在做", files=FILES, evidence=[Ref.of(year.task)])
    report_part(year.lead, system, text="在做", files=[("另一个名字.txt", FILES[0][1])], evidence=[SOURCE])
    mine = [one.ref for one in Evidence.objects.filter(report__responsibility=year.lead)]
    seen = used_elsewhere(mine, year.task)
    assert {ref.kind: titles for ref, titles in seen.items()} == {"documents.document": ["抓紧任务一"]}
    report_part(year.co, system, text="在做", evidence=[Ref.of(year.task)])
    with CaptureQueriesContext(connection) as queries:
        again = used_elsewhere([Ref.of(year.task), *mine], year.task)
    assert (again[Ref.of(year.task)], len(queries)) == (["抓紧任务一"], 3)
    assert used_elsewhere([], year.task) == {}
    assert used_elsewhere([Ref.of(year.co)], year.task) == {}
