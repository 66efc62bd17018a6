# SPDX-License-Identifier: Apache-2.0
"""A number promised (目标): its kind, its word of force, whether a value keeps it, how far a value is.

Numbers stand in the unit of the promise (percent for growth and share); a target written 达到 ("=") is at least.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Kind = Literal["flow", "stock", "cumulative", "ratio", "growth", "share", "coverage", "index"]
Number = Decimal | Fraction | int
ABOUT = Fraction(1, 20)
COMPARATORS = ("=", ">=", ">", "<=", "~")
ADDS_UP = ("flow", "cumulative")


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised for [start, end]: a value, or a range up to ``most``; ``aspire`` for 力争.

    Raises ValueError for an unknown comparator, a range upside down, a period upside down.
    """

    kind: Kind
    comparator: str
    value: Decimal
    start: dt.date
    end: dt.date
    most: Decimal | None = None
    aspire: bool = False

    def __post_init__(self) -> None:
        if self.comparator not in COMPARATORS:
            raise ValueError(f"unknown comparator {self.comparator!r}")
        if self.most is not None and self.most < self.value:
            raise ValueError("a range ends above its beginning")
        if self.end < self.start:
            raise ValueError("a period ends after it begins")

    @property
    def is_cap(self) -> bool:
        """Whether it promises to stay low (不超过)."""
        return self.comparator == "<="

    @property
    def adds_up(self) -> bool:
        """Whether what was reached stays reached: sums do, levels and rates may fall again."""
        return self.kind in ADDS_UP

    @property
    def goal(self) -> Fraction:
        """The number to reach, or for a cap the number not to pass (the upper end of a range)."""
        return Fraction(self.most if self.is_cap and self.most is not None else self.value)


def is_met(comparator: str, value: Number, target: Number, *, about: Fraction = ABOUT) -> bool:
    """Whether ``value`` keeps the promise; "~" allows the share ``about`` either way. Raises ValueError."""
    reached, wanted = Fraction(value), Fraction(target)
    match comparator:
        case "=" | ">=":
            return reached >= wanted
        case ">":
            return reached > wanted
        case "<=":
            return reached <= wanted
        case "~":
            return abs(reached - wanted) <= about * abs(wanted)
    raise ValueError(comparator)


def keeps(promise: Promise, value: Fraction, about: Fraction = ABOUT) -> bool:
    """Whether ``value`` keeps the promise. Of a range the lower end counts, of a cap the upper; 左右 has both."""
    if promise.comparator == "~" and promise.most is not None:
        return value >= _eased(promise.value, -about) and not overshoots(promise, value, about)
    return is_met(promise.comparator, value, promise.goal, about=about)


def overshoots(promise: Promise, value: Fraction, about: Fraction = ABOUT) -> bool:
    """Whether ``value`` is above what 左右 allows."""
    most = promise.value if promise.most is None else promise.most
    return promise.comparator == "~" and value > _eased(most, about)


def _eased(number: Decimal, by: Fraction) -> Fraction:
    return Fraction(number) + by * abs(Fraction(number))


def completion(value: Number, target: Number) -> Fraction | None:
    """Value over target, exact; None for a target of zero."""
    return Fraction(value) / Fraction(target) if target else None
