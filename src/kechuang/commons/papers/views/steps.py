# SPDX-License-Identifier: Apache-2.0
"""The steps of a paper: checked, countersigned, issued, sent back, brought back, voided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.papers import actions
from kechuang.commons.papers.forms import OpinionForm, ReasonForm, SubmitForm, WordForm
from kechuang.commons.papers.models import Countersign
from kechuang.commons.papers.permissions import (
    can_countersign_paper,
)
from kechuang.commons.papers.queries import (
    whole_papers,
)
from kechuang.commons.ui.forms import ActionForm


@guarded("papers.draft_paper")
@require_POST
def paper_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Take today's values."""
    return _step(request, pk, actions.refresh_paper, _("系统数据已更新到业务日期。"))


@guarded("papers.draft_paper")
def paper_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the draft on (送核)."""
    return _form_step(request, pk, SubmitForm, actions.submit_paper, _("送核稿"), _("已送核稿。"))


@guarded("papers.check_paper")
@require_POST
def paper_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the check (核稿通过)."""
    return _step(request, pk, actions.check_paper, _("核稿通过。"))


@guarded("papers.view_paper")
def paper_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the drafter."""
    return _form_step(request, pk, ReasonForm, actions.send_back_paper, _("退回修改"), _("已退回拟稿人。"))


@guarded("papers.sign_paper")
@require_POST
def paper_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue under a number (签发)."""
    return _step(request, pk, actions.issue_paper, _("已签发。"))


@guarded("papers.sign_paper")
def paper_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out of force."""
    return _form_step(request, pk, ReasonForm, actions.void_paper, _("作废"), _("已作废。"))


def _step(request: HttpRequest, pk: int, act: Any, done: str) -> HttpResponse:
    paper = get_object_or_404(whole_papers(), pk=pk)
    form = ActionForm(request.POST)
    form.is_valid()
    act(paper, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, done)
    return redirect("papers:paper-detail", pk)


def _form_step(request: HttpRequest, pk: int, kind: Any, act: Any, title: str, done: str) -> HttpResponse:
    paper = get_object_or_404(whole_papers(), pk=pk)
    offer(request, act, paper)
    form = kind(request.POST or None, version=paper.version)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in form.base_fields}
        try:
            act(paper, request.actor, **data, **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, done)
            return redirect("papers:paper-detail", pk)
    context = {"form": form, "paper": paper, "step": title}
    return render(request, "papers/paper_step.html", context, status=422 if form.errors else 200)


@guarded("papers.countersign_paper")
def countersign_give(request: HttpRequest, pk: int) -> HttpResponse:
    """An office answers (会签)."""
    countersign = get_object_or_404(Countersign.objects.select_related("paper", "unit"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_countersign_paper(countersign, actor)
    if not verdict:
        raise Refused(verdict)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, key = form.cleaned_data, form.action_arguments()["idempotency_key"]
        try:
            actions.give_countersign(
                countersign, actor, agreed=data["agreed"], opinion=data["opinion"], idempotency_key=key
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已会签。"))
            return redirect("papers:paper-detail", countersign.paper_id)
    context = {
        "form": form,
        "paper": countersign.paper,
        "step": _("%(unit)s会签") % {"unit": countersign.unit},
    }
    return render(request, "papers/paper_step.html", context, status=422 if form.errors else 200)


@guarded("papers.draft_paper")
def word_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back the retouched Word (定稿回传)."""
    paper = get_object_or_404(whole_papers(), pk=pk)
    form = WordForm(request.POST or None, request.FILES or None, version=paper.version)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.return_word(
                paper,
                request.actor,  # type: ignore[attr-defined]
                name=file.name,
                data=file.read(),
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            return redirect("papers:returned-word", made.pk)
    context = {"form": form, "paper": paper, "step": _("定稿回传")}
    return render(request, "papers/paper_step.html", context, status=422 if form.errors else 200)
