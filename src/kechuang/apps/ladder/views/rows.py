# SPDX-License-Identifier: Apache-2.0
"""One line of a list: what it says, what it may mean, what is decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.apps.ladder.actions.settling import settle_row
from kechuang.apps.ladder.forms import SettleForm
from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.permissions import can_settle_row
from kechuang.apps.ladder.queries import candidates_of, next_open, open_rows
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import Verdict, refuse
from kechuang.commons.parties.tables.incoming import DECISIONS, MATCHES


@guarded("ladder.view_list")
def row_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide what a line means; who may not decide still sees it."""
    rows = ListRow.objects.select_related("list__kind", "organization", "qualification")
    row = get_object_or_404(rows, pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    candidates = candidates_of([row])[row.pk]
    form = SettleForm(request.POST or None, row=row, candidates=candidates, initial=_as_decided(row))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            settle_row(
                row,
                actor,
                decision=data["decision"],
                organization=data["organization"],
                **form.action_arguments(),
            )
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(
                request,
                _("第 %(line)s 行：%(decision)s")
                % {"line": row.line, "decision": row.get_decision_display()},
            )
            following = next_open(row)
            return (
                redirect("ladder:row-settle", following.pk)
                if following
                else redirect("ladder:list-detail", row.list_id)
            )
    context = {
        "row": row,
        "listed": row.list,
        "cells": list(zip(row.list.columns, row.raw, strict=False)),
        "match_tone": MATCHES[row.match],
        "decision_tone": DECISIONS[row.decision],
        "form": form,
        "may_settle": _may_settle(row, can_settle_row(row, actor)),
        "waiting": open_rows(row.list).count(),
        "ref": Ref.of(row),
    }
    return render(request, "ladder/row_settle.html", context, status=422 if form.errors else 200)


def _as_decided(row: ListRow) -> dict[str, str]:
    """What stands decided or suggested, as the form's choice."""
    decision = row.suggestion if row.decision == ListRow.Decision.OPEN else row.decision
    if decision == ListRow.Decision.TAKE:
        key = row.organization_id or (row.candidates[0][0] if row.candidates else None)
        return {"decision": f"take:{key}"}
    return {"decision": decision}


def _may_settle(row: ListRow, verdict: Verdict) -> Verdict:
    if verdict and row.list.state != ListImport.State.DRAFT:
        return refuse(
            _("这份名单的状态是“%(state)s”，不能再处理。") % {"state": row.list.get_state_display()}
        )
    return verdict
