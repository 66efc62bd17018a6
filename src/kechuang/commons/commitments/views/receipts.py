# SPDX-License-Identifier: Apache-2.0
"""Receipts: what an office has yet to take note of, received one by one or several at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.actions import receive_part
from kechuang.commons.commitments.instructions import named_by
from kechuang.commons.commitments.models import Responsibility
from kechuang.commons.commitments.queries import parts_to_receive
from kechuang.commons.commitments.views.acting import page_of
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.forms import ActionForm


@guarded("commitments.receive_part")
def receipt_list(request: HttpRequest) -> HttpResponse:
    """The parts of one's own offices that nobody has taken note of (待签收)."""
    actor = request.actor  # type: ignore[attr-defined]
    waiting = parts_to_receive(actor)
    if request.method == "POST":
        chosen = set(request.POST.getlist("part"))
        received = 0
        for part in waiting:
            if str(part.pk) not in chosen:
                continue
            try:
                receive_part(part, actor)
                received += 1
            except Problem as problem:
                messages.error(request, f"{part.commitment.title}：{problem}")
        messages.success(request, _("已签收 %(count)s 项。") % {"count": received})
        return redirect("commitments:receipt-list")
    sources = named_by((part.commitment for part in waiting), actor)
    lines = [(part, sources.get(part.commitment_id)) for part in waiting]
    return render(request, "commitments/receipt_list.html", {"waiting": lines})


@guarded("commitments.receive_part")
@require_POST
def part_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """One part (签收)."""
    part = get_object_or_404(Responsibility.objects.select_related("commitment", "unit"), pk=pk)
    form = ActionForm(request.POST)
    form.is_valid()
    receive_part(part, request.actor, **form.action_arguments())  # type: ignore[attr-defined]
    messages.success(request, _("已签收：%(task)s") % {"task": part.commitment.title})
    return redirect(page_of(part.commitment, request.actor).url)  # type: ignore[attr-defined]
