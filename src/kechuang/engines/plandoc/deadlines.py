# SPDX-License-Identifier: Apache-2.0
"""Deadlines (完成时限): 2020年底前, 6月底前, 上半年, 2026年6月; 持续推进 has no date."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from typing import Final

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.proposal import Due, Span
from kechuang.engines.plandoc.statements import Statement

_HALVES: Final = {"上半年": 6, "下半年": 12, "一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12}
_MONTHS_IN_YEAR, _LAST_YEAR = 12, 9999
DEADLINE: Final = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d) ?年(?:度)?|今年|本年度?|全年)?(?:第?(?P<half>[上下]半年|[一二三四]季度)"
    r"|(?P<month>\d{1,2}) ?月)?"
    r"(?:(?P<day>\d{1,2})日)?(?P<end>底|末|年底|年末|年内|中旬|上旬|下旬|份)?(?P<by>之?前|以前|内(?=完成|建成))?"
)
_OPEN_END: Final = re.compile(
    r"持续(?:推进|实施|开展)?|长期(?:坚持|推进|任务)?|常态化|全年(?:推进|开展|持续)?|年度内持续"
)
_PHRASE: Final = re.compile(
    r"(?:(?:19|20)\d\d ?年(?:度)?)?(?:第?[一二三四]季度|[上下]半年|\d{1,2} ?月(?:\d{1,2} ?日)?)?(?:年?[底末])?(?:之前"
    r"|以前|前)"
    r"|(?:到|至)(?:19|20)\d\d ?年(?:\d{1,2} ?月)?(?:年?[底末])?|(?:19|20)\d\d ?年(?:内|年?[底末])|年[底末内]前?"
    r"|[上下]半年|[一二三四]季度末?"
)


def date_of(text: str, year: int | None) -> str | None:
    """ISO date of a folded deadline; the year of the plan stands in where none is written; None without a date."""
    best: str | None = None
    for match in DEADLINE.finditer(text):
        if not match[0].strip() or not (match["year"] or match["half"] or match["month"] or match["end"]):
            continue
        in_year = int(match["year"]) if match["year"] else year
        if in_year is None or not 0 < in_year <= _LAST_YEAR:
            continue
        month = int(match["month"]) if match["month"] else _HALVES.get(match["half"] or "", _MONTHS_IN_YEAR)
        if not 1 <= month <= _MONTHS_IN_YEAR:
            continue
        last = calendar.monthrange(in_year, month)[1]
        day = min(int(match["day"]), last) if match["day"] else last
        date = f"{in_year:04d}-{month:02d}-{max(day, 1):02d}"
        best = date if best is None or date > best else best
    return best


def deadline_spans(read: str, start: int, end: int) -> list[Span]:
    """Places of deadline phrases in a text: numbers inside are no targets."""
    return [match.span() for match in _PHRASE.finditer(read, start, end) if match.end() > match.start() + 1]


def due_of(
    manuscript: Manuscript,
    statements: list[Statement],
    time: Span | None,
    start: int,
    end: int,
    year: int | None,
) -> Due | None:
    """The deadline of a task: its field 完成时限, else the latest deadline its text names."""
    read = manuscript.read
    if time is not None:
        begin, stop = manuscript.trim(*time)
        written = manuscript.written(begin, stop)
        open_end = _OPEN_END.search(read, begin, stop) and not re.search(r"\d", read[begin:stop])
        date = None if open_end else date_of(read[begin:stop], year)
        return Due(written, date, manuscript.span(begin, stop)) if written else None
    best: Due | None = None
    places = [(statement.start, statement.end) for statement in statements]
    for begin, stop in deadline_spans(read, start, end):
        place = bisect_right(places, (begin, begin)) - 1
        if place >= 0 and begin < places[place][1]:
            continue
        date = date_of(read[begin:stop], year)
        if (
            date is not None
            and (best is None or date > (best.date or ""))
            and read[stop - 1] in "前底末内度年"
        ):
            best = Due(manuscript.written(begin, stop), date, manuscript.span(begin, stop))
    return best
