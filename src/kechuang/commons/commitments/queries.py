# SPDX-License-Identifier: Apache-2.0
"""Reading commitments: with their parts, lights and what is owed, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from kechuang.commons.access.grants import ids_in_scope
from kechuang.commons.commitments.models import (
    Commitment,
    Disagreement,
    LightOverride,
    Milestone,
    Receipt,
    Report,
    Responsibility,
)
from kechuang.commons.commitments.ports import lights_of
from kechuang.commons.commitments.schemes import DEFAULT, scheme_in_force
from kechuang.commons.facts.models import Target
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.memo import once_per_request
from kechuang.engines.progress.lights import Light, Thresholds
from kechuang.engines.progress.overrides import Override, overridden
from kechuang.engines.progress.tasks import Step, task_light

OUTSIDE_PLANS = (Commitment.Kind.INSTRUCTION, Commitment.Kind.CLAUSE)
"""What is judged by its own date alone: instructions (批示督办), clauses and resolutions (约定事项)."""

OPEN = (Commitment.State.OPEN, Commitment.State.AWAITING)
STALE_DAYS = Thresholds().stale_report_days


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands on a day: its light and reason, who owes a report, how many deliverables are done.

    ``parts`` are the offices in the order and with the roles of the day.
    """

    light: Light
    owing: tuple[Responsibility, ...]
    delivered: int
    deliverables: int
    overdue: tuple[Commitment, ...]
    parts: tuple[Responsibility, ...] = ()


def with_parts(commitments: QuerySet[Commitment], day: dt.date | None = None) -> QuerySet[Commitment]:
    """Commitments with all that ``standing`` reads of a day, by default today (6 queries however many)."""
    return commitments.prefetch_related(*all_on(day or clock.today()))


def all_on(day: dt.date, prefix: str = "") -> tuple[Prefetch[Any, Any, Any], ...]:
    """All that ``standing`` reads of a commitment, or of the one under a prefix ("commitment__"), on a day."""
    gone = Q(state=Commitment.State.DROPPED, closed_on__lte=day)
    counting = (Commitment.Kind.DELIVERABLE, Commitment.Kind.TARGET)
    beneath = Commitment.objects.filter(kind__in=counting).exclude(gone).select_related("target__indicator")
    return (Prefetch(f"{prefix}parts", beneath, to_attr="beneath"), *parts_on(day, prefix))


def parts_on(day: dt.date, prefix: str = "") -> tuple[Prefetch[Any, Any, Any], ...]:
    """What stands beside a commitment on a day, but for what is beneath it (4 queries).

    Offices with their last report by then, milestones, lights set by hand, disagreements: dated facts, of which
    ``standing`` takes those of its day.
    """
    in_force = Q(until__isnull=True) | Q(until__gt=day)
    last = Report.objects.filter(responsibility=OuterRef("pk"), day__lte=day).order_by("-day", "-id")
    responsibilities = (
        Responsibility.objects.filter(in_force)
        .select_related("unit")
        .annotate(last_reported=Subquery(last.values("day")[:1]), last_done=Subquery(last.values("done")[:1]))
    )
    return (
        Prefetch(f"{prefix}responsibilities", responsibilities),
        Prefetch(f"{prefix}milestones", Milestone.objects.select_related("unit"), to_attr="steps"),
        Prefetch(f"{prefix}overrides", LightOverride.objects.all()),
        Prefetch(
            f"{prefix}disagreements",
            Disagreement.objects.select_related("unit", "other", "decider"),
            to_attr="raised",
        ),
    )


def standings(commitments: Iterable[Commitment], day: dt.date) -> dict[int, Standing]:
    """By id where commitments read by ``with_parts`` stand; all numbers under them are asked for together."""
    read = list(commitments)
    lights = lights_of([target for one in read for target in _numbers(one)], day)
    return {
        one.pk: standing(
            one, day, numbers=[lights[target.pk] for target in _numbers(one) if target.pk in lights]
        )
        for one in read
    }


def _numbers(commitment: Commitment) -> list[Target]:
    """The targets under an open commitment that still bind; outside plans there are none."""
    if commitment.kind in OUTSIDE_PLANS or commitment.state not in OPEN:
        return []
    binding = [part for part in commitment.numbers if part.state != Commitment.State.DROPPED]
    return [part.target for part in binding if part.target is not None]


@once_per_request
def open_standings(day: dt.date) -> list[tuple[Commitment, Standing]]:
    """Everything open or waiting to be closed that offices report on, with where it stands; once a request."""
    open_ones = Commitment.objects.filter(state__in=OPEN, kind__in=(Commitment.Kind.TASK, *OUTSIDE_PLANS))
    read = list(with_parts(open_ones, day))
    stand = standings(read, day)
    return [(one, stand[one.pk]) for one in read]


def standing(
    commitment: Commitment,
    day: dt.date,
    thresholds: Thresholds | None = None,
    *,
    numbers: Iterable[Light] | None = None,
) -> Standing:
    """The standing of a commitment read by ``with_parts``, by its scheme in force unless other limits are given.

    ``numbers`` are the lights of the targets under it, asked of the port unless given; outside plans there are none.
    For several commitments ask ``standings``.
    """
    limits = thresholds or scheme_in_force(commitment.scheme or DEFAULT).thresholds
    deliverables = commitment.deliverables
    delivered = [part for part in deliverables if _closed(part, day)]
    late = tuple(part for part in deliverables if not _closed(part, day) and _is_past(part, day))
    parts = _parts(commitment, day)
    asked = () if _closed(commitment, day) else parts
    owing = tuple(part for part in asked if owes(part, commitment, day, limits.stale_report_days))
    light = task_light(
        day,
        _step(commitment, day),
        _steps(commitment, deliverables, day),
        numbers=lights_of(_numbers(commitment), day).values() if numbers is None else numbers,
        warnings=[*_silence(owing, limits.stale_report_days), *_undecided(commitment, day)],
        needs_steps=commitment.kind not in OUTSIDE_PLANS,
        thresholds=limits,
    )
    light = overridden(day, light, _by_hand(commitment, day))
    return Standing(light, owing, len(delivered), len(deliverables), late, parts)


def _parts(commitment: Commitment, day: dt.date) -> tuple[Responsibility, ...]:
    parts = list(commitment.responsibilities.all())
    for part in parts:
        part.role, part.order = part.place_on(day)
    return tuple(sorted(parts, key=lambda part: (part.order, part.pk)))


def _steps(commitment: Commitment, deliverables: Iterable[Commitment], day: dt.date) -> list[Step]:
    milestones: list[Milestone] = commitment.steps  # type: ignore[attr-defined]
    counting = [one for one in milestones if one.counts_on(day)]
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
    raised: list[Disagreement] = commitment.raised  # type: ignore[attr-defined]
    return [
        Light(
            "yellow", "undecided", {"decider": str(one.decider), "days": (day - one.due).days, "due": one.due}
        )
        for one in raised
        if one.due < day and one.waits_on(day)
    ]


def _by_hand(commitment: Commitment, day: dt.date) -> list[Override]:
    """The light set by hand on a day, to the last day it was then meant for."""
    return [
        Override(one.colour, one.reason, one.by, one.since, (one.planned or one.until) - dt.timedelta(days=1))  # type: ignore[arg-type]
        for one in commitment.overrides.all()
        if one.since <= day < one.until
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
    if getattr(part, "last_done", part.state == Responsibility.State.DONE):
        return False
    last = getattr(part, "last_reported", None) or max(part.since, commitment.start)
    return (day - last).days > days


def with_offices(commitments: QuerySet[Commitment]) -> list[Commitment]:
    """Commitments with the offices that answer for each and for what it stands under (2 queries)."""
    found = list(commitments.select_related("parent"))
    parents = [one.parent for one in found if one.parent is not None]
    now = Responsibility.objects.filter(until__isnull=True).select_related("unit")
    prefetch_related_objects([*found, *parents], Prefetch("responsibilities", now))
    return found


def parts_of_units(unit_ids: Iterable[int]) -> QuerySet[Responsibility]:
    """The open responsibilities of some units, the commitments with them."""
    return Responsibility.objects.filter(until__isnull=True, unit__in=list(unit_ids)).select_related(
        "commitment", "unit"
    )


def parts_to_receive(actor: Actor) -> QuerySet[Responsibility]:
    """The open parts of the actor's own offices that nobody has taken note of in their present role (待签收)."""
    _everywhere, units = ids_in_scope(actor, "commitments.receive_part", "parties.unit")
    noted = Receipt.objects.filter(responsibility=OuterRef("pk"), role=OuterRef("role"))
    waiting = parts_of_units(map(int, units)).filter(~Exists(noted), commitment__state=Commitment.State.OPEN)
    return waiting.order_by(F("commitment__due").asc(nulls_last=True), "commitment__order", "pk")


def load_by_unit(commitments: QuerySet[Commitment]) -> dict[int, dict[str, int]]:
    """For each unit the number of its open responsibilities by role (one query)."""
    load: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Responsibility.objects.filter(Q(until__isnull=True), commitment__in=commitments)
    for unit, role in rows.values_list("unit_id", "role"):
        load[unit][role] += 1
    return load
