# SPDX-License-Identifier: Apache-2.0
"""What the last year left unfinished, to be taken over into a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kechuang.apps.workplan.actions import carry_item
from kechuang.apps.workplan.permissions import can_edit_plan
from kechuang.apps.workplan.queries.unfinished import unfinished
from kechuang.apps.workplan.views.versions import version_of
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.problems import Problem, Refused


@guarded("workplan.edit_plan")
def version_carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Unfinished tasks of the last year; those chosen go into the draft (上年结转)."""
    version, actor = version_of(pk), request.actor  # type: ignore[attr-defined]
    verdict = can_edit_plan(version, actor)
    if not verdict:
        raise Refused(verdict)
    lines = unfinished(version)
    if request.method == "POST":
        chosen, carried = set(request.POST.getlist("line")), 0
        for line in lines:
            if str(line.pk) not in chosen:
                continue
            try:
                carry_item(version, actor, line=line)
                carried += 1
            except Problem as problem:
                messages.error(request, str(problem))
        messages.success(request, _("已转入 %(count)s 项。") % {"count": carried})
        return redirect("workplan:version-detail", version.pk)
    return render(request, "workplan/version_carry.html", {"version": version, "lines": lines})
