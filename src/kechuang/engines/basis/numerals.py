# SPDX-License-Identifier: Apache-2.0
"""Numbers as Chinese documents write them (中文数字): 五千亿, 百, 二○一二, 半, 廿五, １５, 1.5万.

>>> chinese_numeral("五千亿"), chinese_numeral("百"), chinese_numeral("二○一二"), chinese_numeral("廿五")
(Decimal('500000000000'), Decimal('100'), Decimal('2012'), Decimal('25'))
>>> chinese_numeral("半"), chinese_numeral("１，５００"), chinese_numeral("百分之五十"), chinese_numeral("三分之一") < 1
(Decimal('0.5'), Decimal('1500'), Decimal('0.5'), True)
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

DIGITS: Final = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
JOINED_TENS: Final = {"廿": 20, "卅": 30}
SECTIONS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
NUMERAL_CHARS: Final = "".join((*DIGITS, *TENS, *JOINED_TENS, *SECTIONS, "半"))

_WIDE: Final = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_ARABIC: Final = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)([十百千]?[万亿]*)(%?)")
_FRACTION: Final = re.compile(r"(.+)分之(.+)")
LONGEST: Final = 40
"""Numerals longer than this many characters are refused: no document means them as one number."""


def fold_digits(text: str) -> str:
    """Full-width digits, point, comma and percent sign as half-width; same length.

    >>> fold_digits("１５．８％")
    '15.8%'
    """
    return text.translate(_WIDE)


def chinese_numeral(text: str) -> Decimal:
    """Value of a number in Chinese, Arabic or mixed writing; `ValueError` where it is not a number."""
    folded = fold_digits(text.strip())
    if not folded or len(folded) > LONGEST:
        raise ValueError(f"“{text[:LONGEST]}”不是一个数")
    if folded == "半":
        return Decimal("0.5")
    if match := _FRACTION.fullmatch(folded):
        divisor = chinese_numeral(match[1])
        if not divisor:
            raise ValueError(f"“{text}”的分母是零")
        return chinese_numeral(match[2]) / divisor
    if match := _ARABIC.fullmatch(folded):
        value = Decimal(match[1].replace(",", ""))
        for char in match[2]:
            value *= TENS.get(char) or SECTIONS[char]
        return value / 100 if match[3] else value
    if all(char in DIGITS for char in folded):
        return Decimal("".join(str(DIGITS[char]) for char in folded))
    return Decimal(_spoken(folded, text))


def _spoken(folded: str, text: str) -> int:
    """Value of a numeral with 十百千万亿 in it; a missing digit before a unit counts as one (百 = 一百)."""
    total = section = digit = 0
    for char in folded:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in JOINED_TENS:
            section += JOINED_TENS[char]
        elif char in TENS:
            section += (digit or 1) * TENS[char]
            digit = 0
        elif char in SECTIONS:
            size = SECTIONS[char]
            pending = section + digit
            total = (total + pending) * size if total and total < size else total + (pending or 1) * size
            section = digit = 0
        else:
            raise ValueError(f"“{text}”不是一个数")
    return total + section + digit
