# SPDX-License-Identifier: Apache-2.0
"""What a clerk's year adds to the page of a commitment: receipts, steps, more time, disagreements, lights by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kechuang.commons.commitments.models import (
    Commitment,
    Disagreement,
    Extension,
    LightOverride,
    Milestone,
    Receipt,
    Responsibility,
)
from kechuang.commons.commitments.permissions import (
    can_ask_extension,
    can_decide_disagreement,
    can_decide_extension,
    can_draft_milestone,
    can_join_commitment,
    can_name_source,
    can_raise_disagreement,
    can_receive_part,
    can_set_light,
    can_withdraw_disagreement,
)
from kechuang.commons.commitments.wording import STEP_TONES
from kechuang.commons.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone with its tone and what its date was before it moved."""

    milestone: Milestone
    tone: str
    was: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement and what the viewer may do about it."""

    disagreement: Disagreement
    may_decide: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The year of a commitment as one viewer sees it; ``drafts`` and ``disputes_of`` are parts he may act for."""

    receipts: dict[int, Receipt]
    to_receive: frozenset[int]
    steps: tuple[Step, ...]
    extensions: tuple[tuple[Extension, bool], ...]
    disputes: tuple[Dispute, ...]
    light: LightOverride | None
    may_draft: tuple[Responsibility, ...]
    may_dispute: tuple[Responsibility, ...]
    may_extend: bool
    may_light: bool
    may_source: bool
    may_join: bool

    @property
    def acts(self) -> bool:
        """Whether the viewer may do anything at all."""
        one_of = (
            self.may_draft,
            self.may_dispute,
            self.may_extend,
            self.may_light,
            self.may_source,
            self.may_join,
        )
        return any(one_of)


def course_of(task: Commitment, parts: Sequence[Responsibility], actor: Actor, day: dt.date) -> Course:
    """The year of a commitment read by ``with_parts`` (2 queries)."""
    noted = {
        one.responsibility_id: one
        for one in Receipt.objects.filter(responsibility__in=[part.pk for part in parts])
        if one.role == next(part.role for part in parts if part.pk == one.responsibility_id)
    }
    lives = task.state == Commitment.State.OPEN
    extensions = task.extensions.select_related("milestone__unit")
    disputes: Iterable[Disagreement] = task.raised  # type: ignore[attr-defined]
    light = next((one for one in task.overrides.all() if one.since <= day < one.until), None)
    return Course(
        receipts=noted,
        to_receive=frozenset(
            part.pk for part in parts if lives and part.pk not in noted and can_receive_part(part, actor)
        ),
        steps=tuple(_step(one) for one in task.steps),  # type: ignore[attr-defined]
        extensions=tuple(
            (one, one.decided_on is None and bool(can_decide_extension(one, actor))) for one in extensions
        ),
        disputes=tuple(_dispute(one, actor) for one in disputes),
        light=light,
        may_draft=tuple(part for part in parts if lives and can_draft_milestone(part, actor)),
        may_dispute=tuple(
            part for part in parts if lives and len(parts) > 1 and can_raise_disagreement(part, actor)
        ),
        may_extend=lives and task.due is not None and bool(can_ask_extension(task, actor)),
        may_light=task.state in {"open", "awaiting"} and light is None and bool(can_set_light(task, actor)),
        may_source=lives and bool(can_name_source(task, actor)),
        may_join=lives and task.parent_id is None and bool(can_join_commitment(task, actor)),
    )


def _step(milestone: Milestone) -> Step:
    was = milestone.moves[0]["from"] if milestone.moves else ""
    return Step(milestone, STEP_TONES[milestone.state], was or "")


def _dispute(one: Disagreement, actor: Actor) -> Dispute:
    waits = one.decided_on is None
    return Dispute(
        one,
        waits and bool(can_decide_disagreement(one, actor)),
        waits and bool(can_withdraw_disagreement(one, actor)),
    )
