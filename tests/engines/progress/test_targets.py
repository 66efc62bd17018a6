# SPDX-License-Identifier: Apache-2.0
"""The light of every kind of target and every comparator, worked by hand; 2019, most of it on 15 October."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from kechuang.engines.progress.lights import Thresholds
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.seasons import Season
from kechuang.engines.progress.series import Known, Point
from kechuang.engines.progress.targets import Progress, progress

START, END, DAY = dt.date(2019, 1, 1), dt.date(2019, 12, 31), dt.date(2019, 10, 15)
SEASON = Season(tuple(map(Decimal, [2, 2, 4, 2, 2, 8, 4, 4, 12, 10, 20, 30])))
Given = str | dict[dt.date, str]


def stands(
    kind: str,
    comparator: str,
    goal: str,
    value: Given | None,
    day: dt.date = DAY,
    *,
    most: str | None = None,
    aspire: bool = False,
    limits: Thresholds | None = None,
    **known: Any,
) -> Progress:
    """How a promise stands on a day on which the value is known (or the values of several days are)."""
    values = {} if value is None else {day: value} if isinstance(value, str) else value
    numbers = {key: Decimal(one) if isinstance(one, str) else one for key, one in known.items()}
    points = tuple(Point(at, Decimal(number)) for at, number in values.items())
    promise = Promise(
        kind,  # type: ignore[arg-type]
        comparator,
        Decimal(goal),
        START,
        END,
        Decimal(most) if most else None,
        aspire=aspire,
    )
    return progress(day, promise, Known(points, **numbers), limits)


def light(*args: Any, **more: Any) -> tuple[str, str]:
    """Colour and reason."""
    found = stands(*args, **more).light
    return found.colour, found.reason


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ("grey", "no-value")),
        ("1501", ("green", "holding")),
        ("1500", ("green", "way-on-pace")),  # 突破: 1500 itself does not exceed it
        ("1444", ("green", "way-on-pace")),  # made 214/270 = .793, due .789
        ("1422", ("green", "way-on-pace")),  # made .7111 ≥ .9 × .789 = .7101
        ("1421", ("yellow", "way-behind")),
        ("1390", ("yellow", "way-behind")),  # made .5926 ≥ .75 × .789 = .5918
        ("1389", ("red", "way-far-behind")),
        ("1200", ("red", "way-far-behind")),
    ],
)
def test_a_stock_in_october(value: str | None, expected: tuple[str, str]) -> None:
    assert light("stock", ">", "1500", value, base="1230") == expected


def test_a_stock_met_but_with_lapses_ahead_is_yellow() -> None:
    lapsing = (Point(dt.date(2019, 12, 1), Decimal(100)),)
    found = stands("stock", ">", "1500", "1510", base="1230", lapsing=lapsing)
    # 1410 at the end: 180/270 = .667 of the way
    assert (found.light.colour, found.light.reason) == ("yellow", "lapses-ahead")
    assert found.light.facts["forecast"] == 1410
    # 1480 at the end are .926 of the way: within what a pace lets pass
    assert light("stock", ">", "1500", "1580", base="1230", lapsing=lapsing) == ("green", "holding")
    # what comes in makes up for it: 540 over 288 days bring 144 in 77
    assert light("stock", ">", "1500", "1510", base="1230", lapsing=lapsing, joined="540") == (
        "green",
        "holding",
    )


def test_a_base_above_the_target_asks_to_stay_above() -> None:
    assert light("stock", ">=", "1500", "1600", base="1650") == ("green", "holding")
    assert light("stock", ">=", "1500", "1400", base="1650") == ("yellow", "not-met-yet")
    lapsing = (Point(dt.date(2019, 12, 1), Decimal(150)),)
    assert light("stock", ">=", "1500", "1600", base="1650", lapsing=lapsing) == ("yellow", "lapses-ahead")


def test_a_target_met_then_lost_is_yellow_even_on_pace() -> None:
    values = {dt.date(2019, 8, 31): "1502", DAY: "1490"}
    assert light("stock", ">=", "1500", values, base="1230") == ("yellow", "lost")
    assert (
        light("stock", ">=", "1500", {dt.date(2019, 8, 31): "1499", DAY: "1490"}, base="1230")[1]
        == "way-on-pace"
    )
    back = {dt.date(2019, 8, 31): "1502", dt.date(2019, 9, 30): "1490", DAY: "1500"}
    assert light("stock", ">=", "1500", back, base="1230") == ("green", "holding")


def test_of_a_flow_what_is_met_stays_met() -> None:
    assert light("flow", ">=", "200", "200") == ("green", "met")
    assert light("flow", ">=", "200", {dt.date(2019, 6, 30): "200"}, dt.date(2020, 6, 30)) == ("green", "met")


@pytest.mark.parametrize(
    ("value", "straight", "seasonal"),
    [
        ("160", "green", "green"),  # .8 of the way; .789 due by days, .448 by season
        ("120", "yellow", "green"),  # .6
        ("100", "red", "green"),  # .5
        ("80", "red", "yellow"),  # .4 against .9 × .448 = .4035
        ("60", "red", "red"),  # .3 against .75 × .448 = .336
    ],
)
def test_a_flow_by_days_and_by_season(value: str, straight: str, seasonal: str) -> None:
    assert light("flow", ">=", "200", value)[0] == straight
    assert light("flow", ">=", "200", value, season=SEASON)[0] == seasonal


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("15.8", ("green", "holding")),
        ("14.3", ("green", "growth-on-pace")),  # .905
        ("14.2", ("yellow", "growth-behind")),  # .899
        ("11.8", ("red", "growth-far-behind")),  # .747
        ("-2", ("red", "growth-far-behind")),
    ],
)
def test_growth_by_its_rate(rate: str, expected: tuple[str, str]) -> None:
    assert light("growth", "=", "15.8", rate) == expected


def test_growth_by_levels_and_a_revised_base() -> None:
    known = {"kind": "growth", "comparator": ">=", "goal": "15", "value": "92"}
    first = stands(**known, base="80")
    assert (first.light.reason, first.now.value if first.now else None) == ("holding", Fraction(15))
    revised = stands(**known, base="82")  # last year is corrected upward: 92/82 is +12.195 %
    assert revised.light.reason == "growth-behind"
    assert revised.now is not None
    assert revised.now.value == Fraction(1000, 82)
    assert revised.pace is not None
    assert revised.pace.level == Fraction("94.3")


def test_growth_over_nothing_has_no_base() -> None:
    assert light("growth", ">=", "15", "92", base="0") == ("grey", "no-base")
    assert light("coverage", "=", "100", "5", whole="0") == ("grey", "no-base")


def test_a_fall_promised_and_a_fall_allowed() -> None:
    assert light("growth", "<=", "-5", "-6") == ("green", "holding")
    assert light("growth", "<=", "-5", "-4.6") == ("green", "growth-on-pace")
    assert light("growth", "<=", "-5", "1") == ("red", "growth-far-behind")
    assert light("growth", ">=", "-5", "-3") == ("green", "holding")
    assert light("growth", ">=", "-5", "-8") == ("yellow", "not-met-yet")


def test_a_share_has_no_pace_but_a_light_from_what_earlier_years_say() -> None:
    assert light("share", ">=", "40", "41") == ("green", "holding")
    assert light("share", ">=", "40", "36") == ("yellow", "not-met-yet")
    years = {2016: "34", 2017: "36", 2018: "38.5"}
    finals = tuple(Point(dt.date(year, 12, 31), Decimal(value)) for year, value in years.items())
    assert light("share", ">=", "40", "36", finals=finals) == ("green", "forecast-met")  # 38.5 + 2.25
    assert light("share", ">=", "41", "36", finals=finals) == ("yellow", "forecast-short")
    assert light("share", ">=", "40", "36", END) == ("red", "missed")


def test_a_late_statistic_is_grey_and_says_when_and_what() -> None:
    expected = dt.date(2020, 9, 30)
    found = stands("share", "=", "2.8", None, expected_on=expected)
    assert (found.light.reason, found.light.facts["expected"]) == ("late-statistic", expected)
    years = {2016: "2.3", 2017: "2.36", 2018: "2.5"}
    finals = tuple(Point(dt.date(year, 12, 31), Decimal(value)) for year, value in years.items())
    told = stands("share", "=", "2.8", None, dt.date(2020, 3, 1), expected_on=expected, finals=finals)
    assert (told.light.colour, told.light.reason) == ("grey", "late-statistic-forecast")
    assert told.light.facts["forecast"] == Fraction("2.6")
    final = {END: "2.64"}
    assert light("share", "=", "2.8", final, dt.date(2020, 10, 1), expected_on=expected) == ("red", "missed")
    assert light("share", "=", "2.8", final, dt.date(2020, 10, 1), aspire=True, expected_on=expected) == (
        "yellow",
        "aspired-short",
    )


def test_coverage_names_how_many_are_missing() -> None:
    found = stands("coverage", ">=", "90", "30", whole="40")
    assert (found.now.value if found.now else None, found.missing, found.short) == (75, 10, 6)
    assert (found.light.colour, found.light.reason) == ("green", "way-on-pace")  # 75/90 = .833 against .789
    assert stands("coverage", ">", "90", "30", whole="40").short == 7
    assert stands("coverage", ">=", "90", "37", whole="40").short == 0
    assert light("coverage", ">=", "90", "20", whole="40") == ("red", "way-far-behind")
    assert stands("coverage", ">=", "90", "75").missing is None  # a published percentage has no list


def test_a_cumulative_total_and_an_index() -> None:
    assert light("cumulative", ">=", "20", "20", base="10") == ("green", "met")
    assert light("cumulative", ">=", "20", "15", base="10") == ("red", "way-far-behind")  # .5 against .592
    assert light("cumulative", ">=", "20", "15") == ("yellow", "not-met-yet")
    assert light("index", ">=", "110", "112") == ("green", "holding")
    assert light("index", ">=", "110", "105") == ("yellow", "not-met-yet")


def test_a_cap_on_what_adds_up() -> None:
    assert light("flow", "<=", "100", "70") == ("green", "spent-on-pace")
    assert light("flow", "<=", "100", "88") == ("yellow", "spent-behind")  # .789 < .9 × .88 = .792
    assert light("flow", "<=", "120", "100", dt.date(2019, 6, 30)) == (
        "red",
        "spent-far-behind",
    )  # .496 < .75 × .833
    assert light("flow", "<=", "100", "100.5") == ("red", "exceeded")
    assert light("flow", "<=", "100", "100", END) == ("green", "met")
    assert light("flow", "<=", "0", "0") == ("green", "holding")
    assert light("flow", "<=", "0", "1") == ("red", "exceeded")


def test_a_cap_on_a_level() -> None:
    assert light("stock", "<=", "80", "79", base="100") == ("green", "holding")
    assert light("stock", "<=", "80", "84", base="100") == ("green", "way-on-pace")  # .8 of the way down
    assert light("stock", "<=", "80", "90", base="100") == ("red", "way-far-behind")
    assert light("stock", "<=", "120", "121", base="100") == ("yellow", "not-met-yet")
    assert light("stock", "<=", "120", "121", END, base="100") == ("red", "missed")


def test_about_allows_five_percent_either_way() -> None:
    assert light("flow", "~", "100", "96") == ("green", "met")
    assert light("share", "~", "40", "41") == ("green", "holding")
    assert light("flow", "~", "100", "106") == ("yellow", "overshot")
    assert light("flow", "~", "100", "106", END) == ("yellow", "overshot")
    assert light("flow", "~", "100", "94", END) == ("red", "missed")
    assert light("flow", "~", "100", "94", limits=Thresholds(about=Fraction(1, 10))) == ("green", "met")


def test_a_range_is_kept_from_its_lower_end() -> None:
    assert light("flow", ">=", "8", "8", most="10") == ("green", "met")
    assert light("flow", ">=", "8", "12", most="10") == ("green", "met")
    assert light("flow", ">=", "8", "7", END, most="10") == ("red", "missed")
    assert light("flow", "<=", "8", "9", END, most="10") == ("green", "met")


def test_what_is_aspired_to_is_judged_more_softly_but_judged() -> None:
    asked = {"kind": "stock", "comparator": ">=", "goal": "1500", "base": "1000"}
    assert light(value="1360", **asked) == ("green", "way-on-pace")  # made .72 against .9 × .789 = .710
    assert light(value="1330", **asked) == ("yellow", "way-behind")  # .66
    assert light(value="1330", **asked, aspire=True) == ("green", "way-on-pace")  # against .81 × .789 = .639
    assert light(value="1250", **asked, aspire=True) == (
        "red",
        "way-far-behind",
    )  # .5 against .675 × .789 = .533
    assert light(value="1340", day=END, **asked) == ("red", "missed")
    assert light(value="1340", day=END, **asked, aspire=True) == ("yellow", "aspired-short")  # .68 of the way
    assert light(value="1330", day=END, **asked, aspire=True) == ("red", "missed")  # .66 < .675


def test_a_target_of_zero_is_met_by_nothing() -> None:
    found = stands("flow", ">=", "0", "0")
    assert (found.light.reason, found.completion) == ("met", None)
    assert light("stock", ">=", "0", "-1", base="-10") == ("green", "way-on-pace")


def test_the_first_days_blame_nobody_but_praise_who_is_ahead() -> None:
    assert light("flow", ">=", "365", "0", START) == ("grey", "too-early")
    assert light("flow", ">=", "365", "1", START) == ("green", "way-on-pace")
    assert light("flow", ">=", "365", "10", dt.date(2019, 1, 29)) == ("grey", "too-early")
    assert light("flow", ">=", "365", "10", dt.date(2019, 1, 30)) == ("red", "way-far-behind")
    before = stands("flow", ">=", "365", {dt.date(2018, 12, 31): "5"}, START)
    assert before.light.reason == "way-on-pace"  # nothing is due before the year begins


def test_the_last_day_is_final() -> None:
    assert light("stock", ">", "1500", "1500", dt.date(2019, 12, 30), base="1230") == ("green", "way-on-pace")
    assert light("stock", ">", "1500", "1500", END, base="1230") == ("red", "missed")
    assert light("stock", ">", "1500", "1501", END, base="1230") == ("green", "met")


def test_a_leap_year_has_its_29th_of_february() -> None:
    promise = Promise("flow", ">=", Decimal(366), dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    day = dt.date(2020, 2, 29)
    found = progress(day, promise, Known((Point(day, Decimal(60)),)))
    assert found.pace is not None
    assert (found.pace.made, found.pace.due) == (Fraction(60, 366), Fraction(60, 366))


def test_after_the_year_an_earlier_value_is_not_final() -> None:
    september = {dt.date(2019, 9, 30): "1460"}
    assert light("stock", ">", "1500", september, dt.date(2020, 1, 5), base="1230") == ("yellow", "not-final")
    far = {dt.date(2019, 9, 30): "1250"}
    assert light("stock", ">", "1500", far, dt.date(2020, 1, 5), base="1230") == ("red", "way-far-behind")


def test_a_value_of_next_year_says_nothing_of_this() -> None:
    assert (
        light("stock", ">", "1500", {dt.date(2020, 1, 1): "1600"}, dt.date(2020, 1, 5), base="1230")[1]
        == "no-value"
    )


def test_an_old_value_is_not_trusted_to_be_green() -> None:
    values = {dt.date(2019, 4, 30): "1460"}
    assert light("stock", ">", "1500", values, dt.date(2019, 8, 28), base="1230") == ("green", "way-on-pace")
    found = stands("stock", ">", "1500", values, dt.date(2019, 8, 29), base="1230")
    assert (found.light.reason, found.light.facts["days"]) == ("old-value", 121)


def test_a_target_corrected_after_three_rounds_is_judged_by_the_new_number() -> None:
    rounds = {dt.date(2019, 4, 30): "300", dt.date(2019, 7, 31): "610", dt.date(2019, 9, 30): "800"}
    on = dt.date(2019, 9, 30)
    assert light("flow", ">=", "800", rounds, on) == ("green", "met")
    assert light("flow", ">=", "1200", rounds, on) == ("yellow", "way-behind")  # .667 against .748
    corrected = {day: str(int(value) - 200) if day == on else value for day, value in rounds.items()}
    assert light("flow", ">=", "1200", corrected, on) == ("red", "way-far-behind")


def test_a_corrected_value_counts_in_its_newest_revision() -> None:
    promise = Promise("flow", ">=", Decimal(100), START, END)
    points = (Point(DAY, Decimal(99), 2), Point(DAY, Decimal(70), 3), Point(DAY, Decimal(120), 1))
    found = progress(DAY, promise, Known(points))
    assert found.now is not None
    assert found.now.value == 70
    with pytest.raises(ValueError, match="two values"):
        progress(DAY, promise, Known((Point(DAY, Decimal(1)), Point(DAY, Decimal(2)))))


def test_points_behind_the_schedule_may_be_the_measure() -> None:
    limits = Thresholds(measure="gap", yellow_pace=Fraction(10, 100), red_pace=Fraction(30, 100))
    assert light("flow", ">=", "365", "252", limits=limits)[0] == "green"  # 36 days = 9.9 points behind
    assert light("flow", ">=", "365", "251", limits=limits)[0] == "yellow"  # 10.1
    assert light("flow", ">=", "365", "179", limits=limits)[0] == "yellow"  # 29.9
    assert light("flow", ">=", "365", "178", limits=limits)[0] == "red"  # 30.1


def test_the_worked_example_of_the_algorithm_page() -> None:
    lapsing = (Point(dt.date(2019, 12, 1), Decimal(100)),)
    found = stands("stock", ">", "1500", "1402", base="1230", joined="300", lapsing=lapsing)
    assert (found.light.colour, found.light.reason) == ("yellow", "way-behind")
    assert found.pace is not None
    assert (round(float(found.pace.ratio or 0), 2), round(found.pace.level)) == (0.81, 1443)
    told = found.forecast
    assert told is not None
    assert [round(one) for one in (told.low or 0, told.value, told.high or 0)] == [1302, 1382, 1482]
