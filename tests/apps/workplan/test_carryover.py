# SPDX-License-Identifier: Apache-2.0
"""A task that is not closed goes into the next plan: the same commitment, never a second one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.apps.workplan.actions import carry_item, import_plan, issue_plan
from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.proposals import propose
from kechuang.apps.workplan.queries.tasks import item_of
from kechuang.apps.workplan.queries.unfinished import unfinished
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.commitments.actions import confirm_closure, drop_commitment, report_part
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.queries import standing, with_parts
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from plan_story import Story, story

__all__ = ["story"]
pytestmark = pytest.mark.django_db
NEW_YEAR = dt.date(2020, 2, 3)
TEXT = "云川市科学技术局2020年工作要点\n一、领域\n1.任务三。推进新的工作。（责任处室：甲处）\n{more}"


@pytest.fixture
def system_draft(story: Story, system: Actor) -> PlanVersion:
    """The plan of the next year, with one task of its own."""
    return draft_of_2020(system)


def draft_of_2020(actor: Actor, more: str = "") -> PlanVersion:
    submission = propose("2020.txt", TEXT.format(more=more).encode())
    made: PlanVersion = import_plan(
        None, actor, submission=submission, title="2020年工作要点", issuer="云川市科学技术局", year=2020
    )
    return made


def test_what_is_alive_and_not_named_waits_to_be_carried_over(
    story: Story,
    system: Actor,
    system_draft: PlanVersion,
) -> None:
    assert [line.title for line in unfinished(system_draft)] == ["任务一", "任务二"]
    drop_commitment(story.task("1"), system, reason="不再推进")
    assert [line.title for line in unfinished(system_draft)] == ["任务二"]
    carry_item(system_draft, system, line=unfinished(system_draft)[0])
    assert unfinished(system_draft) == []


def test_it_stays_the_same_commitment_with_its_reports_and_its_lateness(
    story: Story,
    system: Actor,
    system_draft: PlanVersion,
) -> None:
    task = story.task("2")
    report_part(story.part("2", "乙处"), story.one, text="在做")
    before = Commitment.objects.filter(kind="task").count()
    line = next(one for one in unfinished(system_draft) if one.commitment_id == task.pk)
    with clock.pinned(NEW_YEAR):
        carried = carry_item(system_draft, system, line=line)
        assert (carried.due, [one.unit for one in carried.offices.all()]) == (
            dt.date(2020, 12, 31),
            list(story.units.values()),
        )
        issue_plan(system_draft, system, number="", day=NEW_YEAR, due=dt.date(2020, 12, 31), seen=None)
    task.refresh_from_db()
    assert Commitment.objects.filter(kind="task").count() == before + 1  # the draft's own
    assert (task.due, task.sources.count(), task.responsibilities.count()) == (dt.date(2020, 12, 31), 2, 2)
    assert story.part("2", "乙处").reports.get().text == "在做"
    now = standing(with_parts(Commitment.objects.filter(pk=task.pk), NEW_YEAR).get(), NEW_YEAR)
    assert (now.light.colour, now.light.reason) == ("yellow", "slipped")
    found = item_of(task)
    assert found is not None
    assert found.plan_version == system_draft


def test_open_deliverables_go_with_it_and_finished_ones_do_not(
    story: Story,
    system: Actor,
    system_draft: PlanVersion,
) -> None:
    first = Commitment.objects.get(title="举措一")
    Commitment.objects.filter(pk=first.pk).update(state="done", closed_on=dt.date(2019, 9, 1))
    carried = carry_item(system_draft, system, line=unfinished(system_draft)[0])
    parts = Item.objects.filter(parent=carried)
    assert [(part.title, part.commitment.title) for part in parts if part.commitment] == [
        ("举措二", "举措二")
    ]


def test_a_line_of_the_same_title_becomes_the_one_that_names_it(story: Story, system: Actor) -> None:
    draft = draft_of_2020(system, "2.任务一。继续推进。（责任处室：乙处）\n")
    named = draft.items.get(kind="task", title="任务一")
    assert carry_item(draft, system, line=unfinished(draft)[0]) == named
    named.refresh_from_db()
    assert named.commitment == story.task("1")
    assert draft.items.filter(kind="task", title="任务一").count() == 1


def test_what_is_closed_or_carried_already_is_refused(
    story: Story,
    system: Actor,
    system_draft: PlanVersion,
) -> None:
    line = unfinished(system_draft)[0]
    carry_item(system_draft, system, line=line)
    with pytest.raises(Problem):
        carry_item(system_draft, system, line=line)
    Commitment.objects.filter(pk=story.task("2").pk).update(state="awaiting")
    other = unfinished(system_draft)[0]
    confirm_closure(story.task("2"), story.other)
    with pytest.raises(Problem):
        carry_item(system_draft, system, line=other)


def test_only_who_corrects_drafts_carries_over(
    story: Story,
    system_draft: PlanVersion,
    person: Callable[..., Actor],
    browser_of: Callable[[Actor], Client],
) -> None:
    stranger = person("路人", "workplan.view_plan")
    with pytest.raises(Refused):
        carry_item(system_draft, stranger, line=unfinished(system_draft)[0])
    address = reverse("workplan:version-carry", args=[system_draft.pk])
    assert browser_of(stranger).get(address).status_code == 403
    role = Role.objects.create(code="corrects", name="校对", permissions=["workplan.edit_plan"])
    Grant.objects.create(user=User.objects.get(pk=stranger.id), role=role, scope="all")
    client = browser_of(stranger)
    assert "任务二" in client.get(address).content.decode()
    first = unfinished(system_draft)[0]
    client.post(address, {"line": [str(first.pk), "999"]})
    assert [line.title for line in unfinished(system_draft)] == ["任务二"]
    assert story.task("1").items.count() == 2
