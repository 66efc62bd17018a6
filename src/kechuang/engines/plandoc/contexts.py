# SPDX-License-Identifier: Apache-2.0
"""Why a number is no target (不作目标的数): each rule looks at the words around it and names its reason in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.numbers import Number
from kechuang.engines.plandoc.proposal import Span

DEADLINE, LAST_RESULT, SUBSIDY, THRESHOLD = (
    "期限或年份",
    "往年结果或现状",
    "补助或奖励标准",
    "门槛条件，是名称或资格的一部分",
)
ORDINAL, CODE, SLOGAN, OUTSIDE = "序数", "名称中的编号", "口号或专名", "不在目标或任务部分"
BRANDED = "数字是专名的一部分，请人工确定是否列为目标"
BIG_GROUP = "“几大”是归类的说法，请人工确定是否列为目标"
YEARS_PLAN = "行动计划的年限，请人工确定是否跟踪"

_SUBSIDY: Final = re.compile(
    r"给予|补助|奖励|资助|奖补|补贴|贴息|最高|不予|按.{0,12}比例|配套|券|罚款|标准为"
)
_MONEY: Final = re.compile(r"(?:[十百千万亿]*)(?:美元|欧元|日元|元)$")
_LAST: Final = re.compile(
    r"(?<![比较同与])(?<!对比)(?:去年|上一?年(?!度?[末底]?相比)|前年|过去[一二三四五\d]+年|近[一二三四五\d]+年来?|历年)(?!.{0,2}(?:基础上|基数|相比))"
    r"|截[至止]|目前|现有|已经?(?:有|建成|达|累计|完成|实现|培育|认定|引进|集聚|拥有|形成|获批|突破|超)|当前|“?十[二三四]五”?(?:期间|以来)"
)
_YEAR: Final = re.compile(
    r"(?<![比较以与同])(?<!基于)(?<!\d)((?:19|20)\d\d) ?年(?!.{0,3}(?:基础|基数|相比|水平|为基))"
)
_AHEAD: Final = re.compile(r"今年|本年|力争|争取|确保|将|预计|新增|要(?=[达实完新])|目标")
_BRAND: Final = re.compile(r"[^，。；、]{0,6}(?:工程|计划|行动|专项|战略)")
_ELIGIBLE: Final = re.compile(r"(?:以上|以下|以内|及以上)? ?的(?!目标|水平|要求|增速|增长|规模|任务|速度)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in its sentence: places in folded text, whether an earlier 力争 governs it, whether it tells the past."""

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
    whole = False
    past = False
    segment_start = start
    cuts = [match.span() for match in _CLAUSE_END.finditer(text, start, end)] + [(end, end)]
    begin = start
    for stop, following in cuts:
        clause = text[begin:stop]
        if begin > start and text[begin - 1] in "；":
            segment_start = begin
            governed = governed if whole else ""
        head = _CLAUSE_HEAD.match(clause)
        if head and head["must"]:
            governed, whole = "", False
        elif head and head["aspire"]:
            governed, whole = head["aspire"], whole or not _NUMERIC.search(text[start:begin])
        past = _tells_past(clause, year, past)
        if clause.strip():
            segment_end = text.find("；", begin, end)
            segment = (segment_start, end if segment_end < 0 else segment_end)
            clauses.append(Clause(begin, stop, (start, end), segment, governed, past))
        begin = following
    return clauses


_CLAUSE_END: Final = re.compile(r"，(?!\d{3}(?!\d))|[；：;]|——+|\s*\n")
_NUMERIC: Final = re.compile(r"\d(?!\d{0,3} ?年)")
_CLAUSE_HEAD: Final = re.compile(
    r"\s*(?:[到至]?(?:20\d\d|今|本|全)年[底末内度]?前?|年[底内]前?|其中)?，?(?:(?P<aspire>力争|争取|努力|力求)|(?P<must>确保|保证))"
)


def _tells_past(clause: str, year: int | None, before: bool) -> bool:
    ahead = _AHEAD.search(clause)
    years = [int(match[1]) for match in _YEAR.finditer(clause)]
    if years and year is not None:
        return max(years) < year or (before and max(years) <= year and not ahead and "截" in clause)
    if _LAST.search(clause):
        return True
    return before and not ahead


def reason_against(text: str, number: Number, clause: Clause, deadlines: list[Span]) -> str:
    """The first reason why the number cannot be a target, or ""."""
    before = text[clause.start : number.start]
    after = text[number.end : clause.end]
    for rule in _RULES:
        reason = rule(number, before[-_LOOK:], after[:_LOOK])
        if reason:
            return reason
    if any(start <= number.start < end for start, end in deadlines):
        return DEADLINE
    if _pays(text, number, clause):
        return SUBSIDY
    if clause.past or before.endswith("了"):
        return LAST_RESULT
    return ""


_LOOK: Final = 40


def _pays(text: str, number: Number, clause: Clause) -> bool:
    money = _MONEY.search(number.unit) is not None
    near = text[clause.start : clause.end][:400]
    if money and _SUBSIDY.search(text[clause.segment[0] : clause.segment[1]][:400]):
        return _SUBSIDY.search(near) is not None or "给予" in text[clause.segment[0] : clause.start][-200:]
    return number.unit == "%" and _PAYS_SHARE.search(near) is not None


_PAYS_SHARE: Final = re.compile(r"给予|补助|奖励|资助|奖补|补贴|贴息|配套")


def _ordinal(number: Number, before: str, after: str) -> str:
    if before.endswith(("第", "党的", "之")) or number.unit in {"届", "世纪", "周年"}:
        return ORDINAL
    if number.unit == "大" and after.startswith(("精神", "报告", "以来", "战略部署")):
        return ORDINAL
    return ""


def _slogan(number: Number, before: str, after: str) -> str:
    if before.endswith(("+", "从")) or after.startswith("+") or _FROM_TO.search(before + "0" + after):
        return SLOGAN
    opened, closed = before.rfind("“"), before.rfind("”")
    quoted = opened > closed and "”" in after[:14]
    if quoted:
        behind = after[after.index("”") + 1 :]
        return BRANDED if behind.startswith(("工程", "计划", "行动", "专项", "战略")) else SLOGAN
    return ""


_FROM_TO: Final = re.compile(r"从 ?0 ?到 ?[1一]?$")


def _code(number: Number, before: str, after: str) -> str:
    plain = not number.unit and not number.han
    if plain and (
        _LATIN.search(before[-1:]) or _LATIN.match(after[:1]) or after.startswith(("号", "所", "计划"))
    ):
        return CODE
    three_digits = (
        number.unit in {"所", "部", "站", "门", "期", "条"} and number.value >= 100 and not number.han
    )
    return CODE if three_digits or (before.endswith(("（", "G", "No", "#")) and plain) else ""


_LATIN: Final = re.compile(r"[A-Za-z_&\-/]")


def _time(number: Number, before: str, after: str) -> str:
    year_like = not number.unit and number.high is None and not number.han and 1900 <= number.value < 2100
    if number.unit == "年" and after.startswith(
        ("行动", "计划", "攻坚", "规划", "倍增", "滚动", "提升", "实施")
    ):
        return YEARS_PLAN if number.value < 1900 else DEADLINE
    if year_like and not _NEEDS_NUMBER.search(before):
        return DEADLINE if after.startswith(("年", "-", "—", "～", "/", "）")) else CODE
    if number.unit in {
        "年",
        "月",
        "日",
        "季度",
        "岁",
        "周",
        "天",
        "小时",
        "分钟",
        "工作日",
        "个月",
        "个工作日",
    }:
        bounded = _SHORTENED.search(before)
        return "" if bounded and number.unit != "月" and number.value < 1900 else DEADLINE
    return ""


_NEEDS_NUMBER: Final = re.compile(r"(?:达到|突破|超过|达|不少于|以上)$")
_SHORTENED: Final = re.compile(
    r"(?:压缩|缩短|控制|压减|减|降|限|办结|办理).{0,14}$|(?:时间|时限|周期|寿命|工龄|时长).{0,10}(?:达到?|为|不超过|不少于)$"
)


def _group(number: Number, before: str, after: str) -> str:
    if number.unit == "大":
        return BIG_GROUP
    branded = (
        _BRAND.match(after)
        and number.han
        and number.unit in {"", "家", "项", "场", "名"}
        and after.startswith(("工程", "计划", "行动"))
    )
    return BRANDED if branded else ""


def _threshold(number: Number, before: str, after: str) -> str:
    per_head = before.endswith(("每", "每个", "人均每", "平均每"))
    return THRESHOLD if per_head or (not number.unit and number.han and number.value >= 10**4) else ""


_RULES: Final[tuple[Callable[[Number, str, str], str], ...]] = (
    _ordinal,
    _slogan,
    _time,
    _code,
    _group,
    _threshold,
)

PROMISE_REASONS: Final = frozenset({BRANDED, BIG_GROUP, YEARS_PLAN})


def makes_condition(after: str) -> bool:
    """亿元以上的企业, 5%以上的单位: the number qualifies the noun behind it."""
    return _ELIGIBLE.match(after) is not None
