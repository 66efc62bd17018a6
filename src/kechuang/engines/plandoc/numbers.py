# SPDX-License-Identifier: Apache-2.0
"""Every number of a text with its unit (数量词): Arabic digits, ranges, Chinese numerals before a measure word.

All patterns run on folded text. A lone 一 (一批, 一个) is no number; 每万人 and 亿元以上 belong to names.

>>> [f"{n.value} {n.unit}" for n in numbers_in("15万人、五千亿元、百分之五十、18万元/人", 0, 30)]
['15 万人', '5000 亿元', '50 %', '18 万元/人']
>>> [(str(n.value), str(n.high)) for n in numbers_in("8—10个", 0, 5)]
[('8', '10')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kechuang.engines.basis.numerals import chinese_numeral
from kechuang.engines.basis.quantities import split_scale
from kechuang.engines.plandoc.characters import listed


def _alternatives(words: str) -> str:
    return "|".join(sorted(set(words.split("|")), key=len, reverse=True))


_SCALES: Final = r"(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)"
_MONEY: Final = rf"(?:{_SCALES}|十亿)?(?:美元|欧元|日元|港元|元)(?!器|件|素|宇宙|旦)"
_COUNTED: Final = _alternatives(
    "人年|人次|人才|人日|人|名|家次|家|个百分点|百分点|个点|个工作日|个月|个|项次|项|件套|件|种|场次|场"
    "|座|套|位次|位|辆|条|款|篇|部|批次|批|户次"
    "|户|处|例|张|组|亩|公顷|平方米|平方公里|平米|立方米|公里|米|千瓦时|千瓦|兆瓦|吨标准煤|吨|公斤|斤|立方|台套"
    "|台|艘|期|株|只|头|倍|次|对|支|所|本|门|节|站"
    "|堂|层|席|度|标箱|卡|间|栋|幢|班次|班|课时|学时|笔|宗|单|册|枚|架|块|轮|集|档|机架|标准机架|羽|颗"
    "|幅|封|份|车次|人天|档次"
)
_TIMES: Final = _alternatives("年|月|日|天|小时|分钟|工作日|周|季度|届|岁|周年|世纪")
_LETTERED: Final = (
    r"EFLOPS|PFLOPS|Eflops|Pflops|EFlops|PFlops|P(?![A-Za-z])|PB|TB|GB|EB|MW|GW|kW|KW|kWh|km|m2|mm|nm|Tbps|Gbps"
    r"|Mbps|T(?![A-Za-z])"
)
_BIG: Final = r"大(?!型|学|数|力|幅|会|赛|气|众|专|量|家|宗|脑|模|中|小|于|部|道|院|楼|厅)"
_PER: Final = (
    r"(?:/(?:人次|人|亩|万人|年|月|平方米|平方公里|吨|万元|家|户|次|件))?(?:（[台套个项件家座种]）)?"
)
UNIT: Final = (
    rf"(?:(?:%|‰|{_MONEY}|{_SCALES}?(?:{_COUNTED})){_PER}|{_TIMES}|{_LETTERED}|{_BIG}|{_SCALES}(?!元))"
)
_ARABIC: Final = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,6})?(?!\d)"
_DASH: Final = r"[-—～~至到]{1,2}"
_HAN: Final = r"[〇零一二两三四五六七八九十百千万亿廿卅半]{1,12}"
_HAN_UNIT: Final = (
    r"(?:个工作日|个百分点|个月|人次|万人|亿元|万元|元(?!器|件|素|宇)|人(?!民|才|工|口|员|均|大"
    r"|居|类|社|力|行|机)|名(?!单|称|优)|家(?!庭|电|居|具)|个|项(?!目)"
    r"|件(?!套)|种(?!子|业|植)|场(?!景|地|所)|座(?!谈)|套|位(?!置|于)|条(?!件|例)|款(?!项)|篇|批次|户|张"
    r"|组(?!织|建|合)|亩|平方米|台(?!阶)|期(?!间|限)"
    rf"|倍(?!增)|次(?!数|产业)|支(?!持|撑|付|出)|所(?!有|在|需)|届|年(?!度|轻|均)|天(?!然)|{_BIG})"
)
_NUMBER: Final = re.compile(
    rf"(?P<percent>百分之(?P<percented>{_HAN}(?:点{_HAN})?|\d+(?:\.\d+)?))"
    rf"|(?P<fraction>[二三四五六七八九十]分之[一二三四五六七八九])"
    rf"|(?P<low>{_ARABIC}) ?(?:(?P<lowunit>{UNIT})?{_DASH}(?P<high>{_ARABIC}) ?)?(?P<more>[余多])?(?P<unit>{UNIT})?"
    rf"|(?P<han>{_HAN}) ?(?P<hanmore>[余多几])?(?P<hanunit>{_HAN_UNIT})"
    rf"|(?P<big>[一二三四五六七八九十百千]{{1,8}}[万亿]{{1,2}})"
)
_WORD_BEFORE: Final = re.compile(r"(?:第|每|上|数|几|若|十[一二三四])$")
_ONE_BEFORE: Final = re.compile(r"(?:统|唯|单|同|专|之|无|其|进|逐|初|不)$")
_BOUND_BEFORE: Final = re.compile(r"(?:突破|超过?|达到?|破|过|逾)$")
_ONLY_SCALES: Final = re.compile(r"[万亿]+")
_ALONE: Final = frozenset(listed("名|人次|家|件|场|户"))
"""Units that may follow a lone 万 (万人次); 万元 and 亿元 only behind a bound (突破亿元)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in folded text: place with unit, value, upper value of a range, unit as written."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    han: bool
    more: bool = False

    @property
    def is_time(self) -> bool:
        """年, 月, 日… are dates and durations."""
        return self.unit in listed(_TIMES) or self.unit in {"个月", "个工作日"}


def numbers_in(read: str, start: int, end: int) -> Iterator[Number]:
    """The numbers of `read[start:end]` in order; they never overlap."""
    for match in _NUMBER.finditer(read, start, end):
        number = _number(read, match)
        if number is not None:
            yield number


def _number(read: str, match: re.Match[str]) -> Number | None:
    begin, stop = match.span()
    if match["percent"]:
        value = _percent(match["percented"])
        return None if value is None else Number(begin, stop, value, None, "%", han=True)
    if match["fraction"]:
        return Number(begin, stop, round(chinese_numeral(match["fraction"]), 4), None, "", han=True)
    return _arabic(match) if match["low"] else _chinese(read, match)


def _arabic(match: re.Match[str]) -> Number:
    high = match["high"]
    unit = match["unit"] or match["lowunit"] or ""
    value = Decimal(match["low"].replace(",", ""))
    top = None if high is None else Decimal(high.replace(",", ""))
    end = next(match.end(part) for part in ("unit", "more", "high", "low") if match[part])
    return Number(match.start(), end, value, top, unit, han=False, more=match["more"] is not None)


def _chinese(read: str, match: re.Match[str]) -> Number | None:
    """A Chinese numeral before a measure word; a lone 一 and the ends of words (统一, 每万人) are none."""
    numeral, unit = match["han"] or match["big"], match["hanunit"] or ""
    begin = match.start()
    before = read[max(0, begin - 2) : begin]
    if _WORD_BEFORE.search(before) and not (before.endswith("第") and unit):
        return None
    lone_scale = _ONLY_SCALES.fullmatch(numeral) and not (
        unit in _ALONE or (unit == "元" and _BOUND_BEFORE.search(before))
    )
    if numeral == "一" or lone_scale or (numeral[0] == "一" and _ONE_BEFORE.search(before)):
        return None
    numeral, unit = split_scale(numeral, unit)
    try:
        value = chinese_numeral(numeral)
    except (ValueError, ArithmeticError):
        return None
    return Number(begin, match.end(), value, None, unit, han=True, more=bool(match["hanmore"]))


def _percent(text: str) -> Decimal | None:
    whole, _, fraction = text.partition("点")
    try:
        value = chinese_numeral(whole)
        tail = "".join(str(int(chinese_numeral(char))) for char in fraction)
    except (ValueError, ArithmeticError):
        return None
    return value if not tail else value + Decimal(f"0.{tail}")
