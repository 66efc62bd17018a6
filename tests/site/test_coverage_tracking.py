# SPDX-License-Identifier: Apache-2.0
"""What counts as tracked: the very tasks and numbers of the city's plan, not those of another document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kechuang.apps.workplan.models import Item, Plan, PlanVersion
from kechuang.apps.workplan.pieces import PlanPiece
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.facts.models import Indicator, Target
from kechuang.site.content import library
from kechuang.site.coverage import NOT_YET, TRACKED, survey
from kechuang.site.proofs import Proof

pytestmark = pytest.mark.django_db
Issue = Callable[..., PlanVersion]


@pytest.fixture(autouse=True)
def nothing_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """No journey has passed, whatever record stands beside the code."""
    monkeypatch.setattr("kechuang.site.coverage.proof", Proof)


@pytest.fixture
def own() -> dict[str, str]:
    """The titles of the real plan's tasks by number."""
    (plan,) = library().of(PlanPiece)
    return {task.number: task.title for task in plan.tasks}


@pytest.fixture
def issue() -> Issue:
    """A plan in force with some tasks by number and title."""

    def make(tasks: dict[str, str], *, year: int = 2019, state: str = "issued") -> PlanVersion:
        plan = Plan.objects.create(title=f"要点{Plan.objects.count()}", year=year)
        version = PlanVersion.objects.create(plan=plan, no=1, state=state)
        for number, title in tasks.items():
            task = Commitment.objects.create(kind="task", code=number, title=title, start=dt.date(year, 1, 1))
            Item.objects.create(
                plan_version=version, kind="task", number=number, title=title, commitment=task
            )
        return version

    return make


def promise(version: PlanVersion, code: str, *, state: str = "open") -> None:
    """A target in the plan, measured by an indicator."""
    indicator = Indicator.objects.create(code=code, name=code, unit="家", kind="stock")
    target = Target.objects.create(
        name=code, year=version.plan.year, comparator="=", scaled=1, indicator=indicator
    )
    commitment = Commitment.objects.create(
        kind="target", code=code, title=code, target=target, start=dt.date(2019, 1, 1), state=state
    )
    Item.objects.create(plan_version=version, kind="target", title=code, commitment=commitment)
    assert target.value == Decimal(1)


def tracked() -> set[str]:
    return {line.id for line in (*survey().tasks, *survey().mechanisms) if line.state == TRACKED}


def test_a_task_of_the_plan_in_force_is_tracked_with_its_mechanisms(
    issue: Issue, own: dict[str, str]
) -> None:
    issue({"12": own["12"]})
    assert {line.task for line in survey().tasks if line.state == TRACKED} == {"12"}
    assert {"12a", "12b", "12c"} <= tracked()
    assert "13a" not in tracked()


def test_another_document_with_the_same_numbers_tracks_nothing(issue: Issue, own: dict[str, str]) -> None:
    issue({number: f"别的任务{number}" for number in own})
    issue(own, year=2020)
    issue(own, state="draft")
    issue(own, state="superseded")
    assert {line.state for line in survey().tasks} == {NOT_YET}


def test_a_dropped_task_is_not_tracked(issue: Issue, own: dict[str, str]) -> None:
    issue({"1": own["1"], "2": own["2"]})
    Commitment.objects.filter(code="2").update(state="dropped")
    assert {line.task for line in survey().tasks if line.state == TRACKED} == {"1"}


def test_a_headline_number_is_tracked_when_every_target_of_it_is(issue: Issue, own: dict[str, str]) -> None:
    version = issue({"1": own["1"]})
    promise(version, "tech_smes")
    assert "I4" not in tracked()
    promise(version, "high_tech_firms")
    assert "I4" in tracked()
    promise(version, "rd_intensity", state="dropped")
    assert "I1" not in tracked()


def test_the_survey_takes_as_many_queries_for_one_task_as_for_thirty(
    issue: Issue, own: dict[str, str]
) -> None:
    counts = []
    for numbers in (["1"], list(own)[1:]):
        issue({number: own[number] for number in numbers})
        with CaptureQueriesContext(connection) as asked:
            survey()
        counts.append(len(asked))
    assert counts == [2, 2]
