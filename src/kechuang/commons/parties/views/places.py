# SPDX-License-Identifier: Apache-2.0
"""Regions: the list, and one with what lies in it and over it (区域)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import QualificationKind, Region
from kechuang.commons.parties.panels import leads_from
from kechuang.commons.parties.queries import survivors
from kechuang.commons.parties.queries.places import line_of
from kechuang.commons.parties.queries.zones import holders_everywhere, lying_in
from kechuang.commons.parties.tables.places import RegionList
from kechuang.commons.ui.lists import list_response


@guarded("parties.view_organization")
def region_list(request: HttpRequest) -> HttpResponseBase:
    """Regions, with how many organisations there hold what (区域)."""
    return list_response(request, RegionList(QualificationKind.objects.order_by("code")))


@guarded("parties.view_organization")
def region_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One region: its place in the tree, what is laid over it, from when until when, who is there on the day."""
    region = get_object_or_404(Region.objects.select_related("parent", "successor"), pk=pk)
    day = clock.today()
    counts = holders_everywhere(day)
    kinds = QualificationKind.objects.order_by("code")
    context = {
        "region": region,
        "day": day,
        "stands": region.stands_on(day),
        "line": line_of(region),
        "children": list(region.children.all()),
        "divisions": list(region.divisions.all()),
        "zones": list(region.zones.all()),
        "predecessors": list(region.predecessors.all()),
        "stocks": [(kind, counts.get((region.pk, kind.pk), 0)) for kind in kinds],
        "organizations": survivors().filter(lying_in(region.code, day)).count(),
        "leads": leads_from(Ref.of(region), request.actor),  # type: ignore[attr-defined]
        "ref": Ref.of(region),
    }
    return render(request, "parties/region_detail.html", context)
