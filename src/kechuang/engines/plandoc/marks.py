# SPDX-License-Identifier: Apache-2.0
"""Numbering marks (序号): what can open an outline item, and its rank among the others.

All patterns run on folded text (`characters.fold_read`): one form of brackets, half-width digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kechuang.engines.basis.numerals import chinese_numeral

MarkKind = Literal[
    "chapter",
    "part",
    "section",
    "article",
    "paren",
    "digit",
    "dotted",
    "paren_digit",
    "half_paren",
    "circled",
    "spoken",
    "dash",
]
EXAMPLES: Final[dict[MarkKind, str]] = {
    "chapter": "第一章",
    "part": "第一节",
    "section": "一、",
    "article": "第一条",
    "paren": "（一）",
    "digit": "1.",
    "dotted": "1.1",
    "paren_digit": "（1）",
    "half_paren": "1）",
    "circled": "①",
    "spoken": "一是",
    "dash": "——",
}
RANKS: Final[dict[MarkKind, int]] = {kind: rank for rank, kind in enumerate(EXAMPLES)}

_HAN: Final = r"[一二三四五六七八九十百]{1,5}"
_AFTER_DOT: Final = r"(?:(?!\d)|(?=[12]\d{3}年)|(?=\d{1,2}G))"
_MEASURE: Final = r"[年月日时分周天个家项名人件种场座套亿万千百元元米倍次所处条位户台吨亩度期]"
_PATTERNS: Final[dict[MarkKind, str]] = {
    "chapter": rf"第(?P<chapter_n>{_HAN})[章部编篇]分?[、： ]?",
    "part": rf"第(?P<part_n>{_HAN})节[、： ]?",
    "section": rf"(?P<section_n>{_HAN})[、.]",
    "article": rf"第(?P<article_n>{_HAN}|\d{{1,3}})条[、： ]?",
    "paren": rf"（(?P<paren_n>{_HAN})）[、.]?",
    "dotted": rf"(?P<dotted_n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})[、.]? ?(?![\d.%‰-]|{_MEASURE})(?=[\u4e00-\u9fff“])",
    "digit": rf"(?P<digit_n>\d{{1,3}})(?: ?[.、]{_AFTER_DOT}| (?=[\u4e00-\u9fff“]{{2}})(?!{_MEASURE}))",
    "paren_digit": r"（(?P<paren_digit_n>\d{1,3})）[、.]?",
    "half_paren": r"(?P<half_paren_n>\d{1,3})）",
    "circled": r"(?P<circled_n>[①-⑳])",
    "spoken": rf"(?P<spoken_n>{_HAN})[是要](?=[\u4e00-\u9fff])",
    "dash": r"(?P<dash_n>——)",
}
_COMPOSED: Final[dict[str, tuple[MarkKind, str]]] = {
    **{chr(ord("⒈") + n): ("digit", str(n + 1)) for n in range(20)},
    **{chr(ord("⑴") + n): ("paren_digit", str(n + 1)) for n in range(20)},
    **{chr(ord("㈠") + n): ("paren", han) for n, han in enumerate("一二三四五六七八九十")},
}
"""Marks that are one character: ⒈ ⑴ ㈠."""
_MARK: Final = re.compile("|".join(_PATTERNS.values()))
_INLINE: Final = re.compile(
    rf"(?:(?<=^)|(?<=[。；;！？：）\s])|(?P<glued>(?<=[\u4e00-\u9fff”])))"
    rf"(?=(?:{_HAN})[、.]|（{_HAN}）|\d{{1,3}} ?[.、]{_AFTER_DOT})"
)
_SPOKEN: Final = re.compile(rf"(?:(?<=^)|(?<=[。；：！\s]))({_HAN})是(?=[\u4e00-\u9fff])")
_TITLE_THEN_ONE: Final = re.compile(r"[^。；：，！？、]{5,70}?(?=一、|第一章)")
_INLINE_KINDS: Final[tuple[MarkKind, ...]] = ("section", "paren", "digit")
_LONG_LINE: Final = 120
"""Only in a line longer than this may a mark follow a heading directly, without punctuation or space."""
_LARGEST_GAP: Final = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in folded text: its kind, number as printed, value for counting, place."""

    kind: MarkKind
    number: str
    value: int
    start: int
    end: int
    inline: bool = False

    @property
    def rank(self) -> int:
        """0 is the outermost."""
        return RANKS[self.kind]


def mark_at(read: str, start: int = 0, end: int | None = None, *, inline: bool = False) -> Mark | None:
    """The mark that opens `read[start:end]`, or None."""
    if read[start : start + 1] in _COMPOSED and start != end:
        kind, number = _COMPOSED[read[start]]
        stop = start + 1
    else:
        match = _MARK.match(read, start, len(read) if end is None else end)
        if match is None:
            return None
        kind = next(kind for kind in RANKS if match[f"{kind}_n"] is not None)
        number = match[f"{kind}_n"]
        stop = match.end()
    while stop < len(read) and read[stop] == " ":
        stop += 1
    return Mark(kind, "" if kind == "dash" else number, _value(kind, number), start, stop, inline)


def inline_marks(read: str, start: int, end: int) -> Iterator[Mark]:
    """Marks inside one paragraph that carry a count on: they follow a full stop and continue (or begin at 1).

    A document that came as one long line is cut into its items here. 统一、规范 is no mark: nothing precedes it
    in the count and no full stop stands before it.
    """
    last: dict[MarkKind, int] = dict.fromkeys(_INLINE_KINDS, 0)
    opening = mark_at(read, start, end)
    if opening and opening.kind in last:
        last[opening.kind] = opening.value
    long_line = end - start > _LONG_LINE
    heading_open = opening is None or opening.kind in {"section", "paren"}
    cursor = opening.end if opening else start
    for place in _INLINE.finditer(read, cursor, end):
        glued = place["glued"] is not None
        mark = mark_at(read, place.start(), end, inline=True)
        if mark is None or mark.kind not in last or (glued and not (long_line and heading_open)):
            continue
        continues = mark.value == last[mark.kind] + 1 or (mark.value == 1 and mark.kind != "section")
        skips_gap = not glued and long_line and last[mark.kind] < mark.value <= last[mark.kind] + _LARGEST_GAP
        if not (continues or skips_gap) or (glued and mark.kind == "section"):
            continue
        for kind in last:
            if RANKS[kind] > mark.rank and kind != "digit":
                last[kind] = 0
        last[mark.kind] = mark.value
        heading_open = mark.kind in {"section", "paren"}
        yield mark


def spoken_marks(read: str, start: int, end: int) -> list[Mark]:
    """一是…二是…三是… inside a paragraph, in order from one; empty unless at least two follow each other."""
    found: list[Mark] = []
    for match in _SPOKEN.finditer(read, start, end):
        value = _value("spoken", match[1])
        if value == len(found) + 1:
            found.append(Mark("spoken", match[1], value, match.start(), match.end(), inline=True))
    return found if len(found) > 1 else []


def body_after_title(read: str, start: int, end: int) -> int | None:
    """Where the body begins in a document that came as one line: 某局2020年工作要点 一、总体要求…二、…."""
    title = _TITLE_THEN_ONE.match(read, start, end)
    if title is None or end - start < _LONG_LINE:
        return None
    second = "第二章" if read.startswith("第", title.end()) else "二、"
    return title.end() if read.find(second, title.end(), end) > 0 else None


def _value(kind: MarkKind, number: str) -> int:
    """What counts on: 3 of 三 and ③, the last part of 2.3; a dash counts nothing."""
    if kind == "dash":
        return 0
    if kind == "circled":
        return ord(number) - ord("①") + 1
    try:
        return int(chinese_numeral(number.rpartition(".")[2]))
    except ValueError:
        return 0
