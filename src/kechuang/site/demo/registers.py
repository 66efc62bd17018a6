# SPDX-License-Identifier: Apache-2.0
"""Records of the demo year in every register: seeded, plausible, labelled, made by the actions that people use."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Organization, Unit
from kechuang.commons.parties.queries import divisions_on
from kechuang.commons.registers.actions.consents import give_consent
from kechuang.commons.registers.actions.records import move_record, take_records
from kechuang.commons.registers.definitions import Cell, Field, Map, Move, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import registers
from kechuang.site.demo.words import long_text, text, titles

SEED, USUAL, SHARE_MOVED, MOSTLY_NO = 2019, 6, 0.7, 0.85
COUNTS = {
    "carrier": 96,
    "bottleneck": 88,
    "key_firm": 92,
    "new_research_body": 18,
    "introduction": 14,
    "pain_point": 24,
}
RANGES: dict[tuple[str, str], tuple[int, int]] = {
    ("carrier", "area"): (12_000, 76_000),
    ("carrier", "people"): (500, 2_300),
    ("key_firm", "credit"): (500_000, 30_000_000),
    ("bottleneck", "budget"): (500_000, 8_000_000),
    ("commissioner_post", "subsidy"): (100, 159),
}
SUM = 50_000
AHEAD = {"until", "ends"}
NEAR, LATELY, PAST = (-25, 420), (-240, -5), (-1200, -60)
EMPTY: tuple[Any, ...] = (None, "", [], {})  # a "no" is an answer
PROOF = ("佐证（演示）.txt", "演示数据：由系统生成的佐证文件。".encode())


class Shelf:
    """Fills the registers of the city as they would stand on a day."""

    def __init__(self, day: dt.date) -> None:
        self.day, self.dice = day, random.Random(SEED)  # noqa: S311 -- a reproducible demo, not a secret
        people = User.objects.filter(demo=True, username__endswith="-head")
        self.heads = {user.username: actor_of(user) for user in people}
        divisions = divisions_on(day).filter(parent__isnull=False)
        pools = {
            "party": Organization.objects.filter(demo=True).order_by("pk")[:400],
            "region": divisions.order_by("code"),
            "unit": Unit.objects.order_by("order", "pk"),
        }
        self.pools = {kind: keys for kind, rows in pools.items() if (keys := [row.pk for row in rows])}

    def fill(self) -> int:
        """Every register that has no demo records yet; returns how many records were made."""
        filled = set(Record.objects.filter(demo=True).values_list("register", flat=True).distinct())
        return sum(self._fill(piece) for code, piece in registers().items() if code not in filled)

    def _fill(self, piece: RegisterPiece) -> int:
        names = titles(piece.code, COUNTS.get(piece.code, USUAL), self.dice)
        rows = [self._row(piece, title) for title in names]
        actor = self._head(piece.office)
        first = dt.date(self.day.year, 2, 18)
        with clock.pinned(first):
            made: int = take_records(
                None, actor, register=piece.code, rows=rows, source="演示数据", demo=True
            )
        for record in (
            Record.objects.filter(register=piece.code, demo=True).select_related("unit").order_by("pk")
        ):
            self._move(piece, record, first, self._head(record.unit.code) if record.unit else actor)
        return made

    def _head(self, office: str | None) -> Actor:
        """Who heads the office that keeps a record."""
        return self.heads.get(f"demo-{office}-head", Actor.system("演示"))

    def _move(self, piece: RegisterPiece, record: Record, day: dt.date, actor: Actor) -> None:
        """One to three moves onwards, on days up to the demo's day."""
        for _step in range(3):
            onward = [move for move in piece.moves_from(record.state) if self._is_open(piece, record, move)]
            day += dt.timedelta(days=self.dice.randrange(20, 75))
            if not onward or day > self.day or self.dice.random() > SHARE_MOVED:
                return
            move = onward[0]
            with clock.pinned(day):
                self._agree(piece, record, move, actor)
                files = [PROOF] if "evidence" in move.needs else []
                move_record(record, actor, to=move.to, reason="按程序办理（演示数据）", files=files)

    @staticmethod
    def _agree(piece: RegisterPiece, record: Record, move: Move, actor: Actor) -> None:
        """Both sides of a joint offer say yes, each by its own person."""
        for consent in piece.consents:
            if consent.code in move.needs:
                by = actor if consent.by == "head" else Actor.system("区县科技局（演示）")
                give_consent(record, by, side=consent.code, agreed=True, text="同意（演示数据）")

    @staticmethod
    def _is_open(piece: RegisterPiece, record: Record, move: Move) -> bool:
        """Whether a move leads onwards and the record has what it needs."""
        state = piece.state(move.to)
        lacks = any(piece.field(need) is not None and record.data.get(need) in EMPTY for need in move.needs)
        return not lacks and not (state.end and state.tone in {"neutral", "bad"})

    def _row(self, piece: RegisterPiece, title: str) -> dict[str, Any]:
        return {
            field.code: value
            for field in piece.fields
            if (value := self._value(piece, field, title)) is not None
        }

    def _value(self, piece: RegisterPiece, field: Field, title: str) -> Any:
        if field.type == "text":
            return title if field.code == piece.title_field.code else text(field.code, self.dice)
        if field.type in {"number", "money"}:
            known = RANGES.get((piece.code, field.code))
            number = self.dice.randrange(*(known or (1, 60)))
            return str(number * SUM if field.type == "money" and known is None else number)
        if field.type in {"choice", "choices"}:
            return self.dice.choice(field.options).code
        if field.type in self.pools:
            return str(self.dice.choice(self.pools[field.type]))
        if field.type == "table":
            return list(self._lines(piece, field))
        if field.type == "place":
            return self._place(piece.map) if piece.map else None
        if field.type == "long":
            return long_text(field.code, self.dice)
        return self._plain(piece, field)

    def _plain(self, piece: RegisterPiece, field: Field) -> Any:
        if field.type == "date":
            dues = [due for due in piece.dues if due.field == field.code]
            followed = any(due.after for due in dues)
            return self._day(*(LATELY if followed else NEAR if dues or field.code in AHEAD else PAST))
        if field.type == "yes_no":
            return "否" if self.dice.random() < MOSTLY_NO else "是"
        if field.type != "yearly":
            return None
        return {str(self.day.year - ago): str(self.dice.randrange(5, 900)) for ago in (3, 2, 1)}

    def _day(self, first: int, last: int) -> str:
        return (self.day + dt.timedelta(days=self.dice.randrange(first, last))).isoformat()

    def _place(self, frame: Map) -> str:
        """Somewhere in the middle of the frame."""
        longitude = self.dice.triangular(frame.west, frame.east)
        latitude = self.dice.triangular(frame.south, frame.north)
        return f"{longitude:.4f}, {latitude:.4f}"

    def _lines(self, piece: RegisterPiece, field: Field) -> Iterator[dict[str, str]]:
        """One to three lines; what is only known months later is not yet filled."""
        later = {code for due in piece.dues if due.field == field.code for code in due.after.values()}
        for _line in range(self.dice.randrange(1, 4)):
            yield {column.code: self._cell(column) for column in field.columns if column.code not in later}

    def _cell(self, column: Cell) -> str:
        if column.type == "number":
            return str(self.dice.randrange(1, 40))
        if column.type == "unit":
            return str(self.dice.choice(self.pools["unit"]))
        if column.type == "date" and column.code in {"due", "by"}:
            return self._day(*NEAR)
        if column.type == "date":
            return self._day(*LATELY)
        if column.type == "choice":
            return self.dice.choice(column.options).code
        return text(column.code, self.dice)
