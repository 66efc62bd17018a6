# SPDX-License-Identifier: Apache-2.0
"""Reading plans and their versions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from kechuang.apps.workplan.models import Item, Plan, PlanVersion
from kechuang.commons.kernel.models import Entry


def plan_like(plan: Plan) -> Plan | None:
    """A stored plan of the same title, issuer and year."""
    return Plan.objects.filter(title=plan.title, issuer=plan.issuer, year=plan.year).first()


def base_of(plan: Plan) -> PlanVersion | None:
    """The version that a new one is compared with: the one in force, else the newest that was once issued."""
    rank = Case(
        When(state=PlanVersion.State.ISSUED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    once = plan.versions.filter(state__in=(PlanVersion.State.ISSUED, PlanVersion.State.SUPERSEDED))
    return once.order_by(rank, "-no").first()


def earlier_version(version: PlanVersion) -> PlanVersion | None:
    """What a version is compared with: the version before it, else the plan in force of the year before."""
    once = (PlanVersion.State.ISSUED, PlanVersion.State.SUPERSEDED)
    own = version.plan.versions.filter(no__lt=version.no).select_related("plan").order_by("-no")
    last = PlanVersion.objects.filter(
        state=PlanVersion.State.ISSUED, plan__issuer=version.plan.issuer, plan__year__lt=version.plan.year
    ).select_related("plan")
    return own.filter(state__in=once).first() or own.first() or last.order_by("-plan__year", "-no").first()


def plans_listed() -> QuerySet[Plan]:
    """Plans with the number of their versions, tasks in force, and drafts (one query)."""
    tracked = Q(versions__state=PlanVersion.State.ISSUED, versions__items__kind=Item.Kind.TASK) & ~Q(
        versions__items__state=Item.State.EXCLUDED
    )
    return Plan.objects.annotate(
        version_count=Count("versions", distinct=True),
        task_count=Count("versions__items", filter=tracked, distinct=True),
        draft_count=Count("versions", filter=Q(versions__state=PlanVersion.State.DRAFT), distinct=True),
        issued_count=Count("versions", filter=Q(versions__state=PlanVersion.State.ISSUED), distinct=True),
    )


def state_seen(version: PlanVersion) -> str:
    """A mark of the draft's lines: it changes with every correction (one query)."""
    found = version.items.aggregate(count=Count("pk"), sum=Sum("version"))
    return f"{found['count']}-{found['sum'] or 0}"


def newest_of_title(title: str) -> PlanVersion | None:
    """The newest version, not thrown away, of a plan with a title."""
    alive = PlanVersion.objects.exclude(state=PlanVersion.State.DISCARDED).filter(plan__title=title)
    return alive.order_by("-plan__year", "-no").first()


def history_of_versions(versions: Sequence[PlanVersion]) -> QuerySet[Entry]:
    """The journal of whole versions, the newest first (one query)."""
    return Entry.objects.filter(ref_kind="workplan.planversion", ref_id__in=[str(one.pk) for one in versions])
