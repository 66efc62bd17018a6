# SPDX-License-Identifier: Apache-2.0
"""From a draft to the plan in force (签发): lines become commitments, numbers become targets."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.apps.workplan.actions.tracking import Tracking
from kechuang.apps.workplan.models import Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.permissions import (
    can_accept_lead,
    can_discard_version,
    can_issue_plan,
    version_of,
)
from kechuang.apps.workplan.queries.editions import lines_of
from kechuang.apps.workplan.queries.openings import open_points
from kechuang.apps.workplan.queries.plans import base_of, state_seen
from kechuang.commons.commitments.actions import revise_commitment
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Stale
from kechuang.commons.kernel.refs import Ref


@action("workplan.plan.issued", permission=can_issue_plan)
def issue_plan(
    version: PlanVersion,
    actor: Actor,
    *,
    number: str = "",
    day: dt.date | None = None,
    due: dt.date | None = None,
    seen: str = "",
) -> PlanVersion:
    """Issue a draft (签发): open or revise a commitment for each line, set the targets, replace the version in force.

    ``due`` is the deadline of tasks that name none; ``seen`` is ``state_seen`` of the draft that was shown: a line
    corrected since then stops it. Raises Problem with all that is open.
    """
    list(Item.objects.select_for_update().filter(plan_version=version).values_list("pk"))
    if seen and seen != state_seen(version):
        raise Stale(_("草稿在您打开签发页之后又有改动。"), remedy=_("请核对最新内容后再签发。"))
    lines = lines_of(version)
    points = open_points(version, lines)
    if points:
        raise Problem(
            _("还有 %(count)s 处没有处理，不能签发：") % {"count": len(points)}
            + " ".join(point.words for point in points[:10]),
            remedy="" if len(points) <= 10 else _("其余见校对页。"),  # noqa: PLR2004 -- enough for one message
        )
    day = day or clock.today()
    before = base_of(version.plan)
    tracking = Tracking(version, actor, day, due)
    tracking.track(lines)
    tracking.drop_what_is_gone()
    if before is not None and before.state == PlanVersion.State.ISSUED:
        before.state = PlanVersion.State.SUPERSEDED
        before.save(update_fields=["state"])
    version.state, version.number, version.issued_on = PlanVersion.State.ISSUED, number.strip()[:80], day
    version.issued_by = actor.name
    version.save(update_fields=["state", "number", "issued_on", "issued_by"])
    note(plan=version.plan, replaces=before, **tracking.counts)
    return version


@action("workplan.version.discarded", permission=can_discard_version)
def discard_version(version: PlanVersion, actor: Actor, *, reason: str) -> PlanVersion:
    """Throw a draft away (作废); it stays readable."""
    del actor
    if not reason.strip():
        raise Problem(_("请写明作废原因。"), field="reason")
    version.state = PlanVersion.State.DISCARDED
    version.save(update_fields=["state"])
    return version


@action("workplan.lead.settled", permission=can_accept_lead)
def settle_lead(item: Item, actor: Actor, *, office: ItemOffice) -> Item:
    """Settle which office of a line leads (确定牵头): a suggestion accepted, or another choice; also once issued."""
    offices = list(item.offices.select_related("unit"))
    if office.pk not in {one.pk for one in offices}:
        raise Problem(_("“%(office)s”不在这项任务的处室中。") % {"office": office}, field="office")
    note(before=[str(one) for one in offices if one.role == Responsibility.Role.LEAD], lead=office.name)
    for one in offices:
        one.suggested = False
        if one.pk == office.pk:
            one.role = Responsibility.Role.LEAD
        elif one.role == Responsibility.Role.LEAD:
            one.role = Responsibility.Role.RESPONSIBLE
    ItemOffice.objects.bulk_update(offices, ["role", "suggested"])
    if version_of(item).state == PlanVersion.State.ISSUED and item.commitment is not None:
        task: Commitment = item.commitment
        revise_commitment(
            task,
            actor,
            title=task.title,
            text=task.text,
            due=task.due,
            source=Ref.of(item),
            parts=Tracking.parts_of(offices),
            order=task.order,
        )
    return item
