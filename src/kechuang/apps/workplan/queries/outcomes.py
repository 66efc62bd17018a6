# SPDX-License-Identifier: Apache-2.0
"""What issuing a draft would do (签发后果), told before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.queries.openings import tracked
from kechuang.commons.commitments.models import Commitment, Responsibility

ALIVE = (Commitment.State.OPEN, Commitment.State.AWAITING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Commitments opened and revised by kind, those dropped, and tasks in which nobody leads or nobody is asked."""

    opened: dict[str, int]
    revised: dict[str, int]
    dropped: tuple[Commitment, ...]
    parts: int
    leaderless: tuple[Item, ...]
    ownerless: tuple[Item, ...]
    unchecked: int


def outcome_of(version: PlanVersion, lines: Sequence[Item]) -> Outcome:
    """From lines read by ``lines_of``; one query for what would be dropped."""
    kept = [line for line in tracked(lines) if line.kind != Item.Kind.PROMISE]
    tasks = [line for line in kept if line.kind == Item.Kind.TASK]
    owned = {task.pk: [one for one in task.offices.all() if one.unit_id] for task in tasks}
    leads = {pk for pk, named in owned.items() if any(one.role == Responsibility.Role.LEAD for one in named)}
    return Outcome(
        opened=dict(Counter(line.kind for line in kept if line.commitment_id is None)),
        revised=dict(Counter(line.kind for line in kept if line.commitment_id is not None)),
        dropped=tuple(commitments_gone(version, [line.commitment_id for line in kept if line.commitment_id])),
        parts=sum(len({one.unit_id for one in named}) for named in owned.values()),
        leaderless=tuple(task for task in tasks if owned[task.pk] and task.pk not in leads),
        ownerless=tuple(task for task in tasks if not owned[task.pk]),
        unchecked=sum(line.state == Item.State.PROPOSED for line in kept),
    )


def commitments_gone(version: PlanVersion, kept: Sequence[int]) -> list[Commitment]:
    """Commitments that earlier versions of the plan opened and that are not among ``kept``."""
    named = Commitment.objects.filter(items__plan_version__plan=version.plan, state__in=ALIVE)
    return list(named.exclude(pk__in=kept).distinct().order_by("order", "pk"))
