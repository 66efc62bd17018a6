# SPDX-License-Identifier: Apache-2.0
"""What is known on a day of the numbers promised, for pace and forecast (已知数据): counted live, else observed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from kechuang.commons.facts.models import Indicator, IndicatorKind, Target
from kechuang.commons.figures.gathering import Gathered, gather, live
from kechuang.commons.figures.registry import Counted, Figure, Scope
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


def asked_of(target: Target, day: dt.date) -> list[tuple[Figure, Scope]]:
    """What must be counted for a target on a day: its figure then, at the year's end and before the year."""
    offered = live(target.indicator) if target.indicator else None
    if offered is None:
        return []
    start, end = year_of(target)
    days = [min(day, end)]
    if offered.bridge is not None:
        days.append(end)
    elif _has_a_base(target):
        days.append(start - ONE_DAY)
    return [(offered, Scope(each)) for each in days]


def gathered_for(targets: Iterable[Target], day: dt.date) -> Gathered:
    """All that is known of some targets on a day; two queries at most, and one more for each stock."""
    wanted = list(targets)
    indicators = [(target.indicator, target.year) for target in wanted if target.indicator is not None]
    return gather(indicators, [each for target in wanted for each in asked_of(target, day)], day)


def known_by(targets: Iterable[Target], day: dt.date, gathered: Gathered | None = None) -> dict[int, Known]:
    """By target id what is known on a day, from what was gathered for them."""
    wanted = [target for target in targets if target.indicator is not None]
    made_from = gathered or gathered_for(wanted, day)
    return {target.pk: _known(target, day, made_from) for target in wanted}


def _known(target: Target, day: dt.date, gathered: Gathered) -> Known:
    indicator = target.indicator
    assert indicator is not None
    offered = live(indicator)
    if offered is not None:
        return _live(offered, target, day, gathered.counted)
    published = [
        Published(row.period_start, row.period_end, row.vintage, row.value)
        for row in gathered.observed.get(indicator.pk, ())
        if row.period_end <= day
    ]
    if target.kind == Target.Kind.GROWTH and indicator.kind != IndicatorKind.GROWTH:
        return _grown(target, indicator, published)
    return _observed(target, indicator, published)


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


def _live(offered: Figure, target: Target, day: dt.date, counted: Counted) -> Known:
    """A figure counted on the day; of a stock also how it began, what came in, and what lapses by the year's end."""
    start, end = year_of(target)
    now = Scope(min(day, end))
    value = counted[offered.code, now]
    if value is None:
        return UNKNOWN
    points = {at: number for at, number in offered.trend(now) if at >= start} if offered.trend else {}
    points[now.day] = value
    series = tuple(Point(at, points[at]) for at in sorted(points))
    if offered.bridge is None:
        return Known(series, base=_began(offered, target, counted))
    opening, *changes = (number for _label, number in offered.bridge(now))
    joined = sum((number for number in changes if number > 0), start=Decimal(0))
    lapsing = value - (counted[offered.code, Scope(end)] or 0)
    return Known(series, base=opening, joined=joined, lapsing=(Point(end, lapsing),) if lapsing > 0 else ())


def _has_a_base(target: Target) -> bool:
    kind = target.indicator.kind if target.indicator else ""
    return target.kind == Target.Kind.LEVEL and kind in {IndicatorKind.STOCK, IndicatorKind.CUMULATIVE}


def _began(offered: Figure, target: Target, counted: Counted) -> Decimal | None:
    """What a figure without a bridge counted when the year began; a stock of nothing then was perhaps not kept yet."""
    if not _has_a_base(target):
        return None
    assert target.indicator is not None
    value = counted[offered.code, Scope(year_of(target)[0] - ONE_DAY)]
    return value if value or target.indicator.kind == IndicatorKind.CUMULATIVE else None
