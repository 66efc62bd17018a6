# SPDX-License-Identifier: Apache-2.0
"""Defining registers on a page: write, try, hand in; a second person releases."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.grants import holds
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.actions.definitions import (
    begin_draft,
    edit_draft,
    release_register,
    return_draft,
    submit_draft,
)
from kechuang.commons.registers.designer import BeginForm, Designer
from kechuang.commons.registers.drafting import skeleton
from kechuang.commons.registers.forms import ReasonForm, RecordForm
from kechuang.commons.registers.migrating import passage_of_all
from kechuang.commons.registers.models import RegisterDraft
from kechuang.commons.registers.permissions import can_edit_draft, can_release_register
from kechuang.commons.registers.queries import registers
from kechuang.commons.registers.trying import next_version, tried
from kechuang.commons.registers.wording import compared
from kechuang.commons.ui.forms import ActionForm


@guarded("registers.define_register")
def draft_list(request: HttpRequest) -> HttpResponse:
    """Definitions being written, and a form to begin one (台账设计)."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draft = begin_draft(
                None,
                request.actor,  # type: ignore[attr-defined]
                code=data["existing"],
                content=None if data["existing"] else skeleton(data["name"].strip()),
                idempotency_key=form.action_arguments()["idempotency_key"],
            )
        except Problem as problem:
            form.blame(problem)
        else:
            return redirect("registers:draft-edit", draft.pk)
    drafts = RegisterDraft.objects.exclude(state=RegisterDraft.State.RELEASED)
    context = {"form": form, "drafts": drafts}
    return render(request, "registers/draft_list.html", context, status=422 if form.errors else 200)


@guarded("registers.define_register")
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write fields, states, moves, list, public view; saved as it stands, with what is not sound told beside."""
    draft = get_object_or_404(RegisterDraft, pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_edit_draft(draft, actor)
    if not verdict:
        raise Refused(verdict)
    designer = Designer(draft.content, request.POST or None, version=draft.version)
    if request.method == "POST" and designer.is_valid():
        try:
            edit_draft(draft, actor, content=designer.content(), **designer.head.action_arguments())
        except Problem as problem:
            designer.head.blame(problem)
        else:
            messages.success(request, _("已保存草案。"))
            return redirect("registers:draft-edit", draft.pk)
    piece, faults = tried(draft.content)
    context = {
        "draft": draft,
        "designer": designer,
        "faults": faults,
        "trial": RecordForm(register=piece, prefix="trial") if piece else None,
        "piece": piece,
        "action": ActionForm(version=draft.version),
    }
    return render(request, "registers/draft_edit.html", context, status=422 if designer.errors else 200)


@guarded("registers.define_register")
@require_POST
def draft_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    draft = get_object_or_404(RegisterDraft, pk=pk)
    form = ActionForm(request.POST)
    form.is_valid()
    submit_draft(draft, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已提交，等另一位有发布权限的人发布。"))
    return redirect("registers:draft-list")


@guarded("registers.release_register")
def draft_release(request: HttpRequest, pk: int) -> HttpResponse:
    """See what changes, release it or send it back (发布台账)."""
    draft = get_object_or_404(RegisterDraft, pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None, version=draft.version, prefix="return")
    if request.method == "POST":
        action = ActionForm(request.POST)
        action.is_valid()
        if request.POST.get("do") == "release":
            release = release_register(draft, actor, **action.action_arguments())
            words = {"name": release.title, "version": release.number}
            messages.success(request, _("已发布“%(name)s”第 %(version)s 版。") % words)
            return redirect("registers:record-list", draft.code)
        if form.is_valid():
            return_draft(draft, actor, reason=form.cleaned_data["reason"], **form.action_arguments())
            messages.success(request, _("已退回起草人。"))
            return redirect("registers:register-list")
    known = registers()
    current = known.get(draft.code)
    piece, _faults = tried({**draft.content, "version": next_version(current)})
    names = {code: one.name for code, one in known.items()} | {draft.code: draft.content.get("name", "")}
    names |= {f"unit:{code}": name for code, name in Unit.objects.values_list("code", "short_name")}
    lines = compared(current, draft.content, names)
    context = {
        "draft": draft,
        "form": form,
        "action": ActionForm(version=draft.version),
        "may_release": can_release_register(draft, actor),
        "may_define": holds(actor, "registers.define_register"),
        "current": current,
        "lines": [line for line in lines if line.differs],
        "same": sum(not line.differs for line in lines),
        "passage": passage_of_all(current, piece) if current and piece else None,
        "piece": piece,
    }
    return render(request, "registers/draft_release.html", context, status=422 if form.errors else 200)
