# SPDX-License-Identifier: Apache-2.0
"""Reading registers: those in force, their records, what is due, who names whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kechuang.commons.access.fieldclasses import masked
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, Region, Unit
from kechuang.commons.registers.definitions import Field, RegisterPiece
from kechuang.commons.registers.dues import due_states
from kechuang.commons.registers.models import Record, RecordLink, StateSpan
from kechuang.commons.registers.values import words_of
from kechuang.commons.releases.in_force import InForce

KIND = "register"
REGISTERS = InForce(KIND, RegisterPiece)


def registers() -> dict[str, RegisterPiece]:
    """The newest release of every register, by code."""
    return REGISTERS.by_code()


def register_of(code: str) -> RegisterPiece:
    """A register in force. Raises Problem where there is none."""
    piece = registers().get(code)
    if piece is None:
        raise Problem(_("没有代码为“%(code)s”的台账。") % {"code": code}, remedy=_("请从台账目录进入。"))
    return piece


def records_of(register: RegisterPiece) -> QuerySet[Record]:
    """The records of a register with what a list shows."""
    return Record.objects.filter(register=register.code).select_related("unit", "organization", "region")


def in_state_on(register: str, day: dt.date, states: Sequence[str] = ()) -> QuerySet[Record]:
    """Records that were in one of the states (or in any) on a day."""
    spans = StateSpan.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), record=OuterRef("pk"), since__lte=day
    )
    if states:
        spans = spans.filter(state__in=states)
    return Record.objects.filter(Exists(spans), register=register)


def named_so(register: str, word: str) -> Q:
    """Records with a word in their name or number, found in the index that holds both and not in the wide rows."""
    told = Q(title__icontains=word) | Q(number__icontains=word)
    return Q(pk__in=Record.objects.filter(told, register=register).order_by().values("pk"))


def names_in(
    register: RegisterPiece, records: Iterable[Record], known: Mapping[tuple[str, str], str] | None = None
) -> dict[tuple[str, str], str]:
    """Titles of everything the records' fields name, by (type, key): one query a type of which any is not known."""
    wanted: dict[str, set[str]] = {}
    for record in records:
        for field in register.fields:
            stored = record.data.get(field.code)
            if stored is not None and field.type in {"party", "unit", "region", "file", "link"}:
                own = stored if isinstance(stored, list) else [stored]
                wanted.setdefault(field.type, set()).update(map(str, own))
            for column in field.columns:
                if column.type == "unit":
                    cells = {str(row[column.code]) for row in stored or () if row.get(column.code)}
                    wanted.setdefault("unit", set()).update(cells)
    models: dict[str, Any] = {
        "party": Organization,
        "unit": Unit,
        "region": Region,
        "file": Document,
        "link": Record,
    }
    found = dict(known or {})
    for kind, keys in wanted.items():
        if missing := [key for key in keys if (kind, key) not in found]:
            found |= {(kind, str(row.pk)): str(row) for row in models[kind].objects.filter(pk__in=missing)}
    return found


def due_records(pieces: Iterable[RegisterPiece], until: dt.date) -> QuerySet[Record]:
    """Records in which anything may fall due before a day, of several registers in one query.

    Dates that are keys are asked of the database; other dues are read from the records.
    """
    wanted = Q(pk__in=())
    for piece in pieces:
        slots = [piece.keys().get(due.field) for due in piece.dues]
        due = Q()
        for slot in slots if all(slots) else ():
            due |= Q(**{f"{slot}__lt": until})
        if slots:
            wanted |= Q(register=piece.code, state__in=due_states(piece)) & due
    return Record.objects.filter(wanted).select_related("unit", "organization", "region")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing next to a record: what it is called there, and which way the link points."""

    ref: Ref
    label: str
    incoming: bool


def neighbours(register: RegisterPiece, record: Record, known: dict[str, RegisterPiece]) -> list[Neighbour]:
    """Everything a record names, and every record that names it (2 queries)."""
    found = []
    for link in record.links.all():
        field = register.field(link.field)
        found.append(Neighbour(link.ref, field.label if field else link.field, incoming=False))
    own = Ref.of(record)
    for link in RecordLink.objects.filter(ref_kind=own.kind, ref_id=own.id).select_related("record")[:200]:
        other = known.get(link.record.register)
        field = other.field(link.field) if other else None
        label = (field.inverse or field.label) if field else link.field
        found.append(Neighbour(Ref.of(link.record), label, incoming=True))
    return found


def numbered_so(word: str) -> Ref | None:
    """The record with a number, or the only one with a name."""
    every = Record.objects.filter(register__in=list(registers()))  # number and title are indexed by register
    rows = list(every.filter(number=word)[:2]) or list(every.filter(title=word)[:2])
    return Ref.of(rows[0]) if len(rows) == 1 else None


def naming(ref: Ref) -> QuerySet[RecordLink]:
    """Links of records that name a thing (an organisation, an office …)."""
    return RecordLink.objects.filter(ref_kind=ref.kind, ref_id=ref.id).select_related("record")


def naming_any(refs: Iterable[Ref]) -> QuerySet[RecordLink]:
    """Links of records that name any of some things of one kind, the newest records first."""
    wanted = list(refs)
    rows = RecordLink.objects.filter(ref_kind=wanted[0].kind, ref_id__in=[ref.id for ref in wanted])
    return rows.select_related("record").order_by("-record_id", "pk")


def shown_fields(
    register: RegisterPiece, record: Record, *, names: dict[tuple[str, str], str]
) -> list[tuple[Field, str]]:
    """Every field with its value in words; sensitive ones masked, tables of that kind too."""
    found = []
    for field in register.fields:
        hidden = field.access == "sensitive"
        if field.type == "table" and not hidden:
            continue
        words = words_of(field, record.data.get(field.code), names)
        found.append((field, masked(words, "all") if hidden else words))
    return found
