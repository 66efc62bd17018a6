# SPDX-License-Identifier: Apache-2.0
"""What the cockpit shows, joined from the plan, the figures and the journal in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from kechuang.apps.workplan.models import PlanVersion
from kechuang.apps.workplan.queries.tasks import TaskLine, current_version, targets_of, task_lines
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.figures.standings import TargetLine, target_lines
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Resolved, resolve_many
from kechuang.commons.kernel.verbs import verb_words

COLOURS = ("red", "yellow", "green", "grey")
RECENT_DAYS, RECENT_ENTRIES = 7, 10


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """A task that is red or yellow: why, and who owes."""

    line: TaskLine
    reason: str
    owing: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something done in the last days."""

    entry: Entry
    words: str
    thing: Resolved | None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A lead office with its tasks by colour."""

    name: str
    pk: int
    colours: tuple[tuple[str, int], ...]
    owed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """One plan on one day."""

    version: PlanVersion | None
    headline: tuple[TargetLine, ...]
    others: tuple[TargetLine, ...]
    attention: tuple[AttentionLine, ...]
    colours: tuple[tuple[str, int], ...]
    offices: tuple[OfficeRow, ...]
    changes: tuple[Change, ...]


def overview(day: dt.date, viewer: Actor) -> Overview:
    """Everything the cockpit shows."""
    version = current_version(day)
    if version is None:
        return Overview(None, (), (), (), (), (), ())
    lines = task_lines(version, day)
    targets = target_lines(targets_of(version), day)
    counted: Counter[str] = Counter(line.standing.light.colour for line in lines)
    return Overview(
        version,
        tuple(line for line in targets if line.target.headline),
        tuple(line for line in targets if not line.target.headline),
        _attention(lines),
        tuple((colour, counted[colour]) for colour in COLOURS),
        _offices(lines),
        _changes(day, viewer),
    )


def _attention(lines: list[TaskLine]) -> tuple[AttentionLine, ...]:
    late = [line for line in lines if line.standing.light.colour in {"red", "yellow"}]
    late.sort(key=lambda line: COLOURS.index(line.standing.light.colour))
    return tuple(
        AttentionLine(
            line, reason_words(line.standing.light), "、".join(str(part.unit) for part in line.standing.owing)
        )
        for line in late
    )


def _offices(lines: list[TaskLine]) -> tuple[OfficeRow, ...]:
    colours: dict[int, Counter[str]] = {}
    names: dict[int, str] = {}
    owed: Counter[int] = Counter()
    order: dict[int, int] = {}
    for line in lines:
        for part in line.parts:
            names[part.unit_id], order[part.unit_id] = part.unit.short_name, part.unit.order
            colours.setdefault(part.unit_id, Counter())[line.standing.light.colour] += 1
        for part in line.standing.owing:
            owed[part.unit_id] += 1
    return tuple(
        OfficeRow(names[pk], pk, tuple((colour, colours[pk][colour]) for colour in COLOURS), owed[pk])
        for pk in sorted(names, key=lambda pk: (-owed[pk], order[pk], pk))
    )


def _changes(day: dt.date, viewer: Actor) -> tuple[Change, ...]:
    entries = list(
        Entry.objects.filter(
            business_day__gt=day - dt.timedelta(days=RECENT_DAYS),
            business_day__lte=day,
            outcome=Entry.Outcome.DONE,
            actor_kind="person",
        ).exclude(verb__startswith="kernel.")[:RECENT_ENTRIES]
    )
    things = resolve_many([entry.ref for entry in entries if entry.ref], viewer)
    return tuple(
        Change(entry, verb_words(entry.verb), things[entry.ref] if entry.ref else None) for entry in entries
    )
