# SPDX-License-Identifier: Apache-2.0
"""Indicators with all that a page shows of them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Prefetch, QuerySet

from kechuang.commons.facts.models import Indicator, Observation, Target
from kechuang.commons.facts.queries import known_on


def indicators_of(year: int) -> QuerySet[Indicator]:
    """Every indicator with its owner and the targets promised for a year (``promised``)."""
    targets = Target.objects.filter(year=year).select_related("commitment").order_by("-headline", "pk")
    return Indicator.objects.select_related("owner").prefetch_related(
        Prefetch("targets", targets, to_attr="promised")
    )


def observations_of(indicator: Indicator, day: dt.date) -> QuerySet[Observation]:
    """What was published of an indicator by a day: the newest period first, in it the newest vintage."""
    return (
        known_on(day)
        .filter(indicator=indicator)
        .select_related("region", "submission")
        .order_by("-period_end", "-period_start", "region__code", "-vintage")
    )
