# SPDX-License-Identifier: Apache-2.0
"""Clauses of a sentence (分句), and what an earlier clause says of a later one: 力争 governs on, the past goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.proposal import Span

_END: Final = re.compile(r"，(?!\d{3}(?!\d))|[；：;]|——+|\s*\n|（(?=其中|含)")
_OPENING: Final = 12
"""What stands before 力争 at the beginning of a sentence is no longer than this: 到2020年底，力争…."""
_ADVERBIAL: Final = re.compile(r"[\s，]*(?:全年|今年|年内|到|在|达|突破|实现|完成|使|将|用|新|再)")
"""争取全年达到 governs what follows; 争取项目15项 only its object."""
_NUMERIC: Final = re.compile(r"\d(?!\d{0,3} ?年)")
_HEAD: Final = re.compile(
    r"[\s——]*(?:[到至]?(?:20\d\d|今|本|全)年[底末内度]?前?|年[底内]前?|其中)?，?(?:(?P<aspire>力争"
    r"|争取|力求|努力(?=达|突|完成|实现(?!目标)))|(?P<must>确保|保证))"
)
_LAST: Final = re.compile(
    r"(?<![比较同与])(?<!对比)(?:去年|上一?年(?!度?[末底]?相比)|前年|过去[一二三四五\d]+年|近[一二三四五\d]+年来?"
    r"|历年)(?!.{0,2}(?:基础上|基数|相比))"
    r"|截[至止]|目前|(?<!实)现有(?!.{0,8}基础)|已经?(?:有|建成|达|累计|完成|实现|培育|认定|引进|集聚|拥有|形成|获批|突破|超)"
    r"|当前|“?十[二三四]五”?(?:期间|以来)"
)
_YEAR: Final = re.compile(
    r"(?<![比较以与同到至])(?<!基于)(?<!\d)((?:19|20)\d\d) ?年(?!.{0,3}(?:基础|基数|相比|水平|为基|翻|增))"
)
_AHEAD: Final = re.compile(r"今年|本年|力争|争取|确保|将(?!近)|预计|要(?=[达实完新])|目标")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in its sentence, as places in folded text; `governed` by an earlier 力争; `past` if it tells results."""

    start: int
    end: int
    sentence: Span
    segment: Span
    governed: str
    past: bool


def clauses_of(text: str, start: int, end: int, year: int | None) -> list[Clause]:
    """Cut a sentence into clauses and carry 力争 and the past tense along it.

    力争 at the beginning of a sentence governs it to the end, at the beginning of a later clause to the next ；.
    """
    clauses: list[Clause] = []
    governed = ""
    whole = past = counted = False
    begin = segment_start = start
    segment_end = _segment_end(text, start, end)
    for stop, following in [match.span() for match in _END.finditer(text, start, end)] + [(end, end)]:
        clause = text[begin:stop]
        if begin > segment_end:
            segment_start, segment_end = begin, _segment_end(text, begin, end)
            governed = governed if whole else ""
        head = _HEAD.match(clause)
        if head and head["must"]:
            governed, whole = "", False
        elif head and head["aspire"]:
            governed, whole = head["aspire"], whole or (not counted and begin - start <= _OPENING)
        past = _tells_past(clause, year, before=past)
        transitive = (
            head is not None and head["aspire"] == "争取" and not _ADVERBIAL.match(clause, head.end())
        )
        if clause.strip():
            clauses.append(Clause(begin, stop, (start, end), (segment_start, segment_end), governed, past))
        if transitive:
            governed, whole = "", False
        counted = counted or _NUMERIC.search(clause) is not None
        begin = following
    return clauses


def _segment_end(text: str, begin: int, end: int) -> int:
    place = text.find("；", begin, end)
    return end if place < 0 else place


def _tells_past(clause: str, year: int | None, *, before: bool) -> bool:
    ahead = _AHEAD.search(clause)
    years = [int(match[1]) for match in _YEAR.finditer(clause)]
    if years and year is not None:
        return max(years) < year or (before and max(years) <= year and not ahead and "截" in clause)
    return _LAST.search(clause) is not None or (before and not ahead)
