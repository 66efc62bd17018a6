# SPDX-License-Identifier: Apache-2.0
"""How many hold a kind on a day and what changed since another, by the region they are in (存量与增减)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from kechuang.commons.parties.models import Region
from kechuang.commons.parties.queries.stock import HOLDER, standing
from kechuang.commons.parties.spans import Bridge, Span, bridge, month_ends, trend

PLACE = Coalesce("organization__merged_into__region", "organization__region")
"""Of a qualification: the region its holder is in."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A region and what changed there; without one, those of no known region."""

    region: Region | None
    bridge: Bridge


@dataclass(frozen=True, slots=True)
class Standings:
    """A kind between two days: everywhere, by region, and its stock at the ends of the last months."""

    whole: Bridge
    places: Sequence[Place]
    months: Sequence[tuple[dt.date, int]]


def standings(kind: str, opening: dt.date, closing: dt.date) -> Standings:
    """What changed after the opening day, up to and including the closing one (2 queries); the places add up."""
    spans: dict[int | None, list[Span]] = defaultdict(list)
    rows = standing(kind).annotate(holder=HOLDER, place=PLACE)
    for holder, place, start, end, revoked in rows.values_list(
        "holder", "place", "valid_from", "valid_to", "revoked_on"
    ):
        cut = revoked if revoked is not None and revoked < end else None
        spans[place].append(Span(holder, start, cut or end, revoked=cut is not None))
    regions = Region.objects.in_bulk([place for place in spans if place is not None])
    places = [
        Place(regions[place] if place is not None else None, bridge(own, opening, closing))
        for place, own in spans.items()
    ]
    everything = [span for own in spans.values() for span in own]
    days = month_ends(closing, MONTHS)
    return Standings(
        bridge(everything, opening, closing),
        sorted(places, key=lambda one: (one.region is None, one.region.code if one.region else "")),
        list(zip(days, trend(everything, days), strict=True)),
    )
