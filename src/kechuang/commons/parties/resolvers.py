# SPDX-License-Identifier: Apache-2.0
"""How pointers to organisations and qualifications are shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolver
from kechuang.commons.parties.models import Organization, PartyList, Qualification, Region, Registration, Unit
from kechuang.commons.parties.permissions import can_settle_registration

VIEW = "parties.view_organization"


def _visible(viewer: Actor | None) -> bool:
    return viewer is None or bool(holds(viewer, VIEW))


def _address(pk: int) -> str:
    return reverse("parties:organization-detail", args=[pk])


@resolver("parties.organization")
def organizations(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The name and the page of an organisation."""
    visible = _visible(viewer)
    rows = Organization.objects.filter(pk__in=ids)
    return {str(row.pk): Resolved(row.name, _address(row.pk), visible) for row in rows}


@resolver("parties.qualification")
def qualifications(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Kind, number and holder; the page of the holder."""
    visible = _visible(viewer)
    rows = Qualification.objects.filter(pk__in=ids).select_related("organization", "kind")
    return {
        str(row.pk): Resolved(
            f"{row.kind.name} {row.number} {row.organization}", _address(row.organization_id), visible
        )
        for row in rows
    }


@resolver("parties.partylist")
def party_lists(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The title and the page of a list of organisations."""
    visible = _visible(viewer)
    rows = PartyList.objects.filter(pk__in=ids)
    return {
        str(row.pk): Resolved(row.title, reverse("parties:list-detail", args=[row.pk]), visible)
        for row in rows
    }


@resolver("parties.registration")
def registrations(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The name and the page of an application, for who may check it."""
    rows = Registration.objects.filter(pk__in=ids).select_related("region")
    return {
        str(row.pk): Resolved(
            row.name,
            reverse("parties:registration-detail", args=[row.pk]),
            viewer is None or bool(can_settle_registration(row, viewer)),
        )
        for row in rows
    }


@resolver("parties.unit")
def units(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The short name and the page of an office."""
    visible = _visible(viewer)
    rows = Unit.objects.filter(pk__in=ids)
    return {
        str(row.pk): Resolved(row.short_name, reverse("parties:unit-detail", args=[row.pk]), visible)
        for row in rows
    }


@resolver("parties.region")
def regions(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """The name and the page of a region."""
    visible = _visible(viewer)
    rows = Region.objects.filter(pk__in=ids)
    return {
        str(row.pk): Resolved(row.name, reverse("parties:region-detail", args=[row.pk]), visible)
        for row in rows
    }
