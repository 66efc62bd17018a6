# SPDX-License-Identifier: Apache-2.0
"""Many records of a list moved at once, with the result of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.registers.bulk import MOST, Outcome, move_each
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.forms import BulkForm
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import records_of, register_of
from kechuang.commons.registers.tables import RecordList
from kechuang.commons.ui.lists import Listing


@guarded("registers.keep_record")
def bulk_move(request: HttpRequest, register: str) -> HttpResponse:
    """Choose among the records of the list as it is narrowed, move them, see what became of each (批量流转)."""
    piece = register_of(register)
    listing = Listing(request, RecordList(piece, sensitive=False))
    form = BulkForm(
        request.POST or None, request.FILES or None, register=piece, initial={"on": clock.today()}
    )
    outcomes: list[Outcome] = []
    chosen = request.POST.getlist("record")
    if request.method == "POST" and form.is_valid():
        outcomes = _moved(piece, request, form, chosen)
    context = {
        "register": piece,
        "form": form,
        "outcomes": outcomes,
        "done": sum(one.is_done for one in outcomes),
        "rows": [] if outcomes else _rows(piece, listing, chosen),
        "count": listing.count,
        "most": MOST,
        "query": request.GET.urlencode(),
    }
    return render(request, "registers/bulk.html", context, status=422 if form.errors else 200)


def _rows(piece: RegisterPiece, listing: Listing, chosen: list[str]) -> list[tuple[Record, str, str, bool]]:
    found = []
    for record in listing.found.cut(0, MOST):
        key, state = f"{record.pk}:{record.version}", piece.state(record.state).label
        found.append((record, key, state, key in chosen))
    return found


def _moved(piece: RegisterPiece, request: HttpRequest, form: BulkForm, chosen: list[str]) -> list[Outcome]:
    versions = {}
    for one in chosen[:MOST]:
        key, _colon, version = one.partition(":")
        if key.isascii() and key.isdigit() and version.isascii() and version.isdigit() and len(one) < 30:  # noqa: PLR2004
            versions[int(key)] = int(version)
    if not versions:
        form.require_choice()
        return []
    rows = records_of(piece).filter(pk__in=versions).order_by("pk")
    data = form.cleaned_data
    file = data["proof"]
    return move_each(
        [(row, versions[row.pk]) for row in rows],
        request.actor,  # type: ignore[attr-defined]
        to=data["to"],
        reason=data["reason"],
        on=data["on"],
        files=[(file.name, file.read())] if file else [],
        key=form.action_arguments()["idempotency_key"],
    )
