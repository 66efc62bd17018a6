# SPDX-License-Identifier: Apache-2.0
"""Which column is which (表头): by the words people use, wherever the head stands in the first lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kechuang.commons.documents.cells import Cell, plain

SEARCHED_LINES, FEWEST_FIELDS = 20, 2
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
_MARKS = re.compile(r"[\s()（）\[\]【】:：、,，*＊·/]")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: where it stands, its labels, and the column of each field."""

    place: int
    labels: tuple[str, ...]
    columns: dict[str, int]


class Headings:
    """The words that lists use for each field; ``main`` is the field without which a line is no head."""

    def __init__(self, synonyms: Mapping[str, Sequence[str]], *, main: str = "name") -> None:
        self.main = main
        self.words = {name: words[0] for name, words in synonyms.items()}
        self._fields = {_MARKS.sub("", word): name for name, words in synonyms.items() for word in words}

    def field_of(self, label: Cell) -> str:
        """The field a label names, or nothing."""
        return self._fields.get(_MARKS.sub("", plain(label)), "")

    def head_of(self, place: int, cells: Sequence[Cell]) -> Head:
        """A line taken as a head; the first column of each field counts."""
        columns: dict[str, int] = {}
        for column, cell in enumerate(cells):
            name = self.field_of(cell)
            if name:
                columns.setdefault(name, column)
        return Head(place, tuple(plain(cell) for cell in cells), columns)

    def find(self, lines: Sequence[Sequence[Cell]]) -> Head | None:
        """The line of the first twenty that names the most fields, above all the main one."""
        heads = [self.head_of(place, cells) for place, cells in enumerate(lines[:SEARCHED_LINES])]
        fit = [head for head in heads if self._is_head(head)]
        return max(fit, key=lambda head: (len(head.columns), -head.place), default=None)

    def _is_head(self, head: Head) -> bool:
        filled = sum(bool(label) for label in head.labels)
        return self.main in head.columns and (len(head.columns) >= FEWEST_FIELDS or filled == 1)


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a line is a sum: one of its first filled cells says so."""
    filled = [text for text in map(plain, cells) if text]
    return any(text.rstrip(":：") in TOTALS or text.startswith(("合计", "总计")) for text in filled[:2])
