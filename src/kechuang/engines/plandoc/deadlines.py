# SPDX-License-Identifier: Apache-2.0
"""Deadlines (完成时限): 2020年底前, 6月底前, 上半年, 2026年6月; 持续推进 has no date."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.parties import TIME_WORDS, parts_of
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


_TOKEN: Final = re.compile(r"[^，；。、]+")
_DIGIT: Final = re.compile(r"\d")


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
    manuscript: Manuscript, statements: Sequence[Statement], place: Span, year: int | None
) -> Due | None:
    """The deadline of a task: its field 完成时限, else what stands beside the names, else its text's latest."""
    told = [
        _due(manuscript, *span, year) for statement in statements for span in _times(manuscript, statement)
    ]
    if told:
        return next((due for due in told if due.date), told[0])
    read = manuscript.read
    taken = [(statement.start, statement.end) for statement in statements]
    best: Due | None = None
    for begin, stop in deadline_spans(read, *place):
        index = bisect_right(taken, (begin, begin)) - 1
        if (index >= 0 and begin < taken[index][1]) or read[stop - 1] not in "前底末内度年":
            continue
        due = _due(manuscript, begin, stop, year)
        if due.date is not None and (best is None or due.date > (best.date or "")):
            best = due
    return best


def _times(manuscript: Manuscript, statement: Statement) -> list[Span]:
    """Places in a statement that tell a time: the content of 完成时限：…, or a token such as 6月底前完成."""
    read = manuscript.read
    parts = list(parts_of(read, *statement.content))
    fields = [(part.start, part.end) for part in parts if part.kind == "time"]
    plain = [(part.start, part.end) for part in parts if part.kind in {"plain", "office"}]
    tokens = [match.span() for place in plain for match in _TOKEN.finditer(read, *place)]
    places = fields or [token for token in tokens if TIME_WORDS.search(read, *token)]
    trimmed = [_trimmed(read, *place) for place in places]
    return [place for place in trimmed if place[1] > place[0]]


def _trimmed(read: str, start: int, end: int) -> Span:
    while start < end and read[start] in "，；。、 \n":
        start += 1
    while end > start and read[end - 1] in "，；。、 \n":
        end -= 1
    return start, end


def _due(manuscript: Manuscript, start: int, end: int, year: int | None) -> Due:
    words = manuscript.read[start:end]
    open_end = _OPEN_END.search(words) and not _DIGIT.search(words)
    date = None if open_end else date_of(words, year)
    return Due(manuscript.written(start, end), date, manuscript.span(start, end))
