# SPDX-License-Identifier: Apache-2.0
"""Acts on a whole draft: everything accepted, leads accepted, an office matched, lines and areas added."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.apps.workplan import actions
from kechuang.apps.workplan.forms.items import AreaForm, MatchForm, NewItemForm
from kechuang.apps.workplan.models import Area, Item
from kechuang.apps.workplan.permissions import can_edit_plan
from kechuang.apps.workplan.queries.drafts import draft_of
from kechuang.apps.workplan.views.versions import version_of
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.models import Unit


@guarded("workplan.edit_plan")
@require_POST
def items_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line is right: one act per line, so that each has its own entry."""
    draft = draft_of(version_of(pk))
    lines = [branch.item for grove in draft.groves for branch in grove.tasks] + list(draft.headline)
    waiting = [line for line in lines if line.state == Item.State.PROPOSED and line.kind != Item.Kind.PROMISE]
    return _one_by_one(request, pk, waiting, lambda item: actions.accept_item(item, request.actor))  # type: ignore[attr-defined]


@guarded("workplan.edit_plan")
@require_POST
def leads_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Every suggested lead is right."""
    draft = draft_of(version_of(pk))
    suggested = {
        branch.item.pk: branch.suggested
        for grove in draft.groves
        for branch in grove.tasks
        if branch.suggested is not None
    }
    waiting = [branch.item for grove in draft.groves for branch in grove.tasks if branch.item.pk in suggested]
    return _one_by_one(
        request,
        pk,
        waiting,
        lambda item: actions.settle_lead(item, request.actor, office=suggested[item.pk]),  # type: ignore[attr-defined]
    )


def _one_by_one(
    request: HttpRequest, pk: int, items: list[Item], act: Callable[[Item], object]
) -> HttpResponse:
    done, refused = 0, []
    for item in items:
        try:
            act(item)
        except Problem as problem:
            refused.append(f"{item}：{problem}")
        else:
            done += 1
    messages.success(request, _("已办理 %(done)s 条。") % {"done": done})
    for words in refused[:5]:
        messages.error(request, words)
    return redirect("workplan:version-detail", pk)


@guarded("workplan.edit_plan")
@require_POST
def office_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which office a name means, wherever it stands in the draft."""
    form, actor = MatchForm(request.POST, units=list(Unit.objects.all())), request.actor  # type: ignore[attr-defined]
    if not form.is_valid():
        raise Problem(_("请选择对应的处室。"))
    name, key = form.cleaned_data["name"], form.action_arguments()["idempotency_key"]
    unit = form.chosen()
    actions.match_office(version_of(pk), actor, name=name, unit=unit, idempotency_key=key)
    messages.success(
        request, _("已对应：%(name)s → %(unit)s") % {"name": name, "unit": unit or _("只记录不跟踪")}
    )
    return redirect("workplan:version-detail", pk)


@guarded("workplan.edit_plan")
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line that the parser did not find."""
    version, actor = version_of(pk), request.actor  # type: ignore[attr-defined]
    verdict = can_edit_plan(version, actor)
    if not verdict:
        raise Refused(verdict)
    form = NewItemForm(request.POST or None, plan_version=version, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {name: data[name] for name in ("kind", "number", "title", "text", "area", "parent")}
        try:
            key = form.action_arguments()["idempotency_key"]
            made = actions.add_item(version, actor, **facts, idempotency_key=key)
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已添加：%(item)s") % {"item": made})
            return redirect("workplan:item-edit", made.pk)
    context = {"form": form, "version": version, "title": _("添加条目"), "button": _("添加")}
    return render(request, "workplan/version_form.html", context, status=422 if form.errors else 200)


@guarded("workplan.edit_plan")
def area_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a focus area."""
    version, actor = version_of(pk), request.actor  # type: ignore[attr-defined]
    verdict = can_edit_plan(version, actor)
    if not verdict:
        raise Refused(verdict)
    form = AreaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            data, key = form.cleaned_data, form.action_arguments()["idempotency_key"]
            actions.add_area(version, actor, title=data["title"], number=data["number"], idempotency_key=key)
        except Problem as problem:
            form.blame(problem)
        else:
            return redirect("workplan:version-detail", pk)
    context = {"form": form, "version": version, "title": _("添加重点领域"), "button": _("添加")}
    return render(request, "workplan/version_form.html", context, status=422 if form.errors else 200)


@guarded("workplan.edit_plan")
def area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a focus area right."""
    area = get_object_or_404(Area.objects.select_related("plan_version__plan"), pk=pk)
    version, actor = area.plan_version, request.actor  # type: ignore[attr-defined]
    verdict = can_edit_plan(area, actor)
    if not verdict:
        raise Refused(verdict)
    if "remove" in request.POST:
        actions.remove_area(version, actor, area=area)
        messages.success(request, _("已删除：%(area)s") % {"area": area.title})
        return redirect("workplan:version-detail", version.pk)
    form = AreaForm(
        request.POST or None, initial={"title": area.title, "number": area.number}, version=area.version
    )
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            actions.edit_area(
                area, actor, title=data["title"], number=data["number"], **form.action_arguments()
            )
        except Problem as problem:
            form.blame(problem)
        else:
            return redirect("workplan:version-detail", version.pk)
    context = {
        "form": form, "version": version, "title": _("修改重点领域"), "button": _("保存"),
        "empty": not area.items.exists(),
    }  # fmt: skip
    return render(request, "workplan/version_form.html", context, status=422 if form.errors else 200)
