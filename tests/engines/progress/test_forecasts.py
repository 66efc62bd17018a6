# SPDX-License-Identifier: Apache-2.0
"""Forecasts worked by hand: method, inputs, range; unknown stays unknown."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from kechuang.engines.progress.forecasts import Forecast, forecast_of
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.seasons import Season
from kechuang.engines.progress.series import Known, Point, Read

START, END, SEPTEMBER = dt.date(2019, 1, 1), dt.date(2019, 12, 31), dt.date(2019, 9, 30)
SEASON = Season(tuple(map(Decimal, [2, 2, 4, 2, 2, 8, 4, 4, 12, 10, 20, 30])))  # 100, of it 40 by September
GRACE = Fraction(1, 12)


def _forecast(kind: str, value: str | None, day: dt.date = SEPTEMBER, **known: Any) -> Forecast | None:
    numbers = {key: Decimal(one) if isinstance(one, str) else one for key, one in known.items()}
    promise = Promise(kind, ">=", Decimal(100), START, END)  # type: ignore[arg-type]
    now = None if value is None else Read(day, Fraction(value))
    return forecast_of(promise, Known(**numbers), now, GRACE)


def _years(*values: str) -> tuple[Point, ...]:
    """Final values of the years up to 2018."""
    first = 2019 - len(values)
    return tuple(Point(dt.date(first + place, 12, 31), Decimal(value)) for place, value in enumerate(values))


def test_a_flow_adds_what_last_year_still_brought() -> None:
    # 52 so far; last year brought 60 after September; had the growth so far held: 52 / 40 % = 130
    assert _forecast("flow", "52", season=SEASON) == Forecast(
        Fraction(112),
        "rest-of-last-year",
        Fraction(112),
        Fraction(130),
        {"so_far": Fraction(52), "rest_last_year": Fraction(60)},
    )


def test_the_ends_of_a_flow_change_places_when_it_falls() -> None:
    found = _forecast("flow", "32", season=SEASON)
    assert found is not None
    assert (found.low, found.value, found.high) == (Fraction(80), Fraction(92), Fraction(92))


def test_a_flow_without_last_year_runs_on_as_so_far() -> None:
    found = _forecast("flow", "52")  # 273 of 365 days are gone
    assert found is not None
    assert (found.value, found.method, found.low) == (Fraction(52 * 365, 273), "run-rate", None)


def test_no_rate_is_taken_from_the_first_days() -> None:
    early = dt.date(2019, 1, 30)  # 30/365 < 1/12 < 31/365
    assert _forecast("flow", "52", early) is None
    assert _forecast("growth", "12.5", early) is None
    assert _forecast("stock", "52", early, base="40") is None
    assert _forecast("flow", "52", dt.date(2019, 1, 31)) is not None
    found = _forecast("flow", "3", early, season=SEASON)  # last year is known whatever the day
    assert found is not None
    assert (found.method, found.low) == ("rest-of-last-year", None)


def test_a_stock_bridges_over_what_lapses_and_what_comes_in() -> None:
    # 1402 now; 100 lapse on 1 December, 9 on 1 January (not this year's), 5 lapsed today already;
    # 300 came in over 273 days, so 300 × 92/273 more may come
    lapsing = tuple(
        Point(day, Decimal(number))
        for day, number in [(dt.date(2019, 12, 1), 100), (dt.date(2020, 1, 1), 9), (SEPTEMBER, 5)]
    )
    coming = Fraction(300 * 92, 273)
    assert _forecast("stock", "1402", base="1230", joined="300", lapsing=lapsing) == Forecast(
        1302 + coming,
        "bridge",
        Fraction(1302),
        1402 + coming,
        {"level": Fraction(1402), "leaving": Fraction(100), "coming": coming},
    )


def test_a_stock_with_known_lapses_only_may_keep_them_all_or_none() -> None:
    found = _forecast("stock", "1402", lapsing=(Point(dt.date(2019, 12, 1), Decimal(100)),))
    assert found is not None
    assert (found.method, found.value, found.low, found.high) == ("known-lapses", 1302, 1302, 1402)


def test_a_stock_of_which_nothing_but_its_base_is_known_moves_on_as_so_far() -> None:
    found = _forecast("stock", "1402", base="1230")
    assert found is not None
    assert (found.method, found.value) == ("run-rate", 1230 + Fraction(172 * 365, 273))
    assert _forecast("stock", "1402") is None


def test_growth_holds_or_the_rest_of_the_year_is_as_last_year() -> None:
    # 46 against 40 is +15 %; if the rest brings last year's 60 again: 106 against 100 is +6 %
    assert _forecast("growth", "15", base="40", season=SEASON) == Forecast(
        Fraction(15),
        "growth-to-date",
        Fraction(6),
        Fraction(15),
        {"base": Fraction(40), "rest_last_year": Fraction(60)},
    )
    assert _forecast("growth", "15") == Forecast(Fraction(15), "growth-to-date")
    falling = _forecast("growth", "-10", base="40", season=SEASON)
    assert falling is not None
    assert (falling.low, falling.high) == (Fraction(-10), Fraction(-4))


def test_coverage_runs_on_but_never_beyond_everyone() -> None:
    found = _forecast("coverage", "60", whole="40")
    assert found is not None
    assert found.value == Fraction(60 * 365, 273)
    full = _forecast("coverage", "90", whole="40")
    assert full is not None
    assert full.value == 100


def test_a_cumulative_total_needs_its_base() -> None:
    assert _forecast("cumulative", "15") is None
    found = _forecast("cumulative", "15", base="10")
    assert found is not None
    assert found.value == 10 + Fraction(5 * 365, 273)


@pytest.mark.parametrize("kind", ["share", "ratio", "index"])
def test_a_share_is_carried_on_or_moved_on_by_the_years(kind: str) -> None:
    assert _forecast(kind, "36") == Forecast(Fraction(36), "carried")
    moved = _forecast(kind, "36", finals=_years("30", "32", "37"))
    assert moved == Forecast(
        Fraction("40.5"),
        "yearly-change",
        Fraction(39),
        Fraction(42),
        {"last": Fraction(37), "change": Fraction("3.5")},
    )


def test_a_late_statistic_is_told_from_earlier_years() -> None:
    assert _forecast("share", None) is None
    assert _forecast("share", None, finals=_years("2.5")) is None
    assert _forecast("share", None, finals=_years("2.4", "2.5")) is None  # one change is no trend
    assert _forecast("growth", None, finals=_years("12", "15", "9")) is None  # nor are growths of other years
    moved = _forecast("share", None, finals=_years("2.3", "2.36", "2.5"))
    assert moved is not None
    assert (moved.low, moved.value, moved.high) == (Fraction("2.56"), Fraction("2.6"), Fraction("2.64"))


def test_years_between_and_years_still_to_go_are_counted() -> None:
    # 2010: 4, 2013: 10, 2016: 19 are 2 and 3 a year; from 2016 to 2019 are three more years
    years = {2016: 19, 2013: 10, 2010: 4}
    finals = tuple(Point(dt.date(year, 12, 31), Decimal(value)) for year, value in years.items())
    found = _forecast("share", None, finals=finals)
    assert found is not None
    assert (found.low, found.value, found.high) == (25, Fraction("26.5"), 28)


def test_this_years_own_final_value_is_no_earlier_year() -> None:
    assert _forecast("share", None, finals=(Point(END, Decimal(5)),)) is None


@pytest.mark.parametrize(
    "kind", ["flow", "stock", "cumulative", "ratio", "growth", "share", "coverage", "index"]
)
def test_a_complete_year_is_its_own_forecast(kind: str) -> None:
    assert _forecast(kind, "97", END, base="40", season=SEASON, lapsing=(), joined="9") == Forecast(
        Fraction(97), "complete", Fraction(97), Fraction(97)
    )
