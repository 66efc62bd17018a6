# SPDX-License-Identifier: Apache-2.0
"""Who may open, report, merge and close commitments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.models import Commitment, Merge, Responsibility
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_keep_commitment(thing: Any, actor: Actor) -> Verdict:
    """Opening, revising and dropping commitments goes with issuing what names them."""
    del thing
    return holds(actor, "commitments.keep_commitment")


def can_report_part(responsibility: Responsibility, actor: Actor) -> Verdict:
    """An office reports its own part, nobody else's (各报各的)."""
    verdict = holds(actor, "commitments.report_part", over=Ref.of(responsibility.unit))
    if verdict or not holds(actor, "commitments.report_part"):
        return verdict
    return refuse(_("只有%(unit)s可以报送本处室负责的部分。") % {"unit": responsibility.unit})


def can_merge_parts(commitment: Commitment, actor: Actor) -> Verdict:
    """The lead office merges (牵头汇总)."""
    leads = [part.unit for part in open_parts(commitment) if part.role == Responsibility.Role.LEAD]
    if not leads:
        return refuse(_("这项任务尚未确定牵头处室，不能汇总；请先在计划中确定牵头处室。"))
    if any(holds(actor, "commitments.merge_parts", over=Ref.of(unit)) for unit in leads):
        return ALLOWED
    return refuse(_("只有牵头处室（%(units)s）可以汇总。") % {"units": "、".join(map(str, leads))})


def can_confirm_closure(commitment: Commitment, actor: Actor) -> Verdict:
    """Nothing closes alone: somebody other than who asked for it confirms (办结确认)."""
    verdict = holds(actor, "commitments.confirm_closure")
    if not verdict:
        return verdict
    asked = Merge.objects.filter(commitment=commitment, done=True).first()
    if asked is not None and asked.by_id == actor.id:
        return refuse(_("申请办结的人不能自己确认办结，请由另一位负责人确认。"))
    return ALLOWED


def open_parts(commitment: Commitment) -> list[Responsibility]:
    """The responsibilities in force (uses what was prefetched)."""
    return [part for part in commitment.responsibilities.all() if part.until is None]
