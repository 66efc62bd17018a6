# SPDX-License-Identifier: Apache-2.0
"""What everybody sees of registers, without signing in: the directory of them, and one of them (公开目录)."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import public
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of, registers
from kechuang.commons.registers.tables import PublicList
from kechuang.commons.ui.lists import list_response


@public
def public_index(request: HttpRequest) -> HttpResponse:
    """Every register with a public page, how many records stand there, whether one may sign up (公开目录)."""
    shown = {code: piece for code, piece in registers().items() if piece.public}
    wanted = Q(pk__in=())
    for code, piece in shown.items():
        wanted |= Q(register=code, state__in=piece.public.states if piece.public else ())
    rows = Record.objects.filter(wanted).order_by().values_list("register").annotate(n=Count("pk"))
    counts = dict(rows)
    groups: dict[str, list[tuple[object, int]]] = {}
    for code, piece in sorted(shown.items(), key=lambda one: (one[1].group, one[1].name)):
        groups.setdefault(piece.group, []).append((piece, counts.get(code, 0)))
    return render(request, "registers/public_index.html", {"groups": list(groups.items())})


@public
def public_list(request: HttpRequest, register: str) -> HttpResponseBase:
    """What everybody may see of a register (公开目录)."""
    piece = register_of(register)
    if piece.public is None:
        raise Http404(_("这份台账不公开。"))
    page = PublicList(piece, piece.public)
    return list_response(request, page, context={"register": piece})
