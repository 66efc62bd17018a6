# SPDX-License-Identifier: Apache-2.0
"""The single tasks that a grant may name (范围“单项任务”): for somebody lent to a joint team."""

from __future__ import annotations

from kechuang.commons.access.reach import ScopeObjects, scope_objects
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.kernel.refs import Ref

MOST = 500


def _tasks() -> list[tuple[str, str]]:
    tasks = Commitment.objects.filter(kind=Commitment.Kind.TASK, state=Commitment.State.OPEN)
    return [(str(Ref.of(task)), f"{task.code} {task.title}") for task in tasks.order_by("code", "pk")[:MOST]]


scope_objects.fill("task", ScopeObjects("commitments.commitment", _tasks))
