# SPDX-License-Identifier: Apache-2.0
"""Who held what on any day: stock and bridge by region, and the list behind each number (资质存量)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.parties.models import QualificationKind, Region
from kechuang.commons.parties.queries.bridges import Place, Standings, movements, standings
from kechuang.commons.parties.spans import Bridge
from kechuang.commons.parties.tables.movements import PARTS, MovementList
from kechuang.commons.parties.tables.qualifications import QualificationList
from kechuang.commons.ui import marks
from kechuang.commons.ui.columns import Column
from kechuang.commons.ui.days import day_asked
from kechuang.commons.ui.list_html import table
from kechuang.commons.ui.lists import list_response


@guarded("parties.view_organization")
def stock(request: HttpRequest) -> HttpResponse:
    """Of one kind: how many hold it on a day by region, and what changed since another day."""
    kinds = list(QualificationKind.objects.order_by("code"))
    wanted = request.GET.get("kind", "")
    kind = next((one for one in kinds if one.pk == wanted), kinds[0] if kinds else None)
    day = day_asked(request)
    since = _since(request, day)
    context: dict[str, object] = {"kinds": kinds, "kind": kind, "day": day, "since": since}
    if kind is not None:
        found = standings(kind.pk, since, day)
        context |= {
            "found": found,
            "opening": _list_address(kind, since),
            "closing": _list_address(kind, day),
            "moved": {part: _moved_address(kind, since, day, part) for part in PARTS},
            "table": _table(found, kind, since, day),
            "trend": marks.spark([count for _day, count in found.months], _("近十二个月月末存量")),
        }
    return render(request, "parties/stock.html", context)


def _since(request: HttpRequest, day: dt.date) -> dt.date:
    """The opening day of the address; by default the last day of the year before."""
    try:
        since = dt.date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return dt.date(day.year - 1, 12, 31)
    return min(since, day)


def _list_address(kind: QualificationKind, day: dt.date, region: Region | None = None) -> str:
    asked = {"kind": kind.pk, "day": day.isoformat(), **({"region": region.code} if region else {})}
    return f"{reverse('parties:qualification-list')}?{urlencode(asked)}"


def _moved_address(
    kind: QualificationKind, since: dt.date, day: dt.date, part: str, region: Region | None = None
) -> str:
    asked = {"kind": kind.pk, "part": part, "since": since.isoformat(), "day": day.isoformat()}
    if region is not None:
        asked["region"] = region.code
    return f"{reverse('parties:movement-list')}?{urlencode(asked)}"


def _table(found: Standings, kind: QualificationKind, since: dt.date, day: dt.date) -> SafeString:
    """Every number opens; where no region is known there is no list of it alone."""

    def number(
        name: str, label: str, read: Callable[[Bridge], int], address: Callable[[Region], str]
    ) -> Column:
        def cell(place: Place) -> SafeString:
            count = read(place.bridge)
            return marks.figure(count, url=address(place.region) if count and place.region else "")

        return Column(name, label, value=lambda place: read(place.bridge), kind="number", cell=cell)

    def moved(part: str, sign: int) -> Column:
        return number(
            part,
            str(PARTS[part]),
            lambda one: sign * getattr(one, part),
            lambda region: _moved_address(kind, since, day, part, region),
        )

    columns = (
        Column("region", _("区县"), value=lambda place: place.region or _("未注明区县"), css="kc-main-col"),
        number(
            "opening", _("期初"), lambda one: one.opening, lambda region: _list_address(kind, since, region)
        ),
        moved("new", 1),
        moved("renewed", 1),
        moved("expired", -1),
        moved("revoked", -1),
        number(
            "closing", _("期末"), lambda one: one.closing, lambda region: _list_address(kind, day, region)
        ),
    )
    return table(columns, found.places, _("分区县存量与增减"))


@guarded("parties.view_organization")
def movement_list(request: HttpRequest) -> HttpResponseBase:
    """The members of one part of a bridge: who came or went between two days, everywhere or in a region (增减名单)."""
    kind = get_object_or_404(QualificationKind, pk=request.GET.get("kind", ""))
    part, day = request.GET.get("part", ""), day_asked(request)
    if part not in PARTS:
        raise Http404
    since, code = _since(request, day), request.GET.get("region", "")
    region = get_object_or_404(Region, code=code) if code else None
    words = {"since": since.isoformat(), "day": day.isoformat()}
    about = _("%(since)s 之后，至 %(day)s") % words
    page = MovementList(
        f"{kind.name} · {PARTS[part]}",
        f"{region} · {about}" if region else about,
        movements(kind.pk, since, day, part, region),
    )
    return list_response(request, page)


@guarded("parties.view_organization")
def qualification_list(request: HttpRequest) -> HttpResponseBase:
    """Every qualification in force on a day, with who holds it (某日有效资质)."""
    day = day_asked(request)
    context = {
        "day": day,
        "carried": [pair for pair in request.GET.items() if pair[0] not in {"day", "page"}],
    }
    return list_response(request, QualificationList(day), context=context)
