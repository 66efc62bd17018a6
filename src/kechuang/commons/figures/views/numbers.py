# SPDX-License-Identifier: Apache-2.0
"""Numbers and indicators: what they read on a day, why, and the records behind them."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from kechuang.commons.access.guards import guarded
from kechuang.commons.facts.models import Indicator, Submission, Target
from kechuang.commons.facts.permissions import can_enter_observation
from kechuang.commons.figures.queries import indicators_of
from kechuang.commons.figures.readings import readings
from kechuang.commons.figures.registry import Figure, Scope, figure, figures, values
from kechuang.commons.figures.splits import region_lines, regions_of, sides_of, trend_to
from kechuang.commons.figures.standings import target_lines
from kechuang.commons.figures.tables import IndicatorList, MemberList, ObservationList
from kechuang.commons.figures.trends import trend_of
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.wording import verified_chip
from kechuang.commons.ui.days import day_asked
from kechuang.commons.ui.lists import list_response


@guarded("figures.view_figure")
def figure_list(request: HttpRequest) -> HttpResponse:
    """Every number offered, counted on the day (数字)."""
    day = day_asked(request)
    scope, offered = Scope(day), figures()
    counted = values((one, scope) for one in offered)
    past = {one.code: one.trend(scope) if one.trend else [] for one in offered}
    context = {
        "day": day,
        "other_day": day != clock.today(),
        "rows": [
            (one, counted[one.code, scope], [value for _at, value in past[one.code]]) for one in offered
        ],
    }
    return render(request, "figures/figure_list.html", context)


@guarded("figures.view_figure")
def figure_detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """One number: value, definition, what changed it, where it stands, and the records behind it.

    A share opens to the records of its part, and with ``of=whole`` to those of its whole.
    """
    found = figure(code)
    if found is None:
        raise Http404
    day = day_asked(request)
    scope = Scope(day)
    opened = found.whole if found.whole and request.GET.get("of") == "whole" else found
    value = found.value(scope)
    parts, wholes = regions_of(found, scope), regions_of(found.whole, scope)
    regions = parts if opened is found else wholes
    past = trend_to(found, scope)
    context = {
        "figure": found,
        "day": day,
        "other_day": day != clock.today(),
        "value": value,
        "bridge": found.bridge(scope) if found.bridge else [],
        "sides": sides_of(found, scope),
        "regions": region_lines(parts, wholes),
        "past": past,
        "trend": [each for _at, each in past if each is not None],
        "opened": opened,
        "related": _related(found, scope),
        "indicators": list(Indicator.objects.filter(figure=code)),
    }
    return list_response(request, MemberList(opened, scope, regions), context=context)


@guarded("figures.view_figure")
def indicator_list(request: HttpRequest) -> HttpResponseBase:
    """Every indicator with its reading and target (指标)."""
    return list_response(request, IndicatorList())


@guarded("figures.view_figure")
def indicator_detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """One indicator: definition, source, owner, trend, targets and how they stand, every published value (指标卡)."""
    day = day_asked(request, future=False)
    indicator = get_object_or_404(indicators_of(day.year), code=code)
    targets: list[Target] = indicator.promised  # type: ignore[attr-defined]
    for target in targets:
        target.indicator = indicator
    context = {
        "indicator": indicator,
        "verified": verified_chip(indicator.verified),
        "reading": readings([indicator], day)[indicator.pk],
        "lines": target_lines(targets, day),
        "chart": trend_of(indicator, targets, day),
        "may_enter": can_enter_observation(indicator, request.actor),  # type: ignore[attr-defined]
        "pending": list(indicator.submissions.filter(state=Submission.State.ENTERED)),
        "other_day": day != clock.today(),
        "figure": figure(indicator.figure) if indicator.figure else None,
        "day": day,
        "ref": Ref.of(indicator),
    }
    return list_response(request, ObservationList(indicator, day), context=context)


def _related(found: Figure, scope: Scope) -> list[tuple[Figure, Decimal | None]]:
    """The figures often taken for this one, with their values on the same day."""
    others = [other for code in found.related if (other := figure(code)) is not None]
    counted = values((other, scope) for other in others)
    return [(other, counted[other.code, scope]) for other in others]
