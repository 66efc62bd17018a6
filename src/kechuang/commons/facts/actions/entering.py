# SPDX-License-Identifier: Apache-2.0
"""Values that offices enter (数据填报): with proof, counted once a second person has verified them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kechuang.commons.documents.actions import store_document
from kechuang.commons.facts.entered import Entered, check_entered
from kechuang.commons.facts.models import Indicator, Observation, Submission, scaled
from kechuang.commons.facts.permissions import (
    can_enter_observation,
    can_enter_some,
    can_verify_observation,
)
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref


@action("facts.observation.entered", permission=can_enter_observation, silent=("file",))
def enter_observation(
    indicator: Indicator,
    actor: Actor,
    *,
    entered: Entered,
    proof: Ref | None = None,
    file: tuple[str, bytes] | None = None,
) -> Submission:
    """Enter a value with what shows it: a file as (name, content), or a record (填报)."""
    check_entered(indicator, entered)
    if file is not None:
        name, data = file
        proof = Ref.of(store_document(None, actor, name=name, data=data, about=Ref.of(indicator)))
    if proof is None:
        raise Problem(
            _("填报数据需要佐证。"),
            remedy=_("请上传发布文件、统计表，或引用系统内的记录。"),
            field="file",
        )
    return _kept(indicator, actor, entered, proof)


@action("facts.observations.entered", permission=can_enter_some, silent=("rows", "data"))
def enter_observations(
    thing: None, actor: Actor, *, rows: Sequence[tuple[Indicator, Entered]], name: str, data: bytes
) -> int:
    """Enter a whole sheet, which is its own proof (批量填报): all of it or nothing; returns how many."""
    del thing
    if not rows:
        raise Problem(_("表里没有可以填报的数据。"), remedy=_("请从第二行起填写。"), field="file")
    proof = Ref.of(store_document(None, actor, name=name, data=data, about=Ref.of(rows[0][0])))
    made = []
    for indicator, entered in rows:
        verdict = can_enter_observation(indicator, actor)
        if not verdict:
            raise Refused(verdict)
        check_entered(indicator, entered)
        made.append(_kept(indicator, actor, entered, proof))
    note(submissions=[one.pk for one in made], proof=proof)
    return len(made)


@action("facts.observation.verified", permission=can_verify_observation)
def verify_observation(submission: Submission, actor: Actor) -> Submission:
    """A second person verifies a value (核实): from today it counts, as the next vintage of its period."""
    _require_open(submission)
    indicator = Indicator.objects.select_for_update().get(pk=submission.indicator_id)
    earlier = Observation.objects.filter(
        indicator=indicator,
        region=submission.region,
        period_start=submission.period_start,
        period_end=submission.period_end,
    ).order_by("-vintage")
    last = earlier.first()
    submission.observation = Observation.objects.create(
        indicator=indicator,
        region=submission.region,
        scaled=submission.scaled,
        places=submission.places,
        period_start=submission.period_start,
        period_end=submission.period_end,
        vintage=last.vintage + 1 if last else 1,
        vintage_word=submission.vintage_word,
        published_on=submission.published_on,
        recorded_on=clock.today(),
        source=submission.source,
        verified=True,
    )
    note(before=last.value if last else "", value=submission.value, vintage=submission.observation.vintage)
    return _settled(submission, actor, Submission.State.VERIFIED)


@action("facts.observation.returned", permission=can_verify_observation)
def return_observation(submission: Submission, actor: Actor, *, reason: str) -> Submission:
    """Send a value back with a reason (退回); it is entered anew."""
    _require_open(submission)
    if not reason.strip():
        raise Problem(_("请写明退回意见。"), remedy=_("写明哪里与佐证不符。"), field="reason")
    submission.remark = reason.strip()
    return _settled(submission, actor, Submission.State.RETURNED)


def _kept(indicator: Indicator, actor: Actor, entered: Entered, proof: Ref) -> Submission:
    number, places = scaled(entered.value)
    return Submission.objects.create(
        indicator=indicator,
        region=entered.region,
        scaled=number,
        places=places,
        period_start=entered.period_start,
        period_end=entered.period_end,
        vintage_word=entered.vintage_word.strip(),
        published_on=entered.published_on,
        source=entered.source.strip(),
        proof_kind=proof.kind,
        proof_id=proof.id,
        entered_on=clock.today(),
        entered_by=actor.name,
        entered_by_id=actor.id,
    )


def _require_open(submission: Submission) -> None:
    if submission.state != Submission.State.ENTERED:
        raise Problem(
            _("这个数值当前状态为“%(state)s”。") % {"state": submission.get_state_display()},
            remedy=_("请刷新页面。"),
        )


def _settled(submission: Submission, actor: Actor, state: str) -> Submission:
    submission.state, submission.settled_on, submission.settled_by = state, clock.today(), actor.name
    submission.save(update_fields=["state", "settled_on", "settled_by", "remark", "observation"])
    return submission
