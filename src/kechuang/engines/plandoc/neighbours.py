# SPDX-License-Identifier: Apache-2.0
"""Which words of a clause belong to which of its numbers (数字的左右文), and which numbers are only part of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.clauses import Clause
from kechuang.engines.plandoc.contexts import LAST_RESULT, THRESHOLD, makes_condition
from kechuang.engines.plandoc.names import bare
from kechuang.engines.plandoc.numbers import Number
from kechuang.engines.plandoc.verbs import verb_at_end
from kechuang.engines.plandoc.words import Peeled, after_bound, peel

REACH: Final = 90
PERCENT: Final = frozenset("%‰")
LISTED: Final = re.compile(r"\s*(?:[、，和及与且并]|以及|$)")
_SHORTEST: Final = 2
_BASE: Final = re.compile(
    r"(?:大幅|逐步|再)?(?:压缩|缩短|压减|缩减|减少|下降|降低|降|提高|提升|增加|增长|上升|升|扩大"
    r"|增|拓展|发展)(?:至|到|为)$"
)
_RANKED: Final = re.compile(r"(?:进入|跻身|位居|位列|入围|列)[^，；]{0,8}前$")
_MONEY: Final = re.compile(r"元$")
_OF_FIRM: Final = re.compile(
    r"(?:企业|公司|园区|产业集群)(?:主营业务收入|营业收入|年?产值|年?销售收入|年?收入|市值|规模)"
)


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
        as_read = begin == ends[place] and stop == starts[place + 1] and not verb
        item = raw[place] if as_read else _found(text, number, begin, stop, verb)
        if place and reasons[place - 1] == LAST_RESULT:
            item = _rebased(raw[place - 1], raw[place], stop, text)
        begin, verb = _hand_over(item, stop)
        found.append(item)
    return found, [(live[place], reason) for place, reason in enumerate(reasons) if reason]


def _found(text: str, number: Number, begin: int, stop: int, verb: str = "") -> Found:
    left, after = text[max(begin, number.start - REACH) : number.start], text[number.end : stop][:REACH]
    following = verb_at_end(after) if text[stop : stop + 1].isalnum() else ""
    if len(after) - len(following) >= _SHORTEST:
        after = after.removesuffix(following)
    return Found(number, left, after, peel(left), verb)


def _rebased(base: Found, item: Found, stop: int, text: str) -> Found:
    """办理时限由10天压缩至5天: the words before 由 belong to 5."""
    left = base.left[:-1] + item.left
    return Found(item.number, left, text[item.number.end : stop][:REACH], peel(left))


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
        own_noun = LISTED.match(before.after[len(after_bound(before.after)[0]) :])
        if condition and (adjoined or (last and not own_noun and verb_at_end(before.peeled.rest))):
            return True
        if item.peeled.rank and _RANKED.search(item.left):
            return True
        described = verb_at_end(before.peeled.rest) and _MONEY.search(item.number.unit) and item.peeled.bound
        if described and _OF_FIRM.match(before.after):
            return True
    if last:
        return False
    if (
        _MONEY.search(item.number.unit)
        and word
        and not LISTED.match(behind)
        and not verb_at_end(item.peeled.rest)
    ):
        return True
    if verb_at_end(item.peeled.rest) or not bare(item.peeled.rest)[0]:
        counted = condition and item.number.unit not in PERCENT
        return counted or (not item.number.unit and item.number.han)
    listed = LISTED.match(behind) is not None
    bounded = bool(word) or item.peeled.bound == ">"
    nameless = not item.number.unit and item.peeled.bound is None
    return condition or nameless or (bounded and not listed)


def _hand_over(item: Found, stop: int) -> tuple[int, str]:
    """Where the words of the next number begin, and the verb it shares: 引进30名副总、50名教授."""
    number, word = item.number, after_bound(item.after)[0]
    behind = item.after[len(word) :]
    verb = verb_at_end(item.peeled.rest) or item.listed
    if not verb or LISTED.match(behind):
        return number.end + len(word), ""
    trimmed = behind.rstrip(" 、和及与以")
    if len(trimmed) < len(behind):
        return stop, verb
    comma = max(behind.rfind("、"), behind.rfind("和"))
    return (number.end + len(word) + comma if comma > 0 else number.end + len(word)), ""
