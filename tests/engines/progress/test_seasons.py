# SPDX-License-Identifier: Apache-2.0
"""The share of a year gone, straight and by last year's months."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.seasons import Season, is_whole_year, season_of, share_due, time_gone

START, END = dt.date(2019, 1, 1), dt.date(2019, 12, 31)
FOURTH_QUARTER = Season(tuple(map(Decimal, [2, 2, 4, 2, 2, 8, 4, 4, 12, 10, 20, 30])))
MONTHS = st.lists(st.decimals(0, 9999, places=2), min_size=12, max_size=12).filter(any)
DAYS = st.dates(START, END)


@pytest.mark.parametrize(
    ("day", "gone"),
    [
        (dt.date(2018, 12, 31), Fraction(0)),
        (dt.date(2019, 1, 1), Fraction(1, 365)),
        (dt.date(2019, 10, 15), Fraction(288, 365)),
        (dt.date(2019, 12, 31), Fraction(1)),
        (dt.date(2020, 2, 1), Fraction(1)),
    ],
)
def test_the_share_of_the_year_gone_counts_the_day_itself(day: dt.date, gone: Fraction) -> None:
    assert time_gone(day, START, END) == gone


def test_a_leap_year_has_one_day_more() -> None:
    start, end = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    assert time_gone(dt.date(2020, 2, 29), start, end) == Fraction(60, 366)
    assert FOURTH_QUARTER.gone(dt.date(2020, 2, 29), start) == Fraction(4, 100)
    assert FOURTH_QUARTER.gone(dt.date(2020, 2, 28), start) == Fraction(2, 100) + Fraction(2, 100) * Fraction(
        28, 29
    )


@pytest.mark.parametrize(
    ("day", "gone"),
    [
        (dt.date(2018, 12, 31), Fraction(0)),
        (dt.date(2019, 1, 31), Fraction(2, 100)),
        (dt.date(2019, 6, 30), Fraction(20, 100)),
        (dt.date(2019, 10, 15), Fraction(40, 100) + Fraction(10, 100) * Fraction(15, 31)),
        (dt.date(2019, 11, 30), Fraction(70, 100)),
        (dt.date(2019, 12, 31), Fraction(1)),
        (dt.date(2020, 1, 1), Fraction(1)),
    ],
)
def test_a_season_counts_the_months_gone_and_the_days_of_this_one(day: dt.date, gone: Fraction) -> None:
    assert FOURTH_QUARTER.gone(day, START) == gone
    assert FOURTH_QUARTER.total == 100


def test_a_season_of_another_year_begins_with_its_first_month() -> None:
    half_year_on = Season(FOURTH_QUARTER.months[6:] + FOURTH_QUARTER.months[:6])
    assert half_year_on.gone(dt.date(2019, 12, 31), dt.date(2019, 7, 1)) == Fraction(80, 100)


@pytest.mark.parametrize(
    "months",
    [[], [1] * 11, [1] * 13, [0] * 12, [5] * 11 + [-1]],
    ids=["none", "11", "13", "zeros", "negative"],
)
def test_what_is_no_profile_gives_no_season(months: list[int]) -> None:
    assert season_of([Decimal(month) for month in months]) is None


def test_a_season_fits_whole_years_only() -> None:
    assert is_whole_year(START, END)
    assert is_whole_year(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    assert not is_whole_year(START, dt.date(2019, 6, 30))
    assert not is_whole_year(dt.date(2019, 1, 2), dt.date(2020, 1, 1))
    half = dt.date(2019, 6, 30)
    assert share_due(dt.date(2019, 3, 31), START, half, FOURTH_QUARTER) == Fraction(90, 181)
    assert share_due(dt.date(2019, 3, 31), START, END, FOURTH_QUARTER) == Fraction(8, 100)
    assert share_due(dt.date(2019, 3, 31), START, END, None) == Fraction(90, 365)


@given(MONTHS)
def test_the_shares_of_a_season_sum_to_one(months: list[Decimal]) -> None:
    season = Season(tuple(months))
    assert sum(season.shares) == 1
    assert season.gone(END, START) == 1


@given(MONTHS, DAYS, DAYS)
def test_a_season_never_goes_back(months: list[Decimal], one: dt.date, other: dt.date) -> None:
    season = Season(tuple(months))
    assert season.gone(min(one, other), START) <= season.gone(max(one, other), START)


@given(MONTHS, DAYS, st.integers(1, 1000))
def test_a_season_scaled_is_the_same(months: list[Decimal], day: dt.date, factor: int) -> None:
    assert Season(tuple(months)).gone(day, START) == Season(tuple(month * factor for month in months)).gone(
        day, START
    )
