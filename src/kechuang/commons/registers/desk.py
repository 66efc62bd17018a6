# SPDX-License-Identifier: Apache-2.0
"""To-dos of registers: what falls due in an office's records, sides that have not agreed, definitions to release."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk
from kechuang.commons.registers.consenting import Side, may_speak, sides_of
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.models import Record, RegisterDraft
from kechuang.commons.registers.permissions import CONSENT, HEAD, can_release_register
from kechuang.commons.registers.queries import due_records, registers

MOST, MOST_RECORDS = 50, 2000


@desk("registers")
def register_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """One query for what falls due in any register; definitions one more."""
    everywhere, units = ids_in_scope(actor, "registers.keep_record", "parties.unit")
    if units and not everywhere:
        known = registers()
        most = max((due.warn_days for piece in known.values() for due in piece.dues), default=0)
        rows: dict[str, list[Record]] = defaultdict(list)
        soon = due_records(known.values(), day + dt.timedelta(most + 1))
        for record in soon.filter(unit__in=[int(unit) for unit in units])[:MOST_RECORDS]:
            rows[record.register].append(record)
        for code in sorted(rows):
            for line in due_lines(known[code], rows[code], day)[:MOST]:
                if line.light.colour in {"red", "yellow"}:
                    why = f"{line.what} {line.day.isoformat()}"
                    url = reverse("registers:record-detail", args=[line.record.pk])
                    yield Todo(line.record.title, why, url, line.day, line.light.colour, known[code].name)
    if holds(actor, "registers.release_register"):
        for draft in RegisterDraft.objects.filter(state=RegisterDraft.State.SUBMITTED):
            if can_release_register(draft, actor):
                why = _("%(who)s提交的台账定义等您发布") % {"who": draft.by}
                title = draft.content.get("name") or draft.code
                yield Todo(
                    title,
                    why,
                    reverse("registers:draft-release", args=[draft.pk]),
                    light="yellow",
                    group=_("台账"),
                )


@desk("registers.sides")
def side_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """What a side is asked to agree to before a record goes on (2 queries for a register with sides)."""
    del day
    regions, units = _reached(actor, CONSENT, "parties.region"), _reached(actor, HEAD, "parties.unit")
    if not (regions or units):
        return
    for piece in registers().values():
        states = _asking(piece)
        if states:
            mine = Q(region__in=regions) | Q(unit__in=units)
            rows = Record.objects.filter(mine, register=piece.code, state__in=states)
            for record in rows.select_related("region", "unit").prefetch_related("consents")[:MOST]:
                for side in sides_of(piece, record):
                    if _is_asked(piece, record, side) and may_speak(side.consent, record, actor):
                        why = _("等%(side)s表态") % {"side": side.consent.label}
                        page = reverse("registers:record-detail", args=[record.pk])
                        yield Todo(record.title, why, page, light="yellow", group=piece.name)


def _reached(actor: Actor, permission: str, kind: str) -> list[int]:
    """The regions or offices in whose name a person speaks; who reaches everything speaks for none in particular."""
    everywhere, found = ids_in_scope(actor, permission, kind)
    return [] if everywhere else [int(key) for key in found]


def _asking(piece: RegisterPiece) -> set[str]:
    """The states from which a move needs that a side agrees."""
    sides = {consent.code for consent in piece.consents}
    return {state for move in piece.moves if sides & set(move.needs) for state in move.of}


def _is_asked(piece: RegisterPiece, record: Record, side: Side) -> bool:
    """Whether the side has not said yes or no to what stands there, and all it is asked about is filled in."""
    needed = any(side.consent.code in move.needs for move in piece.moves_from(record.state))
    filled = all(record.data.get(code) for code in side.consent.over)
    return needed and filled and side.standing in {"silent", "lapsed"}
