# SPDX-License-Identifier: Apache-2.0
"""Registers and their records, for programs: read, and make."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import Field as Bounds

from kechuang.commons.api.answers import FAULTS, Key, Number, Page, Size, answers, caller, page_of
from kechuang.commons.registers.actions.records import make_record
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import KEEP, VIEW
from kechuang.commons.registers.queries import registers

router = Router(tags=["registers"])


class RegisterOut(Schema):
    """A register in force."""

    code: str
    name: str
    version: str
    fields: list[dict[str, Any]]
    states: list[dict[str, Any]]


class RecordOut(Schema):
    """A record; ``data`` by field code as stored (numbers scaled by the field's places), sensitive fields left out."""

    id: int
    of: str
    number: str
    title: str
    state: str
    opened_on: dt.date
    data: dict[str, Any]
    demo: bool


class RecordIn(Schema):
    """A new record: texts by field code."""

    values: dict[str, Annotated[str, Bounds(max_length=8000)]]


def _register(code: str) -> RegisterPiece:
    found = registers().get(code)
    if found is None:
        raise Http404
    return found


def _shown(piece: RegisterPiece, row: Record) -> dict[str, Any]:
    open_fields = {field.code for field in piece.fields if field.access != "sensitive"}
    data = {code: value for code, value in row.data.items() if code in open_fields}
    own = {"id": row.pk, "number": row.number, "title": row.title, "state": row.state}
    return {**own, "of": row.register, "opened_on": row.opened_on, "data": data, "demo": row.demo}


@router.get("/registers", response=answers(list[RegisterOut]))
def register_list(request: HttpRequest) -> list[dict[str, Any]]:
    """Every register with its fields and states."""
    caller(request, VIEW)
    return [
        {
            "code": piece.code,
            "name": piece.name,
            "version": piece.version,
            "fields": [field.model_dump(mode="json", exclude_defaults=True) for field in piece.fields],
            "states": [state.model_dump(mode="json", exclude_defaults=True) for state in piece.states],
        }
        for piece in registers().values()
    ]


@router.get("/registers/{code}/records", response=answers(Page[RecordOut]))
def record_list(
    request: HttpRequest, code: str, state: str = "", page: Number = 1, size: Size = 50
) -> dict[str, Any]:
    """The records of a register."""
    caller(request, VIEW)
    piece = _register(code)
    rows = Record.objects.filter(register=piece.code).order_by("pk")
    if state:
        rows = rows.filter(state=state)
    return page_of(rows, lambda row: _shown(piece, row), page, size)


@router.post("/registers/{code}/records", response={201: RecordOut, **FAULTS})
def record_make(
    request: HttpRequest,
    code: str,
    given: RecordIn,
    idempotency_key: Annotated[
        str | None, Header(alias="Idempotency-Key", max_length=64, pattern=r"^[\x21-\x7e]+$")
    ] = None,
) -> Status[dict[str, Any]]:
    """Make a record; the same Idempotency-Key answers with the same record."""
    actor, piece = caller(request, KEEP), _register(code)
    record = make_record(
        None, actor, register=piece.code, values=given.values, source="API", idempotency_key=idempotency_key
    )
    return Status(201, _shown(piece, record))


@router.get("/records/{pk}", response=answers(RecordOut))
def record(request: HttpRequest, pk: Key) -> dict[str, Any]:
    """One record."""
    caller(request, VIEW)
    row = Record.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return _shown(_register(row.register), row)
