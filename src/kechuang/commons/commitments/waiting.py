# SPDX-License-Identifier: Apache-2.0
"""What waited for a decision on a day (待决事项): closings asked for, more time asked for, disagreements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from django.db.models import CharField, DateField, DateTimeField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.models import Disagreement, Extension, Merge
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry

Kind = Literal["closure", "extension", "disagreement"]
RETURNED = "commitments.closure.returned"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One decision to be made: about which commitment, asked by whom and when, by which day, before whom."""

    kind: Kind
    commitment: int
    title: str
    since: dt.date
    due: dt.date | None
    asked_by: str
    asked_by_id: str
    decider: int | None

    def waits_for(self, actor: Actor) -> bool:
        """Whether the actor may decide it; nobody decides what he asked for himself."""
        match self.kind:
            case "closure":
                may = holds(actor, "commitments.confirm_closure")
            case "extension":
                may = holds(actor, "commitments.decide_extension")
            case "disagreement":
                may = holds(actor, "commitments.decide_disagreement")
                return bool(may) and str(self.decider) in actor.persons
        return bool(may) and self.asked_by_id not in actor.persons


class _Row(NamedTuple):
    kind: str
    commitment: int
    title: str
    since: dt.date
    due: dt.date | None
    asked_by: str
    asked_by_id: str
    decider: int | None
    at: dt.datetime | None


def waiting_on(day: dt.date) -> list[Waiting]:
    """Everything that had been asked and not decided by the end of a day, the oldest first; one query."""
    undecided = Q(decided_on__isnull=True) | Q(decided_on__gt=day)
    open_then = Q(commitment__closed_on__isnull=True) | Q(commitment__closed_on__gt=day)
    closings = _rows(
        Merge.objects.filter(open_then, done=True, day__lte=day), "closure", "day", by="by", by_id="by_id"
    )
    extensions = _rows(
        Extension.objects.filter(undecided, asked_on__lte=day),
        "extension",
        "asked_on",
        due="old_due",
        by="asked_by",
        by_id="asked_by_id",
    )
    disagreements = _rows(
        Disagreement.objects.filter(undecided, raised_on__lte=day),
        "disagreement",
        "raised_on",
        due="due",
        by="raised_by",
        decider="decider_id",
    )
    returns = Entry.objects.filter(
        verb=RETURNED, outcome=Entry.Outcome.DONE, business_day__lte=day
    ).order_by()
    returned = returns.values_list(
        _text(RETURNED),
        Cast("ref_id", IntegerField()),
        _text(""),
        F("business_day"),
        Cast(Value(None), DateField()),
        _text(""),
        _text(""),
        Cast(Value(None), IntegerField()),
        F("at"),
    )
    rows = [_Row(*row) for row in closings.union(extensions, disagreements, returned, all=True)]
    return _pending(rows)


def _text(words: str) -> Any:
    return Cast(Value(words), CharField(max_length=200))


def _rows(
    asked: QuerySet[Any],
    kind: Kind,
    since: str,
    *,
    by: str,
    due: str = "",
    by_id: str = "",
    decider: str = "",
) -> QuerySet[Any, tuple[Any, ...]]:
    return asked.order_by().values_list(
        _text(kind),
        F("commitment_id"),
        F("commitment__title"),
        F(since),
        F(due) if due else Cast(Value(None), DateField()),
        F(by),
        F(by_id) if by_id else _text(""),
        F(decider) if decider else Cast(Value(None), IntegerField()),
        F("at") if kind == "closure" else Cast(Value(None), DateTimeField()),
    )


def _pending(rows: list[_Row]) -> list[Waiting]:
    """A closing that came back after it was asked for waits no longer; asked for again, it waits anew."""
    returned: dict[int, dt.datetime] = {}
    closings: dict[int, _Row] = {}
    found = []
    for row in rows:
        if row.at is None:
            found.append(row)
        elif row.kind == RETURNED:
            returned[row.commitment] = max(row.at, returned.get(row.commitment, row.at))
        elif row.commitment not in closings or row.at > (closings[row.commitment].at or row.at):
            closings[row.commitment] = row
    for row in closings.values():
        assert row.at is not None
        if row.commitment not in returned or returned[row.commitment] < row.at:
            found.append(row)
    found.sort(key=lambda row: (row.since, row.commitment, row.kind))
    return [Waiting(*row[:-1]) for row in found]  # type: ignore[arg-type]
