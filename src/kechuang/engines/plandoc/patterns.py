# SPDX-License-Identifier: Apache-2.0
"""The sentence patterns of a target (目标句式): what stands left and right of one number, and the targets it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from kechuang.engines.plandoc.characters import listed
from kechuang.engines.plandoc.clauses import Clause
from kechuang.engines.plandoc.contexts import LAST_RESULT, THRESHOLD, makes_condition
from kechuang.engines.plandoc.names import bare, name_before, name_behind, name_of_same, split_shared
from kechuang.engines.plandoc.numbers import Number
from kechuang.engines.plandoc.proposal import Comparator, Kind, Span
from kechuang.engines.plandoc.verbs import is_means, verb_at_end
from kechuang.engines.plandoc.words import ASPIRE, BOUNDS_BEFORE, FALLS, Peeled, after_bound, peel

_REACH: Final = 90
_RELATIVE: Final = frozenset(listed("%|‰|个百分点|百分点|个点|倍"))
_PERCENT: Final = frozenset("%‰")
_SHARE_NAMES: Final = ("占比", "比重", "比例", "率", "强度")
_GROWTH_NAMES: Final = ("增长率", "增速", "增幅", "增长", "涨幅", "降幅")
_LISTED: Final = re.compile(r"\s*(?:[、，和及与]|以及|$)")
_SIZE: Final = re.compile(r"(?:规模|总额|总投资|投资|额度|面积|容量)$")
_SHORTEST: Final = 2
_FEW: Final = 10
"""两个, 五项 without a verb are figures of speech more often than promises."""
_BASE: Final = re.compile(
    r"(?:大幅|逐步|再)?(?:压缩|缩短|压减|缩减|减少|下降|降低|降|提高|提升|增加|增长|上升|升|扩大|增|拓展|发展)(?:至|到|为)$"
)
_SQUEEZED: Final = re.compile(
    r"[\s、]*(?:再|进一步|大幅)?(?:将[^，；]{2,20})?(?:压缩|缩短|压减|缩减|降低|减少)[^，；]*(?:至|到|为)$"
)
_RANKED: Final = re.compile(r"(?:进入|跻身|位居|位列|入围|列)[^，；]{0,8}前$")
_FORCE: Final = re.compile(r"力争|争取|争创|力求|确保|保证|必须")
_FIRST_BOUND: Final = re.compile(r"(?:至少|最少|不少于|不低于)")


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
class Found:
    """A number with the text up to its neighbours; `listed` when the words before it went to the number before."""

    number: Number
    left: str
    after: str
    peeled: Peeled
    listed: str = ""


def neighbours(
    text: str, clause: Clause, live: Sequence[Number]
) -> tuple[list[Found], list[tuple[Number, str]]]:
    """Each number with the words that are its own; and the numbers that are none, with the reason.

    百亿级企业10家, 10家年收入超100亿元的企业: the bound is part of the name. 由10天压缩至5天: 10 is where it begins.
    """
    starts = [number.start for number in live] + [clause.end]
    ends = [clause.start] + [number.end for number in live]
    raw = [_found(text, number, ends[place], starts[place + 1]) for place, number in enumerate(live)]
    reasons = [
        _no_number(item, raw[place - 1] if place else None, last=place + 1 == len(raw))
        for place, item in enumerate(raw)
    ]
    own = [place for place, reason in enumerate(reasons) if not reason]
    found: list[Found] = []
    begin, verb = clause.start, ""
    for index, place in enumerate(own):
        number = live[place]
        stop = starts[own[index + 1]] if index + 1 < len(own) else clause.end
        item = _found(text, number, begin, stop, verb)
        if place and reasons[place - 1] == LAST_RESULT:
            item = _rebased(raw[place - 1], raw[place], stop, text)
        begin, verb = _hand_over(item, stop)
        found.append(item)
    return found, [(live[place], reason) for place, reason in enumerate(reasons) if reason]


def _found(text: str, number: Number, begin: int, stop: int, verb: str = "") -> Found:
    left, after = text[max(begin, number.start - _REACH) : number.start], text[number.end : stop][:_REACH]
    following = verb_at_end(after) if text[stop : stop + 1].isalnum() else ""
    if len(after) - len(following) >= _SHORTEST:
        after = after.removesuffix(following)
    return Found(number, left, after, peel(left), verb)


def _rebased(base: Found, item: Found, stop: int, text: str) -> Found:
    """办理时限由10天压缩至5天: the words before 由 belong to 5."""
    left = base.left[:-1] + item.left
    return Found(item.number, left, text[item.number.end : stop][:_REACH], peel(left))


def _no_number(item: Found, before: Found | None, *, last: bool) -> str:
    """Why a number is none of its own: it is where a change begins, or describes the noun of its neighbour."""
    if item.left.endswith(("由", "从", "自")) and _BASE.match(item.after):
        return LAST_RESULT
    return THRESHOLD if _is_inside(item, before, last=last) else ""


def _is_inside(item: Found, before: Found | None, *, last: bool) -> bool:
    word = after_bound(item.after)[0]
    behind = item.after[len(word) :]
    condition = makes_condition(item.after) or behind.startswith("级")
    if before is not None:
        adjoined = before.number.end == item.number.start
        own_noun = _LISTED.match(before.after[len(after_bound(before.after)[0]) :])
        if condition and (adjoined or (last and not own_noun and verb_at_end(before.peeled.rest))):
            return True
        if item.peeled.rank and _RANKED.search(item.left):
            return True
    if last:
        return False
    if verb_at_end(item.peeled.rest) or not bare(item.peeled.rest)[0]:
        counted = condition and item.number.unit not in _PERCENT
        return counted or (not item.number.unit and item.number.han)
    listed = _LISTED.match(behind) is not None
    bounded = bool(word) or item.peeled.bound == ">"
    return condition or not item.number.unit or (bounded and not listed)


def _hand_over(item: Found, stop: int) -> tuple[int, str]:
    """Where the words of the next number begin, and the verb it shares: 引进30名副总、50名教授."""
    number, word = item.number, after_bound(item.after)[0]
    behind = item.after[len(word) :]
    verb = verb_at_end(item.peeled.rest) or item.listed
    if not verb or _LISTED.match(behind):
        return number.end + len(word), ""
    trimmed = behind.rstrip(" 、和及与以")
    if len(trimmed) < len(behind):
        return stop, verb
    comma = max(behind.rfind("、"), behind.rfind("和"))
    return (number.end + len(word) + comma if comma > 0 else number.end + len(word)), ""


def pairs_of(found: Sequence[Found], clause: Clause, text: str) -> list[TargetDraft]:
    """A、B分别达到65%和55%: one target for each name."""
    first = found[0] if found else None
    if first is None or len(found) == 1 or first.peeled.shared != "分别":
        return []
    name, verb = name_before(first.peeled.rest)
    names = split_shared(name or _subject(text, clause))
    if len(names) != len(found):
        return []
    unit = next((item.number.unit for item in reversed(found) if item.number.unit), "")
    return [
        _draft(
            own,
            verb,
            replace(item, number=replace(item.number, unit=item.number.unit or unit), peeled=first.peeled),
            clause,
        )
        for own, item in zip(names, found, strict=True)
    ]


def stretches(item: Found, clause: Clause, last: TargetDraft) -> bool:
    """Whether the number has no name of its own and raises the one before: 确保超过6000家、争取7000家."""
    own = bare(item.peeled.rest.strip("、，"))[0]
    behind = item.after[len(after_bound(item.after)[0]) :]
    if own or item.peeled.growth or name_behind(behind, share=False):
        return False
    same = item.number.unit in {last.unit, ""} or not last.unit
    aspires = item.peeled.aspire or (bool(clause.governed) and not last.aspire)
    return same and aspires and last.stretch is None and last.value <= item.number.value


def with_stretch(target: TargetDraft, number: Number) -> TargetDraft:
    """The target with a second, higher number."""
    spans = (*target.numbers, (number.start, number.end))
    return replace(target, stretch=number.value, unit=target.unit or number.unit, aspire=False, numbers=spans)


def drafts_of(
    item: Found, clause: Clause, last: TargetDraft | None, text: str, *, headline: bool
) -> list[TargetDraft]:
    """The targets one number gives: none, one, or one for each name of an 均 sentence."""
    peeled, number = item.peeled, item.number
    word = after_bound(item.after)[0]
    behind = item.after[len(word) :]
    share = number.unit in _PERCENT
    if share and behind.startswith("全覆盖"):
        name, verb = name_before(peeled.rest)
        return [_draft(name, verb, item, clause)] if name else []
    own = bare(peeled.rest)[0]
    ending = verb_at_end(peeled.rest) or ("" if own else item.listed)
    noun = name_behind(behind, share=share)
    if size := _SIZE.search(own):
        if noun and makes_condition(item.after):
            return [_draft(noun, ending or verb_at_end(own[: size.start()]), item, clause)]
    elif makes_condition(item.after) and own and not ending:
        return []
    behind_it = noun and number.unit and not peeled.growth and not peeled.rank
    if behind_it and is_means(peeled.rest):
        return []
    counted = not share and not peeled.bound and (not number.han or number.value > _FEW)
    if behind_it and (ending or not own or counted):
        return [_draft(noun, ending, item, clause)]
    return _name_first(item, clause, last, text, headline=headline, listed=bool(_LISTED.match(behind)))


def _name_first(
    item: Found, clause: Clause, last: TargetDraft | None, text: str, *, headline: bool, listed: bool
) -> list[TargetDraft]:
    """Name, bound, number, unit; a number without a name goes on with the name before."""
    peeled, number = item.peeled, item.number
    name, verb = name_before(peeled.rest)
    bounded = peeled.bound or after_bound(item.after)[0] or peeled.growth or peeled.aspire or peeled.rank
    if not (number.unit or peeled.bound):
        return []
    subject = last.name if last and last.clause[0] >= clause.sentence[0] else _subject(text, clause)
    if subject and (not name or name_of_same(name, subject) != name):
        if not (bounded or name):
            return []
        draft = _draft(name_of_same(name, subject), verb, item, clause)
        carried = last is not None and last.aspire and not name and last.clause[0] >= clause.segment[0]
        return [_aspiring(draft) if carried else draft]
    if peeled.rank and not name:
        name = "排名"
    if not name or not (bounded or listed or headline):
        return []
    names = split_shared(name) if peeled.shared else [name]
    return [_draft(own, verb, item, clause) for own in names]


def _subject(text: str, clause: Clause) -> str:
    """The subject of the clause before: 企业数量较上年翻一番，达到640家."""
    if clause.start - 1 <= clause.sentence[0]:
        return ""
    before = text[max(clause.segment[0], clause.start - _REACH) : clause.start - 1]
    phrase = re.split(r"[，：]", before)[-1]
    grown = re.match(
        r"(.{2,30}?)(?:在|较|比|同比|翻|增长|稳步|持续|保持|不断|力争|进一步|实现|明显|显著|大幅)", phrase
    )
    return name_before(grown[1])[0] if grown else ""


def _aspiring(draft: TargetDraft) -> TargetDraft:
    return replace(
        draft,
        aspire=True,
        comparator="~" if draft.comparator == "=" and not draft.force else draft.comparator,
    )


def _draft(name: str, verb: str, item: Found, clause: Clause) -> TargetDraft:
    peeled, number = item.peeled, item.number
    after_word, after_comparator = after_bound(item.after)
    aspire = peeled.aspire or bool(clause.governed) or _strives(item.left)
    first = _FIRST_BOUND.search(item.left)
    squeezed = _SQUEEZED.match(item.left)
    comparator: Comparator = after_comparator or (
        "<=" if peeled.rank else peeled.bound or (">=" if number.more else "~" if aspire else "=")
    )
    if comparator in {"=", "~"} and not after_comparator:
        comparator = BOUNDS_BEFORE[first[0]] if first else "<=" if squeezed else comparator
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


def _strives(left: str) -> bool:
    """Whether the last word of force before the number is one of striving: 全年力争新增…, 争创国家级平台1个."""
    words = _FORCE.findall(left)
    return bool(words) and words[-1] in ASPIRE


def _kind(name: str, unit: str, peeled: Peeled) -> Kind:
    if unit in _RELATIVE and (peeled.growth or name.endswith(_GROWTH_NAMES)):
        return "growth"
    return "share" if unit in _PERCENT or (unit in {"", "倍"} and name.endswith(_SHARE_NAMES)) else "level"
