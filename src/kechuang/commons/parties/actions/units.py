# SPDX-License-Identifier: Apache-2.0
"""Units: who leads them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Charge, Unit
from kechuang.commons.parties.permissions import can_assign_leader
from kechuang.commons.parties.queries.units import charges_on, may_lead


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
