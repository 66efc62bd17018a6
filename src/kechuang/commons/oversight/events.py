# SPDX-License-Identifier: Apache-2.0
"""What counts of commitments, letters and targets: closed or not by its date, returned, moved, sent, reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

from kechuang.commons.commitments.models import Call, Commitment, Extension, Milestone
from kechuang.commons.commitments.permissions import answering
from kechuang.commons.commitments.queries import with_offices
from kechuang.commons.commitments.rounds import called
from kechuang.commons.facts.models import Target
from kechuang.commons.figures.known import promise_of
from kechuang.commons.figures.standings import target_lines
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.letters import KINDS
from kechuang.commons.oversight.models import Letter
from kechuang.commons.oversight.ports import events
from kechuang.engines.progress.promises import keeps
from kechuang.engines.progress.scores import Event

RETURNED = "commitments.closure.returned"
Counted = Iterator[tuple[int, Event]]
COUNTING = (Milestone.State.APPROVED, Milestone.State.REACHED)


def _commitments(first: dt.date, last: dt.date) -> Iterable[tuple[int, Event]]:
    """What was due between the days, and what was closed, returned and moved."""
    rows = Commitment.objects.filter(kind__in=KINDS, start__lte=last).exclude(state=Commitment.State.DROPPED)
    items = {item.pk: item for item in with_offices(rows)}
    units = {pk: [unit.pk for unit in answering(item)] for pk, item in items.items()}
    for pk, item in items.items():
        yield from _closing(item, units[pk], first, last)
    milestones = Milestone.objects.filter(state__in=COUNTING, approved_on__lte=last).exclude(
        commitment__state=Commitment.State.DROPPED
    )
    for milestone in milestones:
        yield from _closing(milestone, [milestone.unit_id], first, last)
    yield from _returned(units, first, last)
    yield from _moved(units, first, last)


def _closing(item: Commitment | Milestone, units: Iterable[int], first: dt.date, last: dt.date) -> Counted:
    """Once its date has come, or before it once it is closed: whether in time. What slipped once was not."""
    found = item.schedule_on(last)
    closed = item.closed_on if item.closed_on is not None and item.closed_on <= last else None
    early = closed is not None and first <= closed
    if found.due is None or found.due < first or (found.due > last and not early):
        return
    in_time = closed is not None and closed <= found.due and found.slipped_on is None
    day = closed or found.due
    for unit in units:
        yield unit, Event(day, "closed", str(Ref.of(item)), Fraction(int(in_time)))
        if closed is not None:
            yield unit, Event(day, "closed-on-time" if in_time else "closed-late", str(Ref.of(item)))


def _returned(units: dict[int, list[int]], first: dt.date, last: dt.date) -> Counted:
    rows = Entry.objects.filter(
        verb=RETURNED, outcome=Entry.Outcome.DONE, business_day__gte=first, business_day__lte=last
    )
    for entry in rows.order_by("id"):
        for unit in units.get(int(entry.ref_id), ()):
            yield unit, Event(entry.business_day, "closure-returned", f"kernel.entry:{entry.pk}")


def _moved(units: dict[int, list[int]], first: dt.date, last: dt.date) -> Counted:
    rows = Extension.objects.filter(approved=True, decided_on__gte=first, decided_on__lte=last)
    for extension in rows.select_related("milestone"):
        kind = "extended-late" if extension.is_late else "extended-in-time"
        milestone = extension.milestone
        for unit in [milestone.unit_id] if milestone else units.get(extension.commitment_id, ()):
            yield unit, Event(extension.asked_on, kind, str(Ref.of(extension)))


def _letters(first: dt.date, last: dt.date) -> Iterable[tuple[int, Event]]:
    """Letters sent and not taken back, each for what its rung costs."""
    for letter in Letter.objects.filter(issued_on__gte=first, issued_on__lte=last, withdrawn_on__isnull=True):
        yield letter.unit_id, Event(letter.issued_on, "letter", str(Ref.of(letter)), letter.points)
        yield letter.unit_id, Event(letter.issued_on, "report-asked", str(Ref.of(letter)))


ANSWERS = {"on-time": "report-on-time", "late": "report-late", "missing": "report-missing"}


def _rounds(first: dt.date, last: dt.date) -> Iterable[tuple[int, Event]]:
    """Every report asked in a round, and how it was answered; what has still time counts as asked alone."""
    calls = Call.objects.filter(round__opens_on__gte=first, round__opens_on__lte=last)
    for one in called(calls, last):
        cause = str(Ref.of(one.call))
        yield one.part.unit_id, Event(one.call.round.opens_on, "report-asked", cause)
        kind = ANSWERS.get(one.answer)
        if kind is not None:
            yield (
                one.part.unit_id,
                Event(one.report.day if one.report else one.call.round.due_on, kind, cause),
            )


def _targets(first: dt.date, last: dt.date) -> Iterable[tuple[int, Event]]:
    """How far the numbers of the year were reached, for the office that answers for each; unknown ones do not count."""
    targets = list(
        Target.objects.filter(year=first.year, indicator__owner__isnull=False)
        .exclude(commitment__state=Commitment.State.DROPPED)
        .select_related("indicator", "commitment")
    )
    for line in target_lines(targets, last):
        now, indicator = line.progress.now, line.target.indicator
        if now is None or indicator is None or indicator.owner_id is None:
            continue
        reached = line.completion or Fraction(0)
        kept = keeps(promise_of(line.target), now.value)
        share = Fraction(1) if kept else min(Fraction(1), max(Fraction(0), reached))
        yield indicator.owner_id, Event(now.day, "target-result", str(Ref.of(line.target)), share)


events.fill("commitments", _commitments)
events.fill("letters", _letters)
events.fill("rounds", _rounds)
events.fill("targets", _targets)
