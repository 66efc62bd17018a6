# SPDX-License-Identifier: Apache-2.0
"""What is due for a person and his offices as days of a calendar (日历订阅): to-dos, tasks, steps, registers."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.commitments.models import Commitment, Milestone
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.queries import due_records, registers
from kechuang.commons.ui.marks import light_words
from kechuang.engines.basis.ical import DayEntry

BACK, AHEAD, MOST = dt.timedelta(92), dt.timedelta(366), 1000


def due_days(actor: Actor, day: dt.date) -> list[DayEntry]:
    """All that falls due from a quarter back to a year ahead, once each: the same page on the same day is the same."""
    found: dict[tuple[str, dt.date], DayEntry] = {}
    for one in (*_todos(actor, day), *_promised(actor), *_steps(actor), *_registers(actor, day)):
        if day - BACK <= one.day <= day + AHEAD:
            found.setdefault((one.url, one.day), one)
    return sorted(found.values(), key=lambda one: (one.day, one.uid))[:MOST]


def _entry(day: dt.date, title: str, text: str, url: str) -> DayEntry:
    address = f"{settings.PUBLIC_ADDRESS}{url}"
    uid = hashlib.sha256(f"{address} {title}".encode()).hexdigest()[:32]
    return DayEntry(f"{uid}@kechuang", day, title, text, address)


def _todos(actor: Actor, day: dt.date) -> Iterator[DayEntry]:
    for todo in todos_for(actor, day):
        if todo.due is not None:
            words = f"{todo.why}（{light_words(todo.light)}）" if todo.light != "grey" else todo.why
            yield _entry(todo.due, todo.title, words, todo.url)


def _promised(actor: Actor) -> Iterator[DayEntry]:
    """Open commitments in which an office of the person has a part; all of them for who confirms closures."""
    _everywhere, units = ids_in_scope(actor, "commitments.report_part", "parties.unit")
    rows = Commitment.objects.filter(state=Commitment.State.OPEN, due__isnull=False)
    if not holds(actor, "commitments.confirm_closure"):
        own = [int(unit) for unit in units]
        rows = rows.filter(responsibilities__unit__in=own, responsibilities__state="open").distinct()
    else:
        rows = rows.filter(kind=Commitment.Kind.TASK)
    for row in rows.order_by("due", "pk")[:MOST]:
        url = reverse("commitments:commitment-open", args=[row.pk])
        assert row.due is not None
        yield _entry(row.due, f"{row.get_kind_display()}：{row.title}", row.code, url)


def _steps(actor: Actor) -> Iterator[DayEntry]:
    _everywhere, units = ids_in_scope(actor, "commitments.draft_milestone", "parties.unit")
    rows = Milestone.objects.filter(state=Milestone.State.APPROVED, unit__in=[int(unit) for unit in units])
    for row in rows.select_related("unit", "commitment").order_by("due", "pk")[:MOST]:
        url = reverse("commitments:milestone-detail", args=[row.pk])
        yield _entry(row.due, _("节点：%(title)s") % {"title": row.title}, row.commitment.title, url)


def _registers(actor: Actor, day: dt.date) -> Iterator[DayEntry]:
    _everywhere, units = ids_in_scope(actor, "registers.keep_record", "parties.unit")
    if not units:
        return
    known = registers()
    rows = due_records(known.values(), day + AHEAD).filter(unit__in=[int(unit) for unit in units])
    for record in rows[:MOST]:
        piece = known[record.register]
        for line in due_lines(piece, [record], day):
            url = reverse("registers:record-detail", args=[record.pk])
            yield _entry(line.day, f"{line.what}：{record.title}", piece.name, url)
