# SPDX-License-Identifier: Apache-2.0
"""Who may open, report, merge and close commitments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.commitments.models import (
    Commitment,
    Disagreement,
    Extension,
    Milestone,
    Responsibility,
)
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.parties.models import Unit


def can_keep_commitment(thing: Any, actor: Actor) -> Verdict:
    """Opening, revising and dropping commitments goes with issuing what names them."""
    del thing
    return holds(actor, "commitments.keep_commitment")


def can_report_part(responsibility: Responsibility, actor: Actor) -> Verdict:
    """An office reports its own part, nobody else's (各报各的)."""
    words = _("只有%(unit)s可以报送本处室负责的部分。") % {"unit": responsibility.unit}
    return _of_part(actor, responsibility, words, permission="commitments.report_part")


def can_merge_parts(commitment: Commitment, actor: Actor) -> Verdict:
    """The lead office merges (牵头汇总)."""
    leads = [part.unit for part in open_parts(commitment) if part.role == Responsibility.Role.LEAD]
    if not leads:
        return refuse(_("这项任务尚未确定牵头处室，不能汇总；请先在计划中确定牵头处室。"))
    if any(holds(actor, "commitments.merge_parts", over=Ref.of(one)) for one in (*leads, commitment)):
        return ALLOWED
    return refuse(_("只有牵头处室（%(units)s）可以汇总。") % {"units": "、".join(map(str, leads))})


def can_confirm_closure(commitment: Commitment, actor: Actor) -> Verdict:
    """Nothing closes alone: somebody other than who asked for it confirms (办结确认)."""
    verdict = holds(actor, "commitments.confirm_closure")
    if not verdict:
        return verdict
    asked = next((one for one in commitment.merges.all() if one.done), None)
    if asked is not None and asked.by_id in actor.persons:
        return refuse(_("申请办结的人不能自己确认办结，请由另一位负责人确认。"))
    return ALLOWED


def can_draft_milestone(thing: Responsibility | Milestone, actor: Actor) -> Verdict:
    """An office drafts the milestones of its own part (拟定节点)."""
    words = _("只有%(unit)s可以拟定本处室的节点。") % {"unit": thing.unit}
    return _of_part(actor, thing, words, permission="commitments.draft_milestone")


def can_approve_milestone(milestone: Milestone, actor: Actor) -> Verdict:
    """Somebody over the office who did not draft it approves or returns it (审定节点)."""
    words = _("您不负责审定%(unit)s的节点。") % {"unit": milestone.unit}
    verdict = _of_part(actor, milestone, words, permission="commitments.approve_milestone")
    if verdict and actor.persons & _persons(milestone.drafted_by_id, milestone.drafted_for):
        return refuse(_("拟定节点的人不能自己审定，请由另一位负责人审定。"))
    return verdict


def can_reach_milestone(milestone: Milestone, actor: Actor) -> Verdict:
    """Whoever may report the office's part may show that its milestone is reached (节点完成)."""
    words = _("只有%(unit)s可以申报本处室的节点完成。") % {"unit": milestone.unit}
    return _of_part(actor, milestone, words, permission="commitments.report_part")


def can_receive_part(responsibility: Responsibility, actor: Actor) -> Verdict:
    """An office takes note of its own part (签收)."""
    words = _("只有%(unit)s可以签收本处室的责任。") % {"unit": responsibility.unit}
    return _of_part(actor, responsibility, words, permission="commitments.receive_part")


def can_ask_extension(thing: Commitment | Milestone, actor: Actor) -> Verdict:
    """The office of a milestone, the lead of a commitment asks for more time (申请延期)."""
    units = [thing.unit] if isinstance(thing, Milestone) else answering(thing)
    if not units:
        return refuse(_("这项内容没有责任处室，不能申请延期；请先在计划中确定责任处室。"))
    words = _("只有%(units)s可以申请延期。") % {"units": "、".join(map(str, units))}
    return _of_office(actor, units, words, permission="commitments.ask_extension")


def can_decide_extension(extension: Extension, actor: Actor) -> Verdict:
    """Another person decides on more time (审批延期)."""
    verdict = holds(actor, "commitments.decide_extension")
    if verdict and actor.persons & _persons(extension.asked_by_id, extension.asked_for):
        return refuse(_("申请延期的人不能自己审批，请由另一位负责人审批。"))
    return verdict


def can_raise_disagreement(responsibility: Responsibility, actor: Actor) -> Verdict:
    """An office of a commitment brings a disagreement before a decider (提请裁定)."""
    words = _("只有%(unit)s可以就本处室的责任提请裁定。") % {"unit": responsibility.unit}
    return _of_office(actor, [responsibility.unit], words, permission="commitments.raise_disagreement")


def can_decide_disagreement(disagreement: Disagreement, actor: Actor) -> Verdict:
    """The named decider decides (裁定分歧), or who acts for him."""
    verdict = holds(actor, "commitments.decide_disagreement")
    if verdict and not actor.is_system and str(disagreement.decider_id) not in actor.persons:
        return refuse(_("这项分歧由%(who)s裁定。") % {"who": disagreement.decider})
    return verdict


def can_withdraw_disagreement(disagreement: Disagreement, actor: Actor) -> Verdict:
    """The office that brought it says that it is settled (撤回分歧)."""
    words = _("只有提出分歧的%(unit)s可以撤回。") % {"unit": disagreement.unit}
    return _of_office(actor, [disagreement.unit], words, permission="commitments.raise_disagreement")


def can_set_light(thing: Any, actor: Actor) -> Verdict:
    """A leader sets a light by hand, for a time and with a reason (人工定灯)."""
    del thing
    return holds(actor, "commitments.set_light")


def can_name_source(commitment: Commitment, actor: Actor) -> Verdict:
    """The lead office knows what else asks for the same work (补记来源)."""
    return can_merge_parts(commitment, actor)


def can_join_commitment(commitment: Commitment, actor: Actor) -> Verdict:
    """Who opens and drops commitments finds that one is another; a plan's own tasks stay where the plan names them."""
    if commitment.kind == Commitment.Kind.TASK:
        return refuse(_("计划任务由计划的版本决定，不能并入其他任务。"))
    return holds(actor, "commitments.keep_commitment")


def can_turn_rounds(thing: Any, actor: Actor) -> Verdict:
    """Rounds open and close by the scheme in force, turned by the program itself (报送轮次)."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("报送轮次由系统按现行办法开启和截止。"))


def answering(commitment: Commitment) -> list[Unit]:
    """The offices that answer for a commitment: its leads, else all of it; for a part without offices its task's."""
    parts = open_parts(commitment)
    if not parts and commitment.parent is not None:
        return answering(commitment.parent)
    leads = [part.unit for part in parts if part.role == Responsibility.Role.LEAD]
    return leads or [part.unit for part in parts if part.role != Responsibility.Role.GUIDE]


def _persons(by_id: str, on_behalf_of: str) -> set[str]:
    """Who did something and whom it was done for: neither is another person."""
    return {by_id, on_behalf_of.partition(":")[2] or by_id}


def _of_office(actor: Actor, units: Iterable[Unit], words: str, *, permission: str) -> Verdict:
    """The permission over one of the offices; ``words`` say whose it is to who holds it elsewhere."""
    verdict = holds(actor, permission)
    if not verdict or any(holds(actor, permission, over=Ref.of(unit)) for unit in units):
        return verdict
    return refuse(words)


def _of_part(actor: Actor, thing: Responsibility | Milestone, words: str, *, permission: str) -> Verdict:
    """The permission over the office of a part, or over its whole task (范围“单项任务”), as for a joint team."""
    verdict = _of_office(actor, [thing.unit], words, permission=permission)
    if verdict or not holds(actor, permission):
        return verdict
    task = Ref(Commitment._meta.label_lower, str(thing.commitment_id))
    return ALLOWED if holds(actor, permission, over=task) else verdict


def open_parts(commitment: Commitment) -> list[Responsibility]:
    """The responsibilities in force (uses what was prefetched)."""
    return [part for part in commitment.responsibilities.all() if part.until is None]


def can_move_parts(unit: Unit, actor: Actor) -> Verdict:
    """Who dissolves an office moves its open parts with it."""
    del unit
    return holds(actor, "parties.keep_unit")
