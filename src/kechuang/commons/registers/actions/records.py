# SPDX-License-Identifier: Apache-2.0
"""Records made, edited, moved from state to state, taken in from a sheet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.documents.actions import store_document
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.numbering import next_number
from kechuang.commons.parties.models import Organization, Unit
from kechuang.commons.registers.computing import born_of
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.intake import said_by_sender
from kechuang.commons.registers.models import Record, RecordLink, StateSpan
from kechuang.commons.registers.needing import filled, require_needs
from kechuang.commons.registers.permissions import (
    can_head_record,
    can_install_records,
    can_keep_record,
    can_make_records,
)
from kechuang.commons.registers.pieces import RecordPiece
from kechuang.commons.registers.promising import keep_in_step
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.reading import (
    Directory,
    as_journaled,
    links_of,
    place,
    read_record,
)

Files = Mapping[str, tuple[str, bytes]]
HANDED_IN = 0  # stands for a file until its record is there, which the file is about


@action("registers.record.made", permission=can_keep_record, silent=("files", "values"))
def make_record(
    thing: None,
    actor: Actor,
    *,
    register: str,
    values: Mapping[str, Any],
    files: Files | None = None,
    source: str = "",
    demo: bool = False,
) -> Record:
    """Make a record (登记) in the register's first state; ``values`` are texts by field code."""
    del thing
    piece = register_of(register)
    note(values=as_journaled(piece, values))
    given = {**values, **dict.fromkeys(piece.files), **dict.fromkeys(files or {}, HANDED_IN)}
    data = read_record(piece, given, Directory.of(piece, [given]))
    [record] = _made(piece, [data], actor, source=source, demo=demo)
    if files:
        record.data |= _stored(files, actor, Ref.of(record))
        record.save(update_fields=["data"])
        record.links.all().delete()
        _link(piece, [record])
    return record


@action("registers.records.taken", permission=can_keep_record, silent=("rows",))
def take_records(
    thing: None,
    actor: Actor,
    *,
    register: str,
    rows: Sequence[Mapping[str, Any]],
    source: str,
    demo: bool = False,
) -> int:
    """Take in all rows of a sheet (批量登记), all or none; returns how many. Raises Problem naming the line."""
    del thing
    piece = register_of(register)
    directory = Directory.of(piece, rows)
    records = []
    for row in rows:
        try:
            records.append(read_record(piece, row, directory))
        except Problem as problem:
            problem.line = int(row["_line"]) if "_line" in row else None
            raise
    made = _made(piece, records, actor, source=source, demo=demo)
    note(count=len(made))
    return len(made)


@action("registers.records.installed", permission=can_install_records, silent=("pieces",))
def install_records(thing: None, actor: Actor, *, pieces: Iterable[RecordPiece]) -> int:
    """Make the records that content names and that are not here yet; what people did with them since stays."""
    del thing
    known = set(Record.objects.exclude(piece="").values_list("piece", flat=True))
    wanted = [piece for piece in pieces if piece.code not in known]
    for piece in wanted:
        with clock.pinned(piece.since or clock.today()):
            record = make_record(None, actor, register=piece.of, values=piece.values, source=piece.source)
        record.piece = piece.code
        record.save(update_fields=["piece"])
    note(count=len(wanted))
    return len(wanted)


def _stored(files: Files | None, actor: Actor, about: Ref) -> dict[str, int]:
    """The files handed in, as files of the record: who may see it may read them."""
    return {
        code: store_document(None, actor, name=name, data=data, about=about).pk
        for code, (name, data) in (files or {}).items()
    }


def _made(
    piece: RegisterPiece, records: Sequence[dict[str, Any]], actor: Actor, *, source: str, demo: bool
) -> list[Record]:
    day = clock.today()
    unit = Unit.objects.filter(code=piece.office).first() if piece.office else None
    owners = [data.get(piece.owner) for data in records] if piece.owner else [None]
    theirs = None if None in owners else Unit.objects.filter(pk__in=[key for key in owners if key])
    verdict = can_make_records(unit, theirs, actor)
    if not verdict:
        raise Refused(verdict)
    numbers = (
        next_number(f"register:{piece.code}", piece.numbering, day.year, len(records))
        if piece.numbering
        else []
    )
    rows = []
    names = _titles(piece, records)
    for index, data in enumerate(records):
        row = Record(
            register=piece.code, state=piece.start.code, unit=unit, opened_on=day, source=source, demo=demo
        )
        place(row, piece, data)
        row.number = numbers[index] if numbers else ""
        row.title = row.number if piece.title_field.access == "sensitive" else names[index]
        rows.append(row)
    _require_unique(piece, rows)
    made = Record.objects.bulk_create(rows, batch_size=1000)
    StateSpan.objects.bulk_create(
        [StateSpan(record=row, state=row.state, since=day, by=actor.name) for row in made], batch_size=2000
    )
    _link(piece, made)
    for row in made:
        if any(row.data.get(promises.table) for promises in piece.promises):
            keep_in_step(piece, row, day)
    return made


def _titles(piece: RegisterPiece, records: Sequence[dict[str, Any]]) -> list[str]:
    field = piece.title_field
    if field.type == "text":
        return [str(data.get(field.code) or "")[:200] for data in records]
    keys = {data.get(field.code) for data in records}
    names = dict(Organization.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))
    return [names.get(data.get(field.code, 0), "") for data in records]


def _link(piece: RegisterPiece, records: Iterable[Record]) -> None:
    links = [
        RecordLink(record=record, field=field, ref_kind=kind, ref_id=key)
        for record in records
        for field, kind, key in links_of(piece, record.data)
        if key != str(HANDED_IN)
    ]
    RecordLink.objects.bulk_create(links, batch_size=2000)


def _require_unique(piece: RegisterPiece, records: Sequence[Record]) -> None:
    for field in piece.fields:
        if not field.unique:
            continue
        values = [record.data[field.code] for record in records if record.data.get(field.code)]
        own = [record.pk for record in records if record.pk]
        others = Record.objects.filter(register=piece.code, **{f"data__{field.code}__in": values}).exclude(
            pk__in=own
        )
        taken = others.first()
        twice = next((value for value, count in Counter(values).items() if count > 1), None)
        if taken is not None or twice is not None:
            value = twice if twice is not None else (taken.data[field.code] if taken else "")
            raise Problem(
                _("“%(label)s”为“%(value)s”的记录已存在。") % {"label": field.label, "value": value},
                remedy=_("请打开已有记录修改，不要重复登记。"),
                field=field.code,
            )


@action("registers.record.edited", permission=can_keep_record, silent=("files", "values", "kept"))
def edit_record(
    record: Record,
    actor: Actor,
    *,
    values: Mapping[str, Any],
    files: Files | None = None,
    kept: Iterable[str] = (),
) -> Record:
    """Change a record's values (修改); what it was stays in the journal.

    ``kept``: codes of fields that stay as they are, because whoever edits was not shown them.
    """
    piece = register_of(record.register)
    own = {code: record.data.get(code) if values.get(code) else None for code in piece.files}
    given = {**values, **own, **_stored(files, actor, Ref.of(record))}
    stays = {code: record.data[code] for code in kept if code in record.data}
    data = read_record(piece, given, Directory.of(piece, [given]), stays, record.opened_on)
    for code in said_by_sender(piece, record):
        data.pop(code, None)
        data |= {code: record.data[code]} if code in record.data else {}
    note(values=as_journaled(piece, values))
    _rewrite(piece, record, data | born_of(piece, record))
    keep_in_step(piece, record, clock.today())
    return record


def _rewrite(piece: RegisterPiece, record: Record, data: dict[str, Any]) -> None:
    """Put other values in place; what stood there is kept in the journal."""
    changed = (code for code in record.data | data if record.data.get(code) != data.get(code))
    note(was=as_journaled(piece, {code: record.data.get(code) for code in changed}))
    place(record, piece, data)
    if piece.title_field.access != "sensitive":
        record.title = _titles(piece, [data])[0]
    _require_unique(piece, [record])
    record.save()
    record.links.all().delete()
    _link(piece, [record])


@action("registers.record.moved", permission=can_keep_record, silent=("files", "values"))
def move_record(
    record: Record,
    actor: Actor,
    *,
    to: str,
    reason: str = "",
    evidence: Iterable[Ref] = (),
    files: Iterable[tuple[str, bytes]] = (),
    on: dt.date | None = None,
    values: Mapping[str, Any] | None = None,
) -> Record:
    """Move a record to another state (流转), with what the move needs; the span of the old state ends.

    ``values``: texts of fields that the move needs, filled in the same act.
    """
    piece = register_of(record.register)
    move = next((one for one in piece.moves_from(record.state) if one.to == to), None)
    if move is None:
        raise Problem(
            _("“%(title)s”当前状态为“%(state)s”，不能这样流转。")
            % {"title": record.title, "state": piece.state(record.state).label},
            remedy=_("请刷新页面查看可办理的流转。"),
        )
    if move.by == "head":
        verdict = can_head_record(record, actor)
        if not verdict:
            raise Refused(verdict)
    data = filled(piece, record, move, values)
    if data != record.data:
        note(values=as_journaled(piece, values or {}))
        _rewrite(piece, record, data)
    about = Ref.of(record)
    stored = [Ref.of(store_document(None, actor, name=name, data=data, about=about)) for name, data in files]
    shown = [*evidence, *stored]
    require_needs(piece, record, move.needs, reason, shown)
    day = on or clock.today()
    span = StateSpan.objects.select_for_update().get(record=record, until=None)
    if not span.since <= day <= clock.today():
        raise Problem(
            _("流转日期须在 %(first)s 至今天之间。") % {"first": span.since.isoformat()},
            remedy=_("请核对日期。"),
            field="on",
        )
    if day == span.since:
        span.delete()  # a state that lasted no day was never in force
    else:
        span.until = day
        span.save(update_fields=["until"])
    StateSpan.objects.create(
        record=record,
        state=to,
        since=day,
        by=actor.name,
        reason=reason.strip(),
        evidence=[str(ref) for ref in shown],
    )
    note(before=record.state)
    record.state = to
    record.save(update_fields=["state"])
    keep_in_step(piece, record, day)
    return record
