# SPDX-License-Identifier: Apache-2.0
"""Who may change facts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.facts.models import Indicator, Submission
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_install_facts(thing: Any, actor: Actor) -> Verdict:
    """Indicators and published observations come from content, loaded by the program itself."""
    del thing
    return ALLOWED if actor.is_system else refuse(_("只能由内容包装载。"))


def can_set_target(thing: Any, actor: Actor) -> Verdict:
    """Targets are set by issuing the document that promises them."""
    del thing
    return holds(actor, "facts.set_target")


def can_enter_observation(indicator: Indicator, actor: Actor) -> Verdict:
    """The office that answers for an indicator enters its values (填报数据); without one, whoever may enter."""
    return _of_owner(indicator, actor, "facts.enter_observation", _("这个指标的数据由%(unit)s填报。"))


def can_enter_some(thing: Any, actor: Actor) -> Verdict:
    """Who may enter anything at all may hand in a sheet; each line is asked for by itself."""
    del thing
    return holds(actor, "facts.enter_observation")


def can_verify_observation(submission: Submission, actor: Actor) -> Verdict:
    """A second person of the office that answers for the indicator verifies (核实数据)."""
    words = _("这个指标的数据由%(unit)s核实。")
    verdict = _of_owner(submission.indicator, actor, "facts.verify_observation", words)
    if verdict and submission.entered_by_id in actor.persons:
        return refuse(_("填报数据的人不能自己核实，请由另一位同事核实。"))
    return verdict


def _of_owner(indicator: Indicator, actor: Actor, permission: str, words: str) -> Verdict:
    verdict = holds(actor, permission)
    if not verdict or indicator.owner is None or holds(actor, permission, over=Ref.of(indicator.owner)):
        return verdict
    return refuse(words % {"unit": indicator.owner})
