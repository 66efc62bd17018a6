# SPDX-License-Identifier: Apache-2.0
"""Targets from sentences (目标文法): name + bound + number + unit, or verb + number + noun.

Each number of a clause meets, in order: the contexts that rule it out; being part of another number's name; being
the stretch of the number before it (确保6000、争取7000); the two sentence patterns. What fits none is shown as a
promise when it counts something and as unused when it does not. No number is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from kechuang.engines.plandoc.contexts import (
    CODE,
    LAST_RESULT,
    PROMISE_REASONS,
    THRESHOLD,
    Clause,
    clauses_of,
    makes_condition,
    reason_against,
)
from kechuang.engines.plandoc.deadlines import deadline_spans
from kechuang.engines.plandoc.names import name_before, name_behind, split_shared
from kechuang.engines.plandoc.numbers import Number, numbers_in
from kechuang.engines.plandoc.phrases import FALLS, Peeled, after_bound, peel, strip_leading, verb_at_end
from kechuang.engines.plandoc.proposal import Comparator, Kind, Span

NO_PATTERN: Final = "有数量但没有目标句式，请人工确定是否列为目标"
COVERAGE: Final = "全覆盖没有写数值，请人工确定是否列为目标"
DOUBLED: Final = "倍增或翻番没有写数值，请人工确定是否列为目标"
_SENTENCE: Final = re.compile(r"[^。！？\n]+")
_UNNUMBERED: Final = re.compile(
    r"(?P<brand>“?双[百千万]”?(?:工程|计划|行动)”?|“?[十百千万]{2,4}”?(?:工程|计划|行动)”?)|(?P<cover>(?<!%)全覆盖)|(?P<double>翻[一两]?[番倍])"
)
_NOUN_AFTER: Final = re.compile(
    r"[^，。；、：\s]{0,14}?(?=为[^了]|落实|$|[，。；、：\s”]|（)|[^，。；、：\s]{0,14}"
)
_SHARE_NAMES: Final = ("占比", "比重", "比例", "率", "强度")
_GROWTH_NAMES: Final = ("增长率", "增速", "增幅")
_WEAK: Final = re.compile(
    r"(?:以|对|围绕|依托|针对|聚焦|落实|按照|根据|通过|在|从|向|与|由|含|包括|用好|发挥)[^，；]{0,30}$"
)


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target in folded text."""

    name: str
    force: str
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None
    stretch: Decimal | None
    unit: str
    kind: Kind
    aspire: bool
    verb: str
    clause: Span
    numbers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Leftover:
    """A number (or a phrase without one) that is no target; `promise` when a person should decide."""

    span: Span
    shown: Span
    reason: str
    promise: bool
    sentence: Span
    is_number: bool = True


@dataclass(slots=True)
class _Found:
    """A number on its way through a clause."""

    number: Number
    left: str
    after: str
    peeled: Peeled


def targets_in(
    text: str, start: int, end: int, *, year: int | None, headline: bool
) -> tuple[list[TargetDraft], list[Leftover]]:
    """Targets and leftovers of `text[start:end]`; `headline` for the goals part, where a bare count is a target."""
    targets: list[TargetDraft] = []
    left: list[Leftover] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        previous: list[TargetDraft] = []
        for clause in clauses_of(text, *sentence.span(), year):
            more, rest = _clause(text, clause, previous, headline=headline)
            previous += more
            left += rest
            left += _unnumbered(text, clause)
        targets += previous
    return targets, left


def leftovers_in(text: str, start: int, end: int, *, year: int | None, reason: str) -> list[Leftover]:
    """Every number of a text that is not searched for targets, with its own reason or else `reason`."""
    left: list[Leftover] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        deadlines = deadline_spans(text, *sentence.span())
        for clause in clauses_of(text, *sentence.span(), year):
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
        reason = reason_against(text, number, clause, deadlines)
        if reason:
            left.append(_leftover(text, number, clause, reason))
        else:
            live.append(number)
    found = list(_neighbours(text, clause, live))
    inside = _inside_names(found)
    pairs = _paired(found, clause) if not inside else []
    if pairs:
        return pairs, left
    for place, item in enumerate(found):
        if place in inside:
            left.append(_leftover(text, item.number, clause, THRESHOLD))
            continue
        if _stretches(item, clause, targets or previous):
            holder = targets or previous
            holder[-1] = _with_stretch(holder[-1], item.number)
            continue
        drafts = _drafts(item, clause, listed=bool(targets), headline=headline)
        targets += drafts
        if not drafts:
            left.append(_leftover(text, item.number, clause, _why_not(item)))
    return targets, left


def _neighbours(text: str, clause: Clause, live: Sequence[Number]) -> Iterator[_Found]:
    """Each number with the text between its neighbours."""
    for place, number in enumerate(live):
        begin = live[place - 1].end if place else clause.start
        stop = live[place + 1].start if place + 1 < len(live) else clause.end
        left, after = text[max(begin, number.start - _REACH) : number.start], text[number.end : stop][:_REACH]
        yield _Found(number, left, after, peel(left))


_REACH: Final = 90


def _inside_names(found: Sequence[_Found]) -> set[int]:
    """Numbers inside the name of their neighbour: 百亿以上企业10家, 10家年收入超100亿元的企业."""
    inside: set[int] = set()
    for place, item in enumerate(found):
        rest, bound = item.peeled.rest, after_bound(item.after)[0]
        verb = verb_at_end(rest) or not strip_leading(rest)[0]
        behind = item.after[len(bound) :]
        qualifies = makes_condition(item.after) or behind.startswith("级") or not item.number.unit
        follows = (
            place > 0 and place - 1 not in inside and not found[place - 1].after.startswith(("、", "，"))
        )
        if (
            (
                place + 1 < len(found)
                and not verb
                and (qualifies or (bound and behind[:1] not in {"", "、", "和", "，"}))
            )
            or (
                follows
                and (makes_condition(item.after) or behind.startswith("级"))
                and verb_at_end(found[place - 1].peeled.rest)
            )
            or (place + 1 < len(found) and verb and not item.number.unit and item.number.han)
        ):
            inside.add(place)
    return inside


def _paired(found: Sequence[_Found], clause: Clause) -> list[TargetDraft]:
    """A、B分别达到65%和55%: one target for each name."""
    if len(found) < _PAIR or found[0].peeled.shared != "分别":
        return []
    name, verb = name_before(found[0].peeled.rest)
    names = split_shared(name)
    if len(names) != len(found):
        return []
    unit = next((item.number.unit for item in reversed(found) if item.number.unit), "")
    drafts = []
    for own, item in zip(names, found, strict=True):
        filled = replace(item.number, unit=item.number.unit or unit)
        drafts.append(_draft(own, verb, _Found(filled, item.left, item.after, found[0].peeled), clause))
    return drafts


_PAIR: Final = 2


def _stretches(item: _Found, clause: Clause, before: Sequence[TargetDraft]) -> bool:
    """Whether the number has no name of its own and raises the one before: 确保超过6000家、争取7000家."""
    bare = not strip_leading(item.peeled.rest.strip("、，"))[0]
    if not before or not bare or name_behind(item.after[len(after_bound(item.after)[0]) :], share=False):
        return False
    last = before[-1]
    same = item.number.unit in {last.unit, ""} or not last.unit
    return (
        same
        and (item.peeled.aspire or bool(clause.governed))
        and last.stretch is None
        and last.value <= item.number.value
    )


def _with_stretch(target: TargetDraft, number: Number) -> TargetDraft:
    return replace(
        target,
        stretch=number.value,
        unit=target.unit or number.unit,
        aspire=False,
        numbers=(*target.numbers, (number.start, number.end)),
    )


def _drafts(item: _Found, clause: Clause, *, listed: bool, headline: bool) -> list[TargetDraft]:
    """The targets one number gives: none, one, or one for each name of an 均 sentence."""
    peeled, number = item.peeled, item.number
    bound_word = after_bound(item.after)[0]
    behind = item.after[len(bound_word) :]
    share = number.unit in {"%", "‰"}
    ending = verb_at_end(peeled.rest)
    bare_left = not strip_leading(peeled.rest)[0]
    if behind.startswith("全覆盖") and share:
        name, verb = name_before(peeled.rest)
        return [_draft(name, verb, item, clause)] if name else []
    if (ending or bare_left) and not peeled.growth and not peeled.rank:
        name = name_behind(behind, share=share)
        if name and not _weak(peeled.rest, ending):
            return [_draft(name, ending, item, clause)] if number.unit else []
    bounded = peeled.bound or bound_word or peeled.growth or peeled.aspire or peeled.rank
    if makes_condition(item.after) and not bare_left:
        return []
    name, verb = name_before(peeled.rest)
    if peeled.rank and not name:
        name = "排名"
    if not name or not (number.unit or peeled.bound):
        return []
    counts = (
        not _NOUN_AFTER.match(behind.lstrip(" ，、；和及与）"))[0]
        or behind[:1] in "、，；和及与"
        or not behind.strip()
    )
    listing = counts and (headline or listed or bool(verb) or bool(clause.governed))
    if not bounded and not listing:
        return []
    names = split_shared(name) if peeled.shared else [name]
    return [_draft(own, verb, item, clause) for own in names]


def _weak(rest: str, ending: str) -> bool:
    """以、围绕、落实…: what follows is a means, not a promise."""
    return ending in {"落实", "通过", "应用"} or (
        bool(ending) and _WEAK.search(rest[: -len(ending)]) is not None and not ending
    )


def _draft(name: str, verb: str, item: _Found, clause: Clause) -> TargetDraft:
    peeled, number = item.peeled, item.number
    after_word, after_comparator = after_bound(item.after)
    aspire = peeled.aspire or bool(clause.governed)
    comparator: Comparator = "~" if aspire else "="
    if after_comparator is not None:
        comparator = after_comparator
    elif peeled.rank:
        comparator = "<="
    elif peeled.bound is not None:
        comparator = peeled.bound
    elif number.more:
        comparator = ">="
    force = (clause.governed if not peeled.aspire else "") + peeled.force + peeled.growth + after_word.strip()
    falls = peeled.growth in FALLS
    return TargetDraft(
        name + (peeled.growth if falls and not name.endswith(peeled.growth) else ""),
        force,
        comparator,
        number.value,
        number.high,
        None,
        number.unit,
        _kind(name, number.unit, peeled),
        aspire,
        verb or (peeled.growth if falls else ""),
        (clause.start, clause.end),
        ((number.start, number.end),),
    )


def _kind(name: str, unit: str, peeled: Peeled) -> Kind:
    relative = unit in {"%", "‰", "个百分点", "个点", "倍"}
    if relative and (peeled.growth or name.endswith(_GROWTH_NAMES)):
        return "growth"
    return "share" if unit in {"%", "‰"} or name.endswith(_SHARE_NAMES) else "level"


def _leftover(text: str, number: Number, clause: Clause, reason: str) -> Leftover:
    span = (number.start, number.end)
    promise = reason in PROMISE_REASONS or reason == NO_PATTERN
    shown = span
    if promise:
        noun = _NOUN_AFTER.match(text, number.end, clause.end)
        shown = (number.start, noun.end() if noun else number.end)
    return Leftover(span, shown, reason, promise, (clause.start, clause.end))


def _why_not(item: _Found) -> str:
    if makes_condition(item.after):
        return THRESHOLD
    if item.left.endswith("了"):
        return LAST_RESULT
    return NO_PATTERN if item.number.unit else CODE


def _unnumbered(text: str, clause: Clause) -> Iterator[Leftover]:
    """Promises without a number: 双百工程, 全覆盖, 翻一番."""
    reasons = {"cover": COVERAGE, "double": DOUBLED}
    for match in _UNNUMBERED.finditer(text, clause.start, clause.end):
        if clause.past:
            continue
        reason = reasons.get(match.lastgroup or "", "数字是专名的一部分，请人工确定是否列为目标")
        begin = match.start()
        if match["cover"]:
            begin = text.rfind("实现", clause.start, match.start())
            begin = max(begin, clause.start, match.start() - _REACH // 3)
        place = (clause.start, clause.end)
        yield Leftover(
            match.span(), (begin, match.end()), reason, promise=True, sentence=place, is_number=False
        )
