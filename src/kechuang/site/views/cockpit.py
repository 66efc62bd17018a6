# SPDX-License-Identifier: Apache-2.0
"""The cockpit (驾驶舱): what is late, why, and who owes what; every number opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.desks import todos_for
from kechuang.site.overview import overview


@guarded("workplan.view_plan")
def cockpit(request: HttpRequest) -> HttpResponse:
    """The plan in force on the business date."""
    day, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    found = overview(day, actor)
    return render(request, "site/cockpit.html", {"overview": found, "todos": todos_for(actor, day)[:8]})
