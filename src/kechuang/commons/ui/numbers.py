# SPDX-License-Identifier: Apache-2.0
"""Numbers and days in the words of an official: 12,345 · 3.5万 · 95.2% · 2019年10月15日."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

Number = int | float | Decimal | Fraction
EMPTY = "—"


def exact(value: object) -> Decimal | None:
    """The value as a decimal number, or None where it is none (text, empty, not finite)."""
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def rounded(number: Decimal, places: int) -> Decimal:
    """Half up, as in official statistics."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def thousands(value: object, places: int | None = None) -> str:
    """12345.5 as 12,345.5; at most (or exactly, when given) so many places; a dash for nothing."""
    number = exact(value)
    if number is None:
        return EMPTY if value is None or value == "" else str(value)
    if places is not None:
        return f"{rounded(number, places):,f}"
    text = (
        f"{rounded(number, 4):,f}"
        if number != number.to_integral_value()
        else f"{number.to_integral_value():,f}"
    )
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: object, places: int = 1) -> str:
    """A ratio as per cent: 0.952 as 95.2%, 1 as 100%."""
    number = exact(value)
    return EMPTY if number is None else f"{thousands(rounded(number * 100, places))}%"


def wan(value: object, places: int = 2) -> str:
    """A large number in 万 or 亿: 152000 as 15.2万; below 万 as it is."""
    number = exact(value)
    if number is None:
        return thousands(value)
    for size, unit in ((Decimal(10**8), _("亿")), (Decimal(10**4), _("万"))):
        if abs(number) >= size:
            return f"{thousands(rounded(number / size, places))}{unit}"
    return thousands(number)


def yuan(cents: object) -> str:
    """Integer cents as yuan with two places."""
    number = exact(cents)
    return EMPTY if number is None else thousands(number / 100, 2)


def as_day(value: object) -> dt.date | None:
    """The day of a date or an aware moment in the city's zone."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


def cn_date(value: object) -> str:
    """2019年10月15日."""
    day = as_day(value)
    return (
        EMPTY if day is None else _("%(y)d年%(m)d月%(d)d日") % {"y": day.year, "m": day.month, "d": day.day}
    )


def iso_date(value: object) -> str:
    """2019-10-15, for tables."""
    day = as_day(value)
    return EMPTY if day is None else day.isoformat()


def iso_moment(value: object) -> str:
    """2019-10-15 09:30 in the city's zone."""
    if not isinstance(value, dt.datetime):
        return iso_date(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%Y-%m-%d %H:%M")
