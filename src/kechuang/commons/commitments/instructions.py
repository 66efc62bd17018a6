# SPDX-License-Identifier: Apache-2.0
"""Which commitments are leaders' instructions (批示督办)."""

from __future__ import annotations

from django.db.models import QuerySet

from kechuang.commons.commitments.models import Commitment


def instructions() -> QuerySet[Commitment]:
    """Every instruction that was opened."""
    return Commitment.objects.filter(kind=Commitment.Kind.INSTRUCTION)
