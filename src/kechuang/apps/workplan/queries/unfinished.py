# SPDX-License-Identifier: Apache-2.0
"""What the plans of earlier years leave to the next (结转): tasks alive that a draft does not name."""

from __future__ import annotations

from django.db.models import Max

from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.commons.commitments.models import Commitment

ALIVE = (Commitment.State.OPEN, Commitment.State.AWAITING)


def unfinished(version: PlanVersion) -> list[Item]:
    """Lines of the issuer's last issued year before this one, of tasks still alive; those named here are left out."""
    issued = PlanVersion.objects.filter(
        state=PlanVersion.State.ISSUED, plan__issuer=version.plan.issuer, plan__year__lt=version.plan.year
    )
    year = issued.aggregate(year=Max("plan__year"))["year"]
    if year is None:
        return []
    named = version.items.filter(commitment__isnull=False).exclude(state=Item.State.EXCLUDED)
    rows = Item.objects.filter(
        plan_version__in=issued.filter(plan__year=year),
        kind=Item.Kind.TASK,
        commitment__state__in=ALIVE,
    ).exclude(state=Item.State.EXCLUDED)
    rows = rows.exclude(commitment__in=named.values("commitment"))
    return list(
        rows.select_related("commitment", "plan_version__plan")
        .prefetch_related("offices__unit")
        .order_by("order")
    )
