# SPDX-License-Identifier: Apache-2.0
"""Disagreements (分歧) between the offices of a commitment: raised before a named person, decided by a day."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import User
from kechuang.commons.commitments.models import Disagreement, Responsibility
from kechuang.commons.commitments.permissions import (
    can_decide_disagreement,
    can_raise_disagreement,
    can_withdraw_disagreement,
    open_parts,
)
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Unit


@action("commitments.disagreement.raised", permission=can_raise_disagreement)
def raise_disagreement(
    responsibility: Responsibility, actor: Actor, *, other: Unit, text: str, decider: User, due: dt.date
) -> Disagreement:
    """An office brings a disagreement with another office of the commitment before a decider (提请裁定)."""
    roles = {part.unit_id: part.role for part in open_parts(responsibility.commitment)}
    if responsibility.unit_id not in roles or other.pk not in roles or other.pk == responsibility.unit_id:
        raise Problem(
            _("%(unit)s与%(other)s不是这项任务的两个责任处室。")
            % {"unit": responsibility.unit, "other": other},
            remedy=_("请选择同一任务的另一个责任处室。"),
            field="other",
        )
    lead = Responsibility.Role.LEAD
    if lead in roles.values() and lead not in {roles[responsibility.unit_id], roles[other.pk]}:
        raise Problem(
            _("分歧须在牵头处室与配合处室之间提请裁定。"),
            remedy=_("配合处室之间的分歧请先由牵头处室协调。"),
            field="other",
        )
    if not text.strip():
        raise Problem(_("请填写分歧事项。"), remedy=_("写明双方各自的意见和需要裁定什么。"), field="text")
    day = clock.today()
    if due < day:
        raise Problem(
            _("裁定时限 %(due)s 已经过去。") % {"due": due.isoformat()},
            remedy=_("请填写今天或以后的日期。"),
            field="due",
        )
    _require_decider(decider, actor)
    disagreement = Disagreement.objects.create(
        commitment=responsibility.commitment,
        unit=responsibility.unit,
        other=other,
        text=text.strip(),
        decider=decider,
        due=due,
        raised_on=day,
        raised_by=actor.name,
    )
    note(commitment=responsibility.commitment)
    return disagreement


@action("commitments.disagreement.decided", permission=can_decide_disagreement)
def decide_disagreement(disagreement: Disagreement, actor: Actor, *, decision: str) -> Disagreement:
    """The decider decides (裁定)."""
    del actor
    return _settle(disagreement, decision, withdrawn=False)


@action("commitments.disagreement.withdrawn", permission=can_withdraw_disagreement)
def withdraw_disagreement(disagreement: Disagreement, actor: Actor, *, outcome: str) -> Disagreement:
    """The offices settled it between them (撤回): how is written down."""
    del actor
    return _settle(disagreement, outcome, withdrawn=True)


def _settle(disagreement: Disagreement, words: str, *, withdrawn: bool) -> Disagreement:
    if disagreement.decided_on is not None:
        raise Problem(
            _("这项分歧已于 %(day)s 了结。") % {"day": disagreement.decided_on.isoformat()},
            remedy=_("请刷新页面。"),
        )
    if not words.strip():
        raise Problem(_("请填写裁定意见或协商结果。"), remedy=_("写明由谁、怎么办、何时。"), field="decision")
    disagreement.decided_on, disagreement.decision = clock.today(), words.strip()
    disagreement.withdrawn = withdrawn
    disagreement.save(update_fields=["decided_on", "decision", "withdrawn"])
    note(commitment=disagreement.commitment)
    return disagreement


def _require_decider(decider: User, actor: Actor) -> None:
    if str(decider.pk) in actor.persons:
        raise Problem(
            _("提出分歧的人不能自己裁定。"), remedy=_("请选择另一位负责人作为裁定人。"), field="decider"
        )
    if not decider.is_active or not holds(actor_of(decider), "commitments.decide_disagreement"):
        raise Problem(
            _("%(who)s没有裁定分歧的权限。") % {"who": decider},
            remedy=_("请选择分管的局领导作为裁定人。"),
            field="decider",
        )
