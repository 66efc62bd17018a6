# SPDX-License-Identifier: Apache-2.0
"""What the system knows already of a part, as the start of its report (预填): numbers, steps, deliverables."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Commitment, Milestone, Responsibility
from kechuang.commons.commitments.ports import lights_of
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.facts.models import Target


def known_of(part: Responsibility, day: dt.date) -> str:
    """Line by line what was counted, reached and delivered since the office last reported; empty where nothing was."""
    last = part.reports.filter(day__lte=day).order_by("-day", "-id").first()
    since = last.day if last is not None else part.since
    lines = [reason_words(light) for light in lights_of(_numbers(part.commitment), day).values()]
    reached = part.commitment.milestones.filter(
        unit=part.unit_id, state=Milestone.State.REACHED, closed_on__gt=since, closed_on__lte=day
    )
    lines += [_("节点“%(title)s”已于 %(day)s 完成") % _told(one.title, one.closed_on) for one in reached]
    delivered = part.commitment.parts.filter(
        kind=Commitment.Kind.DELIVERABLE,
        state=Commitment.State.DONE,
        closed_on__gt=since,
        closed_on__lte=day,
    )
    lines += [_("举措“%(title)s”已于 %(day)s 完成") % _told(one.title, one.closed_on) for one in delivered]
    return "".join(f"{line}。\n" for line in lines)


def _numbers(commitment: Commitment) -> list[Target]:
    """The numbers promised under a task."""
    rows = commitment.parts.filter(kind=Commitment.Kind.TARGET, target__isnull=False)
    kept = rows.exclude(state=Commitment.State.DROPPED).select_related("target__indicator")
    return [part.target for part in kept if part.target is not None]


def _told(title: str, day: dt.date | None) -> dict[str, str]:
    return {"title": title, "day": day.isoformat() if day else ""}
