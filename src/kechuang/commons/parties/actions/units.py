# SPDX-License-Identifier: Apache-2.0
"""Units: who leads them, who works there, added, dissolved into a successor."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Charge, Membership, Organization, Unit, UnitSuccession
from kechuang.commons.parties.permissions import can_assign_leader, can_keep_membership, can_keep_unit
from kechuang.commons.parties.queries.units import charges_on, may_lead, units_on
from kechuang.commons.parties.succession import successions


@action("parties.leader.assigned", permission=can_assign_leader)
def assign_leader(unit: Unit, actor: Actor, *, leader: User | None) -> Unit:
    """Put a leader in charge of a unit from today (分管), or nobody; who led it until now stays on record."""
    del actor
    if leader is not None and not may_lead().filter(pk=leader.pk).exists():
        raise Problem(
            _("%(who)s不能分管处室。") % {"who": leader},
            remedy=_("请选择局领导，或请安全管理员先授予局领导角色。"),
            field="leader",
        )
    day = clock.today()
    before = charges_on(day).filter(unit=unit).first()
    if before is not None and leader is not None and before.user_id == leader.pk:
        raise Problem(_("%(unit)s已由%(who)s分管。") % {"unit": unit, "who": leader}, field="leader")
    note(before=before.user if before else "")
    if before is not None:
        before.until = day
        before.save(update_fields=["until"])
    if leader is not None:
        Charge.objects.create(user=leader, unit=unit, since=day)
    return unit


@action("parties.unit.added", permission=can_keep_unit)
def add_unit(
    organization: Organization,
    actor: Actor,
    *,
    code: str,
    name: str,
    short_name: str,
    since: dt.date | None = None,
) -> Unit:
    """Add a unit to an organisation (增设处室)."""
    del actor
    code, name, short_name = code.strip(), name.strip(), short_name.strip()
    if not (code and name and short_name):
        raise Problem(_("代码、名称和简称都须填写。"), remedy=_("代码一经使用不再更改。"), field="name")
    if Unit.objects.filter(code=code).exists():
        raise Problem(
            _("代码“%(code)s”已被使用。") % {"code": code}, remedy=_("请换一个代码。"), field="code"
        )
    clash = [unit for unit in units_on(since or clock.today()) if {name, short_name} & set(unit.spoken_names)]
    if clash:
        raise Problem(
            _("已有处室叫“%(name)s”。") % {"name": clash[0].name},
            remedy=_("一个名称不能指两个处室。"),
            field="name",
        )
    last = organization.units.order_by("-order").values_list("order", flat=True).first() or 0
    return Unit.objects.create(
        organization=organization,
        code=code,
        name=name,
        short_name=short_name,
        order=last + 1,
        since=since,
    )


@action("parties.unit.dissolved", permission=can_keep_unit)
def dissolve_unit(unit: Unit, actor: Actor, *, successor: Unit, on: dt.date, reason: str) -> UnitSuccession:
    """Dissolve a unit from a day on (撤并处室): its people leave it, its successor takes over what is open."""
    today = clock.today()
    if unit.until is not None:
        raise Problem(_("“%(unit)s”已经撤销。") % {"unit": unit}, remedy=_("请刷新页面。"))
    if successor == unit or not units_on(on).filter(pk=successor.pk, until=None).exists():
        raise Problem(_("接续处室须是当日在册的另一个处室。"), remedy=_("请另选。"), field="successor")
    if on > today or (unit.since is not None and on <= unit.since):
        raise Problem(
            _("日期须在处室设立之后，且不晚于今天。"), remedy=_("将来的调整请届时办理。"), field="on"
        )
    if not reason.strip():
        raise Problem(_("请填写依据。"), remedy=_("写明机构调整的文号。"), field="reason")
    unit.until = on
    unit.save(update_fields=["until"])
    leaving = Membership.objects.filter(unit=unit, until=None)
    note(
        people=leaving.filter(since__lt=on).update(until=on), never=leaving.filter(since__gte=on).delete()[0]
    )
    for charge in charges_on(on).filter(unit=unit, since__lt=on):
        charge.until = on
        charge.save(update_fields=["until"])
    note(moved={name: move(unit, successor, on, actor) for name, move in successions.named()})
    return UnitSuccession.objects.create(
        unit=unit, successor=successor, on=on, reason=reason.strip()[:200], by=actor.name
    )


@action("parties.member.placed", permission=can_keep_unit)
def place_member(
    unit: Unit, actor: Actor, *, user: User, since: dt.date, until: dt.date | None = None, post: str = ""
) -> Membership:
    """Say that a person works in a unit from a day on (任职); what he may do there stands in his grants."""
    del actor
    if until is not None and until <= since:
        raise Problem(_("止日须晚于起日。"), remedy=_("请更正日期。"), field="until")
    if (unit.since and since < unit.since) or (unit.until and since >= unit.until):
        raise Problem(_("处室在这一天不存在。"), remedy=_("请更正日期。"), field="since")
    overlapping = unit.memberships.filter(user=user).exclude(until__lte=since)
    if (overlapping.filter(since__lt=until) if until else overlapping).exists():
        raise Problem(
            _("%(who)s这段时间已在该处室任职。") % {"who": user}, remedy=_("请更正日期。"), field="since"
        )
    return Membership.objects.create(unit=unit, user=user, since=since, until=until, post=post.strip()[:40])


@action("parties.member.left", permission=can_keep_membership)
def end_membership(membership: Membership, actor: Actor, *, on: dt.date) -> Membership:
    """Say from which day a person no longer works in a unit (离任)."""
    del actor
    if membership.until is not None or on <= membership.since:
        raise Problem(_("离任日期须晚于任职日期，且尚未离任。"), remedy=_("请更正日期。"), field="on")
    membership.until = on
    membership.save(update_fields=["until"])
    return membership
