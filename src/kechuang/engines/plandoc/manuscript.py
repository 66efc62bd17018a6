# SPDX-License-Identifier: Apache-2.0
"""The text as paragraphs, with the way back (归一化文本与原文位置).

Normalising only deletes (furniture, wraps, surplus blanks) and folds one character for one, so `origin[i]` — the
place in the source of character i — is all that is needed to point every finding at the text it came from.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.characters import fold_read, fold_shown
from kechuang.engines.plandoc.lines import Line, joined, lines_of, spaced, words_of
from kechuang.engines.plandoc.marks import body_after_title
from kechuang.engines.plandoc.proposal import Span

_LETTERS: Final = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Paragraphs joined by line feeds; `cells` are the paragraphs that came from tables, after the text."""

    shown: str
    read: str
    origin: array[int]
    paragraphs: tuple[Span, ...]
    cells: tuple[tuple[tuple[Span, ...], ...], ...]

    def span(self, start: int, end: int) -> Span:
        """Source span of `read[start:end]`, blanks at both ends left out."""
        start, end = self.trim(start, end)
        if start >= end:
            return (0, 0)
        first, last = self.origin[start], self.origin[end - 1]
        return (first, last + 1) if last >= first >= 0 else (0, 0)

    def trim(self, start: int, end: int) -> Span:
        """The same place without blanks at its ends."""
        while start < end and self.read[start].isspace():
            start += 1
        while end > start and self.read[end - 1].isspace():
            end -= 1
        return start, end

    def written(self, start: int, end: int) -> str:
        """The characters as written, wraps joined."""
        return self.shown[start:end].strip()

    def as_written(self, folded: str, start: int, end: int) -> str:
        """The written form of a folded phrase that stands in `read[start:end]`; the phrase itself if it does not."""
        place = self.read.find(folded, start, end) if folded else -1
        return folded if place < 0 else self.shown[place : place + len(folded)]


def write_manuscript(
    source: str, masked: Sequence[Span], tables: Sequence[Sequence[Sequence[tuple[str, Span]]]]
) -> Manuscript:
    """Join the lines of `source` outside `masked` to paragraphs and append the cells of `tables`."""
    page = _Page()
    for line, goes_on in joined(lines_of(source, masked)):
        if goes_on:
            page.join(line)
        else:
            page.paragraph(line)
    page.close()
    page.part_title()
    text_end = len(page.paragraphs)
    cells = tuple(tuple(tuple(page.cell(*cell) for cell in row) for row in table) for table in tables)
    return Manuscript(
        "".join(page.shown), "".join(page.read), page.origin, tuple(page.paragraphs[:text_end]), cells
    )


class _Page:
    """Collects characters; knows where the open paragraph began."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.read: list[str] = []
        self.origin = array("q")
        self.paragraphs: list[Span] = []
        self.start = 0
        self.last = ""

    def paragraph(self, line: Line) -> None:
        self.close()
        self._put(line.shown, line.read, line.origin)

    def join(self, line: Line) -> None:
        if _LETTERS.fullmatch(self.last) and _LETTERS.fullmatch(line.read[:1]):
            self._put(" ", " ", array("q", [self.origin[-1]]))
        self._put(line.shown, line.read, line.origin)

    def close(self) -> None:
        if len(self.origin) > self.start:
            self.paragraphs.append((self.start, len(self.origin)))
            self._put("\n", "\n", array("q", [self.origin[-1]]))
        self.start = len(self.origin)

    def part_title(self) -> None:
        """Where a whole document came as one line, its title is a paragraph of its own."""
        if self.paragraphs:
            start, end = self.paragraphs[0]
            if (body := body_after_title("".join(self.read), start, end)) is not None:
                self.paragraphs[:1] = [(start, body), (body, end)]

    def cell(self, text: str, span: Span) -> Span:
        """Append a cell; its characters point into the source where the cell stands there."""
        shown, places = spaced(text, words_of(text))
        located = span[1] - span[0] == len(text)
        begin = len(self.origin)
        self._put(
            fold_shown(shown), fold_read(shown), array("q", [span[0] + i if located else -1 for i in places])
        )
        end = len(self.origin)
        self._put("\n", "\n", array("q", [-1]))
        return begin, end

    def _put(self, shown: str, read: str, origin: array[int]) -> None:
        self.shown.append(shown)
        self.read.append(read)
        self.origin.extend(origin)
        self.last = read[-1:] or self.last
