# SPDX-License-Identifier: Apache-2.0
"""Whether a number promised is met, how far it is, and its light (目标完成情况).

Values are exact (Decimal or Fraction); a target written 达到 ("=") is judged as at least.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from kechuang.engines.progress.lights import Light, Thresholds

ABOUT = Fraction(5, 100)


def is_met(comparator: str, value: Decimal, target: Decimal) -> bool:
    """Whether ``value`` keeps the promise; "~" allows 5 % either way. Raises ValueError for an unknown comparator."""
    match comparator:
        case "=" | ">=":
            return value >= target
        case ">":
            return value > target
        case "<=":
            return value <= target
        case "~":
            return abs(Fraction(value) - Fraction(target)) <= ABOUT * abs(Fraction(target))
    raise ValueError(comparator)


def completion(value: Decimal, target: Decimal) -> Fraction | None:
    """Value over target, exact; None for a target of zero."""
    return Fraction(value) / Fraction(target) if target else None


def time_gone(day: dt.date, start: dt.date, end: dt.date) -> Fraction:
    """The share of [start, end] gone at the end of ``day``, between 0 and 1."""
    total = (end - start).days + 1
    return min(Fraction(1), max(Fraction(0), Fraction((day - start).days + 1, total)))


def stock_pace(value: Decimal, base: Decimal, target: Decimal, gone: Fraction) -> Fraction | None:
    """For a stock: the way made from the base over the way due by now; None where there is no way to make."""
    way = Fraction(target) - Fraction(base)
    if way <= 0 or gone == 0:
        return None
    return (Fraction(value) - Fraction(base)) / way / gone


def target_light(
    day: dt.date,
    *,
    comparator: str,
    value: Decimal | None,
    target: Decimal,
    start: dt.date,
    end: dt.date,
    base: Decimal | None = None,
    thresholds: Thresholds | None = None,
) -> Light:
    """The light of a numeric target on ``day``.

    No value: grey. Met: green. After the end and not met: red. With a base (a stock): by pace. Else: yellow.
    """
    limits = thresholds or Thresholds()
    if value is None:
        return Light("grey", "no-value")
    if is_met(comparator, value, target):
        return Light("green", "met", {"value": value, "target": target})
    if day > end:
        return Light("red", "missed", {"value": value, "target": target})
    gone = time_gone(day, start, end)
    pace = stock_pace(value, base, target, gone) if base is not None else None
    if pace is None:
        return Light("yellow", "not-met-yet", {"value": value, "target": target})
    facts = {"pace": pace, "gone": gone}
    if pace < Fraction(limits.red_pace):
        return Light("red", "far-behind", facts)
    if pace < Fraction(limits.yellow_pace):
        return Light("yellow", "behind", facts)
    return Light("green", "on-pace", facts)
