# SPDX-License-Identifier: Apache-2.0
"""A number with its unit as written (数量), and a small algebra that never mixes kinds.

>>> quantity("15万人"), quantity("百项")
(Quantity(value=Decimal('15'), unit='万人'), Quantity(value=Decimal('100'), unit='项'))
>>> quantity("15万人").in_base_unit()
Quantity(value=Decimal('150000'), unit='人')
>>> quantity("1.2亿元") > quantity("9000万元"), quantity("1亿元") + quantity("500万元")
(True, Quantity(value=Decimal('1.05'), unit='亿元'))
>>> quantity("3家") + quantity("2个")
Traceback (most recent call last):
    ...
ValueError: 单位不同，不能相加或比较：个、家
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kechuang.engines.basis.numerals import NUMERAL_CHARS, chinese_numeral, fold_digits

MULTIPLIERS: Final = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7}
MULTIPLIERS.update({"百万": 10**6, "万": 10**4, "千": 10**3, "百": 10**2})

COUNTED: Final = frozenset("家个项件名人户所座套种场次位批台篇部条例村镇")
"""Measure words: what they count comes whole."""

_WRITTEN: Final = re.compile(
    rf"(?P<arabic>\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?P<unit>\D*)|(?P<han>[{NUMERAL_CHARS}]+)(?P<counted>\D*)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in the unit as written: 15 万人 stays 15 with 万人."""

    value: Decimal
    unit: str

    def in_base_unit(self) -> Quantity:
        """The same amount with 千, 万, 亿 taken out of the unit."""
        for prefix, size in MULTIPLIERS.items():
            if self.unit.startswith(prefix) and self.unit != prefix:
                return Quantity(self.value * size, self.unit.removeprefix(prefix))
        return self

    def in_unit(self, unit: str) -> Quantity:
        """The same amount in `unit`; `ValueError` when the units are of different kinds."""
        mine, one = self.in_base_unit(), Quantity(Decimal(1), unit).in_base_unit()
        if mine.unit != one.unit:
            raise ValueError(f"单位不同，不能相加或比较：{self.unit}、{unit}")
        return Quantity(mine.value / one.value, unit)

    def __add__(self, other: Quantity) -> Quantity:
        """Sum, in the unit of the left side."""
        return Quantity(self.value + other.in_unit(self.unit).value, self.unit)

    def __lt__(self, other: Quantity) -> bool:
        """Order by amount; `ValueError` across kinds."""
        return self.value < other.in_unit(self.unit).value

    def __gt__(self, other: Quantity) -> bool:
        """Order by amount; `ValueError` across kinds."""
        return self.value > other.in_unit(self.unit).value


def quantity(text: str) -> Quantity:
    """Read one quantity; 万 and 亿 at the end of the number stay in the unit.

    >>> quantity("500万平方米").unit, quantity("五千亿元")
    ('万平方米', Quantity(value=Decimal('5000'), unit='亿元'))
    """
    match = _WRITTEN.fullmatch(fold_digits(text.strip()))
    if match is None:
        raise ValueError(f"“{text}”不是带单位的数")
    if match["arabic"]:
        return Quantity(chinese_numeral(match["arabic"]), match["unit"].strip())
    numeral, unit = split_scale(match["han"], match["counted"].strip())
    return Quantity(chinese_numeral(numeral), unit)


def is_counted(unit: str) -> bool:
    """Whether a unit counts things, so that its numbers are whole: 家, 项; not 万人, 亿元, %.

    >>> is_counted("家"), is_counted("万人"), is_counted("人次")
    (True, False, True)
    """
    return bool(unit) and all(mark in COUNTED for mark in unit)


def split_scale(numeral: str, unit: str) -> tuple[str, str]:
    """Move 万 and 亿 from the end of a Chinese numeral into the unit: people say 五千 亿元, not 五千亿 元.

    >>> split_scale("五千亿", "元"), split_scale("百", "项"), split_scale("亿", "元"), split_scale("三万五千", "人")
    (('五千', '亿元'), ('百', '项'), ('一', '亿元'), ('三万五千', '人'))
    """
    digits = numeral.rstrip("万亿")
    return (digits or "一", numeral[len(digits) :] + unit)
