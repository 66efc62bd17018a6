# SPDX-License-Identifier: Apache-2.0
"""Qualifications registered, corrected, revoked; their kinds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.parties import actions
from kechuang.commons.parties.forms.qualifications import CorrectForm, QualificationForm, RevokeForm
from kechuang.commons.parties.models import Organization, Qualification
from kechuang.commons.parties.tables.qualifications import KindList
from kechuang.commons.parties.views.organizations import page_of
from kechuang.commons.parties.views.sending import Act, answer, named
from kechuang.commons.ui.lists import list_response


@guarded("parties.view_organization")
def kind_list(request: HttpRequest) -> HttpResponseBase:
    """Kinds of qualification: issuer, basis, term, whether the basis was checked (资质类别)."""
    return list_response(request, KindList())


@guarded("parties.register_qualification")
def qualification_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Register one qualification of an organisation with its proof (登记资质)."""
    organization = get_object_or_404(Organization.objects.select_related("region"), pk=pk)
    form = QualificationForm(request.POST or None, request.FILES or None, version=organization.version)
    act = Act(
        _("登记资质"),
        organization.name,
        page_of(organization),
        _("登记"),
        _("已登记。"),
        action=actions.register_qualification,
        thing=organization,
        given=lambda data: {
            "kind": data["kind"],
            "number": data["number"],
            "valid_from": data["valid_from"],
            "valid_to": data["valid_to"],
            "proof": form.proof_given(),
        },
        to=lambda _made: page_of(organization),
    )
    return answer(request, form, act)


def _held(pk: int) -> Qualification:
    return get_object_or_404(Qualification.objects.select_related("organization__region", "kind"), pk=pk)


@guarded("parties.register_qualification")
def qualification_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mistaken qualification right: a new fact with a reason (更正资质)."""
    held = _held(pk)
    initial = {"number": held.number, "valid_from": held.valid_from, "valid_to": held.valid_to}
    form = CorrectForm(request.POST or None, request.FILES or None, version=held.version, initial=initial)
    act = Act(
        _("更正资质"),
        f"{held.organization} · {held.kind.name} {held.number}",
        page_of(held.organization),
        _("更正"),
        _("已更正。"),
        action=actions.correct_qualification,
        thing=held,
        given=lambda data: {
            "number": data["number"],
            "valid_from": data["valid_from"],
            "valid_to": data["valid_to"],
            "reason": data["reason"],
            "proof": form.proof_given(),
        },
        note=_("更正后，原登记自始不计，另立一条正确的；两条都保留在页面和日志里。"),
        back_label=held.organization.name,
    )
    return answer(request, form, act)


@guarded("parties.revoke_qualification")
def qualification_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a qualification away from a day on (撤销资质)."""
    held = _held(pk)
    form = RevokeForm(request.POST or None, version=held.version, initial={"on": clock.today()})
    act = Act(
        _("撤销资质"),
        f"{held.organization} · {held.kind.name} {held.number}",
        page_of(held.organization),
        _("撤销"),
        _("已撤销：%(number)s") % {"number": held},
        action=actions.revoke_qualification,
        thing=held,
        given=named("on", "reason"),
        note=_("有效期 %(start)s 至 %(end)s（不含）。撤销日须在有效期之内。")
        % {"start": held.valid_from.isoformat(), "end": held.valid_to.isoformat()},
        back_label=held.organization.name,
    )
    return answer(request, form, act)
