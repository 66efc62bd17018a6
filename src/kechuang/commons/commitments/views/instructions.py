# SPDX-License-Identifier: Apache-2.0
"""The lists of instructions, of clauses and resolutions, and the way from a commitment to its page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from kechuang.commons.access.guards import guarded, signed_in
from kechuang.commons.commitments.tables import ClauseList, InstructionList
from kechuang.commons.kernel.refs import Ref, visible_to
from kechuang.commons.ui.lists import list_response


@guarded("commitments.view_instruction")
def instruction_list(request: HttpRequest) -> HttpResponseBase:
    """Leaders' instructions and where they stand (批示督办)."""
    return list_response(request, InstructionList())


@guarded("commitments.view_instruction")
def clause_list(request: HttpRequest) -> HttpResponseBase:
    """Clauses of agreements, resolutions of meetings and where they stand (约定事项)."""
    return list_response(request, ClauseList())


@signed_in
def commitment_open(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page of a commitment, wherever the room that shows it keeps it, for who may see it there."""
    ref = Ref("commitments.commitment", str(pk))
    seen = visible_to(request.actor, [ref])  # type: ignore[attr-defined]
    if ref not in seen:
        raise Http404
    return redirect(seen[ref].url)
