# SPDX-License-Identifier: Apache-2.0
"""Physical lines of a document (行), and whether one goes on with the sentence another left open (断行)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kechuang.engines.plandoc.characters import fold_read, fold_shown
from kechuang.engines.plandoc.furniture import inline_furniture, is_furniture, is_page_mark
from kechuang.engines.plandoc.marks import mark_at
from kechuang.engines.plandoc.proposal import Span

_LINE: Final = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_WORD: Final = re.compile(r"[^\s\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]+")
_LETTER_SPACED: Final = re.compile(r"(?:[\u4e00-\u9fff] ){3,}[\u4e00-\u9fff]")
_OPENS_FIELD: Final = re.compile(r"[\u4e00-\u9fff（）]{2,12}：")
_TERMINAL: Final = "。；！？"
_ENDS: Final = f"{_TERMINAL}：）”"
_GOES_ON: Final = re.compile(
    r"(?:达到|达|突破|超过|不低于|不少于|不超过|增长|力争|争取|新增|新建|分别|为|至|的|与|和|及|、|，|（|“|《)$"
)
_COUNT: Final = re.compile(r"\d[\d,.]*(?:%|[万亿]?[家个项名件人元场种次户座])")
_NARROW, _WRAP_SLACK, _WRAP_PAGE, _FEWEST_LINES, _FEWEST_COLUMNS = 1, 6, 130, 4, 24
_MOST: Final = 1.6
"""Empty lines before more than 80 % of the lines of a wrapped document mean that it is double-spaced."""
_LONGEST_BRACKET: Final = 5
"""An open bracket joins at most this many lines."""
_LABEL_LINE, _LONGEST_LIST = 12, 60


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line without margins: written and folded characters and their places in the source.

    `cut_before`: a page mark stood before it; `gap_before`: an empty line did.
    """

    shown: str
    read: str
    origin: array[int]
    cut_before: bool
    gap_before: bool


def lines_of(source: str, masked: Sequence[Span]) -> list[Line]:
    """Physical lines without margins, masked places and furniture."""
    lines: list[Line] = []
    cut = gap = False
    masks = sorted(masked)
    index = end = 0
    for match in _LINE.finditer(source):
        gap = gap or source.count("\n", end, match.start()) > 1
        start, end = match.span()
        while index < len(masks) and masks[index][1] <= start:
            index += 1
        if index < len(masks) and masks[index][0] < end:
            continue
        line = _line(source, start, end, cut_before=cut, gap_before=gap)
        if not line.read and not source[start:end].strip():
            gap = True
        elif not line.read or is_page_mark(line.read):
            cut = True
        elif not is_furniture(line.read):
            lines.append(line)
            cut = gap = False
    return lines


def _line(source: str, start: int, end: int, *, cut_before: bool, gap_before: bool) -> Line:
    words = [match.span() for match in _WORD.finditer(source, start, end)]
    text, places = spaced(source, words)
    for cut_start, cut_end in reversed(inline_furniture(fold_read(text))):
        text = text[:cut_start] + text[cut_end:]
        del places[cut_start:cut_end]
    if _LETTER_SPACED.fullmatch(text):
        text, places = text[::2], places[::2]
    return Line(fold_shown(text), fold_read(text), places, cut_before, gap_before)


def words_of(text: str) -> list[Span]:
    """Places of the words of a text, blanks and invisible characters between them."""
    return [match.span() for match in _WORD.finditer(text)]


def spaced(source: str, words: Sequence[Span]) -> tuple[str, array[int]]:
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


def joined(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Each line with whether it goes on with the one before."""
    width = _wrap_width(lines)
    if width and 2 * sum(line.gap_before for line in lines) > _MOST * len(lines):
        lines = [replace(line, gap_before=False) for line in lines]
    previous: Line | None = None
    depth = together = 0
    running = False
    for line in lines:
        goes_on = previous is not None and _goes_on(previous, line, width, depth, running=running)
        together = together + 1 if goes_on else 0
        depth = depth if goes_on else 0
        depth = (
            max(0, depth + line.read.count("（") - line.read.count("）"))
            if together < _LONGEST_BRACKET
            else 0
        )
        running = goes_on or any(char in line.read for char in _TERMINAL)
        previous = line
        yield line, goes_on


def _goes_on(previous: Line, line: Line, width: int, depth: int, *, running: bool) -> bool:
    """Whether `line` goes on with the sentence that `previous` left open. `running`: the paragraph is text already."""
    before, after = previous.read, line.read
    if after[0] in "，。；、）：”》" or before[-1] in "、，（“《":
        return True
    if mark_at(after) is not None:
        return False
    if depth > 0:
        return True
    gap = line.gap_before and not line.cut_before
    if before[-1] == "：" and not gap and not _OPENS_FIELD.match(after):
        return _is_label(before) and len(after) < _LONGEST_LIST
    if gap or before[-1] in _ENDS or _OPENS_FIELD.match(after):
        return False
    cut = line.cut_before and "，" in before and mark_at(before) is None
    counts = _COUNT.match(after) or ("，" in before and _COUNT.search(before))
    wide = bool(width) and _columns(before) >= width - _WRAP_SLACK
    return bool(running or cut or counts or wide or _GOES_ON.search(before))


def _is_label(text: str) -> bool:
    return len(text) < _LABEL_LINE and "位" in text and _OPENS_FIELD.fullmatch(text) is not None


def _columns(text: str) -> int:
    """Printed width: Chinese characters count two."""
    return sum(_NARROW if char < "\u0100" else 2 for char in text)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The column where a hard-wrapped document breaks its lines, 0 when it does not."""
    widths = sorted((_columns(line.read) for line in lines if len(line.read) < _WRAP_PAGE), reverse=True)
    if len(lines) < _FEWEST_LINES or len(widths) < len(lines):
        return 0
    widest = widths[min(2, len(widths) - 1)]
    near = sum(widest - _WRAP_SLACK <= width <= widest + _WRAP_SLACK for width in widths)
    return widest if near >= max(3, len(widths) // 4) and widest >= _FEWEST_COLUMNS else 0
