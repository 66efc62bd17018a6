# SPDX-License-Identifier: Apache-2.0
"""A due date that may move: the moves stand beside it, so that a list knows what was due on which day."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.engines.progress.schedules import Move, Schedule, schedule


class Movable(models.Model):
    """A thing with a due date and its approved moves (延期记录): asked, decided, from, to, as ISO days, in order.

    What had no date before it was given one moved from nothing.
    """

    due = models.DateField(_("完成时限"), null=True, blank=True)
    moves = models.JSONField(_("延期记录"), default=list, blank=True)

    class Meta:
        abstract = True

    def schedule_on(self, day: dt.date) -> Schedule:
        """What was due on a day, and whether it had slipped by then."""
        if not self.moves:
            return Schedule(self.due)
        first: str | None = self.moves[0]["from"]
        return schedule(
            day,
            dt.date.fromisoformat(first) if first else None,
            [
                Move(
                    decided_on=dt.date.fromisoformat(move["decided"]),
                    due=dt.date.fromisoformat(move["to"]),
                    asked_on=dt.date.fromisoformat(move["asked"]),
                )
                for move in self.moves
            ],
        )

    def move_due(self, due: dt.date | None, *, asked: dt.date, decided: dt.date) -> None:
        """Set another due date and keep the move; what no longer has a date has nothing to move."""
        before = self.due
        if due is not None and before != due:
            days = {"asked": asked, "decided": decided, "from": before, "to": due}
            move = {name: day.isoformat() if day else None for name, day in days.items()}
            self.moves = [*self.moves, move]
        elif due is None:
            self.moves = []
        self.due = due
