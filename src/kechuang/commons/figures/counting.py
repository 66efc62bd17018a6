# SPDX-License-Identifier: Apache-2.0
"""Many numbers counted by one query (合并计数): each is an aggregate over rows, and all are asked together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, IntegerField, QuerySet, Value

MOST = 100
"""So many are asked together; SQLite joins 500 at most."""


@dataclass(frozen=True, slots=True)
class Total:
    """A number still to be counted (待计数): an aggregate over rows, and how its integer reads; of no rows it is 0."""

    rows: QuerySet[Any]
    amount: Aggregate = field(default_factory=lambda: Count("pk"))
    read: Callable[[int], Decimal] = Decimal

    def ask(self, place: int) -> QuerySet[Any, Any]:
        """The query of one row: the place among those asked together, and the integer."""
        rows: QuerySet[Any] = self.rows.order_by()
        placed = rows.annotate(place=Value(place, output_field=IntegerField())).values("place")
        numbers: QuerySet[Any, Any] = placed.annotate(number=self.amount).values_list("place", "number")
        return numbers


def count(totals: Sequence[Total]) -> list[Decimal]:
    """The numbers, in order; one query for every MOST of them."""
    found: dict[int, int | None] = {}
    for start in range(0, len(totals), MOST):
        first, *others = (one.ask(place) for place, one in enumerate(totals[start : start + MOST], start))
        found |= dict(first.union(*others, all=True) if others else first)
    return [one.read(int(found.get(place) or 0)) for place, one in enumerate(totals)]
