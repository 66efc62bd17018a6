# SPDX-License-Identifier: Apache-2.0
"""A number seen by its sides, by region and by month (数字拆分); of a share part and whole stand beside each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kechuang.commons.figures.counting import count
from kechuang.commons.figures.registry import Figure, Scope, share_of, values
from kechuang.commons.parties.spans import month_ends

MONTHS = 12


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region with what it adds to the number, of a share also to its whole; and what per cent one is of the other."""

    code: str
    name: str
    amount: Decimal
    whole: Decimal
    percent: Decimal | None


def sides_of(figure: Figure, scope: Scope) -> tuple[Decimal, Decimal] | None:
    """Of a share what its part and its whole come to."""
    if figure.whole is None:
        return None
    part, whole = count([figure.counted(scope), figure.whole.counted(scope)])
    return part, whole


Regions = list[tuple[str, str, Decimal]]
"""Code and name of a region with what it adds to a number."""


def regions_of(figure: Figure | None, scope: Scope) -> Regions:
    """What each region adds to a number; nothing where its room cannot tell."""
    return list(figure.by_region(scope)) if figure is not None and figure.by_region is not None else []


def region_lines(parts: Regions, wholes: Regions) -> list[RegionLine]:
    """Where the number stands: of a share the rate of each region, else what part of the number a region is."""
    if not wholes:
        total = sum((amount for _code, _name, amount in parts), Decimal(0))
        return [
            RegionLine(code, name, amount, total, share_of(amount, total)) for code, name, amount in parts
        ]
    own = {code: amount for code, _name, amount in parts}
    return [
        RegionLine(code, name, own.get(code, Decimal(0)), whole, share_of(own.get(code, Decimal(0)), whole))
        for code, name, whole in wholes
    ]


def trend_to(figure: Figure, scope: Scope) -> list[tuple[dt.date, Decimal | None]]:
    """The number at the end of each of the last months and on the day, as its room tells it or counted anew."""
    if figure.trend is not None:
        return list(figure.trend(scope))
    days = month_ends(scope.day, MONTHS)
    if figure.past is not None and (figure.whole is None or figure.whole.past is not None):
        parts = figure.past(scope, days)
        if figure.whole is None or figure.whole.past is None:
            return list(zip(days, parts, strict=True))
        wholes = figure.whole.past(scope, days)
        return [(day, share_of(part, whole)) for day, part, whole in zip(days, parts, wholes, strict=True)]
    counted = values((figure, Scope(day, scope.region)) for day in days)
    return [(day, counted[figure.code, Scope(day, scope.region)]) for day in days]
