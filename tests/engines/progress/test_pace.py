# SPDX-License-Identifier: Apache-2.0
"""Pace by kind of number, worked by hand. The year is 2019; 15 October is day 288 of 365."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from kechuang.engines.progress.lights import Thresholds
from kechuang.engines.progress.pace import Pace, pace_colour, pace_of
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.seasons import Season
from kechuang.engines.progress.series import Known, Read

START, END, DAY = dt.date(2019, 1, 1), dt.date(2019, 12, 31), dt.date(2019, 10, 15)
GONE = Fraction(288, 365)
SEASON = Season(tuple(map(Decimal, [2, 2, 4, 2, 2, 8, 4, 4, 12, 10, 20, 30])))


def _pace(kind: str, comparator: str, goal: str, value: str, day: dt.date = DAY, **known: Any) -> Pace | None:
    numbers = {key: Decimal(one) if isinstance(one, str) else one for key, one in known.items()}
    promise = Promise(kind, comparator, Decimal(goal), START, END)  # type: ignore[arg-type]
    return pace_of(promise, Known(**numbers), Read(day, Fraction(value)))


def test_a_stock_goes_from_its_base_to_its_goal() -> None:
    # 1230 → 1500 is a way of 270; 172 of it are made, 270 × 288/365 = 213.04 are due
    pace = _pace("stock", ">", "1500", "1402", base="1230")
    assert pace == Pace(Fraction(172, 270), GONE, 1230 + 270 * GONE, "linear", DAY)
    assert pace.ratio == Fraction(172, 270) / GONE


def test_a_stock_without_a_base_or_with_nothing_to_gain_has_no_pace() -> None:
    assert _pace("stock", ">=", "1500", "1402") is None
    assert _pace("stock", ">=", "1500", "1402", base="1500") is None
    assert _pace("stock", ">=", "1500", "1402", base="1600") is None


def test_a_stock_that_fell_below_its_base_has_made_a_negative_way() -> None:
    pace = _pace("stock", ">=", "1500", "1203", base="1230")
    assert pace is not None
    assert (pace.made, pace.ratio) == (Fraction(-1, 10), Fraction(-1, 10) / GONE)


def test_a_stock_to_be_brought_down_goes_downward() -> None:
    # from 100 down to at most 80: at 90 half the way is made
    pace = _pace("stock", "<=", "80", "90", base="100")
    assert pace == Pace(Fraction(1, 2), GONE, 100 - 20 * GONE, "linear", DAY)
    assert _pace("stock", "<=", "120", "90", base="100") is None  # a cap above the base asks for nothing


def test_a_flow_goes_from_nothing_by_days_or_by_last_years_months() -> None:
    assert _pace("flow", ">=", "200", "120") == Pace(Fraction(3, 5), GONE, 200 * GONE, "linear", DAY)
    # last year brought 40 % by the end of September and 15/31 of October's 10 %
    due = Fraction(40, 100) + Fraction(15, 310)
    assert _pace("flow", ">=", "200", "120", season=SEASON) == Pace(
        Fraction(3, 5), due, 200 * due, "seasonal", DAY
    )


def test_a_flow_with_nothing_due_yet_has_a_way_made_but_no_ratio() -> None:
    late = Season((Decimal(0),) * 11 + (Decimal(7),))
    pace = _pace("flow", ">=", "200", "0", season=late)
    assert pace == Pace(Fraction(0), Fraction(0), Fraction(0), "seasonal", DAY)
    assert pace.ratio is None
    assert pace_colour(pace, Thresholds()) == "green"


def test_a_flow_of_nothing_has_no_way() -> None:
    assert _pace("flow", ">=", "0", "3") is None
    assert _pace("flow", "<=", "0", "0") is None


def test_a_cap_on_a_flow_counts_what_is_used() -> None:
    pace = _pace("flow", "<=", "100", "50")
    assert pace == Pace(Fraction(1, 2), GONE, 100 * GONE, "linear", DAY, spent=True)
    assert pace_colour(pace, Thresholds()) == "green"
    fast = _pace("flow", "<=", "100", "50", dt.date(2019, 3, 1))  # half used after 60 days of 365
    assert fast is not None
    assert pace_colour(fast, Thresholds()) == "red"


def test_growth_is_the_implied_level_of_the_same_period() -> None:
    # last year 80 by September; +15 % asks for 92; 90 is +12.5 %: 12.5/15 of what is due
    pace = _pace("growth", ">=", "15", "12.5", base="80")
    assert pace == Pace(Fraction(5, 6), Fraction(1), Fraction(92), "growth", DAY)
    # the rate alone was published: the same pace, the level is the rate itself
    assert _pace("growth", ">=", "15", "12.5") == Pace(
        Fraction(5, 6), Fraction(1), Fraction(15), "growth", DAY
    )


def test_a_fall_promised_goes_downward_and_a_fall_allowed_has_no_way() -> None:
    fall = _pace("growth", "<=", "-5", "-3")
    assert fall is not None
    assert (fall.made, fall.level) == (Fraction(3, 5), Fraction(-5))
    rise = _pace("growth", "<=", "-5", "2")
    assert rise is not None
    assert rise.made == Fraction(-2, 5)
    assert _pace("growth", ">=", "-5", "-8") is None
    assert _pace("growth", ">=", "0", "-1") is None
    assert _pace("growth", "<=", "5", "3") is None


def test_coverage_counts_who_was_served() -> None:
    # all of 40 are to be reached, 30 were: 75 % of the way
    assert _pace("coverage", "=", "100", "75", whole="40") == Pace(
        Fraction(3, 4), GONE, 100 * GONE, "linear", DAY
    )
    # ten had been reached before the year began: from 25 % to 100 %, at 75 % two thirds are made
    pace = _pace("coverage", "=", "100", "75", whole="40", base="10")
    assert pace is not None
    assert (pace.made, pace.level) == (Fraction(2, 3), 25 + 75 * GONE)


def test_a_cumulative_total_needs_its_base() -> None:
    assert _pace("cumulative", ">=", "20", "15") is None
    pace = _pace("cumulative", ">=", "20", "15", base="10")
    assert pace is not None
    assert pace.made == Fraction(1, 2)


@pytest.mark.parametrize("kind", ["ratio", "share", "index"])
def test_shares_and_indices_have_no_pace(kind: str) -> None:
    assert _pace(kind, ">=", "40", "36", base="30") is None


def test_a_late_statistic_has_no_pace_whatever_its_kind() -> None:
    assert _pace("flow", ">=", "40", "36", expected_on=dt.date(2020, 9, 30)) is None


@pytest.mark.parametrize(
    ("made", "colour", "aspired"),
    [
        ("0.9", "green", "green"),
        ("0.8999", "yellow", "green"),
        ("0.81", "yellow", "green"),
        ("0.8099", "yellow", "yellow"),
        ("0.75", "yellow", "yellow"),
        ("0.7499", "red", "yellow"),
        ("0.675", "red", "yellow"),
        ("0.6749", "red", "red"),
        ("-0.1", "red", "red"),
    ],
)
def test_limits_of_a_ratio_are_exact_and_softer_for_what_is_aspired(
    made: str, colour: str, aspired: str
) -> None:
    pace = Pace(Fraction(made), Fraction(1), Fraction(1), "linear", DAY)
    assert pace_colour(pace, Thresholds()) == colour
    assert pace_colour(pace, Thresholds(), aspire=True) == aspired


@pytest.mark.parametrize(
    ("made", "colour"),
    [("0.701", "green"), ("0.7", "yellow"), ("0.5", "yellow"), ("0.499", "red")],
)
def test_limits_of_a_gap_are_points_behind_the_schedule(made: str, colour: str) -> None:
    limits = Thresholds(measure="gap", yellow_pace=Fraction(10, 100), red_pace=Fraction(30, 100))
    pace = Pace(Fraction(made), Fraction(80, 100), Fraction(80), "linear", DAY)
    assert pace_colour(pace, limits) == colour
