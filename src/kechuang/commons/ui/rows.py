# SPDX-License-Identifier: Apache-2.0
"""Search, filter, sort, count and cut rows, whether from the database or worked out in memory (取数)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.expressions import OrderBy

from kechuang.commons.ui.columns import Column, reader
from kechuang.commons.ui.filters import Filter

Chosen = Sequence[tuple[Filter, Any]]
Search = Sequence[str | Callable[[str], Q]]
CHUNK, FAR = 2000, 1000


class Rows(Protocol):
    """Rows that can be narrowed, ordered, counted and cut."""

    def narrowed(self, q: str, search: Search, chosen: Chosen) -> Rows:
        """The rows that fit the search and all filters."""

    def ordered(self, column: Column | None, order: Sequence[str], *, descending: bool) -> Rows:
        """The rows in the order of a column, else in the list's own order."""

    def count(self) -> int:
        """How many."""

    def cut(self, start: int, stop: int, count: int = 0) -> list[Any]:
        """One page of them; knowing how many there are, a far page is found from the nearer end."""

    def stream(self) -> Iterator[Any]:
        """All of them, in pieces."""

    def totals(self, columns: Iterable[Column]) -> dict[str, object]:
        """The sums under the columns that have one, by the columns' names."""


class QueryRows:
    """Rows of a queryset."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self.queryset = queryset

    def narrowed(self, q: str, search: Search, chosen: Chosen) -> QueryRows:
        """Every word of the search in one of the fields (or as a function of it says), and every filter."""
        rows = self.queryset
        for word in q.split() if search else ():
            found = Q()
            for path in search:
                found |= path(word) if callable(path) else Q(**{f"{path}__icontains": word})
            rows = rows.filter(found)
        for each, value in chosen:
            rows = each.apply(rows, value)
        return QueryRows(rows)

    def ordered(self, column: Column | None, order: Sequence[str], *, descending: bool) -> QueryRows:
        """In a stable order: the key decides between equals."""
        rows = self.queryset
        if column is not None:
            rows = rows.order_by(
                *(self._by(path, descending=descending) for path in column.order_fields), "pk"
            )
        elif order:
            rows = rows.order_by(*order, "pk")
        else:
            rows = rows.order_by(*(rows.query.order_by or rows.model._meta.ordering), "pk")
        return QueryRows(rows)

    def _by(self, path: str, *, descending: bool) -> str | OrderBy:
        """The order of a field; what is unknown comes last both ways, on both engines."""
        descending ^= path.startswith("-")
        path = path.removeprefix("-")
        try:
            certain = not self.queryset.model._meta.get_field(path).null
        except (FieldDoesNotExist, AttributeError):
            certain = False
        if certain:
            return f"-{path}" if descending else path
        return F(path).desc(nulls_last=True) if descending else F(path).asc(nulls_last=True)

    def count(self) -> int:
        """One query."""
        return self.queryset.count()

    def cut(self, start: int, stop: int, count: int = 0) -> list[Any]:
        """One query, and what the queryset prefetches.

        Far from the start, or sorted by what stands beside the rows, the keys alone are sorted and skipped; the rest
        is read of the page's rows only.
        """
        if start < FAR and not self._sorted_by_others():
            return list(self.queryset[start:stop])
        keys = self.queryset.values("pk")
        nearer_end = start >= FAR and count - stop < start <= count
        page = keys.reverse()[max(0, count - stop) : count - start] if nearer_end else keys[start:stop]
        return list(self.queryset.filter(pk__in=page))

    def _sorted_by_others(self) -> bool:
        """Whether the order needs another table."""
        order = (getattr(each, "expression", each) for each in self.queryset.query.order_by)
        return any("__" in str(getattr(each, "name", each)) for each in order)

    def stream(self) -> Iterator[Any]:
        """In pieces, each with what the queryset prefetches."""
        return self.queryset.iterator(chunk_size=CHUNK)

    def totals(self, columns: Iterable[Column]) -> dict[str, object]:
        """One query where there is a sum to show."""
        sums = {f"total_{column.name}": Sum(column.total) for column in columns if column.total}
        found = self.queryset.order_by().aggregate(**sums) if sums else {}
        return {name.removeprefix("total_"): value for name, value in found.items()}


class MemoryRows:
    """Rows that are worked out, not stored."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.rows = list(rows)

    def narrowed(self, q: str, search: Search, chosen: Chosen) -> MemoryRows:
        """Every word of the search in one of the attributes, and every filter."""
        read = [reader(path) for path in search if isinstance(path, str)]
        words = q.lower().split() if search else []
        return MemoryRows(
            row
            for row in self.rows
            if all(any(word in str(get(row) or "").lower() for get in read) for word in words)
            and all(each.keeps(row, value) for each, value in chosen)
        )

    def ordered(self, column: Column | None, order: Sequence[str], *, descending: bool) -> MemoryRows:
        """By the attributes; what is unknown comes last both ways."""
        rows = self.rows
        for path in reversed(column.order_fields if column else order):
            backwards = descending ^ path.startswith("-")
            get = reader(path.removeprefix("-"))
            known = sorted((row for row in rows if get(row) is not None), key=get, reverse=backwards)
            rows = known + [row for row in rows if get(row) is None]
        return MemoryRows(rows)

    def count(self) -> int:
        """How many."""
        return len(self.rows)

    def cut(self, start: int, stop: int, count: int = 0) -> list[Any]:
        """One page."""
        del count
        return self.rows[start:stop]

    def stream(self) -> Iterator[Any]:
        """All."""
        return iter(self.rows)

    def totals(self, columns: Iterable[Column]) -> dict[str, object]:
        """The sums of what is known."""
        found: dict[str, object] = {}
        for column in columns:
            if column.total:
                get = reader(column.total)
                found[column.name] = sum(value for row in self.rows if (value := get(row)) is not None)
        return found


def rows_of(given: QuerySet[Any] | Iterable[Any]) -> Rows:
    """Rows from a queryset or from anything that can be gone through."""
    return QueryRows(given) if isinstance(given, QuerySet) else MemoryRows(given)
