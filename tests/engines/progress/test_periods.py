# SPDX-License-Identifier: Apache-2.0
"""Published values become sums, months, levels and finals; worked by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.periods import (
    Published,
    finals,
    latest,
    levels,
    month_end,
    season_from,
    sums_so_far,
    year_before,
)
from kechuang.engines.progress.series import Point

START, END = dt.date(2019, 1, 1), dt.date(2019, 12, 31)


def _month(month: int, value: str, revision: int = 1) -> Published:
    start = dt.date(2019, month, 1)
    return Published(start, month_end(start, 0), revision, Decimal(value))


def _so_far(month: int, value: str, revision: int = 1) -> Published:
    return Published(START, month_end(START, month - 1), revision, Decimal(value))


def test_of_each_period_the_newest_revision_counts_whatever_the_order() -> None:
    first, second = _month(3, "5"), _month(3, "6", 2)
    assert latest([second, first]) == latest([first, second]) == [second]


def test_months_add_up_until_one_is_missing() -> None:
    values = [_month(1, "2"), _month(2, "3"), _month(4, "9")]
    assert sums_so_far(values, START, END) == (
        Point(dt.date(2019, 1, 31), Decimal(2)),
        Point(dt.date(2019, 2, 28), Decimal(5)),
    )


def test_a_published_sum_is_taken_as_it_is() -> None:
    values = [_so_far(6, "40"), _month(1, "2"), _so_far(1, "2.1")]
    assert sums_so_far(values, START, END) == (
        Point(dt.date(2019, 1, 31), Decimal("2.1")),
        Point(dt.date(2019, 6, 30), Decimal(40)),
    )


def test_a_season_comes_from_sums_or_months_and_needs_them_all() -> None:
    months = [_month(month, str(month)) for month in range(1, 13)]
    season = season_from(months, START, END)
    assert season is not None
    assert season.months == tuple(map(Decimal, range(1, 13)))
    sums = [_so_far(month, str(month * (month + 1) // 2)) for month in range(1, 13)]
    assert season_from(sums, START, END) == season
    assert season_from(sums[:5] + sums[6:], START, END) is None
    assert season_from([], START, END) is None


def test_a_sum_that_falls_gives_no_season() -> None:
    sums = [_so_far(month, "5" if month == 7 else str(month * 10)) for month in range(1, 13)]
    assert season_from(sums, START, END) is None


def test_of_periods_that_end_together_the_longest_speaks() -> None:
    values = [
        _month(9, "3.1"),
        _so_far(9, "12.5"),
        Published(dt.date(2018, 1, 1), dt.date(2018, 12, 31), 1, Decimal(9)),
    ]
    assert levels(values, START, END) == (Point(dt.date(2019, 9, 30), Decimal("12.5")),)


def test_finals_are_whole_years_else_the_level_at_their_end() -> None:
    whole = Published(dt.date(2017, 1, 1), dt.date(2017, 12, 31), 1, Decimal("2.4"))
    quarter = Published(dt.date(2017, 10, 1), dt.date(2017, 12, 31), 1, Decimal("9.9"))
    at_end = Published(dt.date(2018, 12, 31), dt.date(2018, 12, 31), 1, Decimal("2.5"))
    this_year = Published(END, END, 1, Decimal(3))
    assert finals([this_year, at_end, quarter, whole], START) == (
        Point(dt.date(2017, 12, 31), Decimal("2.4")),
        Point(dt.date(2018, 12, 31), Decimal("2.5")),
    )


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2019-10-15", "2018-10-15"),
        ("2020-02-29", "2019-02-28"),
        ("2021-02-28", "2020-02-29"),
        ("2020-02-28", "2019-02-28"),
        ("2019-01-01", "2018-01-01"),
    ],
)
def test_the_same_day_a_year_before(day: str, before: str) -> None:
    assert year_before(dt.date.fromisoformat(day)) == dt.date.fromisoformat(before)


def test_ends_of_months_across_a_year() -> None:
    assert month_end(dt.date(2019, 11, 1), 3) == dt.date(2020, 2, 29)
    assert month_end(dt.date(2019, 12, 15), 0) == dt.date(2019, 12, 31)


@given(st.lists(st.decimals(0, 99, places=1), min_size=12, max_size=12), st.randoms())
def test_months_and_their_sums_tell_the_same_season(numbers: list[Decimal], random) -> None:
    months = [_month(month, str(number)) for month, number in enumerate(numbers, 1)]
    sums = [_so_far(month, str(sum(numbers[:month]))) for month in range(1, 13)]
    random.shuffle(months)
    assert season_from(months, START, END) == season_from(sums, START, END)
