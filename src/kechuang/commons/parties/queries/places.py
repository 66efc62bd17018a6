# SPDX-License-Identifier: Apache-2.0
"""Regions on a day, and by every name a list may use."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Region


def regions_on(day: dt.date | None) -> QuerySet[Region]:
    """The regions that exist on a day, by default the business date."""
    day = day or clock.today()
    return Region.objects.filter(
        Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gt=day)
    )


def divisions_on(day: dt.date | None) -> QuerySet[Region]:
    """The innermost administrative divisions that exist on a day: where an organisation can be."""
    present = regions_on(day).filter(kind=Region.Kind.DIVISION)
    above = present.filter(parent__isnull=False).values("parent")
    return present.exclude(pk__in=above).order_by("code")


def regions_by_name(kind: str = "") -> dict[str, int]:
    """Regions under every name a list may use (with and without 区, 县, 市); a former one leads to its successor.

    Of one kind, or divisions and zones together.
    """
    known: dict[str, int] = {}
    regions = Region.objects.filter(kind=kind) if kind else Region.objects.all()
    rows = regions.order_by("-kind", "code").values_list("pk", "name", "successor")
    ends = {pk: successor for pk, _name, successor in rows if successor}
    for former in (False, True):
        for pk, name, successor in rows:
            if bool(successor) != former:
                continue
            for spoken in (name, name.rstrip("区县市")):
                if len(spoken) > 1:
                    known.setdefault(spoken, _end(pk, ends))
    return known


def _end(pk: int, ends: dict[int, int]) -> int:
    seen = {pk}
    while pk in ends and ends[pk] not in seen:
        pk = ends[pk]
        seen.add(pk)
    return pk


def line_of(region: Region) -> list[Region]:
    """The regions above one, the outermost first (one query)."""
    known = {one.pk: one for one in Region.objects.all()}
    found: list[Region] = []
    above = known.get(region.parent_id or 0)
    while above is not None and above not in found:
        found.append(above)
        above = known.get(above.parent_id or 0)
    return found[::-1]
