# SPDX-License-Identifier: Apache-2.0
"""The yearly stock-take of what a record promised."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.registers.actions.stocktakes import take_stock
from kechuang.commons.registers.forms import StocktakeForm
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import can_keep_record
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.stocktaking import kept_in


@guarded("registers.keep_record")
def stocktake_take(request: HttpRequest, pk: int) -> HttpResponse:
    """See what was kept this year, and write it into the record (年度盘点)."""
    record = get_object_or_404(Record.objects.select_related("unit"), pk=pk)
    piece, day, actor = register_of(record.register), clock.today(), request.actor  # type: ignore[attr-defined]
    verdict = can_keep_record(record, actor)
    if not verdict:
        raise Refused(verdict)
    form = StocktakeForm(request.POST or None, version=record.version, initial={"year": day.year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            take_stock(record, actor, year=data["year"], remark=data["remark"], **form.action_arguments())
        except Problem as problem:
            form.blame(problem)
        else:
            messages.success(request, _("已写入 %(year)s 年度盘点。") % {"year": data["year"]})
            return redirect("registers:record-detail", record.pk)
    done, left = kept_in(record, day.year, day)
    context = {
        "form": form,
        "register": piece,
        "record": record,
        "year": day.year,
        "done": done,
        "left": left,
    }
    return render(request, "registers/stocktake.html", context, status=422 if form.errors else 200)
