# SPDX-License-Identifier: Apache-2.0
"""What offices report of indicators: one value with its proof, a sheet of them, and the second person's look."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.grants import holds
from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.facts.actions import (
    enter_observation,
    enter_observations,
    return_observation,
    verify_observation,
)
from kechuang.commons.facts.models import Indicator, Observation, Submission
from kechuang.commons.facts.permissions import can_enter_observation, can_verify_observation
from kechuang.commons.figures.forms import EnterForm, ReasonForm, SheetForm
from kechuang.commons.figures.sheets import Checked, check_sheet, template_of
from kechuang.commons.figures.tables import SubmissionList
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded("facts.enter_observation")
def observation_enter(request: HttpRequest, code: str) -> HttpResponse:
    """Enter one value with what shows it (填报数据)."""
    indicator = get_object_or_404(Indicator.objects.select_related("owner"), code=code)
    verdict = can_enter_observation(indicator, request.actor)  # type: ignore[attr-defined]
    if not verdict:
        raise Refused(verdict)
    day = clock.today()
    initial = {"period_start": day.replace(month=1, day=1), "published_on": day}
    form = EnterForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        key = form.action_arguments()["idempotency_key"]
        try:
            submission = enter_observation(
                indicator,
                request.actor,  # type: ignore[attr-defined]
                entered=form.entered(),
                **form.proof(),
                idempotency_key=key,
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已填报，经另一位同事核实后计入。"))
            return redirect("figures:submission-detail", submission.pk)
    context = {"form": form, "indicator": indicator}
    return render(request, "figures/observation_enter.html", context, status=422 if form.errors else 200)


@guarded("facts.enter_observation")
def observation_template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill (下载模板)."""
    del request
    data = template_of(list(Indicator.objects.select_related("owner")))
    name = content_disposition_header(True, f"{_('指标数据填报模板')}.xlsx") or ""
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": name})


@guarded("facts.enter_observation")
def observation_import(request: HttpRequest) -> HttpResponse:
    """A sheet is tried first; only one without a fault is taken in, all or nothing (批量填报)."""
    actor = request.actor  # type: ignore[attr-defined]
    form = SheetForm(request.POST or None, request.FILES or None)
    checked: Checked | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            checked = check_sheet(file.name, data, actor)
            if not checked.faults and request.POST.get("take"):
                key = form.action_arguments()["idempotency_key"]
                enter_observations(
                    None, actor, rows=checked.rows, name=file.name, data=data, idempotency_key=key
                )
                messages.success(
                    request, _("已填报 %(count)s 个数值，待核实。") % {"count": len(checked.rows)}
                )
                return redirect("figures:submission-list")
        except Problem as problem:
            form.blame(problem)
    context = {"form": form, "checked": checked}
    return render(request, "figures/observation_import.html", context, status=422 if form.errors else 200)


@guarded("figures.view_figure")
def submission_list(request: HttpRequest) -> HttpResponseBase:
    """What offices entered, and what became of it (数据填报)."""
    may_enter = holds(request.actor, "facts.enter_observation")  # type: ignore[attr-defined]
    return list_response(request, SubmissionList(), context={"may_enter": may_enter})


@guarded("figures.view_figure")
def submission_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One value: what it was before, its proof, who verifies it."""
    submission = _submission(pk)
    actor = request.actor  # type: ignore[attr-defined]
    earlier = Observation.objects.filter(
        indicator=submission.indicator,
        region=submission.region,
        period_start=submission.period_start,
        period_end=submission.period_end,
    )
    if submission.observation is not None:
        earlier = earlier.filter(vintage__lt=submission.observation.vintage)
    context = {
        "submission": submission,
        "before": earlier.order_by("-vintage").first(),
        "proof": resolve_many([submission.proof], actor)[submission.proof],
        "may_verify": can_verify_observation(submission, actor),
        "action": ActionForm(version=submission.version),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(submission))[:20]],
    }
    return render(request, "figures/submission_detail.html", context)


@guarded("facts.verify_observation")
@require_POST
def submission_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person says that it is right (核实)."""
    form = ActionForm(request.POST)
    form.is_valid()
    verify_observation(_submission(pk), request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已核实，从今天起计入。"))
    return redirect("figures:submission-detail", pk)


@guarded("facts.verify_observation")
def submission_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Or sends it back (退回)."""
    submission = _submission(pk)
    offer(request, return_observation, submission)
    form = ReasonForm(request.POST or None, version=submission.version)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            return_observation(submission, request.actor, reason=reason, **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已退回。"))
            return redirect("figures:submission-detail", pk)
    context = {"form": form, "submission": submission}
    return render(request, "figures/submission_return.html", context, status=422 if form.errors else 200)


def _submission(pk: int) -> Submission:
    rows = Submission.objects.select_related("indicator__owner", "region", "observation")
    return get_object_or_404(rows, pk=pk)
