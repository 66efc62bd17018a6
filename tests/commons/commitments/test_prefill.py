# SPDX-License-Identifier: Apache-2.0
"""A report begins with what the system knows: numbers, steps and deliverables since the last one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from commons.commitments._year import DAY, FILES, SOURCE, Year
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.commitments.actions import (
    approve_milestone,
    draft_milestone,
    merge_parts,
    open_commitment,
    report_part,
)
from kechuang.commons.commitments.ports import numbers
from kechuang.commons.commitments.prefill import known_of
from kechuang.commons.facts.actions import set_target
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.engines.progress.lights import Light

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(year: Year, system: Actor) -> Year:
    """A step reached and a deliverable delivered in September."""
    part = open_commitment(
        None, system, kind="deliverable", code="1.1", title="举措一", start=year.task.start, source=SOURCE,
        parent=year.task,
    )  # fmt: skip
    drafted = draft_milestone(
        year.lead, year.lead_staff, title="形成方案", grain="month", month=dt.date(2019, 9, 1)
    )
    step = approve_milestone(drafted, year.lead_head)
    with clock.pinned(dt.date(2019, 9, 10)):
        report_part(year.lead, year.lead_staff, text="已印发", files=FILES, reached=[step])
    with clock.pinned(dt.date(2019, 9, 20)):
        merge_parts(year.task, year.lead_staff, text="已完成举措", delivered=[part.pk])
    return year


def test_what_came_after_the_last_report_is_told(busy: Year) -> None:
    assert known_of(busy.lead, DAY).count("\n") == 1  # the deliverable; the step was in that report
    assert "举措一" in known_of(busy.lead, DAY)
    assert "2019-09-20" in known_of(busy.co, DAY)
    assert "形成方案" not in known_of(busy.co, DAY)  # another office's step
    assert known_of(busy.lead, dt.date(2019, 9, 15)) == ""


def test_numbers_of_the_task_are_told_as_they_stand(
    year: Year, system: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = set_target(
        None, system, name="高企", year=2019, comparator=">=", value=Decimal(10), unit="家", kind="level"
    )
    open_commitment(
        None, system, kind="target", code="1.9", title="高企", start=year.task.start, source=SOURCE, parent=year.task,
        target=target,
    )  # fmt: skip
    light = Light("green", "number", {"name": "高企", "unit": "家", "light": Light("green", "met")})
    told = {target.pk: light}
    monkeypatch.setattr(numbers, "all", lambda: [lambda asked, _day: {one.pk: told[one.pk] for one in asked}])
    assert "高企" in known_of(year.co, DAY)


def test_the_form_begins_with_it_and_keeps_what_was_typed(
    busy: Year, browser_of: Callable[[Actor], Client]
) -> None:
    ClockSetting.objects.create(id=1, day=DAY)
    role = Role.objects.create(code="sees", name="看", permissions=["workplan.view_plan"])
    Grant.objects.create(user=User.objects.get(pk=busy.lead_staff.id), role=role, scope="all")
    client, address = browser_of(busy.lead_staff), reverse("commitments:part-report", args=[busy.lead.pk])
    assert client.get(address).context["form"]["text"].value() == known_of(busy.lead, DAY)
    wrong = client.post(address, {"text": "写了一半", "done": "on"})
    assert (wrong.status_code, wrong.context["form"]["text"].value()) == (422, "写了一半")
