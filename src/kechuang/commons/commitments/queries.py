# SPDX-License-Identifier: Apache-2.0
"""Reading commitments: with their parts, lights and what is owed, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Max, Prefetch, Q, QuerySet

from kechuang.commons.commitments.models import (
    Commitment,
    Disagreement,
    LightOverride,
    Milestone,
    Responsibility,
)
from kechuang.commons.commitments.ports import numbers_on
from kechuang.commons.commitments.schemes import scheme_in_force
from kechuang.commons.kernel import clock
from kechuang.engines.progress.lights import Light, Thresholds
from kechuang.engines.progress.overrides import Override, overridden
from kechuang.engines.progress.tasks import Step, task_light

STALE_DAYS = Thresholds().stale_report_days


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands on a day: its light and reason, who owes a report, how many deliverables are done."""

    light: Light
    owing: tuple[Responsibility, ...]
    delivered: int
    deliverables: int
    overdue: tuple[Commitment, ...]


def with_parts(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Commitments with all that ``standing`` reads (6 queries however many).

    Responsibilities with their unit and the last day reported by today, deliverables, milestones that count, lights
    set by hand, disagreements not yet decided.
    """
    responsibilities = (
        Responsibility.objects.filter(until__isnull=True)
        .select_related("unit")
        .annotate(last_reported=Max("reports__day", filter=Q(reports__day__lte=clock.today())))
    )
    deliverables = Commitment.objects.filter(kind=Commitment.Kind.DELIVERABLE).exclude(
        state=Commitment.State.DROPPED
    )
    counting = (Milestone.State.APPROVED, Milestone.State.REACHED)
    undecided = Disagreement.objects.filter(decided_on__isnull=True).select_related("decider")
    return commitments.prefetch_related(
        Prefetch("responsibilities", responsibilities),
        Prefetch("parts", deliverables, to_attr="deliverables"),
        Prefetch("milestones", Milestone.objects.filter(state__in=counting), to_attr="steps"),
        Prefetch("overrides", LightOverride.objects.all()),
        Prefetch("disagreements", undecided, to_attr="undecided"),
    )


def standing(
    commitment: Commitment,
    day: dt.date,
    thresholds: Thresholds | None = None,
    *,
    numbers: Iterable[Light] | None = None,
) -> Standing:
    """The standing of a commitment read by ``with_parts``, by the scheme in force unless other limits are given.

    ``numbers`` are the lights of the targets under it, asked of the port unless given.
    """
    limits = thresholds or scheme_in_force().thresholds
    deliverables: list[Commitment] = commitment.deliverables  # type: ignore[attr-defined]
    delivered = [part for part in deliverables if _closed(part, day)]
    late = tuple(part for part in deliverables if not _closed(part, day) and _is_past(part, day))
    owing = (
        ()
        if _closed(commitment, day)
        else tuple(
            part
            for part in commitment.responsibilities.all()
            if owes(part, commitment, day, limits.stale_report_days)
        )
    )
    light = task_light(
        day,
        _step(commitment, day),
        _steps(commitment, deliverables, day),
        numbers=numbers_on(day, commitment.pk) if numbers is None else numbers,
        warnings=[*_silence(owing, limits.stale_report_days), *_undecided(commitment, day)],
        needs_steps=commitment.kind != Commitment.Kind.INSTRUCTION,
        thresholds=limits,
    )
    light = overridden(day, light, _by_hand(commitment))
    return Standing(light, owing, len(delivered), len(deliverables), late)


def _steps(commitment: Commitment, deliverables: Iterable[Commitment], day: dt.date) -> list[Step]:
    milestones: list[Milestone] = commitment.steps  # type: ignore[attr-defined]
    counting = [one for one in milestones if one.approved_on is not None and one.approved_on <= day]
    return [_step(part, day) for part in deliverables] + [_step(one, day) for one in counting]


def _step(thing: Commitment | Milestone, day: dt.date) -> Step:
    due = thing.schedule_on(day)
    kind: Literal["milestone", "part"] = "milestone" if isinstance(thing, Milestone) else "part"
    return Step(thing.title, due.due, thing.closed_on, due.slipped_on, kind)


def _is_past(part: Commitment, day: dt.date) -> bool:
    due = part.schedule_on(day).due
    return due is not None and due < day


def _undecided(commitment: Commitment, day: dt.date) -> list[Light]:
    """A warning for each disagreement whose decider has let its day pass."""
    undecided: list[Disagreement] = commitment.undecided  # type: ignore[attr-defined]
    return [
        Light(
            "yellow", "undecided", {"decider": str(one.decider), "days": (day - one.due).days, "due": one.due}
        )
        for one in undecided
        if one.due < day
    ]


def _by_hand(commitment: Commitment) -> list[Override]:
    """Lights set by hand; one that was lifted on the day it was set was never in force."""
    return [
        Override(one.colour, one.reason, one.by, one.since, one.until - dt.timedelta(days=1))  # type: ignore[arg-type]
        for one in commitment.overrides.all()
        if one.until > one.since
    ]


def _silence(owing: Sequence[Responsibility], days: int) -> list[Light]:
    if not owing:
        return []
    names = "、".join(str(part.unit) for part in owing)
    return [Light("yellow", "stale", {"units": names, "count": len(owing), "days": days})]


def _closed(commitment: Commitment, day: dt.date) -> bool:
    return commitment.closed_on is not None and commitment.closed_on <= day


def owes(part: Responsibility, commitment: Commitment, day: dt.date, days: int = STALE_DAYS) -> bool:
    """Whether an office has said nothing of its part for more than ``days`` and has not finished it."""
    if part.state == Responsibility.State.DONE:
        return False
    last = getattr(part, "last_reported", None) or max(part.since, commitment.start)
    return (day - last).days > days


def parts_of_units(unit_ids: Iterable[int]) -> QuerySet[Responsibility]:
    """The open responsibilities of some units, the commitments with them."""
    return Responsibility.objects.filter(until__isnull=True, unit__in=list(unit_ids)).select_related(
        "commitment", "unit"
    )


def load_by_unit(commitments: QuerySet[Commitment]) -> dict[int, dict[str, int]]:
    """For each unit the number of its open responsibilities by role (one query)."""
    load: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Responsibility.objects.filter(Q(until__isnull=True), commitment__in=commitments)
    for unit, role in rows.values_list("unit_id", "role"):
        load[unit][role] += 1
    return load
