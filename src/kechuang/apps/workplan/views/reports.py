# SPDX-License-Identifier: Apache-2.0
"""Merging the parts, closing a task."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.apps.workplan.forms.reports import MergeForm, ReturnForm
from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.commitments.actions import confirm_closure, merge_parts, return_closure
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.permissions import can_merge_parts
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.ui.forms import ActionForm


@guarded("commitments.merge_parts")
def task_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The lead merges the offices' reports."""
    task = get_object_or_404(Commitment, pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_merge_parts(task, actor)
    if not verdict:
        raise Refused(verdict)
    parts = list(
        task.responsibilities.filter(until__isnull=True).select_related("unit").prefetch_related("reports")
    )
    form = MergeForm(request.POST or None, task=task, initial={"text": _draft(parts)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            merge_parts(
                task,
                actor,
                text=data["text"],
                done=data["done"],
                delivered=[part.pk for part in data["delivered"]],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已汇总：%(task)s") % {"task": task.title})
            return redirect("workplan:task-detail", task.pk)
    context = {"form": form, "task": task, "parts": parts}
    return render(request, "workplan/task_merge.html", context, status=422 if form.errors else 200)


def _draft(parts: list[Responsibility]) -> str:
    """The newest report of each office, as the start of the lead's text."""
    newest = [(part.unit, next(iter(part.reports.all()), None)) for part in parts]
    return "\n".join(f"{unit}：{report.text}" for unit, report in newest if report is not None)


@guarded("commitments.confirm_closure")
@require_POST
def closure_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a task is done."""
    task = get_object_or_404(Commitment, pk=pk)
    form = ActionForm(request.POST)
    form.is_valid()
    confirm_closure(task, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已确认办结：%(task)s") % {"task": task.title})
    return redirect("workplan:task-detail", task.pk)


@guarded("commitments.confirm_closure")
def closure_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a request to close back."""
    task = get_object_or_404(Commitment, pk=pk)
    offer(request, return_closure, task)
    form = ReturnForm(request.POST or None, version=task.version)
    if request.method == "POST" and form.is_valid():
        try:
            return_closure(task, request.actor, reason=form.cleaned_data["reason"], **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已退回：%(task)s") % {"task": task.title})
            return redirect("workplan:task-detail", task.pk)
    context = {"form": form, "task": task}
    return render(request, "workplan/closure_return.html", context, status=422 if form.errors else 200)
