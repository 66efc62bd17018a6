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
from kechuang.engines.plandoc.furniture import inline_furniture, is_furniture
from kechuang.engines.plandoc.marks import mark_at
from kechuang.engines.plandoc.proposal import Span

_LINE: Final = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_WORD: Final = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]+")
_LETTER_SPACED: Final = re.compile(r"(?:[\u4e00-\u9fff] ){3,}[\u4e00-\u9fff]")
_ENDS: Final = "。；！？：）”"
_OPENS_FIELD: Final = re.compile(r"[\u4e00-\u9fff（）]{2,12}：")
_NARROW, _WRAP_SLACK, _WRAP_PAGE = 1, 6, 130
_LONGEST_BRACKET: Final = 5
"""An open bracket joins at most this many lines."""
_TERMINAL: Final = "。；！？"
_LETTERS: Final = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line without margins: written and folded characters and their places in the source."""

    shown: str
    read: str
    origin: array[int]
    cut_before: bool


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
    lines = _lines(source, masked)
    width = _wrap_width(lines)
    previous: Line | None = None
    depth = joined = 0
    for line in lines:
        if previous is not None and _continues(previous, line, width, depth):
            page.join(line)
            joined += 1
        else:
            page.paragraph(line)
            depth = joined = 0
        depth = (
            max(0, depth + line.read.count("（") - line.read.count("）")) if joined < _LONGEST_BRACKET else 0
        )
        previous = line
    page.close()
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

    def cell(self, text: str, span: Span) -> Span:
        """Append a cell; its characters point into the source where the cell stands there."""
        words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        shown, places = _spaced(text, words)
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


def _lines(source: str, masked: Sequence[Span]) -> list[Line]:
    """Physical lines without margins, masked places and furniture."""
    lines: list[Line] = []
    cut = False
    masks = sorted(masked)
    index = 0
    for match in _LINE.finditer(source):
        start, end = match.span()
        while index < len(masks) and masks[index][1] <= start:
            index += 1
        if index < len(masks) and masks[index][0] < end:
            continue
        line = _line(source, start, end, cut_before=cut)
        if not line.read:
            continue
        if is_furniture(line.read):
            cut = True
            continue
        lines.append(line)
        cut = False
    return lines


def _line(source: str, start: int, end: int, *, cut_before: bool) -> Line:
    words = [match.span() for match in _WORD.finditer(source, start, end)]
    text, places = _spaced(source, words)
    for cut_start, cut_end in reversed(inline_furniture(fold_read(text))):
        text = text[:cut_start] + text[cut_end:]
        del places[cut_start:cut_end]
    if _LETTER_SPACED.fullmatch(text):
        text, places = text[::2], places[::2]
    return Line(fold_shown(text), fold_read(text), places, cut_before)


def _spaced(source: str, words: list[Span]) -> tuple[str, array[int]]:
    """The words with one blank where blanks stood, and the place of every character."""
    parts: list[str] = []
    places = array("q")
    for number, (start, end) in enumerate(words):
        if number and any(char.isspace() for char in source[words[number - 1][1] : start]):
            parts.append(" ")
            places.append(words[number - 1][1])
        parts.append(source[start:end])
        places.extend(range(start, end))
    return "".join(parts), places


def _columns(text: str) -> int:
    """Printed width: Chinese characters count two."""
    return sum(_NARROW if char < "\u0100" else 2 for char in text)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The column where a hard-wrapped document breaks its lines, 0 when it does not."""
    widths = sorted((_columns(line.read) for line in lines if len(line.read) < _WRAP_PAGE), reverse=True)
    if len(lines) < 4 or len(widths) < len(lines):
        return 0
    widest = widths[min(2, len(widths) - 1)]
    near = sum(widest - _WRAP_SLACK <= width <= widest + _WRAP_SLACK for width in widths)
    return widest if near >= max(3, len(widths) // 4) and widest >= 24 else 0


def _continues(previous: Line, line: Line, width: int, depth: int) -> bool:
    """Whether `line` goes on with the sentence that `previous` left open."""
    before, after = previous.read, line.read
    if after[0] in "，。；、）：”》":
        return True
    if before[-1] in "、，（“《和及" or (depth > 0 and not mark_at(after)):
        return True
    if mark_at(after) is not None:
        return False
    if before[-1] in _TERMINAL or _OPENS_FIELD.match(after):
        return False
    if before[-1] == "：":
        return (
            len(before) < 12
            and len(after) < 60
            and _OPENS_FIELD.fullmatch(before) is not None
            and "位" in before
        )
    in_sentence = any(char in before for char in _TERMINAL) and before[-1] not in _ENDS
    if in_sentence or (
        line.cut_before and len(before) > 12 and before[-1] not in _ENDS and mark_at(before) is None
    ):
        return True
    return bool(width) and _columns(before) >= width - _WRAP_SLACK and before[-1] not in _ENDS
