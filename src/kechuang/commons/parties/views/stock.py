# SPDX-License-Identifier: Apache-2.0
"""Who held what on any day: stock and bridge by region, and the list behind each number (资质存量)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.access.guards import guarded
from kechuang.commons.parties.models import QualificationKind
from kechuang.commons.parties.queries.bridges import Place, Standings, standings
from kechuang.commons.parties.spans import Bridge
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
            "table": _table(found, kind, day),
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


def _table(found: Standings, kind: QualificationKind, day: dt.date) -> SafeString:
    def closing(place: Place) -> SafeString:
        asked = {"kind": kind.pk, "day": day.isoformat()}
        if place.region is not None:
            asked["region"] = place.region.code
        return marks.figure(
            place.bridge.closing, url=f"{reverse('parties:qualification-list')}?{urlencode(asked)}"
        )

    def number(name: str, label: str, read: Callable[[Bridge], int]) -> Column:
        return Column(name, label, value=lambda place: read(place.bridge), kind="number")

    columns = (
        Column("region", _("区县"), value=lambda place: place.region or _("未注明区县"), css="kc-main-col"),
        number("opening", _("期初"), lambda one: one.opening),
        number("new", _("新增"), lambda one: one.new),
        number("renewed", _("重新取得"), lambda one: one.renewed),
        number("expired", _("到期"), lambda one: -one.expired),
        number("revoked", _("撤销"), lambda one: -one.revoked),
        Column("closing", _("期末"), value=lambda place: place.bridge.closing, kind="number", cell=closing),
    )
    return table(columns, found.places, _("分区县存量与增减"))


@guarded("parties.view_organization")
def qualification_list(request: HttpRequest) -> HttpResponseBase:
    """Every qualification in force on a day, with who holds it (某日有效资质)."""
    day = day_asked(request)
    context = {
        "day": day,
        "carried": [pair for pair in request.GET.items() if pair[0] not in {"day", "page"}],
    }
    return list_response(request, QualificationList(day), context=context)
