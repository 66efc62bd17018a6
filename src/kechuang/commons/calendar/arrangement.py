# SPDX-License-Identifier: Apache-2.0
"""What the library ``holidays`` knows of a year: days off by name, weekend days that are worked (调休上班).

Its days of 2006 to 2026 were compared one by one with a second source and agree.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from holidays.countries.china import China

FIRST_YEAR, LAST_YEAR = 2004, 2099


@dataclass(frozen=True, slots=True)
class Arranged:
    """A day the library names: worked or off, and what it is called (empty for a weekend day that is worked)."""

    working: bool
    name: str = ""


@functools.lru_cache(maxsize=128)
def arrangement(year: int) -> Mapping[dt.date, Arranged]:
    """The named days of a year; those that an arrangement of a neighbouring year moved into it are among them."""
    country = China(years=(year - 1, year, year + 1), language="zh_CN")  # type: ignore[no-untyped-call]
    found = {day: Arranged(working=False, name=name) for day, name in country.items() if day.year == year}
    found |= {day: Arranged(working=True) for day in country.weekend_workdays if day.year == year}
    return MappingProxyType(dict(sorted(found.items())))


def is_arranged(year: int) -> bool:
    """Whether the library knows the State Council's arrangement: a year without a moved day has none yet."""
    return any(day.working for day in arrangement(year).values())
