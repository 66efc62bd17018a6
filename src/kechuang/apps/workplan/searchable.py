# SPDX-License-Identifier: Apache-2.0
"""Plans and what they promise in the global search."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.apps.workplan.models import Plan
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.kernel.searching import Searchable, searchable

VIEW = "workplan.view_plan"


@searchable("commitments.commitment", _("任务与督办"), permission=VIEW, order=10)
def commitments(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Title; number and text. What was dropped is not found."""
    rows = Commitment.objects.all() if ids is None else Commitment.objects.filter(pk__in=ids)
    for row in rows.exclude(state=Commitment.State.DROPPED).iterator():
        yield Searchable(str(row.pk), row.title, f"{row.code} {row.text}".strip())


@searchable("workplan.plan", _("计划"), permission=VIEW, order=20)
def plans(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Title; issuer and year."""
    rows = Plan.objects.all() if ids is None else Plan.objects.filter(pk__in=ids)
    for row in rows.iterator():
        yield Searchable(str(row.pk), row.title, f"{row.issuer} {row.year}".strip())
