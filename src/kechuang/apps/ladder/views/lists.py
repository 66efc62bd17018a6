# SPDX-License-Identifier: Apache-2.0
"""Published lists: all of them, a new one, one with its lines, confirming and withdrawing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.apps.ladder.actions.intake import discard_list, upload_list
from kechuang.apps.ladder.actions.registering import confirm_list, undo_list
from kechuang.apps.ladder.actions.settling import accept_suggestions
from kechuang.apps.ladder.forms import UndoForm, UploadForm
from kechuang.apps.ladder.models import ListImport
from kechuang.apps.ladder.permissions import (
    can_confirm_list,
    can_discard_list,
    can_settle_row,
    can_undo_list,
    can_upload_list,
)
from kechuang.apps.ladder.queries import counts_of, open_rows, ready_to_confirm
from kechuang.apps.ladder.tables import ListTable, RowTable, state_chip
from kechuang.commons.access.guards import guarded, offer
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.kernel.verdicts import first_refusal
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response


def _list(pk: int) -> ListImport:
    return get_object_or_404(ListImport.objects.select_related("kind", "document"), pk=pk)


@guarded("ladder.view_list")
def list_list(request: HttpRequest) -> HttpResponseBase:
    """Every published list (企业名单)."""
    may_upload = can_upload_list(None, request.actor)  # type: ignore[attr-defined]
    table = ListTable()
    table.template = "ladder/list_list.html"
    return list_response(request, table, context={"may_upload": may_upload})


@guarded("ladder.import_list")
def list_upload(request: HttpRequest) -> HttpResponse:
    """Drop in a published list (公告拖入)."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            listed = upload_list(
                data["kind"],
                request.actor,  # type: ignore[attr-defined]
                name=data["file"].name,
                data=data["file"].read(),
                issued_on=data["issued_on"],
                title=data["title"],
                document_number=data["document_number"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已读取 %(count)s 行，尚未登记。") % {"count": listed.row_count})
            return redirect("ladder:list-detail", listed.pk)
    return render(request, "ladder/list_upload.html", {"form": form}, status=422 if form.errors else 200)


@guarded("ladder.view_list")
def list_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One list: what was read of it, the doubts, who did what, every line (名单页)."""
    listed, actor = _list(pk), request.actor  # type: ignore[attr-defined]
    by_match, by_decision = counts_of(listed)
    document = resolve_many([Ref.of(listed.document)], actor) if listed.document else {}
    draft = listed.state == ListImport.State.DRAFT
    context = {
        "listed": listed,
        "state": state_chip(listed),
        "draft": draft,
        "by_match": by_match,
        "by_decision": by_decision,
        "waiting": {code: count for code, _words, count in by_decision}["open"],
        "document": next(iter(document.values()), None),
        "may_settle": can_settle_row(listed, actor),
        "may_confirm": first_refusal(can_confirm_list(listed, actor), ready_to_confirm(listed))
        if draft
        else None,
        "may_discard": can_discard_list(listed, actor),
        "may_undo": can_undo_list(listed, actor) if listed.state == ListImport.State.CONFIRMED else None,
        "first": open_rows(listed).order_by("line").first() if draft else None,
        "suggested": open_rows(listed).exclude(suggestion="").count() if draft else 0,
        "action": ActionForm(version=listed.version),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(listed))[:20]],
        "ref": Ref.of(listed),
    }
    return list_response(request, RowTable(listed), context=context)


@guarded("ladder.import_list")
@require_POST
def suggestions_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide every line that has a suggestion as suggested."""
    form, listed = _button(request), _list(pk)
    accept_suggestions(listed, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已采纳全部建议。"))
    return redirect("ladder:list-detail", pk)


@guarded("ladder.confirm_list")
@require_POST
def list_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Register what the list says."""
    form, listed = _button(request), _list(pk)
    confirm_list(listed, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(
        request,
        _("已登记 %(registered)s 项资质，新建 %(created)s 家企业。")
        % {"registered": listed.registered, "created": listed.created},
    )
    return redirect("ladder:list-detail", pk)


@guarded("ladder.import_list")
@require_POST
def list_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a list that was not confirmed."""
    form, listed = _button(request), _list(pk)
    discard_list(listed, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已作废：%(title)s") % {"title": listed.title})
    return redirect("ladder:list-list")


@guarded("ladder.confirm_list")
def list_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a confirmed list, with the reason."""
    listed = _list(pk)
    offer(request, undo_list, listed)
    form = UndoForm(request.POST or None, version=listed.version)
    if request.method == "POST" and form.is_valid():
        try:
            undo_list(
                listed,
                request.actor,  # type: ignore[attr-defined]
                reason=form.cleaned_data["reason"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已撤回：%(title)s") % {"title": listed.title})
            return redirect("ladder:list-detail", pk)
    context = {"form": form, "listed": listed}
    return render(request, "ladder/list_undo.html", context, status=422 if form.errors else 200)


def _button(request: HttpRequest) -> ActionForm:
    form = ActionForm(request.POST)
    if not form.is_valid():
        raise Problem(_("页面已过期。"), remedy=_("请刷新页面后重试。"))
    return form
