# SPDX-License-Identifier: Apache-2.0
"""Kinds of content installed by facts: indicators and published observations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from kechuang.commons.packs.pieces import Blank, Piece, piece_kind


@piece_kind("indicator")
class IndicatorPiece(Piece):
    """A definition; ``owner`` is the code of a unit, ``figure`` the code of the figure that counts it.

    ``names`` are the ways documents write it: a target of a plan is tied to the indicator by them.
    """

    name: str
    names: tuple[str, ...] = ()
    unit: str
    kind: Literal["flow", "stock", "cumulative", "ratio", "growth", "share", "coverage", "index"]
    definition: str = ""
    frequency: str = ""
    lag: str = ""
    owner: Annotated[str | None, Blank] = None
    figure: Annotated[str | None, Blank] = None


@piece_kind("observation")
class ObservationPiece(Piece):
    """A value of an indicator (by code) for a period, as published; ``source`` names document and issuer."""

    indicator: str
    region: Annotated[str | None, Blank] = None
    period_start: dt.date
    period_end: dt.date
    value: Decimal
    vintage: int = 1
    vintage_word: str = ""
    published_on: dt.date
