# SPDX-License-Identifier: Apache-2.0
"""Receipt of a responsibility (签收)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Receipt, Responsibility
from kechuang.commons.commitments.permissions import can_receive_part
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("commitments.part.received", permission=can_receive_part)
def receive_part(responsibility: Responsibility, actor: Actor) -> Receipt:
    """An office takes note of its part in its present role (签收), once."""
    if responsibility.until is not None:
        raise Problem(
            _("%(unit)s已不再负责这项任务。") % {"unit": responsibility.unit}, remedy=_("请刷新页面。")
        )
    before = responsibility.receipts.filter(role=responsibility.role).first()
    if before is not None:
        raise Problem(
            _("%(unit)s已由%(by)s于 %(day)s 签收。")
            % {"unit": responsibility.unit, "by": before.by, "day": before.day.isoformat()},
            remedy=_("不必重复签收。"),
        )
    note(commitment=responsibility.commitment)
    return Receipt.objects.create(
        responsibility=responsibility,
        role=responsibility.role,
        day=clock.today(),
        at=clock.now(),
        by=actor.name,
    )
