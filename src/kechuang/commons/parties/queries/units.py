# SPDX-License-Identifier: Apache-2.0
"""Offices on a day, and which of them an actor acts for."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from kechuang.commons.access.grants import held_by, in_force
from kechuang.commons.access.models import User
from kechuang.commons.access.queries.grants import people_who
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Charge, Unit


def units_on(day: dt.date) -> QuerySet[Unit]:
    """The units that exist on a day."""
    return Unit.objects.filter(
        Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gt=day)
    )


def charges_on(day: dt.date) -> QuerySet[Charge]:
    """Which leader is in charge of which unit on a day."""
    return Charge.objects.filter(in_force(day)).select_related("user", "unit")


def may_lead() -> QuerySet[User]:
    """The working accounts that may be put in charge of a unit: those of leaders, as roles go today."""
    return people_who(permission="parties.lead_unit")


def unit_ids_of(actor: Actor) -> frozenset[int]:
    """The units an actor acts for, from its grants scoped to units."""
    return frozenset(
        int(held.over.partition(":")[2]) for held in held_by(actor) if held.over.startswith("parties.unit:")
    )
