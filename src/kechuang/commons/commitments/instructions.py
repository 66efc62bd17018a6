# SPDX-License-Identifier: Apache-2.0
"""Which commitments stand outside plans: leaders' instructions (批示督办), clauses and resolutions (约定事项)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kechuang.commons.commitments.models import Commitment, Source
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, visible_to


def instructions() -> QuerySet[Commitment]:
    """Every instruction that was opened."""
    return Commitment.objects.filter(kind=Commitment.Kind.INSTRUCTION)


def clauses() -> QuerySet[Commitment]:
    """Every clause of an agreement and resolution of a meeting that still binds or was kept."""
    kept = Commitment.objects.filter(kind=Commitment.Kind.CLAUSE)
    return kept.exclude(state=Commitment.State.DROPPED)


def beside_plans(day: dt.date, *, clauses: bool) -> QuerySet[Commitment]:
    """What was open beside the plans on a day: instructions, and clauses past their day then if they are asked for."""
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    wanted = Q(kind=Commitment.Kind.INSTRUCTION)
    if clauses:
        wanted |= Q(kind=Commitment.Kind.CLAUSE) & (Q(due__lt=day) | ~Q(moves=[]))
    return Commitment.objects.filter(wanted, open_then, start__lte=day)


def named_by(tasks: Iterable[Commitment], viewer: Actor) -> dict[int, Resolved]:
    """For each commitment outside plans the first thing that names it and that the viewer may open (来源)."""
    outside = [
        task.pk for task in tasks if task.kind in {Commitment.Kind.INSTRUCTION, Commitment.Kind.CLAUSE}
    ]
    sources = list(Source.objects.filter(commitment__in=outside).order_by("-pk")) if outside else []
    known = visible_to(viewer, [source.ref for source in sources])
    return {source.commitment_id: known[source.ref] for source in sources if source.ref in known}
