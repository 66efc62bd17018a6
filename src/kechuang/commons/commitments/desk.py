# SPDX-License-Identifier: Apache-2.0
"""To-dos of instructions, clauses and resolutions: a part not finished, a closing that waits for a leader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.commitments.instructions import outside_plans
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.queries import standing, with_parts
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk


@desk("commitments")
def instruction_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """What instructions, clauses and resolutions ask of this person on this day."""
    _everywhere, units = ids_in_scope(actor, "commitments.report_part", "parties.unit")
    confirms = holds(actor, "commitments.confirm_closure")
    if not (units or confirms):
        return
    for task in with_parts(outside_plans().exclude(state__in=("done", "dropped"))):
        light = standing(task, day).light
        if task.state == Commitment.State.AWAITING:
            if confirms:
                yield _todo(task, _("牵头处室申请办结，请确认或退回"), "yellow")
            continue
        for part in task.responsibilities.all():
            if str(part.unit_id) in units and part.state != Responsibility.State.DONE:
                yield _todo(task, reason_words(light), light.colour, str(part.unit))


def _todo(task: Commitment, why: str, light: str, group: str = "") -> Todo:
    instructed = task.kind == Commitment.Kind.INSTRUCTION
    title = (_("批示：%(title)s") if instructed else _("约定：%(title)s")) % {"title": task.title}
    return Todo(title, why, reverse("commitments:commitment-open", args=[task.pk]), task.due, light, group)
