# SPDX-License-Identifier: Apache-2.0
"""Who lies in a region on a day: in a division, or in a zone laid over divisions."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q, QuerySet

from kechuang.commons.parties.models import OrganizationZone, Region
from kechuang.commons.parties.queries.stock import HOLDER, holders_by_region, holding, in_force


def zone_places_on(day: dt.date) -> QuerySet[OrganizationZone]:
    """Who lies in which zone on a day."""
    return OrganizationZone.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def lying_in(code: str, day: dt.date) -> Q:
    """Of organisations that were not merged: those that lie in the division or zone of this code (1 query)."""
    there = Q(region__code=code)
    if Region.objects.filter(code=code, kind=Region.Kind.ZONE).exists():
        there |= holding(zone_places_on(day).filter(zone__code=code))
    return there


def holders_everywhere(day: dt.date) -> dict[tuple[int | None, str], int]:
    """How many hold a kind in force on a day, by division and by zone: (region, kind) -> count (2 queries).

    Who lies in a zone is counted in his district and in the zone.
    """
    counts = holders_by_region(day)
    laid_over = (
        in_force(day)
        .order_by()
        .filter(organization__zones__in=zone_places_on(day).values("pk"))
        .exclude(organization__region=F("organization__zones__zone"))
        .values_list("organization__zones__zone", "kind")
        .annotate(holders=Count(HOLDER, distinct=True))
    )
    for zone, kind, count in laid_over:
        counts[zone, kind] = counts.get((zone, kind), 0) + count
    return counts
