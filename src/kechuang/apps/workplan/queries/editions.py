# SPDX-License-Identifier: Apache-2.0
"""A stored version as the engine compares it; keys are the primary keys of its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch

from kechuang.apps.workplan.models import Item, ItemOffice, PlanVersion
from kechuang.engines.plandoc.editions import Edition, EditionTarget, EditionTask


def edition_of_version(version: PlanVersion) -> Edition:
    """What a version holds, without the lines left out of it (3 queries)."""
    targets: dict[int | None, list[EditionTarget]] = defaultdict(list)
    below: dict[int | None, list[Item]] = defaultdict(list)
    tasks: list[Item] = []
    for item in lines_of(version):
        if item.state == Item.State.EXCLUDED:
            continue
        if item.kind == Item.Kind.TASK:
            tasks.append(item)
            continue
        below[item.parent_id].append(item)
        if item.kind == Item.Kind.TARGET and hasattr(item, "target"):
            targets[item.parent_id].append(_target(item))
    return Edition(
        tuple(_task(task, targets[task.pk], below[task.pk]) for task in tasks), tuple(targets[None])
    )


def spoken_text(task: Item, children: Iterable[Item]) -> str:
    """The text of a task; one that came from facts without a text is told by title, deliverables and targets."""
    if task.text and task.text != task.title:
        return task.text
    told = "；".join(
        f"{child.title}{child.target.written}" if hasattr(child, "target") else child.title
        for child in children
        if child.state != Item.State.EXCLUDED and child.kind != Item.Kind.PROMISE
    )
    return f"{task.title}。{told}。" if told else task.title


def lines_of(version: PlanVersion) -> list[Item]:
    """Every line of a version with area, number, indicator, offices and commitment, in order (2 queries)."""
    return lines_by_version([version])[version.pk]


def lines_by_version(versions: Sequence[PlanVersion]) -> dict[int, list[Item]]:
    """The lines of several versions (2 queries)."""
    known = {version.pk: version for version in versions}
    rows = (
        Item.objects.filter(plan_version__in=known)
        .select_related("area", "target__indicator", "commitment__target")
        .prefetch_related(Prefetch("offices", ItemOffice.objects.select_related("unit")))
        .order_by("order", "id")
    )
    found: dict[int, list[Item]] = {pk: [] for pk in known}
    for line in rows:
        line.plan_version = known[line.plan_version_id]
        found[line.plan_version_id].append(line)
    return found


def _task(item: Item, targets: list[EditionTarget], children: list[Item]) -> EditionTask:
    offices = tuple((str(one.unit) if one.unit else one.name, one.role) for one in item.offices.all())
    area = item.area.title if item.area else ""
    text = spoken_text(item, children)
    return EditionTask(str(item.pk), item.number, item.title, area, text, offices, tuple(targets))


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
