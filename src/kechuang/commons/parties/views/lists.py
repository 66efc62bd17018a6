# SPDX-License-Identifier: Apache-2.0
"""Lists of organisations: handed in, settled line by line, confirmed, undone; entries that may be one (机构名单)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, first_refusal, refuse
from kechuang.commons.parties import actions
from kechuang.commons.parties.forms.lists import ListForm, SettleForm
from kechuang.commons.parties.forms.organizations import CauseForm, ReasonForm
from kechuang.commons.parties.models import OrganizationPair, PartyList, PartyRow
from kechuang.commons.parties.permissions import can_confirm_list, can_import_list
from kechuang.commons.parties.queries.lists import candidates_of, next_open, progress_of
from kechuang.commons.parties.reading import HEADINGS, open_list
from kechuang.commons.parties.running import start
from kechuang.commons.parties.sheets import template
from kechuang.commons.parties.tables.incoming import DECISIONS, MATCHES
from kechuang.commons.parties.tables.lists import (
    PairList,
    PartyLists,
    PartyRows,
    state_chip,
)
from kechuang.commons.parties.views.sending import Act, answer, named
from kechuang.commons.parties.wording import reason_words
from kechuang.commons.ui.forms import ActionForm
from kechuang.commons.ui.lists import list_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEE, IMPORT, CONFIRM = "parties.view_organization", "parties.import_list", "parties.confirm_list"
MERGE = "parties.merge_organizations"
State = PartyList.State


def _page(listed: PartyList) -> str:
    return reverse("parties:list-detail", args=[listed.pk])


@guarded(SEE)
def list_list(request: HttpRequest) -> HttpResponseBase:
    """Every list that came in."""
    context = {"may_import": can_import_list(None, request.actor)}  # type: ignore[attr-defined]
    return list_response(request, PartyLists(), context=context)


@guarded(IMPORT)
def list_template(request: HttpRequest) -> HttpResponse:
    """The template with the lists inside (下载模板)."""
    del request
    answered = HttpResponse(template(), content_type=XLSX)
    name = f"{_('机构名单模板')}.xlsx"
    answered["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answered


@guarded(IMPORT)
def list_upload(request: HttpRequest) -> HttpResponse:
    """Hand in a list; it is read while its page shows how far."""
    form = ListForm(request.POST or None, request.FILES or None)

    def given(data: dict[str, Any]) -> dict[str, Any]:
        file = data["file"]
        content = file.read()
        named_so = {name: data[name] for name in ("said_on", "title", "kind")}
        return {"name": file.name, "data": content, "opened": open_list(file.name, content), **named_so}

    act = Act(
        _("上传机构名单"),
        _("先读成草稿，逐行比对；核对后由另一人确认"),
        reverse("parties:list-list"),
        _("读取名单"),
        _("已上传，正在读取。"),
        actions.upload_list,
        None,
        given,
        after=start,
        to=_page,
        of_organization=False,
        back_label=_("机构名单"),
        template="parties/list_upload.html",
    )
    return answer(request, form, act)


@guarded(SEE)
def list_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One list: how far it is, what waits, its lines."""
    listed = get_object_or_404(PartyList.objects.select_related("document", "kind"), pk=pk)
    actor, progress = request.actor, progress_of(listed)  # type: ignore[attr-defined]
    if request.headers.get("HX-Target") == "kc-going-on":
        going = {"listed": listed, "progress": progress, "percent": _percent(listed, progress)}
        found = render(request, "parties/_going_on.html", going)
        if listed.state not in PartyList.GOING_ON:
            found["HX-Refresh"] = "true"
        return found
    document = resolve_many([Ref.of(listed.document)], actor) if listed.document else {}
    first = listed.rows.filter(decision=PartyRow.Decision.OPEN).order_by("line").first()
    context = {
        "listed": listed,
        "progress": progress,
        "percent": _percent(listed, progress),
        "going_on": listed.state in PartyList.GOING_ON,
        "state": state_chip(listed),
        "document": next(iter(document.values()), None),
        "first": first,
        "suggested": listed.rows.filter(decision=PartyRow.Decision.OPEN).exclude(suggestion="").count()
        if first
        else 0,
        "may_import": can_import_list(listed, actor),
        "may_confirm": _confirmable(listed, actor, progress.open),
        "action": ActionForm(version=listed.version),
        "history": [(entry, verb_words(entry.verb)) for entry in history_of(Ref.of(listed))[:20]],
        "ref": Ref.of(listed),
    }
    return list_response(request, PartyRows(listed), context=context)


def _confirmable(listed: PartyList, actor: Actor, waiting: int) -> Verdict:
    """Whether the button is of use: to this person, and while no line waits."""
    undecided = refuse(_("还有 %(count)s 行没有决定。") % {"count": waiting})
    ready = undecided if listed.state == State.DRAFT and waiting else ALLOWED
    return first_refusal(can_confirm_list(listed, actor), ready)


def _percent(listed: PartyList, progress: object) -> int:
    done, wanted = progress.done, progress.wanted  # type: ignore[attr-defined]
    if listed.state == State.SETTLING:
        return 100 * wanted // (wanted + progress.open) if wanted else 0  # type: ignore[attr-defined]
    if listed.state == State.UNDOING:
        return 100 - (100 * done // wanted if wanted else 100)
    return 100 * done // wanted if wanted else 0


@guarded(SEE)
def row_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One line beside the organisations it may mean, with the reasons; decide, and see the next (处理存疑行)."""
    row = get_object_or_404(PartyRow.objects.select_related("listed", "organization"), pk=pk)
    candidates = candidates_of(row)
    form = SettleForm(request.POST or None, row=row, candidates=[one for one, _alike, _why in candidates])
    actor = request.actor  # type: ignore[attr-defined]
    texts = row.data["texts"]
    act = Act(
        _("名单第 %(line)s 行") % {"line": row.line},
        row.listed.title,
        _page(row.listed),
        _("决定，并看下一行"),
        _("已决定。"),
        action=actions.settle_row,
        thing=row,
        given=named("decision", "organization"),
        to=_next,
        of_organization=False,
        back_label=row.listed.title,
        for_all=True,
        template="parties/row_settle.html",
        context={
            "row": row,
            "listed": row.listed,
            "cells": [(HEADINGS.words[name], texts[name]) for name in HEADINGS.words if texts.get(name)],
            "candidates": [(one, alike, reason_words(why)) for one, alike, why in candidates],
            "may_settle": can_import_list(row.listed, actor),
            "draft": row.listed.state == State.DRAFT,
            "match_tone": MATCHES[row.match],
            "decision_tone": DECISIONS[row.decision],
        },
    )
    return answer(request, form, act)


def _next(row: PartyRow) -> str:
    following = next_open(row)
    return reverse("parties:row-settle", args=[following.pk]) if following else _page(row.listed)


def _button(run: Callable[..., object], done: object) -> Callable[..., HttpResponse]:
    """A button on the page of a list."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        listed = get_object_or_404(PartyList, pk=pk)
        form = ActionForm(request.POST)
        form.is_valid()
        run(listed, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
        if listed.state in PartyList.GOING_ON:
            start()
        messages.success(request, str(done))
        return redirect(_page(listed))

    return require_POST(view)


suggestions_accept = guarded(IMPORT)(_button(actions.accept_suggestions, gettext_lazy("正在采纳建议。")))
list_drop = guarded(IMPORT)(_button(actions.drop_list, gettext_lazy("已作废。")))
list_confirm = guarded(CONFIRM)(_button(actions.confirm_list, gettext_lazy("已确认，正在登记。")))


@guarded(CONFIRM)
def list_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a list that was taken (撤回机构名单)."""
    listed = get_object_or_404(PartyList, pk=pk)
    form = CauseForm(request.POST or None, version=listed.version)
    act = Act(
        _("撤回机构名单"),
        listed.title,
        _page(listed),
        _("撤回"),
        _("正在撤回。"),
        actions.undo_list,
        listed,
        named("reason"),
        after=start,
        note=_("它新建而没有别处引用的机构将删除，补上的代码、区县、身份将去掉，登记事项标为已撤回。"),
        of_organization=False,
        back_label=listed.title,
    )
    return answer(request, form, act)


@guarded(MERGE)
def pair_list(request: HttpRequest) -> HttpResponseBase:
    """Entries that may be one organisation (疑似重复)."""
    return list_response(request, PairList(), context={"action": ActionForm()})


@guarded(MERGE)
@require_POST
def pair_seek(request: HttpRequest) -> HttpResponse:
    """Look for them anew (查找疑似重复)."""
    form = ActionForm(request.POST)
    form.is_valid()
    found = actions.seek_pairs(None, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("新发现 %(count)s 对。") % {"count": int(found)})
    return redirect("parties:pair-list")


@guarded(MERGE)
def pair_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that two entries are two organisations."""
    pair = get_object_or_404(OrganizationPair.objects.select_related("one", "other"), pk=pk)
    form = ReasonForm(request.POST or None, version=pair.version)
    act = Act(
        _("不是同一家"),
        f"{pair.one} ～ {pair.other}",
        reverse("parties:pair-list"),
        _("确认不是同一家"),
        _("已注明，不再提示。"),
        action=actions.tell_apart,
        thing=pair,
        given=named("reason"),
        of_organization=False,
        back_label=_("疑似重复"),
    )
    return answer(request, form, act)
