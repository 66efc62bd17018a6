# SPDX-License-Identifier: Apache-2.0
"""Organisations and what they hold, for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Router, Schema

from kechuang.commons.api.answers import Key, Number, Page, Size, answers, caller, page_of
from kechuang.commons.parties.models import Organization, Qualification
from kechuang.commons.parties.queries import entries_of, survivors

router = Router(tags=["parties"])
VIEW = "parties.view_organization"


class OrganizationOut(Schema):
    """An organisation in a list; ``merged_into``: it turned out to be that one, which alone is listed."""

    id: int
    name: str
    uscc: str | None
    region: str | None
    demo: bool
    merged_into: int | None


class QualificationOut(Schema):
    """A qualification: valid from a day, up to and not including another, unless revoked."""

    kind: str
    number: str
    valid_from: dt.date
    valid_to: dt.date
    revoked_on: dt.date | None


class OrganizationDetail(OrganizationOut):
    """An organisation with everything it and the entries merged into it hold and held."""

    qualifications: list[QualificationOut]


def _shown(row: Organization) -> dict[str, Any]:
    region = row.region.code if row.region else None
    own = {"id": row.pk, "name": row.name, "uscc": row.uscc, "region": region, "demo": row.demo}
    return {**own, "merged_into": row.merged_into_id}


def _held(row: Qualification) -> dict[str, Any]:
    return {
        "kind": row.kind_id,
        "number": row.number,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "revoked_on": row.revoked_on,
    }


@router.get("/organizations", response=answers(Page[OrganizationOut]))
def organizations(request: HttpRequest, q: str = "", page: Number = 1, size: Size = 50) -> dict[str, Any]:
    """Organisations by name or code."""
    caller(request, VIEW)
    rows = survivors().select_related("region").order_by("pk")
    wanted = q.strip()[:100]
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(uscc=wanted.upper()))
    return page_of(rows, _shown, page, size)


@router.get("/organizations/{pk}", response=answers(OrganizationDetail))
def organization(request: HttpRequest, pk: Key) -> dict[str, Any]:
    """One organisation."""
    caller(request, VIEW)
    row = Organization.objects.select_related("region").filter(pk=pk).first()
    if row is None:
        raise Http404
    held = Qualification.objects.filter(organization__in=entries_of(row)).order_by("valid_from", "pk")
    return {**_shown(row), "qualifications": [_held(one) for one in held]}
