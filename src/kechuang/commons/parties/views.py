# SPDX-License-Identifier: Apache-2.0
"""Organisations, one with what it holds and held; regions; kinds; units and who leads them; a qualification revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.parties.actions import assign_leader, revoke_qualification
from kechuang.commons.parties.forms import LeaderForm, RevokeForm
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Unit
from kechuang.commons.parties.permissions import can_assign_leader, can_revoke_qualification
from kechuang.commons.parties.queries import charges_on
from kechuang.commons.parties.tables import KindList, OrganizationList, RegionList, UnitList
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


@guarded("parties.view_organization")
def unit_list(request: HttpRequest) -> HttpResponseBase:
    """The offices of the day with the leader in charge of each (处室与分管)."""
    actor = request.actor  # type: ignore[attr-defined]
    return list_response(request, UnitList(may_assign=bool(can_assign_leader(None, actor))))


@guarded("parties.assign_leader")
def leader_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a leader in charge of a unit (确定分管领导)."""
    unit = get_object_or_404(Unit, pk=pk)
    charge = charges_on(clock.today()).filter(unit=unit).first()
    initial = {"leader": charge.user_id if charge else None}
    form = LeaderForm(request.POST or None, version=unit.version, initial=initial)
    if request.method == "POST" and form.is_valid():
        leader = form.cleaned_data["leader"]
        try:
            assign_leader(unit, request.actor, leader=leader, **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已确定%(unit)s的分管领导。") % {"unit": unit})
            return redirect("parties:unit-list")
    context = {"form": form, "unit": unit}
    return render(request, "parties/leader_assign.html", context, status=422 if form.errors else 200)


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
