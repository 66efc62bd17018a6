# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by workplan: a published plan as facts — numbers, short titles, offices, targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from kechuang.commons.packs.pieces import (
    Blank,
    Day,
    Filled,
    Offers,
    Part,
    Piece,
    Refers,
    Truth,
    at_most,
    piece_kind,
)

Offices = Annotated[tuple[str, ...], Refers("unit")]
Title = Annotated[Filled, at_most(200)]


class PlannedTarget(Part):
    """A number the plan promises; ``indicator`` is the code of what measures it."""

    name: Annotated[Filled, at_most(80)]
    word: Annotated[str, at_most(20)] = ""
    comparator: Literal["=", ">=", ">", "<=", "~"]
    value: Decimal
    value_max: Annotated[Decimal | None, Blank] = None
    unit: Annotated[str, at_most(20)] = ""
    kind: Literal["level", "growth", "share"] = "level"
    aspire: Truth = False
    indicator: Annotated[str | None, Blank, Refers("indicator")] = None


class PlannedTask(Part):
    """A numbered task: offices by code in the plan's order, deliverables as short titles, its own targets."""

    number: Annotated[str, at_most(20), Offers("task", _("任务"))]
    title: Title
    lead: Offices = ()
    co: Offices = ()
    responsible: Offices = ()
    due: Annotated[Day | None, Blank] = None
    deliverables: tuple[Title, ...] = ()
    targets: tuple[PlannedTarget, ...] = ()


class PlannedArea(Part):
    """A focus area with its tasks."""

    number: Annotated[str, at_most(20)] = ""
    title: Title
    tasks: tuple[PlannedTask, ...]


@piece_kind("plan", _("计划"))
class PlanPiece(Piece):
    """A plan year: title, issuer, headline targets, areas with tasks."""

    title: Title
    issuer: Annotated[str, at_most(120)]
    year: Annotated[int, Field(ge=1949, le=2999)]
    targets: tuple[PlannedTarget, ...] = ()
    areas: tuple[PlannedArea, ...]

    @property
    def tasks(self) -> list[PlannedTask]:
        """The tasks of all areas, in order."""
        return [task for area in self.areas for task in area.tasks]
