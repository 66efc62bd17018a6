# SPDX-License-Identifier: Apache-2.0
"""Figures that registers offer without code (台账数字): records in some states on a day, a sum over them, a share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Aggregate, BigIntegerField, F, Q, QuerySet, Sum
from django.db.models import Count as DbCount
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.figures.counting import Total
from kechuang.commons.figures.registry import Figure, Member, Scope
from kechuang.commons.registers.definitions import Count, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import in_state_on, registers
from kechuang.commons.registers.values import as_number, key_of, read_text, words_of

PLAIN = {"text", "number", "money", "date", "yes_no", "choice", "choices"}
MOST_TOLD = 3


def register_figures() -> list[Figure]:
    """The figures of every register in force, by their own codes."""
    return [_figure(piece, count) for piece in registers().values() for count in piece.figures]


def _members(piece: RegisterPiece, count: Count, scope: Scope) -> QuerySet[Record]:
    rows = _narrowed(in_state_on(piece.code, scope.day, count.states), piece, count, scope)
    # as in the list of the register: asked for by name, the database may walk all records for the few that count
    return rows.select_related("region").order_by("-id")


def _narrowed(rows: QuerySet[Record], piece: RegisterPiece, count: Count, scope: Scope) -> QuerySet[Record]:
    keys = piece.keys()
    for code, wanted in count.where.items():
        field = piece.field(code)
        assert field is not None
        stored = read_text(field, wanted)
        lookup = {keys[code]: key_of(field, stored)} if code in keys else {f"data__{code}": stored}
        rows = rows.filter(**lookup)
    return rows.filter(region__code=scope.region) if scope.region else rows


def _amount(piece: RegisterPiece, count: Count, record: Record) -> Decimal:
    field = piece.field(count.sum) if count.sum else None
    return Decimal(1) if field is None else as_number(field, record.data.get(field.code) or 0) / count.divide


def _amounts(piece: RegisterPiece, count: Count) -> tuple[Callable[..., Aggregate], Callable[[int], Decimal]]:
    """What is summed over records, and how the integer reads."""
    field = piece.field(count.sum) if count.sum else None
    if field is None:
        return partial(DbCount, "pk"), Decimal
    slot = piece.keys().get(field.code)
    stored = F(slot) if slot else Cast(KT(f"data__{field.code}"), BigIntegerField())
    return partial(Sum, stored), lambda sum_: as_number(field, sum_) / count.divide


def _total(piece: RegisterPiece, count: Count, scope: Scope) -> Total:
    amount, read = _amounts(piece, count)
    return Total(_members(piece, count, scope), amount(), read)


def _past(piece: RegisterPiece, count: Count, scope: Scope, days: Sequence[dt.date]) -> list[Decimal]:
    """On several days, in one pass over the spans: no two of a record share a day, so none is counted twice."""
    amount, read = _amounts(piece, count)
    states = {"spans__state__in": count.states} if count.states else {}
    rows = Record.objects.filter(register=piece.code, spans__since__lte=max(days), **states)
    there = [
        Q(spans__until__isnull=True, spans__since__lte=day) | Q(spans__until__gt=day, spans__since__lte=day)
        for day in days
    ]
    numbers = _narrowed(rows, piece, count, scope).aggregate(
        **{f"at{place}": amount(filter=then) for place, then in enumerate(there)}
    )
    return [read(numbers[f"at{place}"] or 0) for place in range(len(days))]


def _by_region(piece: RegisterPiece, count: Count, scope: Scope) -> list[tuple[str, str, Decimal]]:
    """(code, name, value), those of no region first."""
    amount, read = _amounts(piece, count)
    places = _members(piece, count, scope).order_by().values_list("region__code", "region__name")
    found = places.annotate(amount=amount()).order_by(F("region__code").asc(nulls_first=True))
    return [(code or "", name or "", read(number or 0)) for code, name, number in found]


def _figure(piece: RegisterPiece, count: Count) -> Figure:
    told = [
        field
        for field in piece.fields
        if field.type in PLAIN and field.access != "sensitive" and field.code != piece.title_field.code
    ][:MOST_TOLD]

    def member(record: Any) -> Member:
        detail = "；".join(filter(None, (words_of(field, record.data.get(field.code)) for field in told)))
        return Member(
            title=record.title,
            detail=detail,
            contribution=_amount(piece, count, record),
            region=record.region.name if record.region else "",
            since=record.opened_on,
            url=reverse("registers:record-detail", args=[record.pk]),
        )

    whole = count.of and count.model_copy(
        update={"states": count.of.states, "where": count.of.where, "of": None}
    )
    return Figure(
        code=count.code,
        title=count.title,
        unit="%" if whole else count.unit,
        definition=count.definition or piece.description,
        members=partial(_members, piece, count),
        member=member,
        total=partial(_total, piece, count),
        fields={"title": "title", "region": "region__code", "since": "opened_on"},
        search=("title", "number"),
        labels={"detail": _("摘要"), "region": _("区县"), "since": _("登记日期")},
        by_region=partial(_by_region, piece, count),
        past=partial(_past, piece, count),
        whole=_figure(piece, whole) if whole else None,
    )
