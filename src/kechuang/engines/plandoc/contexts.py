# SPDX-License-Identifier: Apache-2.0
"""Why a number is no target (不作目标的数): each rule looks at the words around it and names its reason in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from kechuang.engines.plandoc.characters import listed
from kechuang.engines.plandoc.clauses import Clause
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
NO_PATTERN = "有数量但没有目标句式，请人工确定是否列为目标"
PROMISE_REASONS: Final = frozenset({BRANDED, BIG_GROUP, YEARS_PLAN, NO_PATTERN})

_LOOK: Final = 40
_LONGEST: Final = 400
_PAYS: Final = re.compile(
    r"给予|予以(?:补|奖|资)|补助|奖励|资助|奖补|补贴|贴息|最高|不予|按.{0,12}比例|配套|罚款|标准为|封顶|上限"
    r"|(?:每|单)(?:个|项|家|户|名|人|件|年)[^，；]{0,12}(?:支持|补|奖|资|不超|最高|万元|元$)"
)
_PAYS_SHARE: Final = re.compile(r"给予|补助|奖励|资助|奖补|补贴|贴息|配套|最高|封顶")
_SHARE_PAID: Final = re.compile(r"(?:按照?|最高|给予|补助|奖励|资助|补贴|贴息)[^，；的]{0,12}$")
_PAID_SHARE: Final = re.compile(
    r"(?:以上|以内|左右)?的?(?:标准|比例)?(?:予以|给予|补助|奖励|资助|补贴|奖补|配套|贴息)"
)
_MONEY: Final = re.compile(r"(?:[十百千万亿]*)(?:美元|欧元|日元|元)(?:/.+)?$")
_SPENT: Final = re.compile(
    r"^[^，；]{0,8}(?:兑付|兑现|发放|拨付|安排|落实|争取|投入|设立|撬动|募集|引导|新增|募资|统筹"
    r"|筹集)[^，；给按每]{0,20}"
    r"(?:资金|经费|额|总额|规模|贷款|券|基金|投入|补助|奖补|补贴|奖励)[^，；]{0,6}$"
)
_CONDITION: Final = re.compile(r"^[\s，]*(?:对于?|凡|若|如果?|符合|达到|年)")
_BRAND_NOUN: Final = ("工程", "计划", "行动", "专项", "战略", "活动")
_BRAND: Final = re.compile(rf"[^，。；、“”]{{0,6}}(?:{'|'.join(_BRAND_NOUN)})")
_ELIGIBLE: Final = re.compile(
    r"(?:以上|以下|以内|及以上)? ?的(?!目标|水平|要求|增速|增长|规模|任务|速度|比例|标准$)"
)
_RHYMED: Final = re.compile(r"[一二三四五六七八九十百千万](?!批)[\u4e00-\u9fff](?<!年)$")
"""十链|百场|万企: a chain of numerals is a slogan."""
_FROM_TO: Final = re.compile(r"从 ?0 ?到 ?[1一]?$")
_LATIN: Final = re.compile(r"[A-Za-z_&\-/]")
_PLAN_BEHIND: Final = re.compile(
    r"(?:行动|计划|攻坚|规划|倍增|滚动|提升|实施|方案)|[\u4e00-\u9fff]{1,10}?(?:行动|实施)(?:计划|方案)"
)
_TIMES: Final = frozenset(listed("年|月|日|季度|岁|周|天|小时|分钟|工作日|个月|个工作日"))
_NEEDS_NUMBER: Final = re.compile(r"(?:达到|突破|超过|达|不少于|以上)$")
_SHORTENED: Final = re.compile(
    r"(?:压缩|缩短|控制|压减|减(?!免)|降|限|办结|办理).{0,14}$"
    r"|(?:时间|时限|周期|寿命|工龄|时长|学时|天数|年限).{0,10}(?:达到?|为|不超过|不少于|不低于"
    r"|控制在)$|(?:不超过|控制在)$"
)
_EARLIEST, _LATEST = 1900, 2100


def reason_against(text: str, number: Number, clause: Clause, deadlines: list[Span]) -> str:
    """The first reason why the number cannot be a target, or ""."""
    before = text[max(clause.start, number.start - _LOOK) : number.start]
    after = text[number.end : min(clause.end, number.end + _LOOK)]
    for rule in _RULES:
        if reason := rule(number, before, after):
            return reason
    if any(start <= number.start < end for start, end in deadlines):
        return DEADLINE
    if _pays(text, number, clause):
        return SUBSIDY
    return LAST_RESULT if clause.past or before.endswith("了") else ""


def makes_condition(after: str) -> bool:
    """亿元以上的企业, 5%以上的单位: the number qualifies the noun behind it."""
    return _ELIGIBLE.match(after) is not None


def _pays(text: str, number: Number, clause: Clause) -> bool:
    """Money or a percentage that is given to somebody, and the thresholds of such a gift."""
    near = text[clause.start : clause.end][:_LONGEST]
    segment = text[max(clause.segment[0], clause.start - _LONGEST) : clause.segment[1]][: 2 * _LONGEST]
    if _MONEY.search(number.unit):
        if _SPENT.search(text[clause.start : number.start][-_LONGEST:]) and not _CONDITION.match(near):
            return False
        given = ("给予" in segment or "奖励" in segment) and _CONDITION.match(near)
        return bool(_PAYS.search(near) or given)
    if number.unit == "%":
        paid = _PAYS_SHARE.search(near) and _SHARE_PAID.search(text[clause.start : number.start])
        if paid or _PAID_SHARE.match(text, number.end, clause.end):
            return True
    return _CONDITION.match(near) is not None and _PAYS_SHARE.search(segment) is not None


def _ordinal(number: Number, before: str, after: str) -> str:
    if before.endswith(("第", "党的", "之")) or number.unit in {"届", "世纪", "周年"}:
        return ORDINAL
    congress = number.unit == "大" and after.startswith(("精神", "报告", "以来", "战略部署", "会议"))
    phase = number.unit == "期" and number.han and not after.startswith(("班", "培训"))
    return ORDINAL if congress or phase else ""


def _slogan(number: Number, before: str, after: str) -> str:
    if number.han and (after.startswith("一") or _RHYMED.search(before)):
        return SLOGAN
    if before.endswith(("+", "从")) or after.startswith("+") or _FROM_TO.search(before + "0" + after):
        return SLOGAN
    opened, closed = before.rfind("“"), before.rfind("”")
    if opened > closed and "”" in after[:14]:
        behind = after[after.index("”") + 1 :]
        return BRANDED if _BRAND.match(behind) else SLOGAN
    return ""


def _time(number: Number, before: str, after: str) -> str:
    if number.unit == "年" and _PLAN_BEHIND.match(after):
        return YEARS_PLAN if number.value < _EARLIEST else DEADLINE
    plain = not number.unit and number.high is None and not number.han
    if plain and _EARLIEST <= number.value < _LATEST and not _NEEDS_NUMBER.search(before):
        return DEADLINE if after.startswith(("年", "-", "—", "～", "/", "）")) else CODE
    if number.unit in _TIMES:
        limit = _SHORTENED.search(before) and number.unit != "月" and number.value < _EARLIEST
        return "" if limit else DEADLINE
    return ""


def _code(number: Number, before: str, after: str) -> str:
    plain = not number.unit and not number.han
    latin = _LATIN.search(before[-1:]) or _LATIN.match(after[:1])
    if plain and (latin or after.startswith(("号", "所", "计划", "厂", "院", "创新谷", "条”"))):
        return CODE
    many = number.unit in frozenset("所部站门期条号") and number.value >= 100 and not number.han  # noqa: PLR2004 -- 606所
    return CODE if many or (before.endswith(("（", "G", "No", "#")) and plain) else ""


def _group(number: Number, before: str, after: str) -> str:  # noqa: ARG001 -- all rules look alike
    if number.unit == "大":
        return BIG_GROUP
    counted = number.han and number.unit in {"", "家", "项", "场", "名"}
    return BRANDED if counted and after.startswith(_BRAND_NOUN[:3]) else ""


def _threshold(number: Number, before: str, after: str) -> str:  # noqa: ARG001 -- all rules look alike
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
