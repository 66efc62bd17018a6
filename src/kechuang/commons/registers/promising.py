# SPDX-License-Identifier: Apache-2.0
"""Promises of a record (约定事项): lines of its tables and the commitments they are, kept in step.

A line is found again by its words, else by its place: words that were changed are a revision, and what was reported
of the promise stays. A line that is gone, or a record that has left the states in which it binds, ends it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kechuang.commons.commitments.actions import Part, drop_commitment, open_commitment, revise_commitment
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.queries import standings, with_parts
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel.actions import note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.definitions import Promises, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.values import cell_words
from kechuang.engines.progress.lights import URGENCY, Colour

LIVING = (Commitment.State.OPEN, Commitment.State.AWAITING)


@dataclass(frozen=True, slots=True)
class Promise:
    """A line that binds: what, until when, by which office."""

    order: int
    what: str
    due: dt.date | None
    unit: Unit | None

    @property
    def parts(self) -> list[Part]:
        """The office that answers for it leads."""
        return [Part(self.unit, Responsibility.Role.LEAD)] if self.unit else []


def promises_of(record: Record) -> QuerySet[Commitment]:
    """What a record has promised, in the order of its lines; what was dropped is left out."""
    about = Ref.of(record)
    found = Commitment.objects.filter(sources__ref_kind=about.kind, sources__ref_id=about.id)
    return found.filter(kind=Commitment.Kind.CLAUSE).exclude(state=Commitment.State.DROPPED)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise as the page of a record shows it: the commitment, who answers for it, its light and why."""

    commitment: Commitment
    offices: str
    colour: Colour
    reason: str
    side: str = ""


def promise_lines(record: Record, day: dt.date) -> list[PromiseLine]:
    """What a record has promised, with its lights on a day (7 queries however much)."""
    found, sides = [], _sides(record)
    promised = list(with_parts(promises_of(record).order_by("order", "pk"), day))
    stand = standings(promised, day)
    for one in promised:
        where = stand[one.pk]
        offices = "、".join(str(part.unit) for part in where.parts)
        side = sides.get(one.title, "")
        found.append(PromiseLine(one, offices, where.light.colour, reason_words(where.light), side))
    return found


def _sides(record: Record) -> dict[str, str]:
    """Which side promised what, by its words."""
    piece = register_of(record.register)
    found = {}
    for promises in piece.promises:
        table = piece.field(promises.table)
        column = next((one for one in table.columns if one.code == promises.side), None) if table else None
        if column is None:
            continue
        for row in record.data.get(promises.table) or ():
            found[str(row.get(promises.what, ""))[:200]] = cell_words(column, row.get(column.code))
    return found


@dataclass(frozen=True, slots=True)
class SideLights:
    """What a side promised: how many, how many of them are kept, and the lights of all, the most urgent first."""

    side: str
    promised: int
    kept: int
    lights: list[tuple[Colour, int]]


def lights_by_side(lines: Iterable[PromiseLine]) -> list[SideLights]:
    """The lights of each side (各方亮灯), in the order in which sides first promise."""
    grouped: dict[str, list[PromiseLine]] = {}
    for line in lines:
        if line.side:
            grouped.setdefault(line.side, []).append(line)
    found = []
    for side, own in grouped.items():
        counted = Counter(line.colour for line in own)
        lights = [(colour, counted[colour]) for colour in URGENCY if counted[colour]]
        kept = sum(line.commitment.state == Commitment.State.DONE for line in own)
        found.append(SideLights(side, len(own), kept, lights))
    return found


def keep_in_step(piece: RegisterPiece, record: Record, day: dt.date) -> None:
    """Open, revise and drop the commitments of a record so that they are what its lines promise."""
    if not piece.promises:
        return
    wanted = list(_promises(piece, record))
    kept = list(promises_of(record).order_by("order", "pk").prefetch_related("responsibilities"))
    pairs, new, gone = _matched(wanted, kept)
    by = Actor.system(_("台账约定"))
    for promise, commitment in pairs:
        _revise(promise, commitment, record, by)
    for commitment in gone:
        reason = _("“%(title)s”不再约定这一项") % {"title": record.title}
        drop_commitment(commitment, by, reason=reason)
    for promise in new:
        _open(promise, record, by, day)
    if new or gone:
        note(promised=[one.what for one in new], released=[one.title for one in gone])


def _promises(piece: RegisterPiece, record: Record) -> Iterator[Promise]:
    order = 0
    for promises in piece.promises:
        rows = record.data.get(promises.table) or [] if record.state in promises.states else []
        units = Unit.objects.in_bulk([row[promises.office] for row in rows if row.get(promises.office)])
        for row in rows:
            if row.get(promises.what):
                order += 1
                yield _promise(promises, row, order, units.get(row.get(promises.office)) or record.unit)


def _promise(promises: Promises, row: dict[str, Any], order: int, unit: Unit | None) -> Promise:
    due = row.get(promises.due)
    return Promise(order, str(row[promises.what]), dt.date.fromisoformat(due) if due else None, unit)


def _matched(
    wanted: Iterable[Promise], kept: Iterable[Commitment]
) -> tuple[list[tuple[Promise, Commitment]], list[Promise], list[Commitment]]:
    """Lines and commitments that belong together, lines that are new, living commitments whose line is gone."""
    left = list(kept)
    pairs: list[tuple[Promise, Commitment]] = []
    unmatched = []
    for promise in wanted:
        same = next((one for one in left if one.title == promise.what[:200]), None)
        if same is None:
            unmatched.append(promise)
        else:
            left.remove(same)
            pairs.append((promise, same))
    new = []
    for promise in unmatched:
        same = next((one for one in left if one.order == promise.order and one.state in LIVING), None)
        if same is None:
            new.append(promise)
        else:
            left.remove(same)
            pairs.append((promise, same))
    return pairs, new, [one for one in left if one.state in LIVING]


def _open(promise: Promise, record: Record, by: Actor, day: dt.date) -> None:
    about = Ref.of(record)
    ever = Commitment.objects.filter(sources__ref_kind=about.kind, sources__ref_id=about.id).count()
    open_commitment(
        None,
        by,
        kind=Commitment.Kind.CLAUSE,
        code=f"{(record.number or record.title)[:34]}-{ever + 1}",
        title=promise.what,
        text=f"{record.title}：{promise.what}",
        start=day,
        due=promise.due,
        source=about,
        parts=promise.parts,
        order=promise.order,
    )


def _revise(promise: Promise, commitment: Commitment, record: Record, by: Actor) -> None:
    now = [part.unit_id for part in commitment.responsibilities.all() if part.until is None]
    told = (commitment.title, commitment.due, commitment.order, now)
    wanted = (promise.what[:200], promise.due, promise.order, [part.unit.pk for part in promise.parts])
    if commitment.state in LIVING and told != wanted:
        revise_commitment(
            commitment,
            by,
            title=promise.what,
            text=f"{record.title}：{promise.what}",
            due=promise.due,
            source=Ref.of(record),
            parts=promise.parts,
            order=promise.order,
        )
