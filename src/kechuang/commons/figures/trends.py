# SPDX-License-Identifier: Apache-2.0
"""The trend of an indicator against its targets (走势与目标线), as known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.facts.models import Indicator, IndicatorKind, Target
from kechuang.commons.facts.queries import known_on
from kechuang.commons.figures.registry import Scope, figure
from kechuang.commons.ui.charts import Goal, Line, line_chart
from kechuang.engines.progress.periods import Published, levels, sums_so_far

YEARS = 6
Points = tuple[tuple[dt.date, float], ...]


def trend_of(indicator: Indicator, targets: Iterable[Target], day: dt.date) -> SafeString:
    """The chart of an indicator on a day: this year beside last year, or what earlier years said."""
    offered = figure(indicator.figure) if indicator.figure else None
    if offered is not None:
        past = offered.trend(Scope(day)) if offered.trend else []
        lines = [Line("", tuple((at, float(value)) for at, value in past))] if past else []
    else:
        lines = _observed(indicator, day)
    goals = [
        Goal(f"{target.year} {target.written}", float(target.value))
        for target in targets
        if (target.kind == Target.Kind.GROWTH) == (indicator.kind == IndicatorKind.GROWTH)
    ]
    return line_chart([line for line in lines if line.points], goals, indicator.name, indicator.unit)


def _observed(indicator: Indicator, day: dt.date) -> list[Line]:
    rows = known_on(day).filter(indicator=indicator, region__isnull=True, period_end__lte=day)
    values = [Published(row.period_start, row.period_end, row.vintage, row.value) for row in rows]
    start = dt.date(day.year, 1, 1)
    if indicator.kind != IndicatorKind.FLOW:
        this = levels(values, start, day)
        found = this if len(this) > 1 else levels(values, start.replace(year=day.year - YEARS), day)
        return [Line("", tuple((point.day, float(point.value)) for point in found))]
    sums, last = _sums(values, day.year, 0), _sums(values, day.year - 1, 1)
    return [Line(_("本年累计"), sums), Line(_("上年累计"), last)] if sums else [Line(_("上年累计"), last)]


def _sums(values: list[Published], year: int, later: int) -> Points:
    """The sums of a year, set on the days of the year so many years later."""
    points = sums_so_far(values, dt.date(year, 1, 1), dt.date(year, 12, 31))
    return tuple((_moved(point.day, later), float(point.value)) for point in points)


def _moved(day: dt.date, years: int) -> dt.date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day and years else day.day)
