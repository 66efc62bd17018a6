# SPDX-License-Identifier: Apache-2.0
"""A stored version as the engine compares it; keys are the primary keys of its lines."""

from __future__ import annotations

from collections import defaultdict

from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.engines.plandoc.editions import Edition, EditionTarget, EditionTask


def edition_of_version(version: PlanVersion) -> Edition:
    """What a version holds, without the lines left out of it (3 queries)."""
    targets: dict[int | None, list[EditionTarget]] = defaultdict(list)
    tasks: list[Item] = []
    for item in lines_of(version):
        if item.state == Item.State.EXCLUDED:
            continue
        if item.kind == Item.Kind.TASK:
            tasks.append(item)
        elif item.kind == Item.Kind.TARGET and hasattr(item, "target"):
            targets[item.parent_id].append(_target(item))
    return Edition(tuple(_task(task, targets[task.pk]) for task in tasks), tuple(targets[None]))


def lines_of(version: PlanVersion) -> list[Item]:
    """Every line of a version with area, number, indicator and offices, in order: tasks first (2 queries)."""
    rows = (
        Item.objects.filter(plan_version=version)
        .select_related("area", "target__indicator")
        .prefetch_related("offices__unit")
        .order_by("order", "id")
    )
    lines = list(rows)
    for line in lines:
        line.plan_version = version
    return lines


def _task(item: Item, targets: list[EditionTarget]) -> EditionTask:
    offices = tuple((str(one.unit) if one.unit else one.name, one.role) for one in item.offices.all())
    area = item.area.title if item.area else ""
    return EditionTask(str(item.pk), item.number, item.title, area, item.text, offices, tuple(targets))


def _target(item: Item) -> EditionTarget:
    number = item.target
    return EditionTarget(
        str(item.pk),
        item.title,
        number.comparator,
        number.value,
        number.unit,
        number.value_max,
        number.aspire,
    )
