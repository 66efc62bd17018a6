# SPDX-License-Identifier: Apache-2.0
"""What numbers of a day are made from (所需数据): live figures counted by one query, observations read by one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kechuang.commons.facts.models import Indicator, Observation
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


def gather(indicators: Iterable[Indicator], asked: Iterable[tuple[Figure, Scope]], day: dt.date) -> Gathered:
    """Count what is asked, and read the other indicators as known on a day; two queries at most."""
    ids = {indicator.pk for indicator in indicators if live(indicator) is None}
    observed: dict[int, list[Observation]] = defaultdict(list)
    for row in known_on(day).filter(indicator__in=ids, region__isnull=True) if ids else ():
        observed[row.indicator_id].append(row)
    return Gathered(values(asked), observed)
