# SPDX-License-Identifier: Apache-2.0
"""Erasing what is sensitive in a record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.registers.actions.erasing import erase_record
from kechuang.commons.registers.forms import EraseForm
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import can_head_record
from kechuang.commons.registers.queries import register_of


@guarded("registers.head_record")
def record_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why; the values are gone for good (删除敏感信息)."""
    record = get_object_or_404(Record.objects.select_related("unit"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    verdict = can_head_record(record, actor)
    if not verdict:
        raise Refused(verdict)
    form = EraseForm(request.POST or None, version=record.version)
    if request.method == "POST" and form.is_valid():
        try:
            erase_record(record, actor, reason=form.cleaned_data["reason"], **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("敏感信息已删除，不能恢复。"))
            return redirect("registers:record-detail", record.pk)
    piece = register_of(record.register)
    labels = [
        field.label for field in piece.fields if field.access == "sensitive" and field.code in record.data
    ]
    context = {"form": form, "register": piece, "record": record, "labels": labels}
    return render(request, "registers/record_erase.html", context, status=422 if form.errors else 200)
