# SPDX-License-Identifier: Apache-2.0
"""What is known on a day of the numbers promised, for pace and forecast (已知数据): counted live, else observed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from kechuang.commons.facts.models import Indicator, IndicatorKind, Target
from kechuang.commons.facts.queries import known_on
from kechuang.commons.figures.registry import Figure, Scope, figure
from kechuang.engines.progress.periods import (
    ONE_DAY,
    Published,
    finals,
    levels,
    season_from,
    sums_so_far,
    year_before,
)
from kechuang.engines.progress.promises import Kind, Promise
from kechuang.engines.progress.series import Known, Point

PARTS_OF_A_WHOLE = {IndicatorKind.SHARE, IndicatorKind.RATIO, IndicatorKind.COVERAGE}
STANDING = {IndicatorKind.STOCK, IndicatorKind.CUMULATIVE, IndicatorKind.COVERAGE}
UNKNOWN = Known()


def promise_of(target: Target) -> Promise:
    """A target as the engine judges it, for its year."""
    start, end = year_of(target)
    return Promise(
        _kind(target), target.comparator, target.value, start, end, target.value_max, aspire=target.aspire
    )


def year_of(target: Target) -> tuple[dt.date, dt.date]:
    """The first and the last day of the year of a target."""
    return dt.date(target.year, 1, 1), dt.date(target.year, 12, 31)


def _kind(target: Target) -> Kind:
    """Growth and share are so whatever the indicator counts; a level is of the indicator's kind."""
    kind: Kind = target.indicator.kind if target.indicator else "index"  # type: ignore[assignment]
    if target.kind == Target.Kind.GROWTH:
        return "growth"
    return "share" if target.kind == Target.Kind.SHARE and kind not in PARTS_OF_A_WHOLE else kind


def known_by(
    targets: Iterable[Target], day: dt.date, counted: Mapping[tuple[int, int], Decimal] = MappingProxyType({})
) -> dict[int, Known]:
    """By target id what is known on a day: one query for all observations, plus what each live figure needs.

    ``counted`` are the values of live figures already counted, by year and indicator id.
    """
    wanted = [(target, target.indicator) for target in targets if target.indicator is not None]
    published = _published([indicator for _target, indicator in wanted], day)
    found = {}
    for target, indicator in wanted:
        offered = figure(indicator.figure) if indicator.figure else None
        if offered is not None:
            found[target.pk] = _live(offered, target, day, counted.get((target.year, indicator.pk)))
        elif target.kind == Target.Kind.GROWTH and indicator.kind != IndicatorKind.GROWTH:
            found[target.pk] = _grown(target, indicator, published[indicator.pk])
        else:
            found[target.pk] = _observed(target, indicator, published[indicator.pk])
    return found


def _published(indicators: list[Indicator], day: dt.date) -> dict[int, list[Published]]:
    rows = known_on(day).filter(indicator__in=indicators, region__isnull=True, period_end__lte=day)
    found: dict[int, list[Published]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(Published(row.period_start, row.period_end, row.vintage, row.value))
    return found


def _observed(target: Target, indicator: Indicator, values: list[Published]) -> Known:
    """Sums of a flow with last year's months; levels, rates and shares as published, with earlier years."""
    start, end = year_of(target)
    last_start, last_end = year_before(start), start - ONE_DAY
    if indicator.kind == IndicatorKind.FLOW:
        return Known(sums_so_far(values, start, end), season=season_from(values, last_start, last_end))
    before = finals(values, start)
    base = before[-1].value if before and before[-1].day == last_end else None
    return Known(
        levels(values, start, end),
        base=base if indicator.kind in STANDING else None,
        finals=before,
        expected_on=end + indicator.late_days * ONE_DAY if indicator.late_days else None,
    )


def _grown(target: Target, indicator: Indicator, values: list[Published]) -> Known:
    """Growth over what the indicator counts: its newest value and the same of last year, as revised by now."""
    start, end = year_of(target)
    last_start, last_end = year_before(start), start - ONE_DAY
    form = sums_so_far if indicator.kind == IndicatorKind.FLOW else levels
    before = {point.day: point.value for point in form(values, last_start, last_end)}
    newest = form(values, start, end)[-1:]
    base = before.get(year_before(newest[0].day)) if newest else None
    season = season_from(values, last_start, last_end) if indicator.kind == IndicatorKind.FLOW else None
    return Known(newest if base is not None else (), base=base, season=season)


def _live(offered: Figure, target: Target, day: dt.date, counted: Decimal | None) -> Known:
    """A figure counted on the day; of a stock also how it began, what came in, and what lapses by the year's end."""
    start, end = year_of(target)
    now = Scope(min(day, end))
    value = counted if counted is not None else offered.value(now)
    points = {at: number for at, number in offered.trend(now) if at >= start} if offered.trend else {}
    points[now.day] = value
    series = tuple(Point(at, points[at]) for at in sorted(points))
    if offered.bridge is None:
        return Known(series, base=_began(offered, target, start))
    opening, *changes = (number for _label, number in offered.bridge(now))
    joined = sum((number for number in changes if number > 0), start=Decimal(0))
    lapsing = value - offered.value(Scope(end)) if now.day < end else Decimal(0)
    return Known(series, base=opening, joined=joined, lapsing=(Point(end, lapsing),) if lapsing > 0 else ())


def _began(offered: Figure, target: Target, start: dt.date) -> Decimal | None:
    """What a figure without a bridge counted when the year began; a stock of nothing then was perhaps not kept yet."""
    kind = target.indicator.kind if target.indicator else ""
    if target.kind != Target.Kind.LEVEL or kind not in {IndicatorKind.STOCK, IndicatorKind.CUMULATIVE}:
        return None
    value = offered.value(Scope(start - ONE_DAY))
    return value if value or kind == IndicatorKind.CUMULATIVE else None
