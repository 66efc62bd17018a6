# SPDX-License-Identifier: Apache-2.0
"""A version beside its source: corrected while it is a draft, readable ever after; issued, thrown away."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.apps.workplan.actions import correct_plan, discard_version, issue_plan
from kechuang.apps.workplan.forms.importing import DiscardForm, IssueForm, PlanForm
from kechuang.apps.workplan.forms.items import MatchForm
from kechuang.apps.workplan.models import Plan, PlanVersion
from kechuang.apps.workplan.permissions import (
    can_correct_plan,
    can_discard_version,
    can_edit_plan,
    can_issue_plan,
)
from kechuang.apps.workplan.queries.drafts import Branch, draft_of, marks_of
from kechuang.apps.workplan.queries.outcomes import outcome_of
from kechuang.apps.workplan.queries.plans import earlier_version, state_seen
from kechuang.apps.workplan.source_pane import marked_text
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.forms import ActionForm


def version_of(pk: int) -> PlanVersion:
    """The version of an address, with its plan and document."""
    return get_object_or_404(PlanVersion.objects.select_related("plan", "document"), pk=pk)


@guarded("workplan.view_plan")
def version_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The text left, the tree right (校对页)."""
    version, actor = version_of(pk), request.actor  # type: ignore[attr-defined]
    draft = draft_of(version)
    may_edit = can_edit_plan(version, actor)
    units = list(Unit.objects.all()) if may_edit and any(point.name for point in draft.open_points) else []
    points = [
        (point, MatchForm(auto_id=f"match{place}_%s", initial={"name": point.name}, units=units))
        for place, point in enumerate(draft.open_points)
    ]
    context = {
        "version": version,
        "draft": draft,
        "groves": [(grove, [(branch, *_acts(branch)) for branch in grove.tasks]) for grove in draft.groves],
        "source": marked_text(version.text, marks_of(draft)),
        "unused": list(enumerate(version.reading.get("unused", ()))),
        "findings": version.reading.get("findings", ()),
        "leaders": version.reading.get("leaders", ()),
        "is_draft": version.state == PlanVersion.State.DRAFT,
        "may_edit": may_edit,
        "may_issue": can_issue_plan(version, actor),
        "may_discard": can_discard_version(version, actor),
        "may_correct_plan": can_correct_plan(version.plan, actor),
        "base": earlier_version(version),
        "points": points,
    }
    return render(request, "workplan/version_detail.html", context)


def _acts(branch: Branch) -> tuple[ActionForm, ActionForm]:
    """The two buttons of a task in the tree: checked, and suggested lead accepted; each is its own act."""
    version = branch.item.version
    return ActionForm(version=version, auto_id=False), ActionForm(version=version, auto_id=False)


@guarded("workplan.issue_plan")
def version_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, then issue (签发页)."""
    version, actor = version_of(pk), request.actor  # type: ignore[attr-defined]
    verdict = can_issue_plan(version, actor)
    if not verdict:
        raise Refused(verdict)
    initial = {
        "day": clock.today(),
        "due": dt.date(version.plan.year, 12, 31),
        "seen": state_seen(version),
    }
    form = IssueForm(request.POST or None, initial=initial, version=version.version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            issue_plan(
                version,
                actor,
                number=data["number"],
                day=data["day"],
                due=data["due"],
                seen=data["seen"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已签发：%(plan)s") % {"plan": version.plan})
            return redirect("workplan:plan-detail", version.plan_id)
    draft = draft_of(version)
    context = {"version": version, "draft": draft, "outcome": outcome_of(version, draft.lines), "form": form}
    return render(request, "workplan/version_issue.html", context, status=422 if form.errors else 200)


@guarded("workplan.import_plan")
def version_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    version, actor = version_of(pk), request.actor  # type: ignore[attr-defined]
    verdict = can_discard_version(version, actor)
    if not verdict:
        raise Refused(verdict)
    form = DiscardForm(request.POST or None, version=version.version)
    if request.method == "POST" and form.is_valid():
        try:
            discard_version(version, actor, reason=form.cleaned_data["reason"], **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("草稿已作废。"))
            return redirect("workplan:plan-detail", version.plan_id)
    context = {"form": form, "version": version, "title": _("作废草稿"), "button": _("作废")}
    return render(request, "workplan/version_form.html", context, status=422 if form.errors else 200)


@guarded("workplan.edit_plan")
def plan_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, issuer and year of a plan that is not in force yet."""
    version, actor = version_of(pk), request.actor  # type: ignore[attr-defined]
    plan: Plan = version.plan
    verdict = can_correct_plan(plan, actor)
    if not verdict:
        raise Refused(verdict)
    initial = {"title": plan.title, "issuer": plan.issuer, "year": plan.year}
    form = PlanForm(request.POST or None, initial=initial, version=plan.version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            correct_plan(
                plan,
                actor,
                title=data["title"],
                issuer=data["issuer"],
                year=data["year"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            return redirect("workplan:version-detail", version.pk)
    context = {"form": form, "version": version, "title": _("更正标题信息"), "button": _("保存")}
    return render(request, "workplan/version_form.html", context, status=422 if form.errors else 200)
