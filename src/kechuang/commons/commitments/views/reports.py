# SPDX-License-Identifier: Apache-2.0
"""Reporting a part."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.actions import report_part
from kechuang.commons.commitments.forms.reports import ReportForm
from kechuang.commons.commitments.models import Report, Responsibility
from kechuang.commons.commitments.permissions import can_report_part
from kechuang.commons.commitments.prefill import known_of
from kechuang.commons.commitments.rounds import Called, to_answer
from kechuang.commons.commitments.views.acting import page_of, require
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem


@guarded("commitments.report_part")
def part_report(request: HttpRequest, pk: int) -> HttpResponse:
    """An office reports its own part (报送进展)."""
    part = get_object_or_404(Responsibility.objects.select_related("commitment", "unit"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    require(can_report_part(part, actor))
    page = page_of(part.commitment, actor)
    known = known_of(part, clock.today()) if request.method == "GET" else ""
    chosen = {"reached": request.GET.getlist("milestone"), "text": known}
    asked = _asked(part, clock.today())
    form = ReportForm(request.POST or None, request.FILES or None, part=part, initial=chosen)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            report_part(
                part,
                actor,
                text=data["text"],
                done=data["done"],
                files=[(file.name, file.read()) for file in data["files"]],
                evidence=data["records"],
                reached=data.get("reached", ()),
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已报送：%(task)s") % {"task": part.commitment.title})
            for one in asked:
                if one.call.round.due_on < clock.today():
                    told = {"round": one.call.round, "due": one.call.round.due_on.isoformat()}
                    messages.warning(request, _("%(round)s已于 %(due)s 截止，本次记为迟报。") % told)
            return redirect(page.url)
    reports = Report.objects.filter(responsibility=part).prefetch_related("evidence")[:10]
    context = {
        "form": form,
        "part": part,
        "task": part.commitment,
        "page": page,
        "reports": reports,
        "asked": asked,
        "known": known,
        "today": clock.today(),
    }
    return render(request, "commitments/part_report.html", context, status=422 if form.errors else 200)


def _asked(part: Responsibility, day: dt.date) -> list[Called]:
    """The rounds that a report of the part would answer today."""
    return [one for one in to_answer([part.unit_id], day) if one.part.pk == part.pk]
