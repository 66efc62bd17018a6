# SPDX-License-Identifier: Apache-2.0
"""The cockpit (驾驶舱): what is late, why, and who owes what; of any day that has passed; every number opens."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.schemes import DEFAULT, scheme_in_force
from kechuang.commons.kernel import clock
from kechuang.commons.ui.days import day_asked
from kechuang.commons.ui.lists import list_response
from kechuang.site.overview import Overview, overview
from kechuang.site.tables import DayTasks
from kechuang.site.timeline import timeline


@guarded("workplan.view_plan")
def cockpit(request: HttpRequest) -> HttpResponse:
    """The plan in force on the business date, or as it stood on an earlier day (时间轴)."""
    day = day_asked(request, future=False)
    found = overview(day, request.actor, _plan_asked(request))  # type: ignore[attr-defined]
    context = {
        "overview": found,
        "timeline": timeline(found.versions, day, clock.today()),
        "tasks_url": _tasks_url(found, day),
        "asked": {"plan": request.GET.get("plan", "")},
        "scheme": scheme_in_force(found.version.plan.scheme or DEFAULT) if found.version else None,
    }
    return render(request, "site/cockpit.html", context)


@guarded("workplan.view_plan")
def tasks(request: HttpRequest) -> HttpResponseBase:
    """The tasks behind the numbers of the cockpit, as they stood on the day (当日任务)."""
    day = day_asked(request, future=False)
    found = overview(day, request.actor, _plan_asked(request))  # type: ignore[attr-defined]
    return list_response(request, DayTasks(found, day))


def _plan_asked(request: HttpRequest) -> int | None:
    words = request.GET.get("plan", "")
    return int(words) if words.isascii() and words.isdigit() else None


def _tasks_url(found: Overview, day: dt.date) -> str:
    """The list of the same plan on the same day; a filter is put behind."""
    asked = {"day": day.isoformat()} if day != clock.today() else {}
    if found.version is not None and len(found.versions) > 1:
        asked["plan"] = str(found.version.plan_id)
    address = reverse("cockpit-tasks")
    return f"{address}?{urlencode(asked)}&" if asked else f"{address}?"
