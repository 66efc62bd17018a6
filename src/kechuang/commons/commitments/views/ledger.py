# SPDX-License-Identifier: Apache-2.0
"""Reporting offline: the ledger goes out as a workbook and comes back, tried first, then written."""

from __future__ import annotations

import uuid
from collections import Counter

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.forms.reports import LedgerForm
from kechuang.commons.commitments.ledger import Result, ledger_of, own_parts, read_ledger, tried, written
from kechuang.commons.documents.actions import store_document
from kechuang.commons.documents.models import Document
from kechuang.commons.documents.storage import content
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem

SALT, ONE_DAY = "commitments.ledger", 24 * 3600
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded("commitments.report_part")
def ledger(request: HttpRequest) -> HttpResponse:
    """Fill in the own ledger offline (离线填报): take it along, bring it back, see what would happen, write it."""
    actor = request.actor  # type: ignore[attr-defined]
    form = LedgerForm(request.POST or None, request.FILES or None)
    context = {"form": form, "parts": own_parts(actor)}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = store_document(None, actor, name=file.name, data=file.read())
            results = tried(read_ledger(kept.name, content(kept.sha256)), actor)
        except Problem as problem:
            form.blame(problem)
        else:
            told = {"file": kept.pk, "by": actor.id, "key": str(uuid.uuid4())}
            context |= _shown(results) | {"token": signing.dumps(told, salt=SALT)}
    return render(request, "commitments/ledger.html", context, status=422 if form.errors else 200)


@guarded("commitments.report_part")
@require_POST
def ledger_write(request: HttpRequest) -> HttpResponse:
    """Write what was tried; sent again, it writes nothing twice."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        told = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=ONE_DAY)
    except signing.BadSignature:
        raise Problem(_("这次试算已过期。"), remedy=_("请重新上传表格。")) from None
    if told["by"] != actor.id:
        raise Problem(_("这份表格不是您上传的。"), remedy=_("请重新上传表格。"))
    kept = get_object_or_404(Document, pk=told["file"])
    results = written(read_ledger(kept.name, content(kept.sha256)), actor, told["key"])
    context = {"form": LedgerForm(), "parts": own_parts(actor), "is_written": True}
    return render(request, "commitments/ledger.html", context | _shown(results))


@guarded("commitments.report_part")
def ledger_file(request: HttpRequest) -> HttpResponse:
    """The workbook of one's own offices."""
    answer = HttpResponse(ledger_of(request.actor, clock.today()), content_type=XLSX)  # type: ignore[attr-defined]
    answer["Content-Disposition"] = f'attachment; filename="ledger-{clock.today().isoformat()}.xlsx"'
    return answer


def _shown(results: list[Result]) -> dict[str, object]:
    counts = Counter(one.outcome for one in results)
    return {
        "results": results,
        "reported": counts["reported"],
        "wrong": counts["wrong"],
        "left": counts["empty"],
    }
