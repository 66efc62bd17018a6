# SPDX-License-Identifier: Apache-2.0
"""The desk (工作台): what waits for this person, the most urgent first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kechuang.commons.access.grants import held_by, holds
from kechuang.commons.access.guards import signed_in
from kechuang.commons.access.queries.grants import requests_open
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.desks import todos_for


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """A leader starts with the cockpit, everyone else with the desk."""
    actor = request.actor  # type: ignore[attr-defined]
    return redirect("cockpit" if holds(actor, "site.start_at_cockpit") else "desk")


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """All to-dos that the rooms offer to this person."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "todos": todos_for(actor, clock.today()),
        "may_subscribe": holds(actor, "site.read_feed"),
        "roleless": not held_by(actor),
        "asked": [] if held_by(actor) else requests_open(actor),
    }
    return render(request, "site/desk.html", context)
