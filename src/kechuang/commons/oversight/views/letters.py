# SPDX-License-Identifier: Apache-2.0
"""Letters: the list, those to be sent, one of them with its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.models import Commitment, Milestone
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.oversight.actions import answer_letter, issue_letter, withdraw_letter
from kechuang.commons.oversight.forms import AnswerForm, ReasonForm
from kechuang.commons.oversight.letters import asked_on, letters
from kechuang.commons.oversight.models import Letter
from kechuang.commons.oversight.permissions import can_answer_letter, can_issue_letter
from kechuang.commons.oversight.tables import LetterList
from kechuang.commons.oversight.wording import state_words
from kechuang.commons.papers.permissions import can_draft_paper
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response

ITEMS = {"commitment": Commitment, "milestone": Milestone}


@guarded("oversight.view_letter")
def letter_list(request: HttpRequest) -> HttpResponseBase:
    """Letters that were sent, with what became of them (督办单)."""
    actor = request.actor  # type: ignore[attr-defined]
    return list_response(request, LetterList(), context={"may_issue": can_issue_letter(None, actor)})


@guarded("oversight.issue_letter")
def letter_issue(request: HttpRequest) -> HttpResponse:
    """What the ladder asks for today; each is sent by itself (应发督办单)."""
    day = clock.today()
    if request.method == "POST":
        form = ActionForm(request.POST)
        form.is_valid()
        kind, _colon, key = request.POST.get("item", "").partition(":")
        item = get_object_or_404(ITEMS.get(kind, Commitment), pk=int(key) if key.isdigit() else 0)
        letter = issue_letter(
            item,
            request.actor,  # type: ignore[attr-defined]
            rung=request.POST.get("rung", ""),
            idempotency_key=form.action_arguments()["idempotency_key"],
        )
        messages.success(request, _("已发出 %(number)s。") % {"number": letter.number})
        return redirect("oversight:letter-issue")
    asked = [(one, f"{type(one.item).__name__.lower()}:{one.item.pk}", ActionForm()) for one in asked_on(day)]
    return render(request, "oversight/letter_issue.html", {"asked": asked, "day": day})


@guarded("oversight.view_letter")
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: why, to whom, until when, the answer."""
    letter, actor = _letter(pk), request.actor  # type: ignore[attr-defined]
    about = Ref.of(letter.commitment)
    words, tone = state_words(letter.state_on(clock.today()))
    report = letter.report
    evidence = [one.ref for one in report.evidence.all()] if report else []
    context = {
        "letter": letter,
        "state": words,
        "tone": tone,
        "about": resolve_many([about], actor)[about],
        "evidence": list(resolve_many(evidence, actor).values()),
        "may_answer": can_answer_letter(letter, actor),
        "may_draft": can_draft_paper(None, actor),
        "may_withdraw": can_issue_letter(letter, actor),
        "ref": Ref.of(letter),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(letter))[:20]],
    }
    return render(request, "oversight/letter_detail.html", context)


@guarded("commitments.report_part")
def letter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The office answers; the answer is a report of its part (回复督办单)."""
    letter, actor = _letter(pk), request.actor  # type: ignore[attr-defined]
    verdict = can_answer_letter(letter, actor)
    if not verdict:
        raise Refused(verdict)
    form = AnswerForm(request.POST or None, request.FILES or None, version=letter.version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        files = [(data["file"].name, data["file"].read())] if data["file"] else []
        try:
            answer_letter(
                letter, actor, text=data["text"], done=data["done"], files=files, **form.action_arguments()
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已回复。"))
            return redirect("oversight:letter-detail", letter.pk)
    context = {"form": form, "letter": letter, "title": _("回复督办单")}
    return render(request, "oversight/letter_step.html", context, status=422 if form.errors else 200)


@guarded("oversight.issue_letter")
def letter_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a letter back (撤回)."""
    letter = _letter(pk)
    form = ReasonForm(request.POST or None, version=letter.version)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_letter(letter, request.actor, reason=reason, **form.action_arguments())  # type: ignore[attr-defined]
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已撤回。"))
            return redirect("oversight:letter-detail", letter.pk)
    context = {"form": form, "letter": letter, "title": _("撤回督办单")}
    return render(request, "oversight/letter_step.html", context, status=422 if form.errors else 200)


def _letter(pk: int) -> Letter:
    return get_object_or_404(letters(), pk=pk)
