# SPDX-License-Identifier: Apache-2.0
"""Who takes part in the year of a task, and what each may do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kechuang.commons.access.actions import delegate
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.queries import Standing, standing, with_parts
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref

SOURCE = Ref("workplan.item", "1")
JANUARY, DECEMBER = dt.date(2019, 1, 1), dt.date(2019, 12, 31)
DAY = dt.date(2019, 10, 15)
FILES = [("总结.txt", "完成情况".encode())]
STAFF = tuple(
    f"commitments.{verb}"
    for verb in (
        "report_part",
        "merge_parts",
        "receive_part",
        "draft_milestone",
        "ask_extension",
        "raise_disagreement",
    )
)
HEAD = (*STAFF, "commitments.approve_milestone")
LEADER = tuple(
    f"commitments.{verb}"
    for verb in (
        "confirm_closure",
        "approve_milestone",
        "decide_extension",
        "decide_disagreement",
        "set_light",
    )
)


@dataclass
class Year:
    """甲处 leads, 乙处 helps."""

    task: Commitment
    lead: Responsibility
    co: Responsibility
    lead_staff: Actor
    lead_head: Actor
    co_staff: Actor
    leader: Actor
    deputy: Actor
    stranger: Actor

    def now(self, day: dt.date = DAY) -> Standing:
        """Where the task stands."""
        return standing(with_parts(Commitment.objects.filter(pk=self.task.pk)).get(), day)

    def acting_for(self, actor: Actor, giver: Actor) -> Actor:
        """A person who acts on behalf of another, with all that the other may do."""
        one, other = self.user(actor), self.user(giver)
        day = clock.now().date()
        permissions = [name for grant in other.grants.all() for name in grant.role.permissions]
        delegate(
            other,
            giver,
            deputy=one,
            grants=list(other.grants.all()),
            permissions=permissions,
            since=day,
            until=day + dt.timedelta(days=7),
            reason="出差",
        )
        return actor_of(one, on_behalf_of=other)

    def user(self, actor: Actor) -> User:
        """The account of a person."""
        return User.objects.get(pk=actor.id)
