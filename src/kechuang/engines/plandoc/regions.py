# SPDX-License-Identifier: Apache-2.0
"""Where numbers stand (文本分区): the goals part, the tasks, the words between them, and all the rest."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kechuang.engines.plandoc.contexts import OUTSIDE
from kechuang.engines.plandoc.evidence import Evidence
from kechuang.engines.plandoc.items import Block, Item
from kechuang.engines.plandoc.proposal import Span, Task

Kind = Literal["headline", "task", "outside"]

_GOAL_CUE: Final = re.compile(
    r"(?:主要|总体|工作|发展|年度|预期|全年)?(?:目标|指标)(?:是|为|：|，)|(?<![^\n。])[到至](?:20\d\d)年"
    r"|力争|确保(?=[^。]{0,60}\d)|[，。][到至]20\d\d年"
    r"|(?:今年|全年|20\d\d年).{0,12}(?:力争|目标)"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of folded text; `task` is the index of the task it belongs to."""

    kind: Kind
    start: int
    end: int
    task: int | None = None
    reason: str = ""


def regions_of(evidence: Evidence, tasks: Sequence[Task]) -> list[Region]:
    """Cover the whole manuscript, in order, without overlap."""
    rows, end = evidence.tables.rows, len(evidence.manuscript.read)
    first_table_task = len(tasks) - len(rows)
    drafts = evidence.reading.tasks[:first_table_task]
    inner = [Region("task", draft.start, draft.end, index) for index, draft in enumerate(drafts)]
    inner += _goal_regions(evidence, inner)
    for row, index in zip(rows, range(first_table_task, len(tasks)), strict=True):
        inner += [Region("task", span[0], span[1], index) for span in row.searched]
    inner += [
        Region("outside", span[0], span[1], None, reason) for span, reason in evidence.tables.unused_cells
    ]
    covered: list[Region] = []
    cursor = 0
    for region in sorted(inner, key=lambda region: region.start):
        start = max(region.start, cursor)
        if start > cursor:
            covered.append(Region("outside", cursor, start, None, OUTSIDE))
        if region.end > start:
            covered.append(Region(region.kind, start, region.end, region.task, region.reason))
            cursor = region.end
    if cursor < end:
        covered.append(Region("outside", cursor, end, None, OUTSIDE))
    return covered


def _goal_regions(evidence: Evidence, tasks: Sequence[Region]) -> list[Region]:
    """Blocks of the goals part; else goal sentences of the preface; and what an area says before its first task."""
    manuscript, tree = evidence.manuscript, evidence.tree
    holders: dict[int, Item] = {item.block: item for item in tree.items}
    in_tasks = _Cover((task.start, task.end) for task in tasks)
    task_starts = sorted(task.start for task in tasks)
    in_areas = _Cover(area.reach for area in evidence.reading.areas)
    found: list[Region] = []
    cued: list[Region] = []
    holder: Item | None = None
    spoken_goals = False
    for place, block in enumerate(tree.blocks):
        if place in holders:
            holder, spoken_goals = holders[place], False
        section = "" if holder is None else tree.section_of(holder)
        if in_tasks.holds(block.start):
            continue
        start, end = _behind_title(holder, place, block), _before_next(task_starts, block)
        if section == "goals" or (section in {"", "tasks"} and in_areas.holds(block.start)):
            found.append(Region("headline", start, end))
        elif section in {"preface", ""}:
            cue = _GOAL_CUE.search(manuscript.read, start, min(end, start + _CUE_REACH))
            if cue or (spoken_goals and manuscript.read.startswith("——", start)):
                spoken_goals = True
                begin = start if cue is None else manuscript.read.rfind("。", start, cue.start()) + 1
                cued.append(Region("headline", max(start, begin), end))
    has_goals = any(not in_areas.holds(region.start) for region in found)
    return found if has_goals else found + cued


_CUE_REACH: Final = 2000


def _behind_title(holder: Item | None, place: int, block: Block) -> int:
    return (
        holder.title[1]
        if holder is not None and holder.section and holder.block == place and holder.title[1] < block.end
        else block.start
    )


def _before_next(task_starts: Sequence[int], block: Block) -> int:
    """End of the block, or where a task begins inside it."""
    index = bisect_right(task_starts, block.start)
    return min(block.end, task_starts[index]) if index < len(task_starts) else block.end


class _Cover:
    """Whether a place lies in one of many stretches that do not overlap."""

    def __init__(self, stretches: Iterable[Span]) -> None:
        self._stretches = sorted(stretches)
        self._starts = [start for start, _ in self._stretches]

    def holds(self, place: int) -> bool:
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._stretches[index][1]
