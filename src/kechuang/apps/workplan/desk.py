# SPDX-License-Identifier: Apache-2.0
"""To-dos of the plan: drafts to correct and issue, parts owed, tasks to merge, closings that wait for a leader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.apps.workplan.queries.drafts import drafts_with_points
from kechuang.apps.workplan.queries.tasks import TaskLine, current_version, open_lines
from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk


@desk("workplan.drafts")
def draft_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """Drafts that wait: for who corrects them while something is open, then for who issues them."""
    del day
    corrects, issues = holds(actor, "workplan.edit_plan"), holds(actor, "workplan.issue_plan")
    if not (corrects or issues):
        return
    for version, points in drafts_with_points():
        address = reverse("workplan:version-detail", args=[version.pk])
        if points and corrects:
            yield Todo(
                str(version), _("草稿还有 %(count)s 处要处理") % {"count": points}, address, light="yellow"
            )
        elif not points and issues:
            address = reverse("workplan:version-issue", args=[version.pk])
            yield Todo(str(version), _("草稿已核对，可以签发"), address, light="yellow")


@desk("workplan")
def plan_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """What the plan in force asks of this person on this day."""
    everywhere, units = ids_in_scope(actor, "commitments.report_part", "parties.unit")
    confirms = holds(actor, "commitments.confirm_closure")
    if not (everywhere or units or confirms):
        return
    version = current_version(day)
    for line in open_lines(version, day) if version else ():
        if confirms and line.task.state == Commitment.State.AWAITING:
            yield _todo(
                line, _("牵头处室申请办结，请确认或退回"), "workplan:task-detail", line.task.pk, "yellow"
            )
        if line.task.state == Commitment.State.OPEN:
            yield from _of_units(line, units)


def _of_units(line: TaskLine, units: frozenset[str]) -> Iterator[Todo]:
    owing = {part.pk for part in line.standing.owing}
    mine = [part for part in line.parts if str(part.unit_id) in units]
    for part in mine:
        if part.pk in owing:
            why = reason_words(line.standing.light)
            yield _todo(line, why, "commitments:part-report", part.pk, "yellow", str(part.unit))
    ready = all(part.state == Responsibility.State.DONE for part in line.parts)
    for part in mine:
        if ready and part.role == Responsibility.Role.LEAD:
            why = _("各处室均已申报完成，请汇总并申请办结")
            yield _todo(line, why, "workplan:task-merge", line.task.pk, "yellow", str(part.unit))


def _todo(line: TaskLine, why: str, name: str, pk: int, light: str, group: str = "") -> Todo:
    colour = "red" if line.standing.light.colour == "red" else light
    title = f"{line.number}. {line.task.title}" if line.number else line.task.title
    return Todo(title, why, reverse(name, args=[pk]), line.task.due, colour, group)
