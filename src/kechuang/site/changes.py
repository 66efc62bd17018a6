# SPDX-License-Identifier: Apache-2.0
"""What changed in the days before a day (近七天的变化), from dated facts: the same whenever it is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.apps.workplan.queries.days import PlanDay
from kechuang.apps.workplan.queries.tasks import TaskLine
from kechuang.commons.commitments.models import Commitment, LightOverride, Milestone

DAYS = 7
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became so on a day: what, of which task or number, where it opens; ``light`` colours it."""

    day: dt.date
    words: str
    title: str
    url: str
    light: str


def changes_of(
    day: dt.date, plans: Sequence[PlanDay], others: Sequence[TaskLine], days: int = DAYS
) -> list[Change]:
    """What closed, moved, passed its date, was set by hand or published: the newest first, of a day the worst."""
    first = day - (days - 1) * ONE_DAY
    lines = [*(line for plan in plans for line in plan.lines), *others]
    found = [
        *(change for line in lines for change in _of_task(line, first, day)),
        *(change for plan in plans for change in _published(plan, first, day)),
    ]
    urgency = ("red", "yellow", "grey", "green", "done")
    return sorted(found, key=lambda one: (-one.day.toordinal(), urgency.index(one.light), one.title))


def _of_task(line: TaskLine, first: dt.date, day: dt.date) -> Iterator[Change]:
    task = line.task
    url = reverse("workplan:task-detail", args=[task.pk])
    label = f"{line.number}. {task.title}" if line.number else task.called
    deliverables = task.deliverables
    milestones: list[Milestone] = task.steps  # type: ignore[attr-defined]
    steps: list[Commitment | Milestone] = [task, *deliverables]
    steps += [one for one in milestones if one.counts_on(day)]
    for step in steps:
        title = label if step is task else f"{label}：{step.title}"
        yield from _of_step(step, title, url, first, day)
    for override in task.overrides.all():
        yield from _by_hand(override, label, url, first, day)


def _of_step(
    step: Commitment | Milestone, title: str, url: str, first: dt.date, day: dt.date
) -> Iterator[Change]:
    closed = step.closed_on if step.closed_on is not None and step.closed_on <= day else None
    if closed is not None and closed >= first:
        late = step.schedule_on(closed).due
        was_late = late is not None and closed > late
        yield Change(
            closed, _("逾期后完成") if was_late else _("完成"), title, url, "yellow" if was_late else "done"
        )
    for move in step.moves:
        decided = dt.date.fromisoformat(move["decided"])
        if first <= decided <= day and move["from"]:
            words = _("时限由 %(old)s 移到 %(new)s") % {"old": move["from"], "new": move["to"]}
            yield Change(decided, words, title, url, "grey")
    due = step.schedule_on(day).due
    if due is not None and first <= due + ONE_DAY <= day and (closed is None or closed > due):
        yield Change(
            due + ONE_DAY, _("到期未完成（时限 %(due)s）") % {"due": due.isoformat()}, title, url, "red"
        )


def _by_hand(override: LightOverride, title: str, url: str, first: dt.date, day: dt.date) -> Iterator[Change]:
    if override.until > override.since and first <= override.since <= day:
        words = _("%(by)s定灯：%(why)s") % {"by": override.by, "why": override.reason}
        yield Change(override.since, words, title, url, override.colour)
    if override.planned is not None and first <= override.until <= day:
        yield Change(override.until, _("撤销人工定灯"), title, url, "grey")


def _published(plan: PlanDay, first: dt.date, day: dt.date) -> Iterable[Change]:
    for line in plan.targets:
        read, indicator = line.reading, line.target.indicator
        if (
            indicator is None
            or line.read is None
            or read.known_on is None
            or not first <= read.known_on <= day
        ):
            continue
        words = _("新数据 %(value)s") % {"value": line.value + line.target.unit}
        url = reverse("figures:indicator-detail", args=[indicator.code])
        yield Change(read.known_on, words, line.target.name, url, line.light.colour)
