# SPDX-License-Identifier: Apache-2.0
"""Milestones: the list, one of them, and what is done with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded, signed_in
from kechuang.commons.commitments import actions
from kechuang.commons.commitments.forms.year import MilestoneForm, ReasonForm
from kechuang.commons.commitments.models import Commitment, Milestone, Responsibility
from kechuang.commons.commitments.permissions import (
    can_approve_milestone,
    can_ask_extension,
    can_draft_milestone,
    can_reach_milestone,
)
from kechuang.commons.commitments.tables import MilestoneList
from kechuang.commons.commitments.views.acting import act_page, page_of, require
from kechuang.commons.commitments.wording import STEP_TONES
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response


@guarded("commitments.view_milestone")
def milestone_list(request: HttpRequest) -> HttpResponseBase:
    """The steps that the offices set themselves, the next first (节点清单)."""
    return list_response(request, MilestoneList())


@signed_in
def milestone_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One step: of which office, due when, moved from when, shown by what (节点)."""
    milestone, actor = _milestone(pk), request.actor  # type: ignore[attr-defined]
    page = page_of(milestone.commitment, actor)
    evidence = [piece.ref for piece in milestone.report.evidence.all()] if milestone.report else []
    part = milestone.commitment.responsibilities.filter(unit=milestone.unit, until__isnull=True).first()
    context = {
        "milestone": milestone,
        "page": page,
        "part": part,
        "tone": STEP_TONES[milestone.state],
        "slipped": milestone.schedule_on(clock.today()).slipped_on,
        "evidence": list(resolve_many(evidence, actor).values()),
        "extensions": list(milestone.extensions.all()),
        "may_draft": can_draft_milestone(milestone, actor),
        "may_approve": can_approve_milestone(milestone, actor),
        "may_reach": can_reach_milestone(milestone, actor),
        "may_extend": can_ask_extension(milestone, actor),
        "action": ActionForm(version=milestone.version),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(milestone))[:20]],
    }
    return render(request, "commitments/milestone_detail.html", context)


@guarded("commitments.draft_milestone")
def milestone_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """An office sets itself a step of its part (拟定节点)."""
    part = get_object_or_404(Responsibility.objects.select_related("commitment", "unit"), pk=pk)
    actor, task = request.actor, part.commitment  # type: ignore[attr-defined]
    require(can_draft_milestone(part, actor))
    form = MilestoneForm(
        request.POST or None, version=part.version, initial={"grain": "month"}, **_span(task)
    )
    return act_page(
        request,
        form,
        lambda data: actions.draft_milestone(part, actor, **_told(data), **form.action_arguments()),
        title=_("拟定节点"),
        about=task,
        facts=[(_("处室"), part.unit), *_dates(task)],
        done=_("已拟定节点，待审定。"),
    )


@guarded("commitments.draft_milestone")
def milestone_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft (修改节点)."""
    milestone, actor = _milestone(pk), request.actor  # type: ignore[attr-defined]
    require(can_draft_milestone(milestone, actor))
    first = {
        "title": milestone.title,
        "grain": milestone.grain,
        "month": milestone.due.replace(day=1).isoformat(),
    }
    span = _span(milestone.commitment)
    form = MilestoneForm(request.POST or None, version=milestone.version, initial=first, **span)
    returned = [(_("退回意见"), milestone.remark)] if milestone.remark else []
    return act_page(
        request,
        form,
        lambda data: actions.revise_milestone(milestone, actor, **_told(data), **form.action_arguments()),
        title=_("修改节点"),
        about=milestone.commitment,
        facts=[(_("处室"), milestone.unit), *_dates(milestone.commitment), *returned],
        done=_("已修改节点，待审定。"),
        back=_address(milestone),
    )


@guarded("commitments.approve_milestone")
@require_POST
def milestone_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on it makes a light (审定节点)."""
    milestone, form = _milestone(pk), ActionForm(request.POST)
    form.is_valid()
    actions.approve_milestone(milestone, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已审定节点：%(title)s") % {"title": milestone.title})
    return redirect(_address(milestone))


@guarded("commitments.approve_milestone")
def milestone_return(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft goes back (退回节点)."""
    return _with_reason(request, pk, actions.return_milestone, _("退回节点"), _("已退回节点。"))


@guarded("commitments.approve_milestone")
def milestone_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A step that is no longer needed (撤销节点)."""
    return _with_reason(request, pk, actions.drop_milestone, _("撤销节点"), _("已撤销节点。"))


def _with_reason(request: HttpRequest, pk: int, act: Any, title: str, done: str) -> HttpResponse:
    milestone, actor = _milestone(pk), request.actor  # type: ignore[attr-defined]
    require(can_approve_milestone(milestone, actor))
    form = ReasonForm(request.POST or None, version=milestone.version)
    return act_page(
        request,
        form,
        lambda data: act(milestone, actor, reason=data["reason"], **form.action_arguments()),
        title=title,
        about=milestone.commitment,
        facts=[(_("节点"), milestone.title), (_("处室"), milestone.unit), (_("完成时限"), milestone.due)],
        done=done,
        back=_address(milestone),
    )


def _milestone(pk: int) -> Milestone:
    rows = Milestone.objects.select_related("commitment", "unit", "report")
    return get_object_or_404(rows, pk=pk)


def _address(milestone: Milestone) -> str:
    return reverse("commitments:milestone-detail", args=[milestone.pk])


def _told(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("title", "grain", "month")}


def _span(task: Commitment) -> dict[str, dt.date]:
    """The months a step may be due in: of the task, else to the end of the year."""
    day = clock.today()
    return {"first": task.start, "last": task.due or day.replace(month=12, day=31)}


def _dates(task: Commitment) -> list[tuple[str, Any]]:
    return [(_("任务起始"), task.start), (_("任务时限"), task.due or _("未设时限"))]
