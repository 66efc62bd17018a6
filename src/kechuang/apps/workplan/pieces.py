# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by workplan: a published plan as facts — numbers, short titles, offices, targets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from kechuang.commons.packs.pieces import Blank, Piece, piece_kind


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PlannedTarget(_Part):
    """A number the plan promises; ``indicator`` is the code of what measures it."""

    name: str
    word: str = ""
    comparator: Literal["=", ">=", ">", "<=", "~"]
    value: Decimal
    value_max: Annotated[Decimal | None, Blank] = None
    unit: str = ""
    kind: Literal["level", "growth", "share"] = "level"
    aspire: bool = False
    indicator: Annotated[str | None, Blank] = None


class PlannedTask(_Part):
    """A numbered task: offices by code in the plan's order, deliverables as short titles, its own targets."""

    number: str
    title: str
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    due: Annotated[dt.date | None, Blank] = None
    deliverables: tuple[str, ...] = ()
    targets: tuple[PlannedTarget, ...] = ()


class PlannedArea(_Part):
    """A focus area with its tasks."""

    number: str = ""
    title: str
    tasks: tuple[PlannedTask, ...]


@piece_kind("plan")
class PlanPiece(Piece):
    """A plan year: title, issuer, headline targets, areas with tasks."""

    title: str
    issuer: str
    year: int
    targets: tuple[PlannedTarget, ...] = ()
    areas: tuple[PlannedArea, ...]
