# SPDX-License-Identifier: Apache-2.0
"""What becomes of the clauses and resolutions of the demo's records: most are kept, some told of, some late."""

from __future__ import annotations

import datetime as dt
import random

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.commitments.actions import confirm_closure, merge_parts, report_part
from kechuang.commons.commitments.instructions import clauses
from kechuang.commons.commitments.models import Report, Responsibility
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.site.demo.registers import PROOF

SEED, KEPT, TOLD = 2019, 0.75, 0.85
LATEST = 30
"""Days before the demo's day within which a living promise was last told of."""


def report_promises(day: dt.date) -> int:
    """Reports of promises, and the closing of those kept in time; how many were told of, none a second time."""
    dice = random.Random(SEED)  # noqa: S311 -- a reproducible demo, not a secret
    people = User.objects.filter(demo=True, username__endswith="-head")
    heads = {user.username: actor_of(user) for user in people}
    leader, told = Actor.system("分管领导（演示）"), 0
    if Report.objects.filter(responsibility__commitment__in=clauses()).exists():
        return 0
    parts = Responsibility.objects.filter(commitment__in=clauses()).select_related("unit", "commitment")
    for part in parts.order_by("commitment_id"):
        head = heads.get(f"demo-{part.unit.code}-head", leader)
        past = part.commitment.due is not None and part.commitment.due < day
        if past and dice.random() < KEPT:
            _keep(part, head, leader, dice)
        elif dice.random() < TOLD:
            with clock.pinned(max(part.commitment.start, day - dt.timedelta(days=dice.randrange(1, LATEST)))):
                report_part(part, head, text="正在按约定推进，近期将组织对接。（演示数据）")
        else:
            continue
        told += 1
    return told


def _keep(part: Responsibility, head: Actor, leader: Actor, dice: random.Random) -> None:
    """Reported as done with its proof, merged, confirmed by another."""
    assert part.commitment.due is not None
    done = max(part.commitment.start, part.commitment.due - dt.timedelta(days=dice.randrange(1, 9)))
    with clock.pinned(done):
        report_part(part, head, text="已按约定完成。（演示数据）", done=True, files=[PROOF])
        part.commitment.refresh_from_db()
        merge_parts(part.commitment, head, text="约定事项已落实。（演示数据）", done=True)
    with clock.pinned(done + dt.timedelta(days=1)):
        part.commitment.refresh_from_db()
        confirm_closure(part.commitment, leader)
