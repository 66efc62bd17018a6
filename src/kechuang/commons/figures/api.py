# SPDX-License-Identifier: Apache-2.0
"""Figures with the records behind them, and indicators with their readings, for programs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from kechuang.commons.api.answers import Number, Page, Size, answers, caller, page_of
from kechuang.commons.facts.models import Indicator
from kechuang.commons.figures.readings import NO_READING, readings
from kechuang.commons.figures.registry import Figure, Scope, figure, figures, values
from kechuang.commons.kernel import clock
from kechuang.commons.packs.pieces import Day

router = Router(tags=["figures"])
VIEW = "figures.view_figure"


class FigureOut(Schema):
    """A figure as of a day."""

    code: str
    title: str
    unit: str
    definition: str
    day: dt.date
    value: Decimal | None


class MemberOut(Schema):
    """One record behind a figure, with what it contributes."""

    title: str
    detail: str
    contribution: Decimal
    region: str
    since: dt.date | None
    until: dt.date | None


class IndicatorOut(Schema):
    """An indicator and what it reads on a day; ``value`` is empty where nothing is known yet."""

    code: str
    name: str
    unit: str
    kind: str
    day: dt.date
    value: Decimal | None
    vintage: str
    live: bool
    verified: bool


def _figure(one: Figure, day: dt.date, value: Decimal | None) -> dict[str, Any]:
    words = {"title": str(one.title), "unit": str(one.unit), "definition": str(one.definition)}
    return {"code": one.code, "day": day, "value": value, **words}


@router.get("/figures", response=answers(list[FigureOut]))
def figure_list(request: HttpRequest, day: Day | None = None) -> list[dict[str, Any]]:
    """Every figure as of a day (the business date where none is given)."""
    caller(request, VIEW)
    when, offered = day or clock.today(), figures()
    counted = values((one, Scope(when)) for one in offered)
    return [_figure(one, when, counted[one.code, Scope(when)]) for one in offered]


@router.get("/figures/{code}/members", response=answers(Page[MemberOut]))
def member_list(
    request: HttpRequest,
    code: str,
    day: Day | None = None,
    of: Literal["part", "whole"] = "part",
    page: Number = 1,
    size: Size = 50,
) -> dict[str, Any]:
    """The records behind a figure: their contributions add up to its value; of a share to its part, or its whole."""
    caller(request, VIEW)
    one = figure(code)
    if one is not None and of == "whole":
        one = one.whole
    if one is None:
        raise Http404

    def shown(row: Any) -> dict[str, Any]:
        member = one.member(row)
        names = ("title", "detail", "contribution", "region", "since", "until")
        return {name: getattr(member, name) for name in names}

    return page_of(one.members(Scope(day or clock.today())), shown, page, size)


@router.get("/indicators", response=answers(list[IndicatorOut]))
def indicator_list(request: HttpRequest, day: Day | None = None) -> list[dict[str, Any]]:
    """Every indicator with its reading on a day."""
    caller(request, VIEW)
    when, rows = day or clock.today(), list(Indicator.objects.order_by("code"))
    read = readings(rows, when)
    found = []
    for row in rows:
        reading = read.get(row.pk, NO_READING)
        own = {
            "code": row.code,
            "name": row.name,
            "unit": row.unit,
            "kind": row.kind,
            "verified": row.verified,
        }
        found.append(
            {**own, "day": when, "value": reading.value, "vintage": reading.vintage, "live": reading.live}
        )
    return found
