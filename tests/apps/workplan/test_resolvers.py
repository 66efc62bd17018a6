# SPDX-License-Identifier: Apache-2.0
"""Whatever the journal names of a commitment's year leads to the task it belongs to, in two queries a kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kechuang.commons.access.models import User
from kechuang.commons.commitments.models import (
    Commitment,
    Disagreement,
    Extension,
    LightOverride,
    Milestone,
    Receipt,
    Responsibility,
)
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
DAY, LATER = dt.date(2019, 10, 15), dt.date(2019, 12, 31)


def _year_of(task: Commitment, unit: Unit, other: Unit, leader: User) -> list[Ref]:
    part = Responsibility.objects.create(commitment=task, unit=unit, role="lead", since=DAY)
    made = [
        Milestone.objects.create(commitment=task, unit=unit, title=task.title, grain="month", due=LATER),
        Extension.objects.create(
            commitment=task, old_due=DAY, new_due=LATER, reason="数据未到", asked_on=DAY
        ),
        Disagreement.objects.create(
            commitment=task, unit=unit, other=other, text="口径", decider=leader, due=LATER, raised_on=DAY
        ),
        LightOverride.objects.create(commitment=task, colour="red", reason="预警", since=DAY, until=LATER),
        Receipt.objects.create(responsibility=part, role="lead", day=DAY, at=timezone.now()),
    ]
    return [Ref.of(one) for one in made]


def test_each_leads_to_its_task_and_many_ask_no_more_than_one(
    office: Callable[[str], Unit], person: Callable[..., Actor]
) -> None:
    unit, other = office("甲处"), office("乙处")
    leader = User.objects.get(pk=person("局长").id)
    viewer, stranger = person("观察员", "workplan.view_plan"), person("路人")
    of_task = {
        task: _year_of(task, unit, other, leader)
        for task in [
            Commitment.objects.create(kind="task", code=str(n), title=f"任务{n}", start=DAY) for n in (1, 2)
        ]
    }
    for task, refs in of_task.items():
        for shown in resolve_many(refs, viewer).values():
            assert (shown.title, shown.visible) == (task.title, True)
            assert shown.url == reverse("workplan:task-detail", args=[task.pk])
        assert not any(shown.visible for shown in resolve_many(refs, stranger).values())
    counts = []
    for some in (list(of_task.values())[:1], list(of_task.values())):
        with CaptureQueriesContext(connection) as queries:
            resolve_many([ref for refs in some for ref in refs], viewer)
        counts.append(len(queries))
    assert counts[0] == counts[1]
