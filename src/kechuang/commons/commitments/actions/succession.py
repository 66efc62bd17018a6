# SPDX-License-Identifier: Apache-2.0
"""Open parts of a dissolved office pass to its successor (责任移交)."""

from __future__ import annotations

import datetime as dt

from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.permissions import can_move_parts
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit

OPEN = (Commitment.State.OPEN, Commitment.State.AWAITING)
WEIGHT = {
    Responsibility.Role.LEAD: 3,
    Responsibility.Role.RESPONSIBLE: 2,
    Responsibility.Role.CO: 1,
    Responsibility.Role.GUIDE: 0,
}


@action("commitments.parts.moved", permission=can_move_parts)
def move_parts(unit: Unit, actor: Actor, *, successor: Unit, on: dt.date) -> int:
    """From a day on the successor has every open part of the unit; what was reported stays with who reported it.

    Where it has a part of the same commitment already, the weightier role of the two is its own.
    """
    del actor
    parts = Responsibility.objects.filter(
        unit=unit, until=None, commitment__state__in=OPEN
    ).select_for_update()
    own = {
        part.commitment_id: part
        for part in Responsibility.objects.filter(unit=successor, until=None).select_for_update()
    }
    moved = []
    for part in parts:
        since = max(part.since, on)
        part.until = since
        part.version += 1
        part.save(update_fields=["until", "version"])
        present = own.get(part.commitment_id)
        if present is None:
            Responsibility.objects.create(
                commitment_id=part.commitment_id,
                unit=successor,
                role=part.role,
                state=part.state,
                since=since,
                order=part.order,
            )
        elif WEIGHT[Responsibility.Role(part.role)] > WEIGHT[Responsibility.Role(present.role)]:
            present.change_place(part.role, part.order, on)
            present.version += 1
            present.save(update_fields=["role", "order", "roles", "version"])
        moved.append(part.commitment_id)
    note(commitments=moved)
    return len(moved)
