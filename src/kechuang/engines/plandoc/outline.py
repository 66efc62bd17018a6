# SPDX-License-Identifier: Apache-2.0
"""Which level holds the tasks (大纲假设): every reading of the outline is tried and scored, the best one wins.

A mark means nothing by itself: （五） is a task in one document and an area in the next. So each level is read as
the task level once, unnumbered paragraphs and 一是…二是… as well, and the readings are scored by

    owned    share of its tasks that carry a statement of responsibility themselves       weight 4
    caught   share of the document's statements that its tasks hold                       weight 3
    single   share of tasks whose statements stand in one place                           weight 2
    says     share of tasks that say something beyond a heading, or have nothing below    weight 1.5
    counts   share of numbers that continue the count or begin it again                   weight 1
    depth    a level deeper than needed                                                   minus 0.05 each
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.items import Item, Tree, title_of
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import EXAMPLES, RANKS, MarkKind, spoken_marks
from kechuang.engines.plandoc.proposal import SchemeScore, Span
from kechuang.engines.plandoc.statements import Statement, Statements

_OWNED, _CAUGHT, _SINGLE, _SAYS, _COUNTS, _DEPTH = 4.0, 3.0, 2.0, 1.5, 1.0, 0.05
_SAYS_MUCH: Final = 60
_SHORT_HEADING: Final = 40


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A focus area: title, number as printed, reach."""

    title: Span
    number: str
    reach: Span


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task: number as printed, its value for counting, title, whole text from the mark on, index of its area."""

    number: str
    value: int
    title: Span
    start: int
    end: int
    area: int | None
    own_end: int
    has_children: bool
    named_part: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the outline."""

    scheme: str
    areas: tuple[AreaDraft, ...]
    tasks: tuple[TaskDraft, ...]
    depth: int


def choose_outline(
    manuscript: Manuscript, tree: Tree, statements: Statements
) -> tuple[Reading, tuple[SchemeScore, ...]]:
    """The best reading, and the scores of all, best first. A document without any task gives an empty reading."""
    readings = [_level_reading(manuscript, tree, statements, kind) for kind in RANKS]
    readings += [read(manuscript, tree, statements) for read in (_paragraph_reading, _spoken_reading)]
    scored = sorted(
        ((score_reading(manuscript, reading, statements), reading) for reading in readings if reading.tasks),
        key=lambda pair: -pair[0],
    )
    tried = tuple(
        SchemeScore(reading.scheme, round(score, 3), len(reading.tasks)) for score, reading in scored
    )
    return (scored[0][1] if scored else Reading("没有识别出任务", (), (), 0)), tried


def score_reading(manuscript: Manuscript, reading: Reading, statements: Statements) -> float:
    """Score of a reading, as the module explains."""
    tasks = reading.tasks
    number = len(tasks)
    held = [statements.within(task.start, task.own_end) for task in tasks]
    owned = sum(bool(inside) for inside in held) / number
    caught = sum(len(statements.within(task.start, task.end)) for task in tasks) / (len(statements) or 1)
    single = sum(_one_place(manuscript, inside) for inside in held) / number
    says = sum(_says_something(manuscript, task) for task in tasks) / number
    score = _SAYS * says + _COUNTS * _counting(tasks) - _DEPTH * reading.depth
    score += _SINGLE * single + (_OWNED * owned + _CAUGHT * min(1.0, caught) if len(statements) else 0.0)
    return score


def _one_place(manuscript: Manuscript, inside: Sequence[Statement]) -> bool:
    """Whether the statements of a task stand in one paragraph or in field lines that follow each other."""
    closing = (
        {manuscript.read.count("\n", inside[0].start, s.start) for s in inside if not s.is_field}
        if inside
        else set()
    )
    return len(closing) <= 1


def _says_something(manuscript: Manuscript, task: TaskDraft) -> bool:
    if not task.has_children:
        return True
    title_start, title_end = task.title
    return task.own_end - title_end > _SAYS_MUCH or "。" in manuscript.read[title_end : task.own_end].strip(
        "。\n "
    )


def _counting(tasks: Sequence[TaskDraft]) -> float:
    """Share of steps that go on by one, or begin again at one."""
    values = [task.value for task in tasks]
    steps = list(zip(values, values[1:], strict=False))
    good = sum(after == before + 1 or (after == 1 and before > 1) for before, after in steps)
    return (good + (values[0] == 1)) / len(values)


def _level_reading(manuscript: Manuscript, tree: Tree, statements: Statements, kind: MarkKind) -> Reading:
    """Items of one level as tasks; items in the preface, the goals and (without statements) the tail left out."""
    chosen = [item for item in tree.items if item.mark.kind == kind and not item.section]
    chosen = [item for item in chosen if _may_be_task(tree, item, statements)]
    parts = [item for item in chosen if tree.section_of(item) == "tasks"]
    owned_outside = [i for i in chosen if tree.section_of(i) == "" and statements.within(*tree.reach(i))]
    if parts and not (owned_outside and not any(statements.within(*tree.reach(i)) for i in parts)):
        chosen = parts + [item for item in owned_outside if item not in parts]
        chosen.sort(key=lambda item: item.index)
    area_of = _areas(tree, chosen)
    areas: list[AreaDraft] = []
    seen: dict[int, int] = {}
    tasks: list[TaskDraft] = []
    for item in chosen:
        area = area_of(item)
        if area is not None and area.index not in seen:
            seen[area.index] = len(areas)
            areas.append(
                AreaDraft(_without_statement(area.title, statements), area.mark.number, tree.reach(area))
            )
        tasks.append(_task(manuscript, tree, statements, item, None if area is None else seen[area.index]))
    return Reading(f"{EXAMPLES[kind]} 为任务", tuple(areas), tuple(tasks), RANKS[kind])


def _may_be_task(tree: Tree, item: Item, statements: Statements) -> bool:
    section = tree.section_of(item)
    if section in {"preface", "goals"}:
        return False
    return section != "tail" or bool(statements.within(*tree.reach(item)))


def _areas(tree: Tree, chosen: Sequence[Item]) -> Callable[[Item], Item | None]:
    """How to find the area of a task: the outermost ancestor that is not a mere container of all the tasks."""
    outermost = {(chain[0].index if (chain := tree.ancestors(item)) else None) for item in chosen}

    def area_of(item: Item) -> Item | None:
        chain = [ancestor for ancestor in tree.ancestors(item) if ancestor.section != "tasks"]
        if len(outermost) == 1 and len(chain) > 1:
            chain = chain[1:]
        return chain[0] if chain else None

    return area_of


def _task(
    manuscript: Manuscript, tree: Tree, statements: Statements, item: Item, area: int | None
) -> TaskDraft:
    start, end = tree.reach(item)
    own_end = tree.own(item)[1]
    if item.children and all(tree.items[child].mark.inline for child in item.children):
        own_end = _shared_ending(tree, statements, item, own_end)
    title = _without_statement(item.title, statements)
    return TaskDraft(item.mark.number, item.mark.value, title, start, end, area, own_end, bool(item.children))


def _shared_ending(tree: Tree, statements: Statements, item: Item, own_end: int) -> int:
    """A statement that only the last inline measure carries closes the whole paragraph: it is the task's own."""
    owners = [child for child in item.children if statements.within(*tree.reach(tree.items[child]))]
    last_only = owners == item.children[-1:] and len(item.children) > 1
    return tree.reach(item)[1] if last_only else own_end


def _without_statement(title: Span, statements: Statements) -> Span:
    """A title ends before the statement that stands in its line."""
    inside = statements.within(*title)
    return (title[0], inside[0].start) if inside and inside[0].start > title[0] else title


def _paragraph_reading(manuscript: Manuscript, tree: Tree, statements: Statements) -> Reading:
    """Unnumbered paragraphs that end in a statement are tasks; headings above them are areas.

    Where a numbered paragraph begins with a short first sentence, that sentence is the area and the rest a task.
    """
    areas: list[AreaDraft] = []
    tasks: list[TaskDraft] = []
    area: int | None = None
    heading: Span | None = None
    enclosing: dict[int, Item] = {item.block: item for item in tree.items}
    section = ""
    for place, block in enumerate(tree.blocks):
        start = block.start
        owned = bool(statements.within(block.start, block.end))
        if (item := enclosing.get(place)) is not None:
            section = tree.section_of(item)
            if section in {"preface", "goals", "tail"} or item.section:
                area = None
                continue
            areas.append(
                AreaDraft(_without_statement(item.title, statements), item.mark.number, tree.reach(item))
            )
            area = len(areas) - 1
            start = _after_full_stop(manuscript, item.title[1], block.end)
        elif section in {"preface", "goals"}:
            continue
        elif not owned and _is_heading(manuscript, block.start, block.end):
            heading = manuscript.trim(block.start, block.end)
            continue
        if not owned or start >= block.end:
            continue
        if heading is not None:
            areas.append(AreaDraft(heading, "", (heading[0], block.end)))
            area, heading = len(areas) - 1, None
        title = _without_statement(title_of(manuscript.read, start, block.end), statements)
        tasks.append(TaskDraft("", 0, title, start, block.end, area, block.end, has_children=False))
    held = {task.area for task in tasks}
    kept = [index for index in range(len(areas)) if index in held]
    renumbered = {index: place for place, index in enumerate(kept)}
    moved = tuple(
        TaskDraft(
            t.number,
            t.value,
            t.title,
            t.start,
            t.end,
            None if t.area is None else renumbered[t.area],
            t.own_end,
            t.has_children,
        )
        for t in tasks
    )
    return Reading("段落为任务（无编号）", tuple(areas[index] for index in kept), moved, len(RANKS))


def _after_full_stop(manuscript: Manuscript, title_end: int, end: int) -> int:
    stop = title_end
    while stop < end and manuscript.read[stop] in "。：； ":
        stop += 1
    return stop


def _is_heading(manuscript: Manuscript, start: int, end: int) -> bool:
    text = manuscript.read[start : min(end, start + _SHORT_HEADING + 1)].strip()
    return 0 < len(text) <= _SHORT_HEADING and not any(char in text for char in "。；：，")


def _spoken_reading(manuscript: Manuscript, tree: Tree, statements: Statements) -> Reading:
    """一是…。二是…。 as tasks; the item they stand in is their area."""
    areas: list[AreaDraft] = []
    tasks: list[TaskDraft] = []
    holder: Item | None = None
    enclosing: dict[int, Item] = {item.block: item for item in tree.items}
    numbered_below = any(item.mark.rank >= RANKS["digit"] for item in tree.items)
    known: dict[int, int] = {}
    for place, block in enumerate(tree.blocks):
        holder = enclosing.get(place, holder)
        section = "" if holder is None else tree.section_of(holder)
        if section in {"preface", "goals", "tail"} or numbered_below:
            continue
        marks = spoken_marks(
            manuscript.read, block.start if block.mark is None else block.mark.end, block.end
        )
        if not marks:
            continue
        if holder is not None and holder.section != "tasks" and holder.index not in known:
            known[holder.index] = len(areas)
            areas.append(AreaDraft(_spoken_area(manuscript, holder), holder.mark.number, tree.reach(holder)))
        area = None if holder is None else known.get(holder.index)
        ends = [mark.start for mark in marks[1:]] + [block.end]
        for mark, end in zip(marks, ends, strict=True):
            title = _without_statement(title_of(manuscript.read, mark.end, end), statements)
            tasks.append(
                TaskDraft(mark.number, mark.value, title, mark.start, end, area, end, has_children=False)
            )
    return Reading("一是…二是…为任务", tuple(areas), tuple(tasks), len(RANKS) + 1)


def _spoken_area(manuscript: Manuscript, holder: Item) -> Span:
    return manuscript.trim(*holder.title)
