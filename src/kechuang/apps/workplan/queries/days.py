# SPDX-License-Identifier: Apache-2.0
"""Plans as they stood on a day (当日的计划): the version in force, its tasks and its numbers, from dated facts alone.

What happened after the day changes nothing here: titles, numbers promised and offices are those of the version that
was in force, dates and lights those of the day, values those that were known by then.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When, prefetch_related_objects

from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.queries.tasks import TaskLine
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.queries import parts_on, standing
from kechuang.commons.facts.models import Promised, Target
from kechuang.commons.figures.standings import TargetLine, target_lines
from kechuang.engines.progress.lights import Light
from kechuang.engines.progress.tasks import number_light

LONG_TEXTS = ("text", "commitment__text", "reason")
KINDS = (Item.Kind.TASK, Item.Kind.DELIVERABLE, Item.Kind.TARGET)


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One plan on a day: the version in force, its tasks in the plan's order, its numbers, the headline ones first."""

    version: PlanVersion
    lines: tuple[TaskLine, ...]
    targets: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen on a day: plans, and the lines of other commitments that were asked for."""

    plans: tuple[PlanDay, ...]
    others: tuple[TaskLine, ...]


def versions_on(day: dt.date) -> list[PlanVersion]:
    """The version of each plan in force on a day: of the day's year, else of the newest year (one query)."""
    own_year = Case(When(plan__year=day.year, then=Value(0)), default=Value(1), output_field=IntegerField())
    once = (
        PlanVersion.objects.filter(
            Q(issued_on__isnull=True) | Q(issued_on__lte=day),
            state__in=(PlanVersion.State.ISSUED, PlanVersion.State.SUPERSEDED),
        )
        .select_related("plan")
        .defer("text", "reading")
        .order_by(own_year, "-plan__year", "plan_id", "-no")
    )
    newest: dict[int, PlanVersion] = {}
    for version in once:
        if not newest or version.plan.year == next(iter(newest.values())).plan.year:
            newest.setdefault(version.plan_id, version)
    return list(newest.values())


def seen_on(
    day: dt.date, versions: Sequence[PlanVersion], others: QuerySet[Commitment] | None = None
) -> Seen:
    """Plans on a day, and other commitments beside them: 9 queries however many, plus what live figures need."""
    every = _items(versions, day)
    beside = list(others) if others is not None else []
    _load(every, beside, day)
    targets = _targets(every, versions, day)
    numbers: dict[int | None, list[Light]] = defaultdict(list)
    for item, line in targets.items():
        numbers[item.parent_id].append(number_light(line.target.name, line.target.unit, line.light))
    of_version: dict[int, list[Item]] = defaultdict(list)
    for item in every:
        of_version[item.plan_version_id].append(item)
    return Seen(
        tuple(
            PlanDay(
                version,
                tuple(
                    _line(item, day, numbers[item.pk]) for item in of_version[version.pk] if _is_task(item)
                ),
                tuple(sorted((targets[one] for one in of_version[version.pk] if one in targets), key=_last)),
            )
            for version in versions
        ),
        tuple(TaskLine("", "", task, standing(task, day, numbers=())) for task in beside),
    )


def _last(line: TargetLine) -> bool:
    """The headline numbers stand first."""
    return not line.target.headline


def _items(versions: Iterable[PlanVersion], day: dt.date) -> list[Item]:
    """The tracked lines of the versions; each commitment bears the title that its line had."""
    rows = (
        Item.objects.filter(plan_version__in=list(versions), kind__in=KINDS, commitment__isnull=False)
        .exclude(state=Item.State.EXCLUDED)
        .exclude(commitment__state=Commitment.State.DROPPED, commitment__closed_on__lte=day)
        .select_related("area", "commitment__target__indicator", "target__indicator")
        .defer(*LONG_TEXTS)
        .order_by("plan_version_id", "order", "id")
    )
    found = list(rows)
    for item in found:
        _commitment(item).title = item.title
    return found


def _commitment(item: Item) -> Commitment:
    assert item.commitment is not None
    return item.commitment


def _is_task(item: Item) -> bool:
    return item.kind == Item.Kind.TASK


def _load(items: Iterable[Item], others: Sequence[Commitment], day: dt.date) -> None:
    """Put beside each task its deliverables and all else that its light is judged by."""
    tasks = {item.pk: _commitment(item) for item in items if _is_task(item)}
    for task in (*tasks.values(), *others):
        task.beneath = []
    for item in items:
        if item.kind == Item.Kind.DELIVERABLE and item.parent_id in tasks:
            tasks[item.parent_id].beneath.append(_commitment(item))
    prefetch_related_objects([*tasks.values(), *others], *parts_on(day))


def _line(item: Item, day: dt.date, numbers: Sequence[Light]) -> TaskLine:
    task = _commitment(item)
    return TaskLine(
        item.number, item.area.title if item.area else "", task, standing(task, day, numbers=numbers)
    )


def _targets(items: Iterable[Item], versions: Iterable[PlanVersion], day: dt.date) -> dict[Item, TargetLine]:
    """The lines that promise a number, each with where it stands."""
    years = {version.pk: version.plan.year for version in versions}
    promising = [item for item in items if item.kind == Item.Kind.TARGET]
    promised = [
        (item, target)
        for item in promising
        if (target := _promised(item, years[item.plan_version_id])) is not None
    ]
    lines = target_lines([target for _item, target in promised], day)
    return {item: line for (item, _target), line in zip(promised, lines, strict=True)}


def _promised(item: Item, year: int) -> Target | None:
    """The number as the version promised it, whatever a later version made of it; not to be saved."""
    kept = _commitment(item).target
    own: Promised | None = getattr(item, "target", None)
    if own is None:
        return kept
    target = Target(
        pk=kept.pk if kept else item.pk,
        name=item.title[:80],
        year=year,
        indicator=own.indicator,  # type: ignore[attr-defined]
    )
    for field in Promised._meta.get_fields():
        setattr(target, field.name, getattr(own, field.name))
    _commitment(item).target = target
    return target
