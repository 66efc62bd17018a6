# SPDX-License-Identifier: Apache-2.0
"""Numbered items as a tree (条目树): paragraphs cut at their marks, each item knowing its parent and its reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import Mark, inline_marks, mark_at
from kechuang.engines.plandoc.proposal import Span
from kechuang.engines.plandoc.sections import Section, heading_end, kind_of


@dataclass(slots=True)
class Block:
    """A paragraph, or the piece of one that an inline mark opens. `paragraph` counts paragraphs."""

    start: int
    end: int
    mark: Mark | None
    paragraph: int


@dataclass(slots=True)
class Item:
    """A marked block with everything below it: blocks [block, direct_end) are its own, [block, reach_end) all."""

    index: int
    mark: Mark
    block: int
    direct_end: int
    reach_end: int
    parent: int | None
    title: Span
    section: Section
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """Blocks and items of the body of the plan."""

    blocks: tuple[Block, ...]
    items: tuple[Item, ...]

    def reach(self, item: Item) -> Span:
        """Text of the item with all that stands under it."""
        return self.blocks[item.block].start, self.blocks[item.reach_end - 1].end

    def own(self, item: Item) -> Span:
        """Text of the item before the next marked block."""
        return self.blocks[item.block].start, self.blocks[item.direct_end - 1].end

    def ancestors(self, item: Item) -> list[Item]:
        """From the outermost to the parent."""
        chain: list[Item] = []
        while item.parent is not None:
            item = self.items[item.parent]
            chain.append(item)
        return chain[::-1]

    def section_of(self, item: Item) -> Section:
        """The section the item lies in: its own class or the nearest ancestor's."""
        for candidate in (item, *reversed(self.ancestors(item))):
            if candidate.section:
                return candidate.section
        return ""


def grow_tree(manuscript: Manuscript, first: int, last: int) -> Tree:
    """Cut paragraphs [first, last) at their marks and hang the items under each other by rank."""
    blocks: list[Block] = []
    for number in range(first, last):
        blocks += _blocks(manuscript.read, *manuscript.paragraphs[number], number)
    items: list[Item] = []
    open_items: list[Item] = []
    for place, block in enumerate(blocks):
        if block.mark is None:
            continue
        if items:
            items[-1].direct_end = place
        while open_items and open_items[-1].mark.rank >= block.mark.rank:
            open_items.pop().reach_end = place
        parent = open_items[-1] if open_items else None
        title = title_of(manuscript.read, block.mark.end, block.end)
        index = None if parent is None else parent.index
        item = Item(len(items), block.mark, place, len(blocks), len(blocks), index, title, "")
        if parent is not None:
            parent.children.append(item.index)
        items.append(item)
        open_items.append(item)
    for item in items:
        item.section = _section(manuscript.read, item, blocks, items)
    return Tree(tuple(blocks), tuple(items))


_INNER: Final[dict[Section, frozenset[Section]]] = {
    "preface": frozenset({"preface", "goals"}),
    "goals": frozenset({"preface", "goals"}),
    "tasks": frozenset({"preface", "goals", "tasks"}),
}
"""Which parts may stand inside which: 2022年工作计划 may hold its own 主要目标 and 重点工作."""


def _section(read: str, item: Item, blocks: Sequence[Block], items: Sequence[Item]) -> Section:
    """Class of an item by its heading; below the outermost level only some parts may stand inside others.

    目标任务 opens the tasks when numbered items stand under it, else the goals. A sentence that says more than its
    heading (5.加强组织领导。成立…) is no heading of a tail or of the tasks.
    """
    start, end = item.title
    kind = kind_of(read[start:end])
    if item.parent is not None:
        allowed = _INNER.get(items[item.parent].section, frozenset())
        return kind if kind in allowed else ""
    if kind == "goals" and "任务" in read[start:end] and item.children:
        return "tasks"
    heading = bool(item.children) or not read[end : blocks[item.block].end].strip("。：， \n")
    return kind if heading or kind in {"preface", "goals"} else ""


def _blocks(read: str, start: int, end: int, number: int) -> list[Block]:
    opening = mark_at(read, start, end)
    if opening is not None and opening.kind in {"dash", "spoken"}:
        opening = None
    blocks = [Block(start, end, opening, number)]
    for mark in inline_marks(read, start, end):
        blocks[-1].end = mark.start
        blocks.append(Block(mark.start, end, mark, number))
    return [block for block in blocks if block.end > block.start]


_BULLETS: Final = "●■◆▲★○□◇△☆•·"


def title_of(read: str, start: int, end: int) -> Span:
    """Place of the title: to the first 。; a known section heading is cut off from text that follows it."""
    while start < end and (read[start] in _BULLETS or read[start] == " "):
        start += 1
    if (heading := heading_end(read, start, end)) is not None:
        return start, heading
    stop = read.find("。", start, end)
    stop = end if stop < 0 else stop
    while stop > start and read[stop - 1] in "：；，。 ":
        stop -= 1
    return start, stop
