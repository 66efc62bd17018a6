# SPDX-License-Identifier: Apache-2.0
"""Registers and their records: directory, list, board, what is due, one record and its neighbourhood, public view."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from kechuang.commons.access.grants import holds
from kechuang.commons.access.guards import guarded
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.computing import computed_lines
from kechuang.commons.registers.consenting import may_speak, sides_of
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import (
    KEEP,
    can_begin_record,
    can_head_record,
    can_keep_record,
    can_unmask_record,
)
from kechuang.commons.registers.printing import record_word
from kechuang.commons.registers.promising import lights_by_side, promise_lines
from kechuang.commons.registers.queries import (
    due_records,
    names_in,
    neighbours,
    records_of,
    register_of,
    registers,
    shown_fields,
)
from kechuang.commons.registers.stocktaking import stocktake_of
from kechuang.commons.registers.tables import RecordList
from kechuang.commons.registers.values import cell_words, words_of
from kechuang.commons.registers.yearly import yearly_of
from kechuang.commons.slots.models import Session
from kechuang.commons.slots.permissions import can_keep_session
from kechuang.commons.slots.queries import sessions_of
from kechuang.commons.slots.tables import state_of
from kechuang.commons.ui.lists import list_response

BOARD_CARDS, MOST_DUE, AHEAD = 50, 300, dt.timedelta(366)
NAME, IN_MIDDLE = 15, 11
"""Characters that a name beside, and the one in the middle, have room for."""
TYPES = {"parties.organization": "party", "parties.unit": "unit", "parties.region": "region"}
TYPES |= {"registers.record": "link", "documents.document": "file"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIDES = {
    "silent": (gettext_lazy("未表态"), "neutral"),
    "agreed": (gettext_lazy("已同意"), "good"),
    "declined": (gettext_lazy("不同意"), "bad"),
    "lapsed": (gettext_lazy("内容已改，须重新表态"), "warn"),
}


@guarded("registers.view_record")
def register_list(request: HttpRequest) -> HttpResponse:
    """Every register by group, in the order of the plan's tasks, with who keeps it and its records (台账目录)."""
    counts = dict(Record.objects.values_list("register").annotate(n=Count("pk")).order_by())
    offices = dict(Unit.objects.values_list("code", "short_name"))
    groups: dict[str, list[tuple[RegisterPiece, str, int]]] = defaultdict(list)
    for piece in sorted(registers().values(), key=_place_in_plan):
        groups[piece.group].append((piece, offices.get(piece.office or "", ""), counts.get(piece.code, 0)))
    actor = request.actor  # type: ignore[attr-defined]
    named = sorted(groups.items(), key=lambda group: not group[0])  # those without a group stand last
    context = {"groups": named, "may_define": holds(actor, "registers.define_register")}
    return render(request, "registers/register_list.html", context)


def _place_in_plan(piece: RegisterPiece) -> tuple[bool, int, str]:
    """By the number of the task it serves; what serves none stands last."""
    number = int(piece.task) if piece.task.isdigit() else 0
    return not number, number, piece.name


@guarded("registers.view_record")
def record_list(request: HttpRequest, register: str) -> HttpResponseBase:
    """The records of a register."""
    piece, actor = register_of(register), request.actor  # type: ignore[attr-defined]
    page = RecordList(piece, sensitive=False)
    page.template = "registers/record_list.html"
    return list_response(
        request, page, context={"register": piece, "may_keep": can_begin_record(piece, actor)}
    )


@guarded("registers.view_record")
def board(request: HttpRequest, register: str) -> HttpResponse:
    """Records as cards, states as columns (看板); at most fifty cards a column, the newest first."""
    piece = register_of(register)
    states = Record.objects.filter(register=piece.code).values_list("state")
    counts = dict(states.annotate(n=Count("pk")).order_by())
    columns = []
    for state in piece.states:
        cards = (
            list(records_of(piece).filter(state=state.code)[:BOARD_CARDS]) if counts.get(state.code) else []
        )
        columns.append((state, counts.get(state.code, 0), cards))
    names = names_in(piece, [card for _state, _count, cards in columns for card in cards])
    wanted = [code for code in piece.list if code != piece.title_field.code]
    shown = [field for field in piece.fields if field.code in wanted and field.access != "sensitive"][:3]
    told = [
        (
            state,
            count,
            Decimal(count) / max(1, sum(counts.values())),
            [
                (card, [words_of(field, card.data.get(field.code), names) for field in shown])
                for card in cards
            ],
        )
        for state, count, cards in columns
    ]
    return render(request, "registers/board.html", {"register": piece, "columns": told})


@guarded("registers.view_record")
def due_list(request: HttpRequest, register: str) -> HttpResponse:
    """What falls due, by month (到期日历)."""
    piece, day = register_of(register), clock.today()
    rows = due_records([piece], day + AHEAD).order_by(F("day1").asc(nulls_last=True), "pk")
    lines = due_lines(piece, rows[:MOST_DUE], day)[:MOST_DUE]
    months: dict[dt.date, list[Any]] = defaultdict(list)
    for line in lines:
        months[line.day.replace(day=1)].append(line)
    context = {
        "register": piece,
        "months": sorted(months.items()),
        "cut": len(lines) == MOST_DUE,
        "most": MOST_DUE,
    }
    return render(request, "registers/due_list.html", context)


def _has_sensitive(piece: RegisterPiece, record: Record) -> bool:
    return any(field.access == "sensitive" and field.code in record.data for field in piece.fields)


@guarded("registers.view_record")
def record_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One record: its values, what may be done, what is due, its states, its neighbourhood, its history."""
    whole = Record.objects.select_related("unit", "organization", "region").prefetch_related("spans", "links")
    record = get_object_or_404(whole, pk=pk)
    known, day, actor = registers(), clock.today(), request.actor  # type: ignore[attr-defined]
    piece = known.get(record.register) or register_of(record.register)
    near = neighbours(piece, record, known)
    refs = [one.ref for one in near] + [
        Ref.parse(text) for span in record.spans.all() for text in span.evidence
    ]
    shown = resolve_many(refs, actor)
    promises = promise_lines(record, day) if piece.promises else None
    told = _told_below(piece, record)
    keep, head = can_keep_record(record, actor), can_head_record(record, actor)
    own = {
        (TYPES.get(one.ref.kind, ""), one.ref.id): shown[one.ref].title for one in near if not one.incoming
    }
    names, yearly = names_in(piece, [record], own), list(yearly_of(piece, record))
    context = {
        "register": piece,
        "record": record,
        "state": piece.state(record.state),
        "fields": [
            (field, words, [shown[link.ref] for link in record.links.all() if link.field == field.code])
            for field, words in shown_fields(piece, record, names=names)
            if field.code not in {figure.field.code for figure in yearly}
        ],
        "yearly": yearly,
        "tables": [
            _table(field, record, names)
            for field in piece.fields
            if field.type == "table" and field.access != "sensitive" and field.code not in told
        ],
        "computed": computed_lines(piece, record, day),
        "dues": due_lines(piece, [record], day),
        "promises": promises,
        "lights": lights_by_side(promises or ()),
        "stocktake": stocktake_of(piece),
        "sides": [
            (side, *SIDES[side.standing], may_speak(side.consent, record, actor))
            for side in sides_of(piece, record)
        ],
        "sessions": _sessions(record) if piece.sessions else None,
        "may_hold": piece.sessions and can_keep_session(Session(unit=record.unit), actor),
        "moves": [(move, keep if move.by == "keeper" else head) for move in piece.moves_from(record.state)],
        "spans": [
            (span, piece.state(span.state), [shown[Ref.parse(text)] for text in span.evidence])
            for span in reversed(record.spans.all())
        ],
        "near": [(one, shown[one.ref]) for one in near],
        "sprouts": _sprouts(piece, record, known, actor) if holds(actor, KEEP) else [],
        "graph": _graph(record, [(one, shown[one.ref].title) for one in near[:12]]),
        "history": [(entry, _told(piece, entry)) for entry in history_of(Ref.of(record))[:20]],
        "may_keep": keep,
        "may_unmask": can_unmask_record(record, actor),
        "may_erase": can_head_record(record, actor) and _has_sensitive(piece, record),
        "ref": Ref.of(record),
    }
    return render(request, "registers/record_detail.html", context)


@guarded("registers.view_record")
def record_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One record as Word (导出Word)."""
    del request
    whole = Record.objects.select_related("unit", "organization", "region").prefetch_related("spans")
    record = get_object_or_404(whole, pk=pk)
    data = record_word(register_of(record.register), record, clock.today())
    name = content_disposition_header(True, f"{record.title}.docx") or ""
    return HttpResponse(data, content_type=WORD, headers={"Content-Disposition": name})


def _told(piece: RegisterPiece, entry: Entry) -> str:
    """What was done; of a move, from which state to which."""
    words, data = verb_words(entry.verb), entry.data
    if data.get("before") and data.get("to"):
        return f"{words}：{piece.state(data['before']).label} → {piece.state(data['to']).label}"
    return words


def _sessions(record: Record) -> list[tuple[Session, tuple[str, str]]]:
    return [(session, state_of(session)) for session in sessions_of(Ref.of(record))]


def _told_below(piece: RegisterPiece, record: Record) -> set[str]:
    """Tables that bind and say no more than their promises do, which the page shows with their lights."""
    found = set()
    for one in piece.promises:
        table = piece.field(one.table)
        columns = {column.code for column in table.columns} if table else set()
        if record.state in one.states and columns <= {one.what, one.office, one.due}:
            found.add(one.table)
    return found


def _sprouts(
    piece: RegisterPiece, record: Record, known: Mapping[str, RegisterPiece], actor: Actor
) -> list[tuple[str, str]]:
    """(what it is called, address) of the new records that name this one and that the viewer may make."""
    naming = [
        (other, field)
        for other in known.values()
        for field in other.fields
        if field.type == "link" and field.target == piece.code
    ]
    offices = Unit.objects.filter(code__in={other.office for other, _field in naming if other.office})
    units = {unit.code: unit for unit in offices} if naming else {}
    named = quote(record.number or record.title)
    return [
        (
            field.inverse or other.name,
            f"{reverse('registers:record-make', args=[other.code])}?{field.code}={named}",
        )
        for other, field in naming
        if other.owner or can_keep_record(Record(unit=units.get(other.office or "")), actor)
    ]


def _table(field: Any, record: Record, names: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    rows = [
        [cell_words(column, row.get(column.code), names) for column in field.columns]
        for row in record.data.get(field.code) or []
    ]
    return {"label": field.label, "columns": field.columns, "rows": rows}


def _graph(record: Record, near: list[tuple[Any, str]]) -> dict[str, Any] | None:
    """The neighbourhood in whole numbers: the record in the middle, what is next to it left and right."""
    if not near:
        return None
    points = [
        {
            "title": Truncator(title).chars(NAME),
            "x": 214 if place % 2 == 0 else 426,
            "edge": 232 if place % 2 == 0 else 408,
            "y": 24 + (place // 2) * 34,
            "left": place % 2 == 0,
        }
        for place, (_one, title) in enumerate(near)
    ]
    height = 14 + 34 * ((len(near) + 1) // 2)
    middle = height // 2
    return {
        "title": Truncator(record.title).chars(IN_MIDDLE),
        "points": points,
        "height": height,
        "middle": middle,
        "top": middle - 15,
    }
