# SPDX-License-Identifier: Apache-2.0
"""Importing a document as a draft."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.apps.workplan.actions import import_plan
from kechuang.apps.workplan.forms.importing import SAMPLES, ImportForm
from kechuang.apps.workplan.models import PlanVersion
from kechuang.apps.workplan.proposals import Submission, propose
from kechuang.apps.workplan.queries.offices import office_catalogue
from kechuang.apps.workplan.queries.plans import newest_of_title
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.forms import ActionForm


@guarded("workplan.import_plan")
def plan_import(request: HttpRequest) -> HttpResponse:
    """Upload a file or paste a text (导入计划)."""
    form = ImportForm(request.POST or None, request.FILES or None, initial={"plan": request.GET.get("plan")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            version = import_plan(
                data["plan"],
                request.actor,  # type: ignore[attr-defined]
                submission=_submission(*form.source()),
                title=data["title"],
                issuer=data["issuer"],
                year=data["year"],
                idempotency_key=form.action_arguments()["idempotency_key"],
            )
        except Problem as problem:
            form.blame(problem)
        else:
            return _imported(request, version)
    context = {"form": form, "samples": _samples(), "action": ActionForm(auto_id="sample_%s")}
    return render(request, "workplan/plan_import.html", context, status=422 if form.errors else 200)


@guarded("workplan.import_plan")
@require_POST
def sample_import(request: HttpRequest) -> HttpResponse:
    """Import the plan of an invented city that ships with the program; a second time it is only opened."""
    form = ActionForm(request.POST)
    form.is_valid()
    for sample in _samples()[:1]:
        submission = _submission(sample.name, sample.read_bytes())
        known = newest_of_title(submission.proposal.title)
        if known is not None:
            messages.info(request, _("自带样例已经导入过，为您打开。"))
            return redirect("workplan:version-detail", known.pk)
        key = form.action_arguments()["idempotency_key"]
        version = import_plan(None, request.actor, submission=submission, idempotency_key=key)  # type: ignore[attr-defined]
        return _imported(request, version)
    raise Problem(_("这次安装没有带样例文件。"), remedy=_("请上传一份工作要点。"))


def _submission(name: str, data: bytes) -> Submission:
    return propose(name, data, office_catalogue(clock.today()))


def _samples() -> list[Path]:
    return sorted(SAMPLES.glob("*.txt"))


def _imported(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    counts = version.reading["counts"]
    words = _("已识别 %(tasks)s 项任务、%(responsibilities)s 项责任、%(numbers)s 个数字，请对照原文核对。")
    messages.success(request, words % counts)
    return redirect("workplan:version-detail", version.pk)
