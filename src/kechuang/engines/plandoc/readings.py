# SPDX-License-Identifier: Apache-2.0
"""Ways to read an outline (大纲的读法): one level of marks as tasks, unnumbered paragraphs, or 一是…二是…."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kechuang.engines.plandoc.items import Block, Item, Tree, title_of
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import EXAMPLES, RANKS, MarkKind, spoken_marks
from kechuang.engines.plandoc.proposal import Span
from kechuang.engines.plandoc.statements import Statement, Statements

_SHORT_HEADING: Final = 40
_NO_TASKS: Final = frozenset({"preface", "goals"})


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A focus area: title, number as printed, reach."""

    title: Span
    number: str
    reach: Span


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task: number as printed, its value for counting, title, whole text from the mark on, index of its area.

    `own_end` is where its own words end and those of the items below it begin; `inherited` are statements of the
    heading above, where nothing below it names an owner.
    """

    number: str
    value: int
    title: Span
    start: int
    end: int
    area: int | None
    own_end: int
    has_children: bool
    inherited: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the outline."""

    scheme: str
    areas: tuple[AreaDraft, ...]
    tasks: tuple[TaskDraft, ...]
    depth: int


def readings_of(manuscript: Manuscript, tree: Tree, statements: Statements) -> Iterator[Reading]:
    """Every reading, those without tasks too."""
    for kind in RANKS:
        yield _level_reading(tree, statements, kind)
    yield _Paragraphs(manuscript, tree, statements).reading()
    yield _spoken_reading(manuscript, tree, statements)


def _level_reading(tree: Tree, statements: Statements, kind: MarkKind) -> Reading:
    """Items of one level as tasks; items in the preface, the goals and (without statements) the tail left out."""
    chosen = [item for item in tree.items if item.mark.kind == kind and not item.section]
    chosen = list(_possible(tree, chosen, statements))
    if any(tree.section_of(item) == "tasks" for item in chosen):
        chosen = [
            i for i in chosen if tree.section_of(i) in {"tasks", "tail"} or statements.within(*tree.reach(i))
        ]
    area_of = _areas(tree, chosen)
    areas: list[AreaDraft] = []
    seen: dict[int, int] = {}
    tasks: list[TaskDraft] = []
    for item in chosen:
        area = area_of(item)
        if area is not None and area.index not in seen:
            seen[area.index] = len(areas)
            areas.append(_area(tree, statements, area))
        tasks.append(_task(tree, statements, item, None if area is None else seen[area.index]))
    return Reading(f"{EXAMPLES[kind]} 为任务", tuple(areas), tuple(tasks), RANKS[kind])


def _possible(tree: Tree, items: Sequence[Item], statements: Statements) -> Iterator[Item]:
    """Items outside preface and goals; those of the tail only with an owner or where the count runs on into it."""
    before: Item | None = None
    for item in items:
        section = tree.section_of(item)
        runs_on = before is not None and 1 < item.mark.value == before.mark.value + 1
        running = runs_on and before is not None and before.parent != item.parent
        follows = runs_on and before is not None and tree.section_of(before) == "tail"
        if section in _NO_TASKS:
            continue
        if section != "tail" or running or follows or statements.within(*tree.reach(item)):
            yield item
            before = item


def _areas(tree: Tree, chosen: Sequence[Item]) -> Callable[[Item], Item | None]:
    """How to find the area of a task: the outermost ancestor that is not a mere container of all the tasks."""
    outermost = {(chain[0].index if (chain := tree.ancestors(item)) else None) for item in chosen}

    def area_of(item: Item) -> Item | None:
        chain = [ancestor for ancestor in tree.ancestors(item) if ancestor.section != "tasks"]
        if len(outermost) == 1 and len(chain) > 1:
            chain = chain[1:]
        return chain[0] if chain else None

    return area_of


def _area(tree: Tree, statements: Statements, item: Item) -> AreaDraft:
    return AreaDraft(_without_statement(item.title, statements), item.mark.number, tree.reach(item))


def _task(tree: Tree, statements: Statements, item: Item, area: int | None) -> TaskDraft:
    start, end = tree.reach(item)
    own_end = end if _closed_by_last_child(tree, statements, item) else tree.own(item)[1]
    title = _without_statement(item.title, statements)
    return TaskDraft(
        item.mark.number,
        item.mark.value,
        title,
        start,
        end,
        area,
        own_end,
        bool(item.children),
        _inherited(tree, statements, item),
    )


def _inherited(tree: Tree, statements: Statements, item: Item) -> tuple[Statement, ...]:
    """Owners that stand in the heading above an item, when no item below that heading names its own."""
    if item.parent is None:
        return ()
    parent = tree.items[item.parent]
    own = statements.within(*tree.own(parent))
    return tuple(own) if len(own) == len(statements.within(*tree.reach(parent))) else ()


def _closed_by_last_child(tree: Tree, statements: Statements, item: Item) -> bool:
    """A statement that only the last of several measures carries closes the whole item: it is the item's own."""
    if len(item.children) <= 1 or statements.within(*tree.own(item)):
        return False
    owners = [child for child in item.children if statements.within(*tree.reach(tree.items[child]))]
    return owners == item.children[-1:]


def _without_statement(title: Span, statements: Statements) -> Span:
    """A title ends before the statement that stands in its line."""
    inside = statements.within(*title)
    return (title[0], inside[0].start) if inside and inside[0].start > title[0] else title


class _Paragraphs:
    """Unnumbered paragraphs that end in a statement are tasks; headings above them are areas.

    Where a numbered paragraph begins with a short first sentence, that sentence is the area and the rest a task. Field
    lines (责任单位：…) close the paragraphs since the task before.
    """

    def __init__(self, manuscript: Manuscript, tree: Tree, statements: Statements) -> None:
        self._page, self._tree, self._statements = manuscript, tree, statements
        self._areas: list[AreaDraft] = []
        self._tasks: list[TaskDraft] = []
        self._area: int | None = None
        self._open: list[Span] = []
        self._section = ""

    def reading(self) -> Reading:
        items = {item.block: item for item in self._tree.items}
        for place, block in enumerate(self._tree.blocks):
            self._block(block, items.get(place))
        held = sorted({task.area for task in self._tasks if task.area is not None})
        renumbered = {index: place for place, index in enumerate(held)}
        tasks = tuple(
            replace(task, area=None if task.area is None else renumbered[task.area]) for task in self._tasks
        )
        areas = tuple(self._areas[index] for index in held)
        return Reading("段落为任务（无编号）", areas, tasks, len(RANKS))

    def _block(self, block: Block, item: Item | None) -> None:
        start = block.start
        if item is not None:
            self._section = self._tree.section_of(item)
            self._open, self._area = [], None
            if item.section or self._section in {*_NO_TASKS, "tail"}:
                return
            self._areas.append(_area(self._tree, self._statements, item))
            self._area = len(self._areas) - 1
            start = _behind(self._page, item.title[1], block.end)
        elif self._section in _NO_TASKS:
            return
        if start >= block.end:
            return
        inside = self._statements.within(start, block.end)
        fields_only = bool(inside) and inside[0].is_field and inside[0].start <= start + 1
        if not inside:
            self._open.append((start, block.end))
        elif fields_only and not self._open:
            self._lengthen(block.end)
        elif fields_only:
            self._close(block.end)
        else:
            headings = [place for place in self._open if self._is_heading(*place)]
            self._open = [*headings[-1:], (start, block.end)]
            self._close(block.end)

    def _close(self, end: int) -> None:
        """The open paragraphs are a task; a heading before them that is not its only title is its area."""
        first, *rest = self._open
        titled = bool(rest) and self._is_heading(*first) and (len(rest) > 1 or not self._is_field(rest[0]))
        if titled and (self._is_heading(*rest[0]) or self._statements.within(*rest[0])):
            self._areas.append(AreaDraft(self._page.trim(*first), "", (first[0], end)))
            self._area, first = len(self._areas) - 1, rest[0]
        title = _without_statement(title_of(self._page.read, *first), self._statements)
        self._tasks.append(TaskDraft("", 0, title, first[0], end, self._area, end, has_children=False))
        self._open = []

    def _lengthen(self, end: int) -> None:
        if self._tasks:
            self._tasks[-1] = replace(self._tasks[-1], end=end, own_end=end)

    def _is_field(self, place: Span) -> bool:
        inside = self._statements.within(*place)
        return bool(inside) and inside[0].is_field

    def _is_heading(self, start: int, end: int) -> bool:
        text = self._page.read[start : min(end, start + _SHORT_HEADING + 1)].strip()
        return 0 < len(text) <= _SHORT_HEADING and not any(char in text for char in "。；：，")


def _behind(manuscript: Manuscript, title_end: int, end: int) -> int:
    stop = title_end
    while stop < end and manuscript.read[stop] in "。：； \n":
        stop += 1
    return stop


def _spoken_reading(manuscript: Manuscript, tree: Tree, statements: Statements) -> Reading:
    """一是…。二是…。 as tasks; the item they stand in is their area."""
    areas: list[AreaDraft] = []
    tasks: list[TaskDraft] = []
    holder: Item | None = None
    items = {item.block: item for item in tree.items}
    known: dict[int, int] = {}
    for place, block in enumerate(tree.blocks):
        holder = items.get(place, holder)
        section = "" if holder is None else tree.section_of(holder)
        if section in {*_NO_TASKS, "tail"}:
            continue
        marks = spoken_marks(
            manuscript.read, block.start if block.mark is None else block.mark.end, block.end
        )
        if not marks:
            continue
        if holder is not None and holder.section != "tasks" and holder.index not in known:
            known[holder.index] = len(areas)
            areas.append(_area(tree, statements, holder))
        area = None if holder is None else known.get(holder.index)
        ends = [mark.start for mark in marks[1:]] + [block.end]
        for mark, end in zip(marks, ends, strict=True):
            title = _without_statement(title_of(manuscript.read, mark.end, end), statements)
            tasks.append(
                TaskDraft(mark.number, mark.value, title, mark.start, end, area, end, has_children=False)
            )
    return Reading("一是…二是…为任务", tuple(areas), tuple(tasks), len(RANKS) + 1)
