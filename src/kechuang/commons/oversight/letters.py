# SPDX-License-Identifier: Apache-2.0
"""Which letters the ladder in force asks for on a day (应发督办单), and those that were sent."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from kechuang.commons.calendar.queries import add_working_days
from kechuang.commons.commitments.models import Commitment, Milestone
from kechuang.commons.commitments.permissions import answering
from kechuang.commons.commitments.queries import with_offices
from kechuang.commons.commitments.schemes import (
    DEFAULT,
    Scheme,
    scheme_in_force,
    scheme_of,
    schemes_in_force,
)
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.oversight.models import Letter
from kechuang.commons.parties.models import Unit
from kechuang.engines.progress.ladders import After, Rung, Slip, calendar_after, climbed
from kechuang.engines.progress.lights import due_light

KINDS = (Commitment.Kind.TASK, Commitment.Kind.DELIVERABLE, Commitment.Kind.INSTRUCTION)
Item = Commitment | Milestone
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter the ladder asks for: about what, to whom, on which rung, since when, and why."""

    item: Item
    unit: Unit
    rung: Rung
    name: str
    since: dt.date
    reason: str

    @property
    def commitment(self) -> Commitment:
        """The commitment it is about, or that its milestone belongs to."""
        return self.item.commitment if isinstance(self.item, Milestone) else self.item


def after_days(scheme: Scheme) -> After:
    """How the ladder of a scheme counts days."""
    return add_working_days if scheme.working_days else calendar_after


def scheme_for(item: Item) -> Scheme:
    """The scheme that an item climbs by."""
    return scheme_in_force(_code(item))


def _code(item: Item) -> str:
    return (item.commitment if isinstance(item, Milestone) else item).scheme or DEFAULT


def asked_on(day: dt.date) -> list[Asked]:
    """The letters to be sent on a day: of each open item the highest rung reached, unless it was sent (6 queries)."""
    sent, pieces = _sent(), schemes_in_force()
    schemes = functools.cache(lambda code: scheme_of(code, pieces))
    found = []
    for item in _open_items():
        scheme = schemes(_code(item))
        after, due = after_days(scheme), item.schedule_on(day).due
        answered = {one.rung: one.answered_on for one in sent[_key(item)] if one.answered_on is not None}
        reached = climbed(scheme.ladder, Slip(due, answered=answered), day, after)
        units = _units(item)
        if not reached or not units or reached[-1].rung.code in {one.rung for one in sent[_key(item)]}:
            continue
        last = reached[-1]
        found.append(
            Asked(
                item,
                units[0],
                last.rung,
                scheme.names.get(("ladder", last.rung.code), last.rung.code),
                last.on,
                reason_words(due_light(day, due=due, thresholds=scheme.thresholds)),
            )
        )
    return sorted(found, key=lambda one: (one.since, one.unit.order, one.commitment.pk))


def asked_for(item: Item, day: dt.date) -> Asked | None:
    """The letter to be sent about one item, if any."""
    return next((one for one in asked_on(day) if _key(one.item) == _key(item)), None)


def _key(item: Item) -> Key:
    return type(item).__name__, item.pk


def _sent() -> dict[Key, list[Letter]]:
    found: dict[Key, list[Letter]] = defaultdict(list)
    for letter in Letter.objects.filter(withdrawn_on__isnull=True):
        key = (
            ("Milestone", letter.milestone_id)
            if letter.milestone_id
            else ("Commitment", letter.commitment_id)
        )
        found[key].append(letter)
    return found


def _open_items() -> Iterator[Item]:
    yield from with_offices(
        Commitment.objects.filter(kind__in=KINDS, state=Commitment.State.OPEN, due__isnull=False)
    )
    approved = Milestone.objects.filter(
        state=Milestone.State.APPROVED, commitment__state=Commitment.State.OPEN
    )
    yield from approved.select_related("unit", "commitment")


def _units(item: Item) -> list[Unit]:
    return [item.unit] if isinstance(item, Milestone) else answering(item)


def letters() -> QuerySet[Letter]:
    """All letters with what a list shows."""
    return Letter.objects.select_related("commitment__parent", "milestone", "unit", "report")


def unanswered(units: Iterable[int]) -> QuerySet[Letter]:
    """Letters that wait for an answer of some offices, the most urgent first."""
    waiting = letters().filter(unit__in=list(units), answered_on__isnull=True, withdrawn_on__isnull=True)
    return waiting.order_by("reply_due", "pk")
