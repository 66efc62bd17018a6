# SPDX-License-Identifier: Apache-2.0
"""Several sources name one commitment (来源归并), so that nobody reports the same work twice."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Commitment, Report, Source
from kechuang.commons.commitments.permissions import can_join_commitment, can_name_source
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref

ALIVE = (Commitment.State.OPEN, Commitment.State.AWAITING)


@action("commitments.source.named", permission=can_name_source)
def name_source(commitment: Commitment, actor: Actor, *, source: Ref) -> Source:
    """Something else asks for the same (补记来源): a higher document, a meeting, a record; it opens nothing new."""
    del actor
    _require_alive(commitment)
    if source == Ref.of(commitment):
        raise Problem(_("一项任务不能是它自己的来源。"), field="source")
    if commitment.sources.filter(ref_kind=source.kind, ref_id=source.id).exists():
        raise Problem(_("这个来源已经记过。"), remedy=_("不必重复补记。"), field="source")
    note(commitment=commitment)
    return Source.objects.create(commitment=commitment, ref_kind=source.kind, ref_id=source.id)


@action("commitments.commitment.joined", permission=can_join_commitment)
def join_commitment(commitment: Commitment, actor: Actor, *, into: Commitment) -> Commitment:
    """What was opened asks for nothing but an existing commitment (并入): its sources name that one, it ends itself."""
    del actor
    into = Commitment.objects.select_for_update().get(pk=into.pk)
    _require_alive(commitment)
    _require_alive(into)
    if into.pk == commitment.pk:
        raise Problem(_("不能并入自己。"), remedy=_("请选择另一项任务。"), field="into")
    if Report.objects.filter(responsibility__commitment=commitment).exists():
        raise Problem(
            _("“%(title)s”已有处室报送，不能再并入。") % {"title": commitment.title},
            remedy=_("请照常汇总、办结。"),
        )
    for source in commitment.sources.all():
        Source.objects.get_or_create(commitment=into, ref_kind=source.ref_kind, ref_id=source.ref_id)
    commitment.state, commitment.closed_on = Commitment.State.DROPPED, clock.today()
    commitment.save(update_fields=["state", "closed_on"])
    note(into=into, before=Commitment.State.OPEN)
    return commitment


def _require_alive(commitment: Commitment) -> None:
    if commitment.state not in ALIVE:
        raise Problem(
            _("“%(title)s”当前状态为“%(state)s”。")
            % {"title": commitment.title, "state": commitment.get_state_display()},
            remedy=_("请刷新页面查看最新状态。"),
        )
