# SPDX-License-Identifier: Apache-2.0
"""To-dos of registers: what falls due in the records an office keeps, definitions that wait for release."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.models import Record, RegisterDraft
from kechuang.commons.registers.permissions import can_release_register
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
