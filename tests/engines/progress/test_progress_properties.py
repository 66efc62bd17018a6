# SPDX-License-Identifier: Apache-2.0
"""What must hold for every number promised, whatever its kind, day and values."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.progress.forecasts import forecast_of
from kechuang.engines.progress.lights import URGENCY, Thresholds
from kechuang.engines.progress.pace import pace_of
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.series import Known, Point, Read
from kechuang.engines.progress.targets import progress
from progress_cases import COMPARATORS, DAYS, END, KINDS, PROMISES, SEASONS, START, VALUES, knowns

UPWARD = st.sampled_from(["=", ">=", ">"])
GRACE = Thresholds().grace


def _rank(day: dt.date, promise: Promise, known: Known) -> int:
    return URGENCY[progress(day, promise, known).light.colour]


@given(PROMISES, knowns(), DAYS, st.integers(1, 200))
def test_a_light_never_improves_by_waiting_for_news(
    promise: Promise, known: Known, day: dt.date, wait: int
) -> None:
    known = replace(known, points=tuple(point for point in known.points if point.day <= day))
    assert _rank(day + dt.timedelta(days=wait), promise, known) <= _rank(day, promise, known)


@given(KINDS, UPWARD, VALUES, VALUES, st.booleans(), SEASONS, VALUES, DAYS, st.integers(1, 365))
def test_a_light_never_improves_by_standing_still(
    kind: str,
    comparator: str,
    goal: Decimal,
    value: Decimal,
    aspire: bool,
    season,
    base: Decimal,
    day: dt.date,
    wait: int,
) -> None:
    """The same value counted again later. What lapses is left out: a lapse that did not come is news."""
    promise = Promise(kind, comparator, goal, START, END, aspire=aspire)
    later = min(END, day + dt.timedelta(days=wait))
    known = Known((Point(day, value),), base=base, season=season)
    again = replace(known, points=(Point(later, value),))
    assert _rank(later, promise, again) <= _rank(day, promise, known)


@given(KINDS, UPWARD, VALUES, VALUES, st.integers(1, 10**6), st.booleans(), knowns(), DAYS)
def test_progress_never_worsens_a_light(
    kind: str,
    comparator: str,
    goal: Decimal,
    value: Decimal,
    more: int,
    aspire: bool,
    known: Known,
    day: dt.date,
) -> None:
    promise = Promise(kind, comparator, goal, START, END, aspire=aspire)
    earlier = tuple(point for point in known.points if point.day < day)
    less, greater = (
        replace(known, points=(*earlier, Point(day, number))) for number in (value, value + more)
    )
    assert _rank(day, promise, greater) >= _rank(day, promise, less)


@given(PROMISES, knowns(), DAYS, st.randoms())
def test_the_order_of_reports_does_not_matter(promise: Promise, known: Known, day: dt.date, random) -> None:
    shuffled = replace(known, points=tuple(random.sample(known.points, len(known.points))))
    assert progress(day, promise, shuffled) == progress(day, promise, known)


@given(
    st.sampled_from(["flow", "stock", "cumulative"]),
    COMPARATORS,
    VALUES,
    VALUES,
    VALUES,
    SEASONS,
    DAYS,
    st.integers(1, 1000),
)
def test_a_scaled_number_has_the_same_pace_and_a_scaled_forecast(
    kind: str,
    comparator: str,
    goal: Decimal,
    value: Decimal,
    base: Decimal,
    season,
    day: dt.date,
    factor: int,
) -> None:
    promise = Promise(kind, comparator, goal, START, END)
    known, now = Known(base=base, season=season), Read(day, Fraction(value))
    larger_season = season and replace(season, months=tuple(month * factor for month in season.months))
    larger = Known(base=base * factor, season=larger_season)
    scaled, scaled_now = replace(promise, value=goal * factor), Read(day, now.value * factor)
    one, other = pace_of(promise, known, now), pace_of(scaled, larger, scaled_now)
    assert (one and one.ratio, one and one.made) == (other and other.ratio, other and other.made)
    told, scaled_told = (
        forecast_of(promise, known, now, GRACE),
        forecast_of(scaled, larger, scaled_now, GRACE),
    )
    assert (told and told.value * factor) == (scaled_told and scaled_told.value)


@given(PROMISES, knowns(), VALUES)
def test_the_forecast_of_a_complete_year_is_its_value(promise: Promise, known: Known, value: Decimal) -> None:
    found = progress(END, promise, replace(known, points=(Point(END, value),)))
    assert found.now is None or (found.forecast is not None and found.forecast.value == found.now.value)


@given(PROMISES, knowns(), DAYS)
def test_a_forecast_lies_within_its_range(promise: Promise, known: Known, day: dt.date) -> None:
    told = progress(day, promise, known).forecast
    if told is not None and told.low is not None and told.high is not None:
        assert told.low <= told.value <= told.high


@given(PROMISES, DAYS)
def test_of_what_is_unknown_nothing_is_said(promise: Promise, day: dt.date) -> None:
    found = progress(day, promise, Known())
    assert (found.now, found.pace, found.forecast, found.light.reason) == (None, None, None, "no-value")


@given(PROMISES, knowns(), DAYS)
def test_what_is_met_for_good_stays_met(promise: Promise, known: Known, day: dt.date) -> None:
    if progress(day, promise, known).light.reason == "met":
        known = replace(known, points=tuple(point for point in known.points if point.day <= day))
        assert progress(day + dt.timedelta(days=400), promise, known).light.reason == "met"
