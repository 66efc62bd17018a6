# SPDX-License-Identifier: Apache-2.0
"""The pages of a clerk's year: what each may do hangs on the task, what waits stands on the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commons.commitments._year import DAY, DECEMBER, Year
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.commitments import actions
from kechuang.commons.commitments.models import (
    Commitment,
    Disagreement,
    Extension,
    LightOverride,
    Milestone,
    Receipt,
)
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.models import ClockSetting

pytestmark = pytest.mark.django_db
Page = Callable[..., Any]


@pytest.fixture
def visit(year: Year, browser_of: Callable[[Actor], Client]) -> Page:
    """Open a page as somebody, or send its form: ``visit(actor, name, key, field=value)``; everybody sees tasks."""
    ClockSetting.objects.create(id=1, day=DAY)
    role = Role.objects.create(
        code="sees", name="看", permissions=["workplan.view_plan", "commitments.view_milestone"]
    )
    for user in User.objects.all():
        Grant.objects.create(user=user, role=role, scope="all")

    def at(actor: Actor, name: str, *keys: int, **data: Any) -> Any:
        client, address = browser_of(actor), reverse(name, args=keys)
        return client.post(address, data) if data else client.get(address)

    return at


def draft(year: Year, month: int = 11) -> Milestone:
    made: Milestone = actions.draft_milestone(
        year.lead, year.lead_staff, title="形成方案", grain="month", month=dt.date(2019, month, 1)
    )
    return made


def todos(actor: Actor) -> set[str]:
    return {todo.url for todo in todos_for(actor.fresh(), DAY)}


def test_an_office_takes_note_of_its_part_from_the_task(year: Year, visit: Page) -> None:
    page = visit(year.co_staff, "workplan:task-detail", year.task.pk).content.decode()
    address = reverse("commitments:part-receive", args=[year.co.pk])
    assert address in page
    assert reverse("commitments:part-receive", args=[year.lead.pk]) not in page  # not for the other office
    answer = visit(year.co_staff, "commitments:part-receive", year.co.pk, sent="1")
    assert answer["Location"] == reverse("workplan:task-detail", args=[year.task.pk])
    assert Receipt.objects.get().by == "乙员"
    assert address not in visit(year.co_staff, "workplan:task-detail", year.task.pk).content.decode()


def test_what_is_chosen_of_the_list_is_received_and_leaves_the_desk(year: Year, visit: Page) -> None:
    place = reverse("commitments:receipt-list")
    assert place in todos(year.lead_staff)
    assert "任务一" in visit(year.lead_staff, "commitments:receipt-list").content.decode()
    visit(year.lead_staff, "commitments:receipt-list", part=[str(year.lead.pk), str(year.co.pk)])
    assert [one.responsibility_id for one in Receipt.objects.all()] == [year.lead.pk]
    assert place not in todos(year.lead_staff)


def test_a_step_is_drafted_returned_put_right_and_approved(year: Year, visit: Page) -> None:
    told = {"title": "形成方案", "grain": "quarter", "month": "2019-11-01"}
    assert visit(year.lead_staff, "commitments:milestone-draft", year.lead.pk).status_code == 200
    assert visit(year.lead_staff, "commitments:milestone-draft", year.lead.pk, **told).status_code == 302
    step = Milestone.objects.get()
    assert (step.due, step.state) == (DECEMBER, "draft")
    page = reverse("commitments:milestone-detail", args=[step.pk])
    assert page in todos(year.lead_head)
    assert page not in todos(year.lead_staff)
    visit(year.lead_head, "commitments:milestone-return", step.pk, reason="太笼统")
    assert page in todos(year.lead_staff)
    assert "太笼统" in visit(year.lead_staff, "commitments:milestone-revise", step.pk).content.decode()
    visit(year.lead_staff, "commitments:milestone-revise", step.pk, **{**told, "title": "方案印发"})
    visit(year.lead_head, "commitments:milestone-approve", step.pk, sent="1")
    step.refresh_from_db()
    assert (step.title, step.state, step.remark) == ("方案印发", "approved", "")


def test_one_report_shows_that_a_step_is_reached(year: Year, visit: Page) -> None:
    step = actions.approve_milestone(draft(year, 10), year.lead_head)
    with clock.pinned(dt.date(2019, 10, 28)):
        near = {todo.url: todo.light for todo in todos_for(year.lead_staff.fresh(), clock.today())}
    assert near[reverse("commitments:milestone-detail", args=[step.pk])] == "yellow"
    address = reverse("commitments:part-report", args=[year.lead.pk])
    detail = visit(year.lead_staff, "commitments:milestone-detail", step.pk).content.decode()
    assert f"{address}?milestone={step.pk}" in detail
    bare = visit(year.lead_staff, "commitments:part-report", year.lead.pk, text="已印发", reached=[step.pk])
    assert bare.status_code == 422  # needs evidence, and nothing of the report stays
    assert not year.lead.reports.exists()
    file = SimpleUploadedFile("方案.txt", "方案".encode())
    visit(
        year.lead_staff,
        "commitments:part-report",
        year.lead.pk,
        text="已印发",
        reached=[step.pk],
        files=[file],
    )
    step.refresh_from_db()
    assert (step.state, step.closed_on, step.report) == ("reached", DAY, year.lead.reports.get())


def test_the_form_offers_only_the_steps_of_the_own_office(year: Year, visit: Page) -> None:
    actions.approve_milestone(draft(year), year.lead_head)
    assert "reached" in visit(year.lead_staff, "commitments:part-report", year.lead.pk).context["form"].fields
    assert "reached" not in visit(year.co_staff, "commitments:part-report", year.co.pk).context["form"].fields


def test_a_step_is_dropped_with_a_reason(year: Year, visit: Page) -> None:
    step = actions.approve_milestone(draft(year), year.lead_head)
    assert visit(year.lead_head, "commitments:milestone-drop", step.pk, reason=" ").status_code == 422
    visit(year.lead_head, "commitments:milestone-drop", step.pk, reason="合并到总结")
    step.refresh_from_db()
    assert (step.state, step.remark) == ("dropped", "合并到总结")


@pytest.mark.parametrize("of", ["task", "step"])
def test_more_time_is_asked_for_and_decided_by_another(year: Year, visit: Page, of: str) -> None:
    step = actions.approve_milestone(draft(year, 10), year.lead_head)
    thing, name = (
        (year.task, "commitments:commitment-extend")
        if of == "task"
        else (step, "commitments:milestone-extend")
    )
    new = dt.date(2020, 3, 31) if of == "task" else dt.date(2019, 11, 30)
    assert visit(year.lead_staff, name, thing.pk).status_code == 200
    late = visit(year.lead_staff, name, thing.pk, new_due="2019-10-01", reason="等数据")
    assert late.status_code == 422
    visit(year.lead_staff, name, thing.pk, new_due=new.isoformat(), reason="等数据")
    extension = Extension.objects.get()
    address = reverse("commitments:extension-decide", args=[extension.pk])
    assert address in todos(year.leader)
    assert address in visit(year.leader, "workplan:task-detail", year.task.pk).content.decode()
    assert "等数据" in visit(year.leader, "commitments:extension-decide", extension.pk).content.decode()
    refused = visit(year.leader, "commitments:extension-decide", extension.pk, approved="no", words="")
    assert refused.status_code == 422  # declining says why
    visit(year.leader, "commitments:extension-decide", extension.pk, approved="yes")
    thing.refresh_from_db()
    assert thing.due == new
    assert address not in todos(year.leader)


def test_a_disagreement_waits_for_the_person_it_names(year: Year, visit: Page) -> None:
    form = visit(year.co_staff, "commitments:disagreement-raise", year.co.pk).context["form"]
    assert list(form.fields["other"].queryset) == [year.lead.unit]
    assert {user.display_name for user in form.fields["decider"].queryset} == {"局长", "副局长"}
    told = {"other": year.lead.unit.pk, "text": "口径", "decider": year.leader.id, "due": "2019-10-10"}
    assert visit(year.co_staff, "commitments:disagreement-raise", year.co.pk, **told).status_code == 422
    visit(year.co_staff, "commitments:disagreement-raise", year.co.pk, **{**told, "due": "2019-10-20"})
    dispute = Disagreement.objects.get()
    address = reverse("commitments:disagreement-decide", args=[dispute.pk])
    assert (address in todos(year.leader), address in todos(year.deputy)) == (True, False)
    assert visit(year.deputy, "commitments:disagreement-decide", dispute.pk).status_code == 403
    visit(year.leader, "commitments:disagreement-decide", dispute.pk, decision="由甲处汇总")
    dispute.refresh_from_db()
    assert (dispute.decision, dispute.withdrawn) == ("由甲处汇总", False)
    assert "由甲处汇总" in visit(year.co_staff, "workplan:task-detail", year.task.pk).content.decode()


def test_the_offices_may_settle_it_between_them(year: Year, visit: Page) -> None:
    dispute = actions.raise_disagreement(
        year.co,
        year.co_staff,
        other=year.lead.unit,
        text="口径",
        decider=year.user(year.leader),
        due=DECEMBER,
    )
    assert visit(year.lead_staff, "commitments:disagreement-withdraw", dispute.pk).status_code == 403
    visit(year.co_staff, "commitments:disagreement-withdraw", dispute.pk, decision="按统计口径")
    dispute.refresh_from_db()
    assert dispute.withdrawn


def test_a_leader_sets_a_light_and_lifts_it(year: Year, visit: Page) -> None:
    told = {"colour": "green", "reason": "已协调", "last_day": "2019-12-31"}
    assert visit(year.leader, "commitments:light-set", year.task.pk, **told).status_code == 422  # too long
    visit(year.leader, "commitments:light-set", year.task.pk, **{**told, "last_day": "2019-10-31"})
    override = LightOverride.objects.get()
    page = visit(year.leader, "workplan:task-detail", year.task.pk).content.decode()
    assert reverse("commitments:light-lift", args=[override.pk]) in page
    assert reverse("commitments:light-set", args=[year.task.pk]) not in page  # one at a time
    other = visit(year.co_staff, "workplan:task-detail", year.task.pk).content.decode()
    assert "已协调" in other
    assert reverse("commitments:light-lift", args=[override.pk]) not in other
    visit(year.leader, "commitments:light-lift", override.pk, reason="情况变化")
    override.refresh_from_db()
    assert override.until == DAY


def test_a_form_is_shown_to_nobody_whose_action_would_be_refused(year: Year, visit: Page) -> None:
    step = draft(year)
    for actor, name, key in (
        (year.co_staff, "commitments:milestone-draft", year.lead.pk),
        (year.co_staff, "commitments:milestone-revise", step.pk),
        (year.lead_staff, "commitments:milestone-return", step.pk),
        (year.co_staff, "commitments:commitment-extend", year.task.pk),
        (year.co_staff, "commitments:disagreement-raise", year.lead.pk),
        (year.lead_head, "commitments:light-set", year.task.pk),
        (year.co_staff, "commitments:part-report", year.lead.pk),
    ):
        assert visit(actor, name, key).status_code == 403, name


def test_who_may_not_see_the_task_does_not_see_its_steps(
    year: Year, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    other = browser_of(person("旁人", "commitments.view_milestone"))
    assert other.get(reverse("commitments:milestone-detail", args=[draft(year).pk])).status_code == 404
    assert other.get(reverse("commitments:commitment-open", args=[year.task.pk])).status_code == 404


def test_the_list_of_steps_asks_as_much_for_one_as_for_three(year: Year, visit: Page) -> None:
    def asked(name: str, *keys: int) -> int:
        visit(year.leader, name, *keys)  # signs in, remembers where every word of the page stands
        with CaptureQueriesContext(connection) as queries:
            assert visit(year.leader, name, *keys).status_code == 200
        return len(queries)

    draft(year)
    one = asked("commitments:milestone-list"), asked("workplan:task-detail", year.task.pk)
    for month in (10, 12):
        actions.draft_milestone(
            year.co, year.co_staff, title=f"第{month}月", grain="month", month=dt.date(2019, month, 1)
        )
    assert (asked("commitments:milestone-list"), asked("workplan:task-detail", year.task.pk)) == one
    assert Commitment.objects.count() == 1
