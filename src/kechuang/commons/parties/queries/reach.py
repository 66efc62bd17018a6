# SPDX-License-Identifier: Apache-2.0
"""How far an actor reaches over regions: a district its own, an office of the bureau all."""

from __future__ import annotations

from kechuang.commons.access.grants import held_by
from kechuang.commons.access.models import Grant
from kechuang.commons.kernel.actors import Actor


def regions_reached(actor: Actor, permission: str) -> frozenset[int] | None:
    """The keys of the regions a permission is held over; None where no grant of it is bound to regions alone."""
    held = [grant for grant in held_by(actor) if permission in grant.permissions]
    if actor.is_system or any(grant.scope != Grant.Scope.REGION for grant in held):
        return None
    return frozenset(
        int(grant.over.partition(":")[2]) for grant in held if grant.over.startswith("parties.region:")
    )
