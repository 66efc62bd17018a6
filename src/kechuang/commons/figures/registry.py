# SPDX-License-Identifier: Apache-2.0
"""What rooms offer in their ``figures.py`` (数字登记)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kechuang.commons.figures.counting import Total, count
from kechuang.commons.kernel.memo import once_per_request
from kechuang.commons.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: as of which business day, in which region (code) or everywhere."""

    day: dt.date
    region: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One record behind a number: what it is, what it contributes, where, since when and until when."""

    title: str
    detail: str
    contribution: Decimal
    region: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    url: str = ""


LABELS: Mapping[str, str | Promise] = {
    "detail": gettext_lazy("编号"),
    "region": gettext_lazy("区县"),
    "since": gettext_lazy("有效期自"),
    "until": gettext_lazy("有效期至（不含）"),
}
"""What is told of a qualification, the commonest member."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number offered by a room.

    ``members(scope)`` is the query of the records behind it, ``member(record)`` shows one. The value is how many there
    are, unless ``total(scope)`` says what of which rows adds up to it.
    ``fields`` says by which order field a member's title, detail, region (its code), since and until are sorted,
    ``labels`` what its detail, region, since and until are called; what has no label is not shown.
    ``bridge(scope)`` explains a stock from the start of the year, (label, value) pairs that add up to the value;
    ``trend(scope)`` is (day, value) over the last months; ``past(scope, days)`` what its members add up to on each of
    several days, where that is one query. ``related`` are figures often taken for this one.
    The sum of the members' contributions equals the value: a test holds every figure to it.

    A share (占比) is counted over a ``whole``, a figure of its own: members, total and regions are those of the part,
    the value is per cent of the whole, half up to two places; the share of nothing is not known (None).
    """

    code: str
    title: str | Promise
    unit: str | Promise
    definition: str | Promise
    members: Callable[[Scope], QuerySet]  # type: ignore[type-arg]
    member: Callable[[object], Member]
    total: Callable[[Scope], Total] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    search: tuple[str, ...] = ()
    labels: Mapping[str, str | Promise] = field(default_factory=lambda: LABELS)
    by_region: Callable[[Scope], list[tuple[str, str, Decimal]]] | None = None
    bridge: Callable[[Scope], list[tuple[str, Decimal]]] | None = None
    trend: Callable[[Scope], list[tuple[dt.date, Decimal]]] | None = None
    past: Callable[[Scope, Sequence[dt.date]], list[Decimal]] | None = None
    related: tuple[str, ...] = ()
    whole: Figure | None = None

    def value(self, scope: Scope) -> Decimal | None:
        """The number itself; for several ask ``values``."""
        return values([(self, scope)])[self.code, scope]

    def counted(self, scope: Scope) -> Total:
        """What its members add up to, still to be asked."""
        return self.total(scope) if self.total else Total(self.members(scope))


_FIGURES: dict[str, Figure] = {}


def offer(figure: Figure) -> Figure:
    """Register a figure under its code ("app.what_it_counts")."""
    _FIGURES[figure.code] = figure
    return figure


def coded_figures() -> list[Figure]:
    """The figures that rooms offer in code, without asking the database."""
    return [_FIGURES[code] for code in sorted(_FIGURES)]


offers: Port[Callable[[], list[Figure]]] = Port("figures.offers")
"""Rooms whose figures are content, not code, give them here anew for each request."""


def figure(code: str) -> Figure | None:
    """The figure of this code, if its room is installed."""
    if code in _FIGURES:
        return _FIGURES[code]
    return _offered().get(code)


@once_per_request
def _offered() -> dict[str, Figure]:
    return {one.code: one for offered in offers.all() for one in offered()}


def figures() -> list[Figure]:
    """All figures, by code."""
    found = {**_FIGURES, **_offered()}
    return [found[code] for code in sorted(found)]


Counted = Mapping[tuple[str, Scope], Decimal | None]
"""Values by the figure's code and what was asked; None for the share of nothing."""


def values(asked: Iterable[tuple[Figure, Scope]]) -> Counted:
    """The values of many figures by one query; what was counted in this request is not counted again."""
    wanted = {(one.code, scope): one for one, scope in asked}
    known = _counted()
    fresh = {key: one for key, one in wanted.items() if key not in known}
    sides = {key: [one, one.whole] if one.whole else [one] for key, one in fresh.items()}
    numbers = iter(count([side.counted(key[1]) for key, both in sides.items() for side in both]))
    known.update({key: _value(*(next(numbers) for _side in both)) for key, both in sides.items()})
    return {key: known[key] for key in wanted}


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Per cent of the whole, half up to two places; None of nothing."""
    return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None


def _value(part: Decimal, whole: Decimal | None = None) -> Decimal | None:
    return part if whole is None else share_of(part, whole)


@once_per_request
def _counted() -> dict[tuple[str, Scope], Decimal | None]:
    return {}
