# SPDX-License-Identifier: Apache-2.0
"""Kinds of content installed by facts: indicators and published observations."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from kechuang.commons.packs.pieces import Blank, Day, Filled, Offers, Piece, Refers, at_most, piece_kind


@piece_kind("indicator", _("指标"))
class IndicatorPiece(Piece):
    """A definition; ``owner`` is the code of a unit, ``figure`` the code of the figure that counts it.

    ``names`` are the ways documents write it: a target of a plan is tied to the indicator by them.
    ``late_days`` marks a statistic of a year published only so many days after it (错年统计): it has no pace.
    """

    name: Annotated[Filled, at_most(80)]
    names: Annotated[tuple[Filled, ...], Offers("indicator_name", _("指标写法"), once=True)] = ()
    unit: Annotated[Filled, at_most(20)]
    kind: Literal["flow", "stock", "cumulative", "ratio", "growth", "share", "coverage", "index"]
    definition: str = ""
    frequency: Annotated[str, at_most(40)] = ""
    lag: Annotated[str, at_most(80)] = ""
    late_days: Annotated[Annotated[int, Field(ge=1, le=3000)] | None, Blank] = None
    owner: Annotated[str | None, Blank, Refers("unit")] = None
    figure: Annotated[str | None, Blank, Refers("figure", _("数字"))] = None


@piece_kind("observation", _("数据"))
class ObservationPiece(Piece):
    """A value of an indicator (by code) for a period, as published; ``source`` names document and issuer."""

    indicator: Annotated[str, Refers("indicator")]
    region: Annotated[str | None, Blank, Refers("region")] = None
    period_start: Day
    period_end: Day
    value: Decimal
    vintage: Annotated[int, Field(ge=1, le=32767)] = 1
    vintage_word: Annotated[str, at_most(20)] = ""
    published_on: Day
    source: Annotated[Filled, at_most(200)]
