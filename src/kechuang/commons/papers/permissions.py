# SPDX-License-Identifier: Apache-2.0
"""Who may draft, check, countersign, issue and void papers; one person does not do two steps of one paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.papers.models import Countersign, Paper


def can_view_paper(paper: Paper, actor: Actor) -> Verdict:
    """Who may read papers; drafts are for those who work on papers."""
    del paper
    return holds(actor, "papers.view_paper")


def can_draft_paper(thing: Any, actor: Actor) -> Verdict:
    """Who may draft (拟稿)."""
    del thing
    return holds(actor, "papers.draft_paper")


def can_edit_paper(paper: Paper, actor: Actor) -> Verdict:
    """The drafter edits the draft."""
    verdict = holds(actor, "papers.draft_paper")
    if not verdict or actor.is_system:
        return verdict
    return ALLOWED if paper.drafted_by_id == actor.id else refuse(_("只有拟稿人可以修改这份文书。"))


def can_check_paper(paper: Paper, actor: Actor) -> Verdict:
    """Somebody other than the drafter checks (核稿)."""
    verdict = holds(actor, "papers.check_paper")
    if verdict and paper.drafted_by_id in actor.persons:
        return refuse(_("拟稿人不能核自己的稿，请由另一位同事核稿。"))
    return verdict


def can_countersign_paper(countersign: Countersign, actor: Actor) -> Verdict:
    """The office asked answers for itself (会签)."""
    return holds(actor, "papers.countersign_paper", over=Ref.of(countersign.unit))


def can_sign_paper(paper: Paper, actor: Actor) -> Verdict:
    """Somebody who neither drafted nor checked it issues it (签发)."""
    verdict = holds(actor, "papers.sign_paper")
    if verdict and actor.persons & {paper.drafted_by_id, paper.checked_by_id}:
        return refuse(_("拟稿人和核稿人不能签发，请由另一位负责人签发。"))
    return verdict


def can_send_back_paper(paper: Paper, actor: Actor) -> Verdict:
    """Who takes the next step of it may send it back instead (退回修改): who checks, else who signs."""
    return (can_check_paper if paper.state == Paper.State.CHECKING else can_sign_paper)(paper, actor)


def can_return_word(paper: Paper, actor: Actor) -> Verdict:
    """Who drafts papers also brings back the retouched Word (定稿回传)."""
    del paper
    return holds(actor, "papers.draft_paper")
