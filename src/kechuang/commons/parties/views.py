# SPDX-License-Identifier: Apache-2.0
"""Organisations: the list, and one with the qualifications it holds and held."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.parties.models import Organization, Qualification
from kechuang.commons.parties.tables import OrganizationList
from kechuang.commons.ui.lists import list_response


@guarded("parties.view_organization")
def organization_list(request: HttpRequest) -> HttpResponseBase:
    """Every organisation (企业与机构)."""
    return list_response(request, OrganizationList())


@guarded("parties.view_organization")
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: its qualifications on the business date and before, each with the list it came from."""
    organization = get_object_or_404(Organization.objects.select_related("region"), pk=pk)
    day, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    rows = list(organization.qualifications.select_related("kind", "region").order_by("-valid_from", "-pk"))
    sources = resolve_many([Ref(row.source_kind, row.source_id) for row in rows if row.source_id], actor)
    context = {
        "organization": organization,
        "ref": Ref.of(organization),
        "day": day,
        "qualifications": [
            (row, *_state(row, day), sources.get(Ref(row.source_kind, row.source_id))) for row in rows
        ],
        "units": list(organization.units.all()),
    }
    return render(request, "parties/organization_detail.html", context)


def _state(row: Qualification, day: dt.date) -> tuple[str, str]:
    """In words and as a tone: where a qualification stands on a day."""
    if row.revoked_on is not None and row.revoked_on <= row.valid_from:
        return _("已撤回"), "neutral"
    if row.valid_from > day:
        return _("未生效"), "neutral"
    if row.revoked_on is not None and row.revoked_on <= day:
        return _("已撤销"), "bad"
    return (_("有效"), "good") if day < row.valid_to else (_("已到期"), "neutral")
