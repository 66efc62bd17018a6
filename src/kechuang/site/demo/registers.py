# SPDX-License-Identifier: Apache-2.0
"""Records of the demo year in every register: seeded, plausible, labelled, made by the actions that people use."""

from __future__ import annotations

import datetime as dt
import random

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.registers.actions.consents import give_consent
from kechuang.commons.registers.actions.records import edit_record, move_record, take_records
from kechuang.commons.registers.definitions import Move, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.needing import fields_at
from kechuang.commons.registers.queries import registers
from kechuang.site.demo import words
from kechuang.site.demo.plausible import Plausible

SEED, STEPS, LINKED = 2019, 3, 0.6
OPENED = ((2, 18), (3, 25), (5, 6), (6, 20))
"""Days on which records are taken in, a share each."""
PROOF = ("佐证（演示）.txt", "演示数据：由系统生成的佐证文件。".encode())


class Shelf:
    """Fills the registers of the city as they would stand on a day."""

    def __init__(self, day: dt.date) -> None:
        self.day, self.dice = day, random.Random(SEED)  # noqa: S311 -- a reproducible demo, not a secret
        people = User.objects.filter(demo=True, username__endswith="-head")
        self.heads = {user.username: actor_of(user) for user in people}
        self.plausible = Plausible(day, self.dice)

    def fill(self) -> int:
        """Every register that has no demo records yet; returns how many records were made."""
        filled = set(Record.objects.filter(demo=True).values_list("register", flat=True).distinct())
        wanted = [piece for code, piece in registers().items() if code not in filled]
        made = sum(map(self._fill, wanted))
        with clock.pinned(self.day):
            for piece in wanted:
                self._link(piece)
        return made

    def _link(self, piece: RegisterPiece) -> None:
        """Most records name records of other registers, where theirs has such fields."""
        named = {}
        for field in piece.fields:
            if field.type == "link" and not words.unlinked(piece.code, field.code):
                rows = Record.objects.filter(register=field.target, demo=True).order_by("pk")
                fits = rows.filter(title__contains=words.linked_to(piece.code, field.code))
                named[field.code] = list(fits.values_list("pk", flat=True))
        rows = Record.objects.filter(register=piece.code, demo=True).select_related("unit").order_by("pk")
        for record in rows if named else ():
            values = {
                code: [key]
                for code, keys in named.items()
                if keys and self.dice.random() < LINKED and (key := self.dice.choice(keys)) != record.pk
            }
            if values:
                kept = [code for code in record.data if code not in values]
                head = self._head(record.unit.code if record.unit else piece.office)
                edit_record(record, head, values=values, kept=kept)

    def _fill(self, piece: RegisterPiece) -> int:
        count = words.count_of(piece.code)
        names = words.titles(piece.code, count, self.dice)
        actor, share = self._head(piece.office), -(-count // len(OPENED))
        for place, (month, number) in enumerate(OPENED):
            day = dt.date(self.day.year, month, number)
            rows = [
                self.plausible.row(piece, name, day) for name in names[place * share : (place + 1) * share]
            ]
            if rows:
                with clock.pinned(day):
                    take_records(None, actor, register=piece.code, rows=rows, source="演示数据", demo=True)
        made = Record.objects.filter(register=piece.code, demo=True).select_related("unit").order_by("pk")
        for record in made:
            self._play(piece, record, self._head(record.unit.code) if record.unit else actor)
        return len(made)

    def _head(self, office: str | None) -> Actor:
        """Who heads the office that keeps a record."""
        return self.heads.get(f"demo-{office}-head", Actor.system("演示"))

    def _play(self, piece: RegisterPiece, record: Record, actor: Actor) -> None:
        """Moves onwards, on days up to the demo's day, until it stays where it is."""
        day = record.opened_on
        for _step in range(STEPS):
            onward = [move for move in piece.moves_from(record.state) if _leads_on(piece, move)]
            day += dt.timedelta(days=self.dice.randrange(15, 70))
            if not onward or day > self.day or self.dice.random() > words.share_moved(piece.code):
                return
            with clock.pinned(day):
                self._move(piece, record, onward[0], actor)

    def _move(self, piece: RegisterPiece, record: Record, move: Move, actor: Actor) -> None:
        """Write what becomes known, let the sides agree, move."""
        said = self.plausible.on_move(piece, move, record)
        files = {need: PROOF for need in move.needs if need in piece.files and need not in record.data}
        at_once = {field.code for field in fields_at(piece, move)}
        before = {code: value for code, value in said.items() if code not in at_once}
        if before or files:
            kept = [code for code in record.data if code not in before]
            edit_record(record, actor, values=before, files=files, kept=kept)
        self._agree(piece, record, move, actor)
        values = {code: value for code, value in said.items() if code in at_once}
        proof = [PROOF] if "evidence" in move.needs else []
        reason = "按程序办理（演示数据）"
        move_record(record, actor, to=move.to, reason=reason, files=proof, values=values)

    @staticmethod
    def _agree(piece: RegisterPiece, record: Record, move: Move, actor: Actor) -> None:
        """Both sides of a joint offer say yes, each by its own person."""
        for consent in piece.consents:
            if consent.code in move.needs:
                by = actor if consent.by == "head" else Actor.system("区县科技局（演示）")
                give_consent(record, by, side=consent.code, agreed=True, text="同意（演示数据）")


def _leads_on(piece: RegisterPiece, move: Move) -> bool:
    """Whether a move leads onwards, not out."""
    state = piece.state(move.to)
    return not (state.end and state.tone in {"neutral", "bad"})
