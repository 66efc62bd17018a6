# SPDX-License-Identifier: Apache-2.0
"""Reading parties: stock as of a day, offices of a person, names for matching."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from kechuang.commons.access.grants import held_by
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Qualification, Unit


def valid_on(kind: str, day: dt.date) -> QuerySet[Qualification]:
    """Qualifications of a kind in force on a day (有效): from <= day < to, and not revoked by then."""
    return Qualification.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day), kind=kind, valid_from__lte=day, valid_to__gt=day
    )


def registered_in_year(kind: str, day: dt.date) -> QuerySet[Qualification]:
    """Qualifications of a kind that began in the year of the day, up to that day (当年新登记)."""
    return Qualification.objects.filter(kind=kind, valid_from__gte=dt.date(day.year, 1, 1), valid_from__lte=day)


def units_on(day: dt.date) -> QuerySet[Unit]:
    """The units that exist on a day."""
    return Unit.objects.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gt=day))


def unit_ids_of(actor: Actor) -> frozenset[int]:
    """The units an actor acts for, from its grants scoped to units."""
    return frozenset(
        int(held.over.partition(":")[2]) for held in held_by(actor) if held.over.startswith("parties.unit:")
    )
