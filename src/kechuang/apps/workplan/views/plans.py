# SPDX-License-Identifier: Apache-2.0
"""Plans: the list, one plan with its versions, two versions side by side, the print as Word, the file it came from."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.apps.workplan.actions import choose_scheme
from kechuang.apps.workplan.forms.importing import AgainstForm
from kechuang.apps.workplan.forms.schemes import SchemeForm
from kechuang.apps.workplan.models import Plan
from kechuang.apps.workplan.permissions import can_choose_scheme
from kechuang.apps.workplan.printing import as_word
from kechuang.apps.workplan.queries.drafts import draft_of
from kechuang.apps.workplan.queries.editions import edition_of_version
from kechuang.apps.workplan.queries.plans import base_of, earlier_version, history_of_versions
from kechuang.apps.workplan.tables import PlanList
from kechuang.apps.workplan.views.versions import version_of
from kechuang.commons.access.grants import holds
from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.schemes import DEFAULT, scheme_in_force, schemes_in_force
from kechuang.commons.documents.storage import content
from kechuang.commons.facts.models import Promised
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui.lists import list_response
from kechuang.engines.plandoc import compare
from kechuang.engines.plandoc.comparison import ChangeKind, TargetChange
from kechuang.engines.plandoc.editions import EditionTarget

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@guarded("workplan.view_plan")
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """Every plan, the newest year first (计划)."""
    may_import = holds(request.actor, "workplan.import_plan")  # type: ignore[attr-defined]
    return list_response(request, PlanList(), context={"may_import": may_import})


@guarded("workplan.view_plan")
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its versions, who issued them, what is in force (计划页)."""
    plan = get_object_or_404(Plan, pk=pk)
    versions = list(plan.versions.select_related("document").order_by("-no"))
    for version in versions:
        version.plan = plan
    shown = base_of(plan) or next(iter(versions), None)
    context = {
        "plan": plan,
        "versions": versions,
        "shown": shown,
        "draft": draft_of(shown) if shown else None,
        "may_import": holds(request.actor, "workplan.import_plan"),  # type: ignore[attr-defined]
        "scheme": scheme_in_force(plan.scheme or DEFAULT),
        "may_choose": can_choose_scheme(plan, request.actor),  # type: ignore[attr-defined]
        "history": [(entry, verb_words(entry.verb)) for entry in history_of_versions(versions)[:20]],
        "ref": Ref.of(plan),
    }
    return render(request, "workplan/plan_detail.html", context)


@guarded("workplan.issue_plan")
def plan_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """By which scheme the plan is judged, with what each says (进度办法)."""
    plan = get_object_or_404(Plan, pk=pk)
    form = SchemeForm(request.POST or None, version=plan.version, initial={"scheme": plan.scheme or DEFAULT})
    if request.method == "POST" and form.is_valid():
        try:
            choose_scheme(
                plan,
                request.actor,  # type: ignore[attr-defined]
                code=form.cleaned_data["scheme"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已选定进度办法。"))
            return redirect("workplan:plan-detail", plan.pk)
    schemes = [scheme_in_force(code) for code in schemes_in_force()]
    context = {"plan": plan, "form": form, "schemes": schemes}
    return render(request, "workplan/plan_scheme.html", context, status=422 if form.errors else 200)


@guarded("workplan.view_plan")
def version_diff(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version changes against an earlier one (版本对照)."""
    version = version_of(pk)
    form = AgainstForm(request.GET)
    asked = form.cleaned_data["against"] if form.is_valid() else None
    known = earlier_version(version)
    others = list(version.plan.versions.exclude(pk=version.pk).select_related("plan").order_by("-no"))
    if known is not None and known not in others:
        others.append(known)
    before = next((one for one in others if one.pk == asked), None) or known or next(iter(others), None)
    if before is None:
        raise Problem(_("没有可以对照的版本。"), remedy=_("导入修订后的文件，即可对照。"))
    comparison = compare(edition_of_version(before), edition_of_version(version))
    groups: tuple[tuple[ChangeKind, str], ...] = (
        ("added", _("新增")),
        ("dropped", _("删去")),
        ("reworded", _("改写")),
        ("moved", _("序号或领域变化")),
        ("reowned", _("责任变化")),
        ("retargeted", _("目标变化")),
        ("unchanged", _("未变")),
    )
    context = {
        "version": version,
        "before": before,
        "others": others,
        "unchanged": comparison.unchanged,
        "headline": _promises(comparison.targets),
        "changes": [
            (change, [label for kind, label in groups if kind in change.kinds], _promises(change.targets))
            for change in comparison.tasks
            if "unchanged" not in change.kinds
        ],
        "counts": [(label, len(comparison.of(kind))) for kind, label in groups],
    }
    return render(request, "workplan/version_diff.html", context)


def _promises(changes: Sequence[TargetChange]) -> list[tuple[str, str, str]]:
    """Name, what was promised before, what is promised now; empty where nothing was or is."""
    return [
        ((change.after or change.before).name, _promise(change.before), _promise(change.after))  # type: ignore[union-attr]
        for change in changes
    ]


def _promise(target: EditionTarget | None) -> str:
    if target is None:
        return ""
    most = "" if target.value_max is None else f"—{target.value_max:f}"
    return f"{Promised.Comparator(target.comparator).label} {target.value:f}{most}{target.unit}"


@guarded("workplan.view_plan")
def version_print(request: HttpRequest, pk: int) -> FileResponse:
    """The version as Word."""
    del request
    version = version_of(pk)
    name = f"{version.plan.title}（{_('第 %(no)s 版') % {'no': version.no}}）.docx"
    file = io.BytesIO(as_word(draft_of(version)))
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORD)


@guarded("workplan.view_plan")
def version_document(request: HttpRequest, pk: int) -> FileResponse:
    """The very file that was imported."""
    del request
    version = version_of(pk)
    if version.document is None:
        raise Problem(_("这一版不是从文件导入的，没有原文件。"))
    file = io.BytesIO(content(version.document.sha256))
    return FileResponse(file, as_attachment=True, filename=version.document.name)
