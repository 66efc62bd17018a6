# SPDX-License-Identifier: Apache-2.0
"""Who sends, answers and withdraws letters; who objects to points and who decides."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import Verdict, refuse
from kechuang.commons.oversight.models import Letter, Objection
from kechuang.commons.parties.models import Unit


def can_issue_letter(thing: Any, actor: Actor) -> Verdict:
    """Who follows up (督办) sends letters and takes them back."""
    del thing
    return holds(actor, "oversight.issue_letter")


def can_answer_letter(letter: Letter, actor: Actor) -> Verdict:
    """The office it was sent to answers it, by a report of its part."""
    verdict = holds(actor, "commitments.report_part")
    if not verdict or holds(actor, "commitments.report_part", over=Ref.of(letter.unit)):
        return verdict
    return refuse(_("这份督办单由%(unit)s回复。") % {"unit": letter.unit})


def can_raise_objection(unit: Unit, actor: Actor) -> Verdict:
    """An office objects to its own points (申诉)."""
    verdict = holds(actor, "oversight.raise_objection")
    if not verdict or holds(actor, "oversight.raise_objection", over=Ref.of(unit)):
        return verdict
    return refuse(_("只有%(unit)s可以对本处室的评分提出申诉。") % {"unit": unit})


def can_decide_objection(objection: Objection, actor: Actor) -> Verdict:
    """Another person decides (审定申诉)."""
    verdict = holds(actor, "oversight.decide_objection")
    if verdict and objection.raised_by_id in actor.persons:
        return refuse(_("提出申诉的人不能自己审定，请由另一位负责人审定。"))
    return verdict
