# SPDX-License-Identifier: Apache-2.0
"""Units and who leads them (处室与分管)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.parties.actions import (
    add_unit,
    assign_leader,
    dissolve_unit,
    end_membership,
    place_member,
)
from kechuang.commons.parties.forms.units import DissolveForm, LeaderForm, LeaveForm, MemberForm, UnitForm
from kechuang.commons.parties.models import Membership, Organization, Unit
from kechuang.commons.parties.permissions import can_assign_leader, can_keep_unit
from kechuang.commons.parties.queries.units import charges_on
from kechuang.commons.parties.tables.units import UnitList
from kechuang.commons.parties.views.sending import Act, answer, named
from kechuang.commons.ui.lists import list_response


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


def _page(unit: Unit) -> str:
    return reverse("parties:unit-detail", args=[unit.pk])


@guarded("parties.view_organization")
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: since when, who leads it, who works there, whom it took over from and who took over (处室)."""
    rows = Unit.objects.select_related("organization", "succession__successor")
    unit, actor = get_object_or_404(rows, pk=pk), request.actor  # type: ignore[attr-defined]
    context = {
        "unit": unit,
        "succession": getattr(unit, "succession", None),
        "predecessors": list(unit.predecessors.select_related("unit")),
        "members": list(unit.memberships.select_related("user")),
        "charges": list(unit.charges.select_related("user").order_by("since")),
        "may_keep": can_keep_unit(unit, actor),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(unit))[:20]],
        "ref": Ref.of(unit),
    }
    return render(request, "parties/unit_detail.html", context)


@guarded("parties.keep_unit")
def unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a unit to an organisation (增设处室)."""
    organization = get_object_or_404(Organization, pk=pk)
    form = UnitForm(request.POST or None)
    act = Act(
        _("增设处室"),
        organization.name,
        reverse("parties:unit-list"),
        _("增设"),
        _("已增设。"),
        action=add_unit,
        thing=organization,
        given=named("code", "name", "short_name", "since"),
        to=_page,
        of_organization=False,
        back_label=_("处室与分管"),
    )
    return answer(request, form, act)


@guarded("parties.keep_unit")
def unit_dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Dissolve a unit into its successor (撤并处室)."""
    unit = get_object_or_404(Unit.objects.select_related("organization"), pk=pk)
    form = DissolveForm(request.POST or None, unit=unit, initial={"on": clock.today()})
    act = _act(
        unit,
        _("撤并处室"),
        _("撤并"),
        _("已撤并，在办责任已移交。"),
        action=dissolve_unit,
        thing=unit,
        given=named("successor", "on", "reason"),
        to=lambda made: _page(made.successor),
        note=_(
            "自这一天起，在办的责任归接续处室，任职和分管终止；已报送的进展留在原处室名下。账号的授权请安全管理员移交。"
        ),
    )
    return answer(request, form, act)


@guarded("parties.keep_unit")
def member_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who works in a unit (登记任职)."""
    unit = get_object_or_404(Unit, pk=pk)
    form = MemberForm(request.POST or None, initial={"since": clock.today()})
    act = _act(
        unit,
        _("登记任职"),
        _("登记"),
        _("已登记。"),
        action=place_member,
        thing=unit,
        given=lambda data: {
            "user": data["account"],
            "since": data["since"],
            "until": data["until"],
            "post": data["post"],
        },
    )
    return answer(request, form, act)


@guarded("parties.keep_unit")
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Say from which day somebody no longer works there (登记离任)."""
    membership = get_object_or_404(Membership.objects.select_related("unit", "user"), pk=pk)
    form = LeaveForm(request.POST or None, version=membership.version, initial={"on": clock.today()})
    act = _act(
        membership.unit,
        _("登记离任"),
        _("登记"),
        _("已登记。"),
        action=end_membership,
        thing=membership,
        given=named("on"),
        about=f"{membership.unit} · {membership.user}",
    )
    return answer(request, form, act)


def _act(unit: Unit, title: str, button: str, done: str, *, about: str = "", **more: Any) -> Act:
    """A form that leads back to the page of a unit."""
    back = {"of_organization": False, "back_label": unit.short_name}
    return Act(title, about or unit.name, _page(unit), button, done, **{**back, **more})
