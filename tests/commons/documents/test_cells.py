# SPDX-License-Identifier: Apache-2.0
"""Cells as people fill them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.documents.cells import (
    Cell,
    code_of,
    day_of,
    lost_digits,
    plain,
    span_of,
    text_of,
    years_of,
)

SEPTEMBER = dt.date(2019, 9, 2)


@pytest.mark.parametrize(
    "cell",
    [
        "2019-09-02", "2019.9.2", "2019/9/2", "2019年9月2日", "2019年09月02日", " 2019-09-02 00:00:00 ", "20190902",
        "２０１９－０９－０２", "43710", 43710, 43710.0, 20190902, SEPTEMBER, dt.datetime(2019, 9, 2, 8, 30, tzinfo=dt.UTC),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert day_of(cell) == SEPTEMBER


@pytest.mark.parametrize("cell", [None, "", "   "])
def test_an_empty_cell_is_no_day(cell: Cell) -> None:
    assert day_of(cell) is None


@pytest.mark.parametrize(
    "cell", ["长期", "2019-13-01", "2019-02-30", "2019年", True, 3.5, -1, 99999999, "1899-01-01", dt.time(1)]
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r".*"):
        day_of(cell)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_excel_and_text_give_back_every_day(day: dt.date) -> None:
    assert day_of((day - dt.date(1899, 12, 30)).days) == day
    assert day_of(f"{day.year}年{day.month}月{day.day}日") == day


def test_a_span_and_a_term_are_told_apart() -> None:
    assert span_of("2019.9.2至2022年9月1日") == (SEPTEMBER, dt.date(2022, 9, 1))
    assert span_of("2019-09-02～2022-09-01") == (SEPTEMBER, dt.date(2022, 9, 1))
    assert span_of("三年") is None
    assert [years_of(cell) for cell in ("三年", "3", 3, 3.0, "两年", "长期", "", None)] == [
        3,
        3,
        3,
        3,
        2,
        None,
        None,
        None,
    ]


def test_a_code_is_compared_in_half_width_capitals_without_spaces() -> None:
    assert code_of(" ９１９９９９９９ma0000001d ") == "91999999MA0000001D"
    assert plain("GR 2019\u3000219\n00001") == "GR201921900001"
    assert text_of("云川\x00试验\n有限公司") == "云川 试验 有限公司"


def test_a_day_long_ago_is_read_where_such_days_are_meant() -> None:
    assert day_of("1923-04-26", 1840) == dt.date(1923, 4, 26)
    with pytest.raises(ValueError, match="1923"):
        day_of("1923-04-26")


def test_a_code_written_as_a_power_of_ten_has_lost_digits() -> None:
    assert [lost_digits(cell) for cell in ("9.12101E+17", "９．１２Ｅ１７", "9E+17")] == [True] * 3
    assert not any(lost_digits(cell) for cell in ("91210102MA9000001E17", "MA0E17", "", "9.5"))


def test_the_mark_of_a_text_is_no_part_of_a_code() -> None:
    assert plain("'91210102MA90000015") == plain("’91210102MA90000015") == "91210102MA90000015"


def test_a_code_stored_as_a_number_has_lost_digits() -> None:
    assert lost_digits(9.19999990000000e17)
    assert not lost_digits("919999990000000001")
    assert not lost_digits(12)
