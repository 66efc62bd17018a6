# SPDX-License-Identifier: Apache-2.0
"""Values worked out of a record and of what names it (计算值), in words; at most two queries however many there are."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.definitions import Computed, RegisterPiece
from kechuang.commons.registers.models import Record, RecordLink
from kechuang.commons.slots.queries import Attendance, attendance_of

SEATS = {"booked", "came", "satisfied"}
Incoming = Counter[tuple[str, str]]


def computed_lines(piece: RegisterPiece, record: Record, day: dt.date) -> list[tuple[str, str]]:
    """(label, words) of every computed value of a record on a day."""
    kinds = {one.kind for one in piece.computed}
    incoming = incoming_of(record) if "links" in kinds else Counter()
    seats = attendance_of(Ref.of(record)) if kinds & SEATS else Attendance()
    return [(one.label, _words(record, one, day, incoming, seats)) for one in piece.computed]


def born_of(piece: RegisterPiece, record: Record) -> dict[str, int]:
    """What the fields that nobody types say, once people have come."""
    born = [field for field in piece.fields if field.born]
    seats = attendance_of(Ref.of(record)) if born and record.pk else Attendance()
    return {
        field.code: getattr(seats, field.born) * 10**field.places
        for field in born
        if seats.came and field.born
    }


def incoming_of(record: Record) -> Incoming:
    """How many records name this one, by register and state; one that names it twice counts once."""
    own = Ref.of(record)
    rows = RecordLink.objects.filter(ref_kind=own.kind, ref_id=own.id).order_by()
    named = rows.values_list("record__register", "record__state").annotate(n=Count("record", distinct=True))
    return Counter({(register, state): count for register, state, count in named})


def _words(record: Record, one: Computed, day: dt.date, incoming: Incoming, seats: Attendance) -> str:
    match one.kind:
        case "links":
            wanted = (
                count for (register, state), count in incoming.items() if _is_meant(one, register, state)
            )
            return f"{sum(wanted):,}{one.unit}"
        case "booked" | "came":
            return f"{getattr(seats, one.kind):,}{one.unit}"
        case "satisfied":
            return "" if seats.satisfaction is None else f"{seats.satisfaction}{one.unit or '%'}"
        case "age":
            return _age(record.data.get(one.of), day, one.unit or _("年"))
    name, _dot, column = one.of.partition(".")
    rows = record.data.get(name) or []
    if one.kind == "lines":
        return f"{len(rows)}{one.unit}"
    total = sum(int(row.get(column) or 0) for row in rows)
    return f"{total / 100:,.2f}".rstrip("0").rstrip(".") + one.unit


def _is_meant(one: Computed, register: str, state: str) -> bool:
    return register == one.naming and (not one.states or state in one.states)


def _age(stored: str | None, day: dt.date, unit: str) -> str:
    """Whole years since a day."""
    if not stored:
        return ""
    start = dt.date.fromisoformat(stored)
    years = day.year - start.year - ((day.month, day.day) < (start.month, start.day))
    return f"{years}{unit}" if start <= day else ""
