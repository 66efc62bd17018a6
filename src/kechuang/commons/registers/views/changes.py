# SPDX-License-Identifier: Apache-2.0
"""What each edit of a record changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from kechuang.commons.access.guards import guarded
from kechuang.commons.registers.changing import edits_of
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of


@guarded("registers.view_record")
def record_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every edit with what went and what came (修改对照)."""
    record = get_object_or_404(Record, pk=pk)
    piece = register_of(record.register)
    context = {"register": piece, "record": record, "edits": edits_of(piece, record)}
    return render(request, "registers/record_changes.html", context)
