# SPDX-License-Identifier: Apache-2.0
"""Who registers, and whose accounts an organisation has."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from kechuang.commons.access.grants import held_by, in_force, working
from kechuang.commons.access.models import Grant, Role
from kechuang.commons.access.tokens import digest_of
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, Registration
from kechuang.commons.parties.queries.identity import entries_of
from kechuang.commons.parties.queries.reach import regions_reached

ADMINISTRATOR = "unit_admin"
SETTLE = "parties.settle_registration"


def registration_of(token: str) -> Registration | None:
    """The registration that a secret opens."""
    rows = Registration.objects.select_related("kind", "region", "organization", "user", "purpose", "proof")
    return rows.filter(digest=digest_of(token)).first()


def registrations_for(actor: Actor) -> QuerySet[Registration]:
    """The registrations an actor may check: a district those of its region."""
    rows = Registration.objects.exclude(state=Registration.State.UNCONFIRMED)
    reached = regions_reached(actor, SETTLE)
    return rows if reached is None else rows.filter(region__in=reached)


def grants_over(organization: Organization) -> QuerySet[Grant]:
    """The grants in force over an organisation, of accounts that work: its people."""
    day = timezone.localdate()
    over = [str(Ref(Organization._meta.label_lower, str(key))) for key in entries_of(organization)]
    return Grant.objects.filter(
        in_force(day), working(day), scope=Grant.Scope.OWN, over__in=over
    ).select_related("user", "role")


def administrators_of(organization: Organization) -> QuerySet[Grant]:
    """Who administers the organisation's accounts."""
    return grants_over(organization).filter(role__code=ADMINISTRATOR)


def own_organizations(actor: Actor) -> list[Organization]:
    """The organisations whose people an actor is one of."""
    kind = f"{Organization._meta.label_lower}:"
    keys = {
        int(held.over.removeprefix(kind))
        for held in held_by(actor)
        if held.scope == Grant.Scope.OWN and held.over.startswith(kind)
    }
    rows = Organization.objects.filter(pk__in=keys).select_related("region", "merged_into__region")
    found = [row.merged_into or row for row in rows]
    return sorted({one.pk: one for one in found}.values(), key=lambda one: one.name)


def role_named(code: str) -> Role | None:
    """A role by its code."""
    return Role.objects.filter(code=code).first()
