# SPDX-License-Identifier: Apache-2.0
"""Chinese numerals and quantities: hand-worked values, a round trip, and refusals that say why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.basis.numerals import chinese_numeral, fold_digits
from kechuang.engines.basis.quantities import Quantity, quantity, split_scale

ONES = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """1 to 9999 as a Chinese speaker says it: 1205 一千二百零五, 15 十五."""
    text = ""
    gap = False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if gap else "") + ("" if number < 20 and size == 10 else ONES[digit]) + unit
        gap = bool(text) and not digit
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五千亿", "500000000000"),
        ("三千二百万", "32000000"),
        ("一万零五", "10005"),
        ("两", "2"),
        ("二○一二", "2012"),
        ("廿五", "25"),
        ("卅", "30"),
        ("半", "0.5"),
        ("１，５００", "1500"),
        ("1.5万", "15000"),
        ("3百万", "3000000"),
        ("12.5%", "0.125"),
        ("百分之五十", "0.5"),
        ("亿", "100000000"),
        ("一亿二千万", "120000000"),
        ("万亿", "1000000000000"),
        ("零", "0"),
    ],
)
def test_numerals_are_read(text: str, value: str) -> None:
    assert chinese_numeral(text) == Decimal(value)


@given(st.integers(1, 9999))
def test_every_spoken_number_is_read_back(number: int) -> None:
    assert chinese_numeral(spoken(number)) == number
    assert chinese_numeral(f"{spoken(number)}万") == number * 10**4


@pytest.mark.parametrize("text", ["", "甲", "1,00", "一二十甲", "零分之三", "1" * 41, "-3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"不是一个数|分母是零"):
        chinese_numeral(text)


def test_folding_keeps_the_length() -> None:
    assert fold_digits("１５．８％家") == "15.8%家"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("15万人", "15", "万人"),
        ("五千亿元", "5000", "亿元"),
        ("百项", "100", "项"),
        ("2.8%", "2.8", "%"),
        ("3,000 家", "3000", "家"),
    ],
)
def test_quantities_keep_the_written_unit(text: str, value: str, unit: str) -> None:
    assert quantity(text) == Quantity(Decimal(value), unit)


def test_amounts_of_one_kind_are_compared_and_added_and_others_are_refused() -> None:
    assert quantity("1.2亿元") > quantity("9000万元")
    assert quantity("1亿元") + quantity("500万元") == Quantity(Decimal("1.05"), "亿元")
    assert quantity("五千亿元").in_base_unit() == Quantity(Decimal(5000 * 10**8), "元")
    assert quantity("15万人").in_unit("人") == Quantity(Decimal(150000), "人")
    with pytest.raises(ValueError, match="单位不同，不能相加或比较：个、家"):
        quantity("3家") + quantity("2个")
    with pytest.raises(ValueError, match="不是带单位的数"):
        quantity("家")


@given(st.integers(1, 9999), st.sampled_from(["万", "亿"]), st.sampled_from(["元", "人"]))
def test_moving_the_scale_into_the_unit_changes_no_amount(number: int, scale: str, unit: str) -> None:
    numeral, moved = split_scale(spoken(number) + scale, unit)
    assert Quantity(chinese_numeral(numeral), moved).in_base_unit().value == chinese_numeral(
        spoken(number) + scale
    )
