# SPDX-License-Identifier: Apache-2.0
"""Units and who leads them (处室与分管)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.actions import assign_leader
from kechuang.commons.parties.forms.units import LeaderForm
from kechuang.commons.parties.models import Unit
from kechuang.commons.parties.permissions import can_assign_leader
from kechuang.commons.parties.queries.units import charges_on
from kechuang.commons.parties.tables.units import UnitList
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
