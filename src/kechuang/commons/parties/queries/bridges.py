# SPDX-License-Identifier: Apache-2.0
"""How many hold a kind on a day and what changed since another, by the region they are in (存量与增减).

The database counts, in one pass over the qualifications of a kind: after a day a holder is covered as long as more of
them have begun than ended. So it counts once however many it has, and what came and went adds up. What is read is as
long as there are days on which anything changed, however many hold the kind.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest

from kechuang.commons.kernel.memo import once_per_request
from kechuang.commons.parties.models import Region
from kechuang.commons.parties.queries.stock import standing
from kechuang.commons.parties.spans import Bridge, Change, bridge, month_ends, trend

PLACE = Coalesce("organization__merged_into__region", "organization__region")
"""Of a qualification: the region its holder is in."""
MONTHS = 12
CUT = Q(revoked_on__lt=F("valid_to"))
TOLD = """
WITH entry AS MATERIALIZED (  -- the few that were merged, by whom: not one look-up for each qualification
    SELECT id, merged_into_id FROM parties_organization WHERE merged_into_id IS NOT NULL
),
held AS (
    SELECT COALESCE(merged_into_id, organization_id) AS holder, since, until, cut
    FROM ({spans}) AS span LEFT JOIN entry ON entry.id = organization_id
),
step AS (
    SELECT holder, since AS day, 1 AS begun, 0 AS ended, 0 AS revoked FROM held WHERE since <= %s
    UNION ALL
    SELECT holder, until, 0, 1, cut FROM held WHERE until <= %s
),
met AS (
    SELECT holder, day, CAST(SUM(begun) AS integer) AS begun, CAST(SUM(ended) AS integer) AS ended,
        MAX(revoked) AS revoked
    FROM step GROUP BY holder, day
),
summed AS (
    SELECT holder, day, begun, ended, revoked, SUM(begun) OVER so_far AS ever, SUM(begun - ended) OVER so_far AS has
    FROM met WINDOW so_far AS (PARTITION BY holder ORDER BY day)
),
told AS (
    SELECT holder, day, ended > 0 AS ended, revoked > 0 AS revoked, has > 0 AS has, has - begun + ended > 0 AS had,
        ended > 0 OR ever > begun AS known
    FROM summed
)
"""
PARTS = {
    "new": "has AND NOT known",
    "renewed": "has AND known AND (ended OR NOT had)",
    "expired": "ended AND NOT revoked",
    "revoked": "revoked",
}
"""What a bridge tells of, as one day of one holder fits it."""
CHANGES = f"""{TOLD}
SELECT region_id, day,
    COUNT(*) FILTER (WHERE has AND NOT had) - COUNT(*) FILTER (WHERE had AND NOT has),
    {", ".join(f"COUNT(*) FILTER (WHERE {fits})" for fits in PARTS.values())}
FROM told JOIN parties_organization ON parties_organization.id = holder
GROUP BY region_id, day
"""  # noqa: S608 -- put together from the constants above
MOVEMENTS = f"""{TOLD}
SELECT holder, day
FROM told JOIN parties_organization ON parties_organization.id = holder
WHERE day > %s AND ({{fits}}) AND {{place}}
ORDER BY day, holder
"""  # noqa: S608 -- as above; what is asked for is a parameter


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


@once_per_request
def changes(kind: str, opening: dt.date, closing: dt.date) -> list[Change]:
    """What changed on each day up to the closing one, enough for a bridge and a year's trend (one query).

    All that was before both stands at the first day.
    """
    sql, given = _spans(kind, min(opening, month_ends(closing, MONTHS)[0]))
    with connection.cursor() as cursor:
        cursor.execute(CHANGES.format(spans=sql), [*given, closing, closing])
        return [Change(place, _day(day), *counts) for place, day, *counts in cursor.fetchall()]


def movements(
    kind: str, opening: dt.date, closing: dt.date, part: str, region: Region | None = None
) -> list[tuple[int, dt.date]]:
    """Who came or went, everywhere or in a region, and when: the very members of a part of a bridge (one query)."""
    sql, given = _spans(kind, min(opening, month_ends(closing, MONTHS)[0]))
    place = "region_id = %s" if region is not None else "true"
    asked = [*given, closing, closing, opening, *([region.pk] if region is not None else [])]
    with connection.cursor() as cursor:
        cursor.execute(MOVEMENTS.format(spans=sql, fits=PARTS[part], place=place), asked)
        return [(holder, _day(day)) for holder, day in cursor.fetchall()]


def _spans(kind: str, first: dt.date) -> tuple[str, tuple[Any, ...]]:
    """The spans of a kind as (organization, since, until, cut), what was before the first day standing at it."""
    spans = standing(kind).annotate(
        since=Greatest("valid_from", Value(first)),
        until=Greatest(Case(When(CUT, then="revoked_on"), default="valid_to"), Value(first)),
        cut=Case(When(CUT, then=1), default=0),
    )
    found: tuple[str, tuple[Any, ...]] = spans.values_list(
        "organization_id", "since", "until", "cut"
    ).query.sql_with_params()
    return found


def _day(stored: dt.date | str) -> dt.date:
    """A day as either engine tells it outside of a model."""
    return dt.date.fromisoformat(stored) if isinstance(stored, str) else stored


def standings(kind: str, opening: dt.date, closing: dt.date) -> Standings:
    """What changed after the opening day, up to and including the closing one (2 queries); the places add up."""
    found = changes(kind, opening, closing)
    at: dict[int | None, list[Change]] = defaultdict(list)
    for change in found:
        at[change.place].append(change)
    regions = Region.objects.in_bulk([place for place in at if place is not None])
    places = [
        Place(regions[place] if place is not None else None, bridge(own, opening))
        for place, own in at.items()
    ]
    return Standings(
        bridge(found, opening),
        sorted(places, key=lambda one: (one.region is None, one.region.code if one.region else "")),
        trend(found, month_ends(closing, MONTHS)),
    )
