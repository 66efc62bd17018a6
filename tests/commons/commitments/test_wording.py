# SPDX-License-Identifier: Apache-2.0
"""Every reason the engine can give has words, with its facts in them; numbers are shown exactly as rounded."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.commitments.wording import (
    estimate,
    forecast_words,
    number,
    pace_words,
    percent,
    reason_words,
)
from kechuang.engines.progress.forecasts import Forecast
from kechuang.engines.progress.lights import Light
from kechuang.engines.progress.overrides import Override, overridden
from kechuang.engines.progress.pace import Pace
from kechuang.engines.progress.promises import Promise
from kechuang.engines.progress.series import Known
from kechuang.engines.progress.targets import progress
from kechuang.engines.progress.tasks import Step, number_light, step_light, task_light
from progress_cases import DAYS, PROMISES, knowns

DAY = dt.date(2019, 10, 15)
MAYBE = st.none() | DAYS
STEPS = st.builds(Step, st.just("节点一"), MAYBE, MAYBE, MAYBE, kind=st.sampled_from(["part", "milestone"]))


@given(PROMISES, knowns(), st.dates(dt.date(2019, 1, 1), dt.date(2021, 1, 1)))
def test_whatever_is_said_of_a_number_has_words(promise: Promise, known: Known, day: dt.date) -> None:
    found = progress(day, promise, known)
    assert "%(" not in reason_words(found.light, "家")
    assert pace_words(found.pace, "家").words
    assert bool(forecast_words(found.forecast, "家").detail) == (found.forecast is not None)


@given(DAYS, STEPS, st.lists(STEPS, max_size=3))
def test_whatever_is_said_of_a_task_has_words(day: dt.date, task: Step, steps: list[Step]) -> None:
    for light in [task_light(day, task, steps), *(step_light(day, step) for step in steps)]:
        assert "%(" not in reason_words(light)


def test_an_override_says_who_why_until_when_and_what_the_rule_says() -> None:
    rule = Light("red", "overdue", {"days": 3, "due": dt.date(2019, 10, 12)})
    by_hand = Override("yellow", "上级已同意调整", "局领导", DAY, dt.date(2019, 10, 31))
    words = reason_words(overridden(DAY, rule, [by_hand]))
    for part in ("局领导", "上级已同意调整", "2019-10-31", reason_words(rule)):
        assert part in words


def test_the_number_under_a_task_is_named_with_its_own_reason() -> None:
    light = Light("red", "missed", {"value": Fraction(1499), "target": Fraction(1500)})
    words = reason_words(number_light("高新技术企业", "家", light))
    assert "高新技术企业" in words
    assert reason_words(light, "家") in words
    assert "1,499家" in words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1402", "1,402"),
        ("1500000", "1,500,000"),
        ("2.645", "2.65"),
        ("-0.125", "-0.13"),
        ("0", "0"),
        ("40.50", "40.5"),
    ],
)
def test_numbers_are_rounded_half_up_to_two_decimals(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown
    assert number(Fraction(value)) == shown


def test_shares_are_whole_percent() -> None:
    assert (percent(Fraction(1, 3)), percent(Fraction(125, 1000)), percent(Fraction(-1, 10))) == (
        "33%",
        "13%",
        "-10%",
    )


def test_what_was_computed_is_shown_no_more_exactly_than_it_is_known() -> None:
    assert [estimate(Fraction(value)) for value in ("1253.8", "99.994", "-250.5", "2.345")] == [
        "1,254",
        "99.99",
        "-251",
        "2.35",
    ]


@pytest.mark.parametrize(
    ("unit", "shown"), [("家", "27"), ("人次", "27"), ("%", "26.93"), ("万人", "26.93"), ("", "26.93")]
)
def test_what_counts_things_is_whole(unit: str, shown: str) -> None:
    assert forecast_words(Forecast(Fraction(2693, 100), "run-rate"), unit).words == shown + unit


def test_a_pace_names_the_level_due_and_a_forecast_its_range() -> None:
    pace = Pace(Fraction(1, 2), Fraction(4, 5), Fraction(1446), "linear", DAY)
    said = pace_words(pace, "家")
    assert said.words == "63%"
    assert "2019-10-15" in said.detail
    assert "1,446家" in said.detail
    told = forecast_words(Forecast(Fraction(1560), "bridge", Fraction(1402), Fraction(1610)), "家")
    assert all(part in told.words for part in ("1,560家", "1,402", "1,610"))
    plain = forecast_words(Forecast(Fraction(1560), "run-rate"), "家")
    assert (plain.words, bool(plain.detail)) == ("1,560家", True)
    assert plain.detail != told.detail
    assert (pace_words(None), forecast_words(None)) == (("—", ""), ("—", ""))
