# SPDX-License-Identifier: Apache-2.0
"""What the cockpit shows of a day, whether it is today or has passed (驾驶舱、时间轴), in a constant number of queries.

All of it comes from dated facts: what a page shows of a day that has passed is what it showed on that day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import PlanVersion
from kechuang.apps.workplan.queries.days import PlanDay, seen_on, versions_on
from kechuang.apps.workplan.queries.tasks import TaskLine
from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import User
from kechuang.commons.commitments.instructions import beside_plans
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.waiting import Waiting, waiting_on
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.figures.standings import TargetLine
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit
from kechuang.commons.parties.queries import charges_on
from kechuang.site.changes import Change, changes_of

COLOURS = ("red", "yellow", "green", "grey")


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """A task that is red or yellow: why, and who owes."""

    line: TaskLine
    reason: str
    owing: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office with the tasks it has a part in, by colour, and the reports it owes."""

    name: str
    pk: int
    colours: tuple[tuple[str, int], ...]
    owed: int


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """A leader with the offices he is in charge of (分管); the last row is of those nobody leads."""

    leader: User | None
    offices: tuple[OfficeRow, ...]

    @property
    def name(self) -> str:
        """The name, or that there is none."""
        return str(self.leader) if self.leader else _("未明确分管")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One of several plans: its tasks and its headline numbers by colour, and the reports owed."""

    version: PlanVersion
    colours: tuple[tuple[str, int], ...]
    numbers: tuple[tuple[str, int], ...]
    owed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The plans in force on a day, or one of them; ``version`` where it is one.

    ``promises`` are clauses of agreements and resolutions of meetings that are red.
    """

    day: dt.date
    versions: tuple[PlanVersion, ...] = ()
    version: PlanVersion | None = None
    lines: tuple[TaskLine, ...] = ()
    headline: tuple[TargetLine, ...] = ()
    others: tuple[TargetLine, ...] = ()
    attention: tuple[AttentionLine, ...] = ()
    promises: tuple[AttentionLine, ...] = ()
    colours: tuple[tuple[str, int], ...] = ()
    offices: tuple[OfficeRow, ...] = ()
    leaders: tuple[LeaderRow, ...] = ()
    plans: tuple[PlanRow, ...] = ()
    changes: tuple[Change, ...] = ()
    mine: tuple[Waiting, ...] = ()
    waiting: tuple[Waiting, ...] = ()


def overview(day: dt.date, viewer: Actor, plan: int | None = None) -> Overview:
    """Everything the cockpit shows of a day: of one plan where it is the only one or is named, else of all in force."""
    versions = versions_on(day)
    chosen = [version for version in versions if version.plan_id == plan] or versions
    if not chosen:
        return Overview(day)
    seen = seen_on(
        day, chosen, beside_plans(day, clauses=bool(holds(viewer, "commitments.view_instruction")))
    )
    lines = [line for one in seen.plans for line in one.lines]
    clauses = [line for line in seen.others if line.task.kind == Commitment.Kind.CLAUSE]
    others = [line for line in seen.others if line not in clauses]
    offices = _offices(lines)
    titles = {line.task.pk: line.task.title for line in (*lines, *seen.others)}
    pending = [replace(one, title=titles.get(one.commitment, one.title)) for one in waiting_on(day)]
    mine = [one for one in pending if one.waits_for(viewer)]
    single = len(chosen) == 1
    return Overview(
        day=day,
        versions=tuple(versions),
        version=chosen[0] if single else None,
        lines=tuple(lines),
        headline=tuple(line for one in seen.plans for line in one.targets if line.target.headline),
        others=tuple(line for one in seen.plans for line in one.targets if not line.target.headline),
        attention=_attention([*lines, *others]),
        promises=_attention(clauses, {"red"}),
        colours=_counted(line.standing.light.colour for line in lines),
        offices=tuple(offices.values()),
        leaders=_leaders(day, offices) if single else (),
        plans=() if single else tuple(map(_plan, seen.plans)),
        changes=tuple(changes_of(day, seen.plans, seen.others)),
        mine=tuple(mine),
        waiting=tuple(one for one in pending if one not in mine),
    )


def _counted(colours: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(colours)
    return tuple((colour, counted[colour]) for colour in COLOURS)


def _attention(
    lines: Iterable[TaskLine], colours: Collection[str] = ("red", "yellow")
) -> tuple[AttentionLine, ...]:
    late = [line for line in lines if line.standing.light.colour in colours]
    late.sort(key=lambda line: COLOURS.index(line.standing.light.colour))
    return tuple(
        AttentionLine(
            line, reason_words(line.standing.light), tuple(part.unit for part in line.standing.owing)
        )
        for line in late
    )


def _offices(lines: Sequence[TaskLine]) -> dict[int, OfficeRow]:
    """By the office's key; who owes most stands first."""
    colours: dict[int, list[str]] = {}
    units: dict[int, Unit] = {}
    owed: Counter[int] = Counter()
    for line in lines:
        for part in line.parts:
            units[part.unit_id] = part.unit
            colours.setdefault(part.unit_id, []).append(line.standing.light.colour)
        for part in line.standing.owing:
            owed[part.unit_id] += 1
    order = sorted(units.values(), key=lambda unit: (-owed[unit.pk], unit.order, unit.pk))
    return {
        unit.pk: OfficeRow(unit.short_name, unit.pk, _counted(colours[unit.pk]), owed[unit.pk])
        for unit in order
    }


def _leaders(day: dt.date, offices: dict[int, OfficeRow]) -> tuple[LeaderRow, ...]:
    """The offices of the plan under who leads them, in the order of the office that each leader is named with first."""
    found: dict[int, tuple[User, list[OfficeRow]]] = {}
    left = dict(offices)
    for charge in charges_on(day).order_by("unit__order", "unit"):
        row = left.pop(charge.unit_id, None)
        if row is not None:
            found.setdefault(charge.user_id, (charge.user, []))[1].append(row)
    rows = [LeaderRow(leader, tuple(own)) for leader, own in found.values()]
    return (*rows, LeaderRow(None, tuple(left.values()))) if left else tuple(rows)


def _plan(one: PlanDay) -> PlanRow:
    return PlanRow(
        one.version,
        _counted(line.standing.light.colour for line in one.lines),
        _counted(line.light.colour for line in one.targets if line.target.headline),
        sum(len(line.standing.owing) for line in one.lines),
    )
