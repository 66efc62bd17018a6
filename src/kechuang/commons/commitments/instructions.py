# SPDX-License-Identifier: Apache-2.0
"""Which commitments stand outside plans: leaders' instructions (批示督办), clauses and resolutions (约定事项)."""

from __future__ import annotations

from django.db.models import QuerySet

from kechuang.commons.commitments.models import Commitment


def instructions() -> QuerySet[Commitment]:
    """Every instruction that was opened."""
    return Commitment.objects.filter(kind=Commitment.Kind.INSTRUCTION)


def clauses() -> QuerySet[Commitment]:
    """Every clause of an agreement and resolution of a meeting that still binds or was kept."""
    kept = Commitment.objects.filter(kind=Commitment.Kind.CLAUSE)
    return kept.exclude(state=Commitment.State.DROPPED)
