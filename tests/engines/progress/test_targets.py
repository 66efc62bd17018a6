# SPDX-License-Identifier: Apache-2.0
"""Numeric targets: met or not, completion, pace; hand-worked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from kechuang.engines.progress.lights import Light
from kechuang.engines.progress.targets import completion, is_met, stock_pace, target_light, time_gone

START, END = dt.date(2019, 1, 1), dt.date(2019, 12, 31)


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        ("=", "1500", True),
        ("=", "1499", False),
        ("=", "1501", True),
        (">=", "1500", True),
        (">", "1500", False),
        (">", "1501", True),
        ("<=", "1500", True),
        ("<=", "1501", False),
        ("~", "1425", True),
        ("~", "1424", False),
        ("~", "1576", False),
    ],
)
def test_a_promise_is_kept_as_its_word_says(comparator: str, value: str, *, met: bool) -> None:
    assert is_met(comparator, Decimal(value), Decimal(1500)) is met


def test_an_unknown_comparator_is_an_error() -> None:
    with pytest.raises(ValueError, match="!="):
        is_met("!=", Decimal(1), Decimal(1))


def test_completion_is_exact() -> None:
    assert completion(Decimal("2.64"), Decimal("2.8")) == Fraction(33, 35)
    assert completion(Decimal(1), Decimal(0)) is None


def test_the_share_of_the_year_gone_counts_the_day_itself() -> None:
    assert time_gone(dt.date(2019, 1, 1), START, END) == Fraction(1, 365)
    assert time_gone(dt.date(2019, 10, 15), START, END) == Fraction(288, 365)
    assert time_gone(dt.date(2020, 2, 1), START, END) == 1
    assert time_gone(dt.date(2018, 2, 1), START, END) == 0


def test_the_pace_of_a_stock_is_the_way_made_over_the_way_due() -> None:
    gone = Fraction(288, 365)
    assert stock_pace(Decimal(1402), Decimal(1230), Decimal(1500), gone) == Fraction(172, 270) / gone
    assert stock_pace(Decimal(1402), Decimal(1500), Decimal(1500), gone) is None


def _light(value: str | None, day: dt.date, base: str | None = "1230", comparator: str = ">") -> Light:
    return target_light(
        day,
        comparator=comparator,
        value=Decimal(value) if value else None,
        target=Decimal(1500),
        start=START,
        end=END,
        base=Decimal(base) if base else None,
    )


@pytest.mark.parametrize(
    ("value", "colour", "reason"),
    [
        ("1501", "green", "met"),
        ("1444", "green", "on-pace"),
        ("1421", "yellow", "behind"),
        ("1380", "red", "far-behind"),
        (None, "grey", "no-value"),
    ],
)
def test_the_light_of_a_stock_in_october(value: str | None, colour: str, reason: str) -> None:
    light = _light(value, dt.date(2019, 10, 15))
    assert (light.colour, light.reason) == (colour, reason)


def test_without_a_base_there_is_no_pace_and_after_the_year_it_is_missed() -> None:
    assert _light("1400", dt.date(2019, 10, 15), base=None).reason == "not-met-yet"
    assert _light("1500", dt.date(2020, 1, 1)).reason == "missed"
