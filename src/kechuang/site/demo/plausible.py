# SPDX-License-Identifier: Apache-2.0
"""Values that a record of the demo could have (演示取值), by the words beside this file; seeded."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kechuang.apps.workplan.models import ItemOffice
from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Organization, OrganizationKind, Unit
from kechuang.commons.parties.queries import divisions_on
from kechuang.commons.registers.definitions import Cell, Field, Map, Move, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.site.demo import words

MONEY, NUMBER, LINE = (1, 60), (1, 60), (1, 40)
ROUND_SUM, ROUND_TO = 50_000, 10_000
MOSTLY_NO = 0.85
NEAR, LATELY, PAST = (-12, 240), (-240, -5), (-1200, -60)
YEARLY = {
    "人": (20, 300), "万元": (300, 6_000), "亿元": (2, 60), "项": (2, 12), "家": (5, 60), "人次": (1_500, 40_000),
}  # fmt: skip
GROWTH = (104, 125)
Row = dict[str, Any]


class Plausible:
    """What fields of records may say on the demo's day."""

    def __init__(self, day: dt.date, dice: random.Random) -> None:
        self.day, self.dice, self.said = day, dice, Counter[str]()
        divisions = divisions_on(day).filter(parent__isnull=False)
        self.regions = list(divisions.order_by("code").values_list("pk", flat=True))
        self.units = list(Unit.objects.order_by("order", "pk").values_list("pk", flat=True))
        self.offices: dict[str, list[int]] = {}
        named = ItemOffice.objects.order_by("pk").values_list("item__number", "unit_id")
        for number, unit in named:
            self.offices.setdefault(number, []).append(unit)
        bodies = [name for names in words.bodies().values() for name in names]
        firms = Organization.objects.filter(demo=True).exclude(name__in=bodies)
        self.parties = {"": list(firms.order_by("pk").values_list("pk", flat=True)[:400])}
        for kind in OrganizationKind.objects.all():
            own = Organization.objects.filter(demo=True, roles__kind=kind).order_by("pk")
            self.parties[kind.code] = list(own.values_list("pk", flat=True))

    def row(self, piece: RegisterPiece, title: str, opened: dt.date) -> Row:
        """What a new record says: what only a move brings, or a later state, is not known yet."""
        needed = {need for move in piece.moves for need in move.needs}
        found: Row = {"opened_on": opened.isoformat()}
        for field in piece.fields:
            late = field.code in needed and field.type != "region" and not words.early(piece.code, field.code)
            follows = words.follows(piece.code, field.code)
            known = not (late or words.later_states(piece.code, field.code)) or follows is not None
            if field.required or known:
                self._fill(piece, field, title, found)
        del found["opened_on"]
        return found | words.by_state(piece.code, piece.start.code)

    def on_move(self, piece: RegisterPiece, move: Move, record: Record) -> Row:
        """What becomes known by a move: what it needs, what the state brings, what follows from those."""
        known = record.data
        found: Row = {**known, "opened_on": record.opened_on.isoformat()}
        for field in piece.fields:
            if field.code in known or field.type == "file":
                continue
            if field.type == "date" and field.code in move.needs and not self._has_own_day(piece, field):
                found[field.code] = clock.today().isoformat()
            elif (
                field.code in move.needs
                or move.to in words.later_states(piece.code, field.code)
                or words.follows(piece.code, field.code)
            ):
                self._fill(piece, field, record.title, found)
        fresh = {code: value for code, value in found.items() if code not in known and code != "opened_on"}
        return fresh | words.by_state(piece.code, move.to)

    @staticmethod
    def _has_own_day(piece: RegisterPiece, field: Field) -> bool:
        """Whether a date is not simply that of the move."""
        due = any(one.field == field.code for one in piece.dues)
        return bool(
            due or words.follows(piece.code, field.code) or words.span("days", piece.code, field.code)
        )

    def _fill(self, piece: RegisterPiece, field: Field, title: str, found: Row) -> None:
        value = self._value(piece, field, title, found)
        if value not in (None, [], {}):
            found[field.code] = value

    def _value(self, piece: RegisterPiece, field: Field, title: str, row: Row) -> Any:
        if field.code == piece.title_field.code and field.type == "text":
            return title
        said = words.picked(piece.code, field.code, title)
        if said is not None:
            return said
        make = getattr(self, f"_{field.type}", None)
        return make(piece, field, row) if make else None

    def _text(self, piece: RegisterPiece, field: Field, row: Row) -> str:
        del row
        said = str(self.dice.choice(words.texts(piece.code, field.code)))
        self.said[said] += 1
        return said.replace("{n}", f"{self.said[said]}")

    def _long(self, piece: RegisterPiece, field: Field, row: Row) -> str:
        del row
        return words.long_text(field.code, self.dice, piece.code)

    def _number(self, piece: RegisterPiece, field: Field, row: Row) -> str:
        del row
        return str(self.dice.randint(*(words.span("numbers", piece.code, field.code) or NUMBER)))

    def _money(self, piece: RegisterPiece, field: Field, row: Row) -> str:
        del row
        known = words.span("numbers", piece.code, field.code)
        sum_ = self.dice.randint(*known) if known else self.dice.randint(*MONEY) * ROUND_SUM
        return str(sum_ - sum_ % ROUND_TO if sum_ > 10 * ROUND_TO else sum_)

    def _choice(self, piece: RegisterPiece, field: Field, row: Row) -> str:
        del piece, row
        return str(self.dice.choice(field.options).code)

    def _choices(self, piece: RegisterPiece, field: Field, row: Row) -> str:
        return self._choice(piece, field, row)

    def _yes_no(self, piece: RegisterPiece, field: Field, row: Row) -> str:
        del piece, field, row
        return "否" if self.dice.random() < MOSTLY_NO else "是"

    def _party(self, piece: RegisterPiece, field: Field, row: Row) -> str | None:
        del row
        kinds = words.kinds_of(piece.code, field.code) or ("",)
        pool = [key for kind in kinds for key in self.parties.get(kind, ())] or self.parties[""]
        return str(self.dice.choice(pool)) if pool else None

    def _region(self, piece: RegisterPiece, field: Field, row: Row) -> str | None:
        del piece, field, row
        return str(self.dice.choice(self.regions)) if self.regions else None

    def _unit(self, piece: RegisterPiece, field: Field, row: Row) -> str | None:
        """An office that the plan names with the task the register serves."""
        del field, row
        pool = self.offices.get(piece.task) or self.units
        return str(self.dice.choice(pool)) if pool else None

    def _place(self, piece: RegisterPiece, field: Field, row: Row) -> str | None:
        del field, row
        return self._somewhere(piece.map) if piece.map else None

    def _date(self, piece: RegisterPiece, field: Field, row: Row) -> str | None:
        following = words.follows(piece.code, field.code)
        if following is not None:
            base, first, last = following
            if base not in row:
                return None
            return (dt.date.fromisoformat(row[base]) + self._some(first, last)).isoformat()
        known = words.span("days", piece.code, field.code)
        dues = [due for due in piece.dues if due.field == field.code]
        usual = LATELY if any(due.after for due in dues) else NEAR if dues else PAST
        return (self.day + self._some(*(known or usual))).isoformat()

    def _yearly(self, piece: RegisterPiece, field: Field, row: Row) -> dict[str, str]:
        """Three years that grow."""
        del row
        first, last = words.span("numbers", piece.code, field.code) or YEARLY.get(field.unit, (5, 40))
        value, found = self.dice.randint(first, last), {}
        for ago in (3, 2, 1):
            found[str(self.day.year - ago)] = str(value)
            value = max(value + 1, value * self.dice.randint(*GROWTH) // 100)
        return found

    def _table(self, piece: RegisterPiece, field: Field, row: Row) -> list[dict[str, str]]:
        """One to three lines, no two alike; what is only known months later is not yet filled."""
        del row
        later = {code for due in piece.dues if due.field == field.code for code in due.after.values()}
        columns = [column for column in field.columns if column.code not in later]
        lead = next((column for column in columns if column.type == "text"), columns[0])
        said = words.texts(piece.code, field.code, lead.code)
        told = self.dice.sample(said, min(len(said), self.dice.randint(1, 3)))
        first, last = words.span("lines", piece.code, field.code) or (1, 3)
        return [
            {column.code: value for column, value in self._line(piece, field, columns, lead, one)}
            for one in told[: max(first, min(last, len(told)))]
        ]

    def _line(
        self, piece: RegisterPiece, field: Field, columns: list[Cell], lead: Cell, told: str
    ) -> Iterator[tuple[Cell, str]]:
        for column in columns:
            yield column, told if column is lead else self._cell(piece, field, column)

    def _cell(self, piece: RegisterPiece, field: Field, column: Cell) -> str:
        if column.type == "number":
            return str(
                self.dice.randint(*(words.span("numbers", piece.code, field.code, column.code) or LINE))
            )
        if column.type == "unit":
            return self._unit(piece, field, {}) or ""
        if column.type == "date":
            usual = NEAR if column.code in {"due", "by"} else LATELY
            known = words.span("days", piece.code, field.code, column.code)
            return (self.day + self._some(*(known or usual))).isoformat()
        if column.type == "choice":
            return str(self.dice.choice(column.options).code)
        return str(self.dice.choice(words.texts(piece.code, field.code, column.code)))

    def _some(self, first: int, last: int) -> dt.timedelta:
        return dt.timedelta(days=self.dice.randint(first, last))

    def _somewhere(self, frame: Map) -> str:
        """Somewhere in the middle of the frame."""
        longitude = self.dice.triangular(frame.west, frame.east)
        latitude = self.dice.triangular(frame.south, frame.north)
        return f"{longitude:.4f}, {latitude:.4f}"
