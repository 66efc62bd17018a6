# SPDX-License-Identifier: Apache-2.0
"""What a draft still leaves open (待处理): each point must be settled before the plan may be issued."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.queries.accounts import accounts

Code = Literal["no-task", "unknown-office", "duplicate-number", "no-number", "undecided", "counts"]
_FIRST = {"1", "一"}


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing to settle: its kind, in words, the lines it is about, and the name of an office nobody knows."""

    code: Code
    words: str
    items: tuple[Item, ...] = ()
    name: str = ""


def tracked(lines: Sequence[Item]) -> list[Item]:
    """The lines that will be tracked: neither left out themselves nor under a line left out."""
    left_out = {line.pk for line in lines if line.state == Item.State.EXCLUDED}
    return [line for line in lines if line.pk not in left_out and line.parent_id not in left_out]


def open_points(version: PlanVersion, lines: Sequence[Item]) -> list[OpenPoint]:
    """Everything that must be settled, computed from lines read by ``lines_of``."""
    kept = tracked(lines)
    tasks = [line for line in kept if line.kind == Item.Kind.TASK]
    points = [] if tasks else [OpenPoint("no-task", _("草稿里没有任务：请手工添加，或重新导入。"))]
    points += _unknown_offices(kept)
    points += _duplicates(tasks)
    points += [
        OpenPoint(
            "no-number",
            _("%(title)s：目标没有数值，请补上，或不纳入。") % {"title": line.title[:40]},
            (line,),
        )
        for line in kept
        if line.kind == Item.Kind.TARGET and not hasattr(line, "target")
    ]
    points += [
        OpenPoint(
            "undecided",
            _("%(title)s：还没有决定列为目标、列为举措，还是不纳入。") % {"title": line.title[:40]},
            (line,),
        )
        for line in kept
        if line.kind == Item.Kind.PROMISE
    ]
    points += [
        OpenPoint(
            "counts",
            _("%(what)s对不上：文中 %(found)s，草稿中 %(kept)s。")
            % {"what": row.label, "found": row.found, "kept": row.kept},
        )
        for row in accounts(version, lines)
        if row.differs
    ]
    return points


def _unknown_offices(lines: Sequence[Item]) -> Iterator[OpenPoint]:
    naming: dict[str, list[Item]] = defaultdict(list)
    for line in lines:
        for office in line.offices.all():
            if office.unit_id is None and not office.outside:
                naming[office.name].append(line)
    for name, items in naming.items():
        words = _("%(name)s：不在处室名录中（%(count)s 处），请选择对应处室，或注明只记录不跟踪。")
        yield OpenPoint("unknown-office", words % {"name": name, "count": len(items)}, tuple(items), name)


def _duplicates(tasks: Sequence[Item]) -> Iterator[OpenPoint]:
    """The same number twice; where the count begins anew in every area, twice in one area."""
    running = numbers_run_on(tasks)
    seen: dict[tuple[int | None, str], list[Item]] = defaultdict(list)
    for task in tasks:
        if task.number:
            seen[None if running else task.area_id, task.number].append(task)
    for (_area, number), items in seen.items():
        if len(items) > 1:
            words = _("任务序号“%(number)s”重复：%(titles)s。")
            titles = "、".join(item.title[:20] for item in items)
            yield OpenPoint("duplicate-number", words % {"number": number, "titles": titles}, tuple(items))


def number_gaps(lines: Sequence[Item]) -> list[str]:
    """Numbers missing in a running count of tasks, as "3" or "5—7": to look at, no hindrance."""
    tasks = [line for line in tracked(lines) if line.kind == Item.Kind.TASK]
    if not numbers_run_on(tasks):
        return []
    numbers = sorted(
        {int(task.number) for task in tasks if task.number.isdecimal() and task.number.isascii()}
    )
    holes = [(before + 1, after - 1) for before, after in pairwise(numbers) if after > before + 1]
    return [f"{first}" if first == last else f"{first}—{last}" for first, last in holes]


def numbers_run_on(tasks: Sequence[Item]) -> bool:
    """Whether the count runs through the areas instead of beginning anew in each."""
    return len({task.area_id for task in tasks if task.number in _FIRST}) <= 1
