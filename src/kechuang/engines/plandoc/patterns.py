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
from kechuang.engines.plandoc.contexts import makes_condition
from kechuang.engines.plandoc.names import bare, name_before, name_behind, name_of_same, split_shared
from kechuang.engines.plandoc.neighbours import LISTED, PERCENT, REACH, Found
from kechuang.engines.plandoc.numbers import Number
from kechuang.engines.plandoc.proposal import Comparator, Kind, Span
from kechuang.engines.plandoc.verbs import is_means, leading_verb, object_of, verb_at_end
from kechuang.engines.plandoc.words import ASPIRE, BOUNDS_BEFORE, FALLS, Peeled, after_bound

_RELATIVE: Final = frozenset(listed("%|‰|个百分点|百分点|个点|倍"))
_SHARE_NAMES: Final = ("占比", "比重", "比例", "率", "强度")
_GROWTH_NAMES: Final = ("增长率", "增速", "增幅", "增长", "涨幅", "降幅")
_SIZE: Final = re.compile(r"(?:规模|总额|总投资|投资|额度|面积|容量)$")
_FEW: Final = 10
"""两个, 五项 without a verb are figures of speech more often than promises."""
_EACH: Final = re.compile(r"每(?:月|季度?|周|半年|旬)")
_TOGETHER: Final = re.compile(r"[\s、]*(?:与|和|同|联合)")
_AGREES: Final = re.compile(r"建立|开展|签订|签署|达成|共建|合作")
_SQUEEZED: Final = re.compile(
    r"[\s、]*(?:再|进一步|大幅)?(?:将[^，；]{2,20})?(?:压缩|缩短|压减|缩减|降低|减少)[^，；]*(?:至|到|为)$"
)
_BOUNDED: Final = re.compile(r"超|突破|达到|以上|不低于")
_GROWN: Final = re.compile(r"的(?P<growth>增长|增速|增幅)")
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


def pairs_of(found: Sequence[Found], clause: Clause, text: str) -> list[TargetDraft]:
    """A、B分别达到65%和55%: one target for each name."""
    first = found[0] if found else None
    if first is None or len(found) == 1 or first.peeled.shared != "分别":
        return []
    name, verb = name_before(first.peeled.rest)
    names = split_shared(name or _subject(text, clause))
    names = (
        names * len(found) if len(names) == 1 and "、" in text[clause.sentence[0] : clause.start] else names
    )
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
    behind = item.after[len(after_bound(item.after)[0]) :]
    draft = (
        _share(item, behind, clause, last) if item.number.unit in PERCENT else _sized(item, behind, clause)
    )
    if draft is not None:
        return [draft]
    own, ending = _left(item)
    if makes_condition(item.after) and own and not (ending or _SIZE.search(own)):
        return []
    noun = _noun_behind(item, behind)
    if noun and _only_mentions(item, behind):
        return []
    if noun and (ending or not own or _counts(item)):
        return [_draft(noun, ending, item, clause)]
    return _name_first(item, clause, last, text, headline=headline, listed=bool(LISTED.match(behind)))


def _left(item: Found) -> tuple[str, str]:
    """What stands before the number apart from time and verbs, and the verb it ends in (or shares with its list)."""
    own = bare(item.peeled.rest)[0]
    return own, verb_at_end(item.peeled.rest) or ("" if own else item.listed)


def _share(item: Found, behind: str, clause: Clause, last: TargetDraft | None) -> TargetDraft | None:
    """100%全覆盖; 保持10%以上的增长; 在库企业100%建立准备金制度."""
    peeled = item.peeled
    own, ending = _left(item)
    if behind.startswith("全覆盖") and (name := name_before(peeled.rest)[0]):
        return _draft(name, "", item, clause)
    if last and (grown := _GROWN.match(behind)):
        return _draft(last.name, "", replace(item, peeled=replace(peeled, growth=grown["growth"])), clause)
    if own and not ending and not is_means(peeled.rest) and leading_verb(behind):
        return _draft(own + behind, "", item, clause)
    return None


def _sized(item: Found, behind: str, clause: Clause) -> TargetDraft | None:
    """设立总规模20亿元的引导基金: the number is the size of what follows."""
    own, ending = _left(item)
    size = _SIZE.search(own)
    noun = name_behind(behind, share=False)
    if size is None or not noun or not makes_condition(item.after):
        return None
    return _draft(noun, ending or verb_at_end(own[: size.start()]), item, clause)


def _noun_behind(item: Found, behind: str) -> str:
    """The noun that the number counts, if it can be one behind it: 新建3家省级中心."""
    counts = item.number.unit and not item.peeled.growth and not item.peeled.rank
    return name_behind(behind, share=item.number.unit in PERCENT) if counts else ""


def _only_mentions(item: Found, behind: str) -> bool:
    """围绕5个产业链, 每季度通报1次进展: a means, a place or a rhythm; 与10所高校建立合作 is a promise."""
    if item.number.unit == "次" and _EACH.search(item.left):
        return True
    together = _TOGETHER.match(item.left) and _AGREES.search(behind)
    return is_means(item.peeled.rest) and not together


def _counts(item: Found) -> bool:
    """推进12个在建项目: without a known verb only a count that is no figure of speech."""
    number, peeled = item.number, item.peeled
    return number.unit not in PERCENT and not peeled.bound and (not number.han or number.value > _FEW)


def _name_first(
    item: Found, clause: Clause, last: TargetDraft | None, text: str, *, headline: bool, listed: bool
) -> list[TargetDraft]:
    """Name, bound, number, unit; a number without a name goes on with the name before."""
    peeled, number = item.peeled, item.number
    name, verb = name_before(peeled.rest)
    if last and peeled.rest.endswith("的") and number.unit not in PERCENT and _BOUNDED.search(name):
        name = f"{name}的{last.name}"
    bounded = peeled.force or after_bound(item.after)[0] or peeled.growth or peeled.rank
    if not (number.unit or peeled.bound):
        return []
    subject = last.name if last and last.clause[0] >= clause.sentence[0] else _subject(text, clause)
    if subject and (not name or name_of_same(name, subject) != name):
        if not (bounded or name):
            return []
        draft = _draft(name_of_same(name, subject), verb, item, clause)
        carried = (
            last is not None
            and last.aspire
            and not (name or _FORCE.search(item.left))
            and last.clause[0] >= clause.segment[0]
        )
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
    before = text[max(clause.segment[0], clause.start - REACH) : clause.start - 1]
    phrase = re.split(r"[，：]", before)[-1]
    phrase = re.sub(r"[一二三四五六七八九十\d]+年(?=翻|增|实现)", "", phrase)
    grown = re.match(
        r"(.{2,30}?)(?:在|较|比|同比|翻|增长|稳步|持续|保持|不断|力争|进一步|实现|明显|显著|大幅)", phrase
    )
    return name_before(grown[1])[0] if grown else object_of(phrase)


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
    return "share" if unit in PERCENT or (unit in {"", "倍"} and name.endswith(_SHARE_NAMES)) else "level"
