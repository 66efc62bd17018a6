# SPDX-License-Identifier: Apache-2.0
"""Every comparator, ranges, caps; what a promise may not be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from kechuang.engines.progress.promises import Promise, completion, is_met, keeps, overshoots

START, END = dt.date(2019, 1, 1), dt.date(2019, 12, 31)


def _promise(comparator: str, value: str, most: str | None = None, **more: Any) -> Promise:
    return Promise("stock", comparator, Decimal(value), START, END, Decimal(most) if most else None, **more)


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        ("=", "1500", True),
        ("=", "1499", False),
        ("=", "1501", True),
        (">=", "1500", True),
        (">=", "1499.99", False),
        (">", "1500", False),
        (">", "1500.01", True),
        ("<=", "1500", True),
        ("<=", "1501", False),
        ("~", "1425", True),
        ("~", "1424.99", False),
        ("~", "1575", True),
        ("~", "1576", False),
    ],
)
def test_a_promise_is_kept_as_its_word_says(comparator: str, value: str, *, met: bool) -> None:
    assert is_met(comparator, Decimal(value), Decimal(1500)) is met
    assert keeps(_promise(comparator, "1500"), Fraction(value)) is met


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        (">=", "7", False),
        (">=", "8", True),
        (">=", "11", True),  # 8—10个, and eleven came: kept
        ("=", "8", True),
        ("<=", "10", True),
        ("<=", "10.1", False),
        ("~", "7.6", True),  # 5 % below eight
        ("~", "7.59", False),
        ("~", "10.5", True),  # 5 % above ten
        ("~", "10.51", False),
    ],
)
def test_of_a_range_the_lower_end_counts_of_a_cap_the_upper(
    comparator: str, value: str, *, met: bool
) -> None:
    assert keeps(_promise(comparator, "8", "10"), Fraction(value)) is met


def test_only_about_can_be_overshot() -> None:
    assert overshoots(_promise("~", "100"), Fraction(106))
    assert not overshoots(_promise("~", "100"), Fraction(105))
    assert not overshoots(_promise(">=", "100"), Fraction(200))
    assert not overshoots(_promise(">=", "8", "10"), Fraction(12))


def test_about_a_negative_number_and_about_zero() -> None:
    assert keeps(_promise("~", "-5"), Fraction("-5.25"))
    assert not keeps(_promise("~", "-5"), Fraction("-5.26"))
    assert keeps(_promise("~", "0"), Fraction(0))
    assert not keeps(_promise("~", "0"), Fraction("0.01"))


def test_completion_is_exact() -> None:
    assert completion(Decimal("2.64"), Decimal("2.8")) == Fraction(33, 35)
    assert completion(Decimal(1), Decimal(0)) is None


def test_what_is_no_promise_is_an_error() -> None:
    with pytest.raises(ValueError, match="!="):
        is_met("!=", Decimal(1), Decimal(1))
    with pytest.raises(ValueError, match="!="):
        _promise("!=", "1")
    with pytest.raises(ValueError, match="range"):
        _promise(">=", "10", "8")
    with pytest.raises(ValueError, match="period"):
        Promise("flow", ">=", Decimal(1), END, START)
