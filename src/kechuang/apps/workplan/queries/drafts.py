# SPDX-License-Identifier: Apache-2.0
"""A version as a tree beside its source: areas, their tasks, what stands under each (a constant number of queries)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kechuang.apps.workplan.models import Area, Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.queries.accounts import CountRow, accounts
from kechuang.apps.workplan.queries.editions import lines_by_version, lines_of
from kechuang.apps.workplan.queries.openings import OpenPoint, number_gaps, open_points
from kechuang.apps.workplan.source_pane import Mark


@dataclass(frozen=True, slots=True)
class Branch:
    """A line with those under it, and its suggested lead if it has one."""

    item: Item
    children: tuple[Item, ...]
    suggested: ItemOffice | None


@dataclass(frozen=True, slots=True)
class Grove:
    """A focus area (None: outside every area) with its tasks."""

    area: Area | None
    tasks: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the page of a version shows."""

    version: PlanVersion
    lines: tuple[Item, ...]
    headline: tuple[Item, ...]
    groves: tuple[Grove, ...]
    counts: tuple[CountRow, ...]
    open_points: tuple[OpenPoint, ...]

    @property
    def unchecked(self) -> int:
        """How many lines nobody has looked at."""
        return sum(line.state == Item.State.PROPOSED for line in self.lines)

    @property
    def gaps(self) -> str:
        """Numbers missing in the count of tasks."""
        return "、".join(number_gaps(self.lines))

    @property
    def suggestions(self) -> int:
        """How many tasks wait for a lead that is only suggested."""
        return sum(branch.suggested is not None for grove in self.groves for branch in grove.tasks)


def draft_of(version: PlanVersion) -> Draft:
    """The tree with counts and open points (3 queries)."""
    lines = lines_of(version)
    below: dict[int | None, list[Item]] = defaultdict(list)
    for line in lines:
        below[line.parent_id].append(line)
    tasks: dict[int | None, list[Branch]] = defaultdict(list)
    for line in below[None]:
        if line.kind == Item.Kind.TASK:
            children = sorted(below[line.pk], key=lambda child: (child.start, child.order, child.pk))
            tasks[line.area_id].append(Branch(line, tuple(children), _suggested(line)))
    areas = list(version.areas.all())
    groves = [Grove(area, tuple(tasks[area.pk])) for area in areas]
    if tasks[None]:
        groves.append(Grove(None, tuple(tasks[None])))
    headline = tuple(line for line in below[None] if line.kind != Item.Kind.TASK)
    return Draft(
        version,
        tuple(lines),
        headline,
        tuple(groves),
        tuple(accounts(version, lines)),
        tuple(open_points(version, lines)),
    )


def drafts_with_points() -> list[tuple[PlanVersion, int]]:
    """Every draft with the number of its open points (3 queries however many drafts)."""
    drafts = PlanVersion.objects.filter(state=PlanVersion.State.DRAFT).select_related("plan").defer("text")
    waiting = list(drafts.order_by("pk"))
    lines = lines_by_version(waiting)
    return [(draft, len(open_points(draft, lines[draft.pk]))) for draft in waiting]


def _suggested(item: Item) -> ItemOffice | None:
    if item.state == Item.State.EXCLUDED:
        return None
    return next((office for office in item.offices.all() if office.suggested), None)


def marks_of(draft: Draft) -> list[Mark]:
    """Where each line, area and unused number stands in the text."""
    marks = [
        Mark(grove.area.start, grove.area.end, f"a{grove.area.pk}", "area")
        for grove in draft.groves
        if grove.area is not None
    ]
    marks += [
        Mark(
            line.start,
            line.end,
            f"i{line.pk}",
            f"{line.kind} kc-src-out" if line.state == Item.State.EXCLUDED else line.kind,
        )
        for line in draft.lines
    ]
    return marks + list(_unused_marks(draft.version.reading.get("unused", ())))


def _unused_marks(unused: Sequence[dict[str, object]]) -> list[Mark]:
    return [
        Mark(int(str(one["start"])), int(str(one["end"])), f"u{place}", "unused", str(one["reason"]))
        for place, one in enumerate(unused)
    ]
