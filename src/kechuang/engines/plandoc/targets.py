# SPDX-License-Identifier: Apache-2.0
"""Targets from sentences (目标文法): name + bound + number + unit, or verb + number + noun.

Each number of a clause meets, in order: the contexts that rule it out; being part of another number's name; being
the stretch of the number before it (确保6000、争取7000); the sentence patterns of `patterns`. What fits none is shown
as a promise when it counts something and as unused when it does not. No number is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kechuang.engines.plandoc.clauses import Clause, clauses_of
from kechuang.engines.plandoc.contexts import (
    BRANDED,
    CODE,
    LAST_RESULT,
    NO_PATTERN,
    PROMISE_REASONS,
    THRESHOLD,
    makes_condition,
    reason_against,
)
from kechuang.engines.plandoc.deadlines import deadline_spans
from kechuang.engines.plandoc.neighbours import Found, neighbours
from kechuang.engines.plandoc.numbers import Number, numbers_in
from kechuang.engines.plandoc.patterns import TargetDraft, drafts_of, pairs_of, stretches, with_stretch
from kechuang.engines.plandoc.proposal import Span

COVERAGE: Final = "全覆盖没有写数值，请人工确定是否列为目标"
DOUBLED: Final = "倍增或翻番没有写数值，请人工确定是否列为目标"
_SENTENCE: Final = re.compile(r"[^。！？\n]+")
_COUNTS: Final = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿廿卅半双翻覆]")
"""A clause without any of these holds neither a number nor a promise."""
_BRAND: Final = r"(?:工程|计划|行动)"
_UNNUMBERED: Final = re.compile(
    rf"(?P<brand>“?双[十百千万]”?(?:企业)?{_BRAND}”?|“[十百千万]{{2,4}}”[^，。；]{{0,6}}?{_BRAND}"
    rf"|[十百千万]{{2,4}}{_BRAND}"
    rf"|“[百千万][^”，。；]{{1,6}}[百千万][^”，。；]{{1,6}}”(?={_BRAND}|活动)?)|(?P<cover>(?<!%)全覆盖)"
    rf"|(?P<double>翻[一两]?[番倍])"
)
_SUBJECT: Final = re.compile(r"[^，。；]{2,30}?(?=实现)|$")
_QUOTED_BRAND: Final = re.compile(rf"“[^”，。；]{{1,12}}”[^，。；、“”]{{0,6}}?(?:{_BRAND}|活动|专项)")
_NOUN_AFTER: Final = re.compile(
    r"[^，。；、：\s]{0,14}?(?=为[^了]|落实|建设|$|[，。；、：\s”]|（)|[^，。；、：\s]{0,14}"
)
_REACH: Final = 30
_LEVEL: Final = re.compile(r"[\u4e00-\u9fff\d]{1,4}级")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A number (or a phrase without one) that is no target; `promise` when a person should decide."""

    span: Span
    shown: Span
    reason: str
    promise: bool
    sentence: Span
    is_number: bool = True


def targets_in(
    text: str, start: int, end: int, *, year: int | None, headline: bool
) -> tuple[list[TargetDraft], list[Leftover]]:
    """Targets and leftovers of `text[start:end]`; `headline` for the goals part, where a bare count is a target."""
    targets: list[TargetDraft] = []
    left: list[Leftover] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        previous: list[TargetDraft] = []
        for clause in clauses_of(text, *sentence.span(), year):
            if not _COUNTS.search(text, clause.start, clause.end):
                continue
            more, rest = _clause(text, clause, previous, headline=headline)
            previous += more
            left += rest
            shown = [item.shown for item in rest if item.promise]
            left += (item for item in _unnumbered(text, clause) if not _overlaps(item.shown, shown))
        targets += previous
    return targets, left


def leftovers_in(text: str, start: int, end: int, *, year: int | None, reason: str) -> list[Leftover]:
    """Every number of a text that is not searched for targets, with its own reason or else `reason`."""
    left: list[Leftover] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        for clause in clauses_of(text, *sentence.span(), year):
            if not _COUNTS.search(text, clause.start, clause.end):
                continue
            deadlines = deadline_spans(text, clause.start, clause.end)
            for number in numbers_in(text, clause.start, clause.end):
                why = reason_against(text, number, clause, deadlines)
                why = reason if not why or why in PROMISE_REASONS else why
                span = (number.start, number.end)
                left.append(Leftover(span, span, why, promise=False, sentence=(clause.start, clause.end)))
    return left


def _clause(
    text: str, clause: Clause, previous: list[TargetDraft], *, headline: bool
) -> tuple[list[TargetDraft], list[Leftover]]:
    deadlines = deadline_spans(text, clause.start, clause.end)
    targets: list[TargetDraft] = []
    left: list[Leftover] = []
    live: list[Number] = []
    for number in numbers_in(text, clause.start, clause.end):
        if reason := reason_against(text, number, clause, deadlines):
            left.append(_leftover(text, number, clause, reason))
        else:
            live.append(number)
    found, none = neighbours(text, clause, live)
    left += [_leftover(text, number, clause, reason) for number, reason in none]
    if pairs := pairs_of(found, clause, text):
        return pairs, left
    for item in found:
        before = targets or previous
        if before and stretches(item, clause, before[-1]):
            before[-1] = with_stretch(before[-1], item.number)
            continue
        drafts = drafts_of(item, clause, before[-1] if before else None, text, headline=headline)
        targets += drafts
        if not drafts:
            left.append(_leftover(text, item.number, clause, _why_not(item)))
    return _levels_named(targets), left


def _levels_named(targets: Sequence[TargetDraft]) -> list[TargetDraft]:
    """5个万亿级、8个千亿级产业集群: a name that is only a level takes the noun of the next one."""
    named = list(targets)
    for place in range(len(named) - 2, -1, -1):
        noun = named[place + 1].name.partition("级")[2]
        if noun and _LEVEL.fullmatch(named[place].name):
            named[place] = replace(named[place], name=named[place].name + noun)
    return named


def _leftover(text: str, number: Number, clause: Clause, reason: str) -> Leftover:
    span = (number.start, number.end)
    promise = reason in PROMISE_REASONS
    shown = span
    if (
        promise
        and (brand := _QUOTED_BRAND.search(text, clause.start, clause.end))
        and brand.start() < span[0] < brand.end()
    ):
        shown = brand.span()
    elif promise:
        noun = _NOUN_AFTER.match(text, number.end, clause.end)
        shown = (number.start, noun.end() if noun else number.end)
    return Leftover(span, shown, reason, promise, (clause.start, clause.end))


def _why_not(item: Found) -> str:
    if makes_condition(item.after) and item.number.unit != "%":
        return THRESHOLD
    if item.left.endswith("了"):
        return LAST_RESULT
    return NO_PATTERN if item.number.unit else CODE


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _unnumbered(text: str, clause: Clause) -> Iterator[Leftover]:
    """Promises without a number: 双百工程, 全覆盖, 翻一番."""
    if clause.past:
        return
    reasons = {"brand": BRANDED, "cover": COVERAGE, "double": DOUBLED}
    for match in _UNNUMBERED.finditer(text, clause.start, clause.end):
        begin = match.start()
        if match["cover"]:
            subject = text.rfind("实现", clause.start, begin)
            begin = max(subject if subject >= 0 else begin - _REACH, clause.start)
        place = (clause.start, clause.end)
        shown = (begin, match.end())
        reason = reasons[match.lastgroup or "brand"]
        yield Leftover(match.span(), shown, reason, promise=True, sentence=place, is_number=False)
