# SPDX-License-Identifier: Apache-2.0
"""To-dos of commitments: what to carry out and to close, parts to take note of, steps, decisions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.commitments.instructions import named_by
from kechuang.commons.commitments.models import (
    Commitment,
    Disagreement,
    Extension,
    Milestone,
    Responsibility,
)
from kechuang.commons.commitments.permissions import can_approve_milestone, can_decide_extension
from kechuang.commons.commitments.queries import OUTSIDE_PLANS, open_standings, parts_to_receive
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
    waiting: list[tuple[Commitment, str, str, str]] = []
    for task, where in open_standings(day):
        if task.kind not in OUTSIDE_PLANS:
            continue
        if task.state == Commitment.State.AWAITING:
            if confirms:
                waiting.append((task, _("牵头处室申请办结，请确认或退回"), "yellow", ""))
            continue
        waiting += [
            (task, reason_words(where.light), where.light.colour, str(part.unit))
            for part in task.responsibilities.all()
            if str(part.unit_id) in units and part.state != Responsibility.State.DONE
        ]
    sources = named_by((task for task, *_rest in waiting), actor)
    for task, why, light, unit in waiting:
        source = sources.get(task.pk)
        yield _todo(task, why, light, " · ".join(filter(None, (source.title if source else "", unit))))


def _todo(task: Commitment, why: str, light: str, group: str) -> Todo:
    instructed = task.kind == Commitment.Kind.INSTRUCTION
    title = (_("批示：%(title)s") if instructed else _("约定：%(title)s")) % {"title": task.title}
    return Todo(title, why, reverse("commitments:commitment-open", args=[task.pk]), task.due, light, group)


SOON, MOST = dt.timedelta(days=7), 50


@desk("commitments.steps")
def step_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """What an office has to take note of, to put right, and to reach."""
    waiting = Counter(str(part.unit) for part in parts_to_receive(actor))
    for unit, count in waiting.items():
        title = _("签收责任 %(count)s 项") % {"count": count}
        yield Todo(title, _("已列入，尚未签收"), reverse("commitments:receipt-list"), None, "yellow", unit)
    _everywhere, units = ids_in_scope(actor, "commitments.draft_milestone", "parties.unit")
    if not units:
        return
    mine = Milestone.objects.filter(unit__in=[int(pk) for pk in units], commitment__state="open")
    near = Q(state=Milestone.State.APPROVED, due__lte=day + SOON)
    returned = Q(state=Milestone.State.DRAFT) & ~Q(remark="")
    for one in mine.filter(near | returned).select_related("unit")[:MOST]:
        back = one.state == Milestone.State.DRAFT
        why = _("已退回：%(why)s") % {"why": one.remark} if back else _("节点到期，请申报完成或申请延期")
        yield _step(one, why, "red" if not back and one.due < day else "yellow", one.due)


@desk("commitments.decisions")
def decision_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """Drafted steps to approve, later dates and disagreements to decide."""
    everywhere, units = ids_in_scope(actor, "commitments.approve_milestone", "parties.unit")
    if everywhere or units:
        drafts = Milestone.objects.filter(state=Milestone.State.DRAFT, remark="", commitment__state="open")
        if not everywhere:
            drafts = drafts.filter(unit__in=[int(pk) for pk in units])
        for one in drafts.select_related("unit")[:MOST]:
            if can_approve_milestone(one, actor):
                yield _step(one, _("节点待审定"), "yellow", None)
    if holds(actor, "commitments.decide_extension"):
        asked = Extension.objects.filter(decided_on__isnull=True).select_related("commitment", "milestone")
        for extension in asked[:MOST]:
            if can_decide_extension(extension, actor):
                thing = extension.milestone or extension.commitment
                title = _("审批延期：%(title)s") % {"title": thing.title}
                address = reverse("commitments:extension-decide", args=[extension.pk])
                yield Todo(title, extension.reason, address, extension.old_due, "yellow")
    if holds(actor, "commitments.decide_disagreement"):
        mine = Disagreement.objects.filter(decided_on__isnull=True, decider__in=_keys(actor))
        for dispute in mine.select_related("commitment")[:MOST]:
            title = _("裁定分歧：%(title)s") % {"title": dispute.commitment.title}
            address = reverse("commitments:disagreement-decide", args=[dispute.pk])
            light = "red" if dispute.due < day else "yellow"
            yield Todo(title, dispute.text, address, dispute.due, light)


def _step(one: Milestone, why: str, light: str, due: dt.date | None) -> Todo:
    title = _("节点：%(title)s") % {"title": one.title}
    address = reverse("commitments:milestone-detail", args=[one.pk])
    return Todo(title, why, address, due, light, str(one.unit))


def _keys(actor: Actor) -> list[int]:
    return [int(key) for key in actor.persons if key.isdigit()]
