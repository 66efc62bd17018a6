# SPDX-License-Identifier: Apache-2.0
"""What numbers of a day are made from (所需数据): live figures counted by one query, observations read by one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from kechuang.commons.facts.models import Indicator, IndicatorKind, Observation
from kechuang.commons.facts.queries import known_on
from kechuang.commons.figures.registry import Counted, Figure, Scope, figure, values


@dataclass(frozen=True, slots=True)
class Gathered:
    """Values of live figures; by indicator id what was observed of the whole city, the newest first."""

    counted: Counted = field(default_factory=dict)
    observed: Mapping[int, Sequence[Observation]] = field(default_factory=dict)


def live(indicator: Indicator) -> Figure | None:
    """The figure that counts an indicator, if its room is installed."""
    return figure(indicator.figure) if indicator.figure else None


def gather(
    wanted: Iterable[tuple[Indicator, int]], asked: Iterable[tuple[Figure, Scope]], day: dt.date
) -> Gathered:
    """Count what is asked, and read the other indicators of a year as known on a day; two queries at most."""
    published = [(indicator, year) for indicator, year in wanted if live(indicator) is None]
    observed: dict[int, list[Observation]] = defaultdict(list)
    for row in _history(published, day) if published else ():
        observed[row.indicator_id].append(row)
    return Gathered(values(asked), observed)


def _history(wanted: Sequence[tuple[Indicator, int]], day: dt.date) -> QuerySet[Observation]:
    """Of a flow its year and the one before, which is all it is held against; of anything else every earlier year."""
    flows = {one.pk for one, _year in wanted if one.kind == IndicatorKind.FLOW}
    others = {one.pk for one, _year in wanted} - flows
    years = [year for _one, year in wanted]
    first, last = dt.date(min(years) - 1, 1, 1), dt.date(max(years), 12, 31)
    binding = Q(indicator__in=flows, period_end__gte=first) | Q(indicator__in=others)
    return known_on(day).filter(binding, region__isnull=True, period_end__lte=last)
