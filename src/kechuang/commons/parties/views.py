# SPDX-License-Identifier: Apache-2.0
"""Organisations, one with the qualifications it holds and held; regions; kinds; taking a qualification away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.parties.actions import revoke_qualification
from kechuang.commons.parties.forms import RevokeForm
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind
from kechuang.commons.parties.permissions import can_revoke_qualification
from kechuang.commons.parties.tables import KindList, OrganizationList, RegionList
from kechuang.commons.parties.wording import standing_words
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
            (row, *standing_words(row, day), sources.get(Ref(row.source_kind, row.source_id))) for row in rows
        ],
        "units": list(organization.units.all()),
        "may_revoke": can_revoke_qualification(organization, actor),
    }
    return render(request, "parties/organization_detail.html", context)


@guarded("parties.view_organization")
def region_list(request: HttpRequest) -> HttpResponseBase:
    """Regions, with how many organisations there hold what (区域)."""
    return list_response(request, RegionList(QualificationKind.objects.order_by("code")))


@guarded("parties.view_organization")
def kind_list(request: HttpRequest) -> HttpResponseBase:
    """Kinds of qualification: issuer, basis, term, whether the basis was checked (资质类别)."""
    return list_response(request, KindList())


@guarded("parties.revoke_qualification")
def qualification_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a qualification away from a day on (撤销资质)."""
    rows = Qualification.objects.select_related("organization", "kind")
    qualification = get_object_or_404(rows, pk=pk)
    initial = {"on": clock.today()}
    form = RevokeForm(request.POST or None, version=qualification.version, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            revoke_qualification(
                qualification,
                request.actor,  # type: ignore[attr-defined]
                on=data["on"],
                reason=data["reason"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已撤销：%(number)s") % {"number": qualification})
            return redirect("parties:organization-detail", qualification.organization_id)
    context = {"form": form, "qualification": qualification}
    return render(request, "parties/qualification_revoke.html", context, status=422 if form.errors else 200)
