# SPDX-License-Identifier: Apache-2.0
"""Rounds of reporting open and close by the calendar (报送轮次); what they ask is written down when they open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kechuang.commons.commitments.models import Call, Commitment, Responsibility, Round
from kechuang.commons.commitments.permissions import can_turn_rounds
from kechuang.commons.commitments.schemes import DEFAULT
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.engines.progress.rounds import Window


@action("commitments.round.opened", permission=can_turn_rounds)
def open_round(
    thing: None,
    actor: Actor,
    *,
    scheme: str,
    code: str,
    title: str,
    window: Window,
    receivers: Sequence[dict[str, str]] = (),
) -> Round:
    """Ask every office for a report of each part it has not finished, of the tasks judged by a scheme (开启)."""
    del thing, actor
    opened = Round.objects.create(
        scheme=scheme,
        code=code,
        title=title,
        year=window.year,
        no=window.no,
        opens_on=window.opens,
        due_on=window.due,
        receivers=list(receivers),
    )
    asked = Responsibility.objects.filter(
        until__isnull=True,
        state=Responsibility.State.OPEN,
        commitment__kind=Commitment.Kind.TASK,
        commitment__state=Commitment.State.OPEN,
        commitment__scheme__in=[scheme, ""] if scheme == DEFAULT else [scheme],
    ).exclude(role=Responsibility.Role.GUIDE)
    calls = [Call(round=opened, responsibility=part) for part in asked.order_by("unit__order", "pk")]
    Call.objects.bulk_create(calls)
    note(asked=len(calls))
    return opened


@action("commitments.round.closed", permission=can_turn_rounds)
def close_round(closing: Round, actor: Actor) -> Round:
    """Its last day is over (截止): what comes from now on is late."""
    del actor
    if closing.closed_on is None:
        closing.closed_on = closing.due_on + dt.timedelta(days=1)
        closing.save(update_fields=["closed_on"])
        note(day=clock.today())
    return closing
