# SPDX-License-Identifier: Apache-2.0
"""Reading facts as they were known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kechuang.commons.facts.models import Indicator, Observation


def known_on(day: dt.date) -> QuerySet[Observation]:
    """Observations known on a day (当日已知): published by then, and recorded here by then if an office entered them.

    The newest period stands first and in it the newest vintage.
    """
    recorded = Q(recorded_on__isnull=True) | Q(recorded_on__lte=day)
    return Observation.objects.filter(recorded, published_on__lte=day).order_by(
        "indicator_id", "-period_end", "-vintage"
    )


def latest_known(
    indicators: Iterable[Indicator], day: dt.date, *, region: str = ""
) -> dict[int, Observation]:
    """By indicator id the newest period known on a day, in its newest vintage known then; one query."""
    rows = known_on(day).filter(indicator__in=list(indicators), period_end__lte=day)
    rows = rows.filter(region__code=region) if region else rows.filter(region__isnull=True)
    found: dict[int, Observation] = {}
    for row in rows:
        found.setdefault(row.indicator_id, row)
    return found


def vintages(indicator: Indicator, period_end: dt.date) -> list[Observation]:
    """Every vintage of one period, the oldest first: later changes show as differences, never as a rewritten past."""
    return list(
        Observation.objects.filter(indicator=indicator, period_end=period_end, region__isnull=True).order_by(
            "vintage"
        )
    )
