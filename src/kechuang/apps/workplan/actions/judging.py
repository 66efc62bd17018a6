# SPDX-License-Identifier: Apache-2.0
"""By which scheme a plan is judged (进度办法): its limits of lights and its ladder of letters."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Plan
from kechuang.apps.workplan.permissions import can_choose_scheme
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.schemes import schemes_in_force
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("workplan.scheme.chosen", permission=can_choose_scheme)
def choose_scheme(plan: Plan, actor: Actor, *, code: str) -> Plan:
    """Judge a plan by a scheme in force (选定办法): all that its versions promised, from now on."""
    del actor
    if code not in schemes_in_force():
        raise Problem(
            _("没有代码为“%(code)s”的进度办法。") % {"code": code},
            remedy=_("请从列表中选择。"),
            field="scheme",
        )
    note(before=plan.scheme)
    plan.scheme = code
    plan.save(update_fields=["scheme"])
    promised = Commitment.objects.filter(items__plan_version__plan=plan)
    changed = Commitment.objects.filter(pk__in=promised.values("pk")).update(scheme=code)
    note(commitments=changed)
    return plan
