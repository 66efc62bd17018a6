# SPDX-License-Identifier: Apache-2.0
"""要点对照: the plan's tasks and mechanisms set against the product."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kechuang.commons.access.grants import may_visit
from kechuang.commons.access.guards import signed_in
from kechuang.site.coverage import survey


@signed_in
def coverage(request: HttpRequest) -> HttpResponse:
    """The table, generated from what is installed and which journeys passed on this very code."""
    found, actor = survey(), request.actor  # type: ignore[attr-defined]
    doors = {door.page: door for line in found.mechanisms for door in line.doors if door.url}
    opened = {page for page, door in doors.items() if may_visit(actor, page, *door.args)}
    return render(request, "site/coverage.html", {"survey": found, "open": opened})
