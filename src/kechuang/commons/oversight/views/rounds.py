# SPDX-License-Identifier: Apache-2.0
"""Rounds of reporting: the list, one of them by office, the papers its reports are rendered in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from kechuang.commons.access.grants import ids_in_scope
from kechuang.commons.access.guards import guarded
from kechuang.commons.commitments.models import Round
from kechuang.commons.commitments.rounds import called, rounds_on, tallies
from kechuang.commons.kernel import clock
from kechuang.commons.oversight.tables import RoundList
from kechuang.commons.papers.forms import DraftForm
from kechuang.commons.papers.permissions import can_draft_paper
from kechuang.commons.papers.queries import templates
from kechuang.commons.ui.lists import list_response


@guarded("oversight.view_letter")
def round_list(request: HttpRequest) -> HttpResponseBase:
    """Rounds that have opened, the newest first (报送轮次)."""
    return list_response(request, RoundList())


@guarded("oversight.view_letter")
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: what was asked of each office and how it stands, what waits for one's own, for whom it is rendered."""
    day, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    shown = get_object_or_404(rounds_on(day), pk=pk)
    found = called(shown.calls.all(), day)
    _everywhere, units = ids_in_scope(actor, "commitments.report_part", "parties.unit")
    context = {
        "round": shown,
        "is_over": day > shown.due_on,
        "tallies": tallies(found),
        "mine": [one for one in found if str(one.part.unit_id) in units],
        "papers": _papers(shown) if can_draft_paper(None, actor) else [],
        "asked": len(found),
    }
    return render(request, "oversight/round_detail.html", context)


def _papers(shown: Round) -> list[tuple[str, str, DraftForm]]:
    """For each receiver the paper rendered for him: the same reports, as of the last day of the round."""
    known, day = templates(), min(clock.today(), shown.due_on)
    found = []
    for number, one in enumerate(shown.receivers):
        piece = known.get(one["paper"])
        if piece is not None:
            first = {"template": piece.code, "day": day}
            found.append((one["name"], piece.name, DraftForm(initial=first, auto_id=f"r{number}-%s")))
    return found
