# SPDX-License-Identifier: Apache-2.0
"""What falls due in records (到期事项): on a date, every year, some months after a line; pure."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kechuang.commons.registers.definitions import Due, Field, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.engines.progress.lights import Light, Thresholds, due_light


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something of a record that falls due: what in words, when, its light."""

    record: Record
    due: Due
    day: dt.date
    light: Light
    what: str


def due_states(register: RegisterPiece) -> set[str]:
    """The states in which anything may fall due."""
    open_states = {state.code for state in register.states if not state.end}
    return {code for due in register.dues for code in (due.states or open_states)}


def due_lines(register: RegisterPiece, records: Iterable[Record], day: dt.date) -> list[DueLine]:
    """What is due in some records on a day, the most urgent first."""
    found = []
    for record in records:
        ended = register.state(record.state).end
        for due in register.dues:
            if record.state in due.states or not (due.states or ended):
                for when, what in _days(register, record, due, day):
                    light = due_light(day, due=when, thresholds=Thresholds(yellow_days=due.warn_days))
                    found.append(DueLine(record, due, when, light, what))
    return sorted(found, key=lambda line: (line.day, line.record.pk))


def _days(register: RegisterPiece, record: Record, due: Due, day: dt.date) -> Iterator[tuple[dt.date, str]]:
    field, stored = register.field(due.field), record.data.get(due.field)
    if due.every:
        yield from _yearly(record, due, stored or [], day)
    elif due.after and field is not None:
        rows = [{**record.data, field.code: stored}] if field.type == "date" else stored or []
        yield from _follow_ups(field, due, rows)
    elif stored:
        yield dt.date.fromisoformat(stored), due.label


def _yearly(
    record: Record, due: Due, rows: Iterable[dict[str, str]], day: dt.date
) -> Iterator[tuple[dt.date, str]]:
    """The first year since the record was made of which no line tells."""
    assert due.every is not None
    told = {str(row.get("year", "")).strip()[:4] for row in rows}
    month, number = map(int, due.every.split("-"))
    for year in range(record.opened_on.year, day.year + 1):
        if str(year) not in told:
            yield _in_month(year, month, number), f"{due.label} {year}"
            return


def _follow_ups(field: Field, due: Due, rows: Iterable[dict[str, str]]) -> Iterator[tuple[dt.date, str]]:
    """For each line with a day, or for the record with one, the first follow-up that is still empty."""
    dated = next((column.code for column in field.columns if column.type == "date"), field.code)
    named = next((column.code for column in field.columns if column.type == "text"), "")
    for row in rows:
        left = [months for months, column in sorted(due.after.items()) if not row.get(column)]
        if row.get(dated) and left:
            what = _("%(label)s（%(months)s个月）") % {"label": due.label, "months": left[0]}
            yield (
                months_after(dt.date.fromisoformat(row[dated]), left[0]),
                f"{what} {row.get(named, '')}".strip(),
            )


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return _in_month(year, month + 1, day.day)


def _in_month(year: int, month: int, number: int) -> dt.date:
    return dt.date(year, month, min(number, calendar.monthrange(year, month)[1]))
