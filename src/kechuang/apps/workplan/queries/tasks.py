# SPDX-License-Identifier: Apache-2.0
"""Reading the tasks of an issued plan: with their areas, parts, lights and targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.queries import Standing, all_on, open_standings, standing, standings
from kechuang.commons.facts.models import Target
from kechuang.commons.kernel import clock


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of a plan on a day: its place in the plan, the commitment, where it stands."""

    number: str
    area: str
    task: Commitment
    standing: Standing

    @property
    def lead(self) -> str:
        """The lead office or offices in words."""
        leads = [part for part in self.parts if part.role == Responsibility.Role.LEAD]
        return "、".join(str(part.unit) for part in leads)

    @property
    def parts(self) -> list[Responsibility]:
        """Every office's part, in the plan's order."""
        return list(self.standing.parts)


def current_version(day: dt.date) -> PlanVersion | None:
    """The issued plan of the day's year, else the newest issued plan of another year."""
    issued = PlanVersion.objects.filter(state=PlanVersion.State.ISSUED).select_related("plan")
    return (
        issued.filter(plan__year=day.year).order_by("-no").first()
        or issued.order_by("-plan__year", "-no").first()
    )


def issued_versions() -> QuerySet[PlanVersion]:
    """Every plan in force, the newest year first."""
    return (
        PlanVersion.objects.filter(state=PlanVersion.State.ISSUED)
        .select_related("plan")
        .order_by("-plan__year", "no")
    )


def task_items(versions: Iterable[PlanVersion]) -> QuerySet[Item]:
    """The task items of some versions with what a list of tasks needs (6 queries however long)."""
    return (
        Item.objects.filter(plan_version__in=list(versions), kind=Item.Kind.TASK, commitment__isnull=False)
        .exclude(state=Item.State.EXCLUDED)
        .select_related("area", "commitment")
        .prefetch_related(*all_on(clock.today(), "commitment__"))
        .order_by("-plan_version__plan__year", "plan_version_id", "order", "id")
    )


def task_lines(version: PlanVersion, day: dt.date) -> list[TaskLine]:
    """The tasks of a version on a day, in the plan's order."""
    return lines_of(list(task_items([version])), day)


def lines_of(items: Sequence[Item], day: dt.date) -> list[TaskLine]:
    """Task items read by ``task_items`` on a day; all numbers under them are asked for together."""
    stand = standings([_commitment(item) for item in items], day)
    return [_line(item, _commitment(item), stand[_commitment(item).pk]) for item in items]


def open_lines(version: PlanVersion, day: dt.date) -> list[TaskLine]:
    """The tasks of a version that are open or wait to be closed, in the plan's order (1 query beside those)."""
    stand = {task.pk: (task, where) for task, where in open_standings(day)}
    items = Item.objects.filter(plan_version=version, kind=Item.Kind.TASK).exclude(state=Item.State.EXCLUDED)
    rows = items.select_related("area").order_by("order", "id")
    return [_line(item, *stand[item.commitment_id]) for item in rows if item.commitment_id in stand]


def task_line(item: Item, task: Commitment, day: dt.date) -> TaskLine:
    """One task item on a day with its commitment, read by ``with_parts``."""
    return _line(item, task, standing(task, day))


def _line(item: Item, task: Commitment, where: Standing) -> TaskLine:
    return TaskLine(item.number, item.area.title if item.area else "", task, where)


def _commitment(item: Item) -> Commitment:
    assert item.commitment is not None
    return item.commitment


def targets_of(version: PlanVersion) -> list[Target]:
    """The numeric targets of a version, headline first, with their indicators and commitments (one query)."""
    return list(
        Target.objects.filter(commitment__items__plan_version=version)
        .exclude(commitment__state=Commitment.State.DROPPED)
        .select_related("indicator", "commitment", "commitment__parent")
        .order_by("-headline", "commitment__order", "id")
        .distinct()
    )


def tracked_tasks(year: int) -> set[tuple[str, str]]:
    """Number and title of the tasks in the issued plans of a year that are commitments here."""
    items = Item.objects.filter(
        plan_version__plan__year=year,
        plan_version__state=PlanVersion.State.ISSUED,
        kind=Item.Kind.TASK,
        commitment__isnull=False,
    ).exclude(commitment__state=Commitment.State.DROPPED)
    return set(items.values_list("number", "title"))


def tracked_indicators(year: int) -> set[str]:
    """The indicators by which targets in the issued plans of a year are measured."""
    targets = Target.objects.filter(
        commitment__items__plan_version__plan__year=year,
        commitment__items__plan_version__state=PlanVersion.State.ISSUED,
        indicator__isnull=False,
    ).exclude(commitment__state=Commitment.State.DROPPED)
    return set(targets.values_list("indicator__code", flat=True))


def item_of(task: Commitment) -> Item | None:
    """The newest line of an issued plan that names a task; a draft says nothing yet."""
    once = (PlanVersion.State.ISSUED, PlanVersion.State.SUPERSEDED)
    return (
        Item.objects.filter(commitment=task, plan_version__state__in=once)
        .select_related("area", "plan_version__plan")
        .order_by("-plan_version__plan__year", "-plan_version__no", "-id")
        .first()
    )
