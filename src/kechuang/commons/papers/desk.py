# SPDX-License-Identifier: Apache-2.0
"""To-dos of papers: drafts of mine, papers to check, to countersign, to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk
from kechuang.commons.papers.models import Countersign, Paper
from kechuang.commons.papers.permissions import can_check_paper, can_sign_paper

STATE = Paper.State


@desk("papers")
def paper_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """At most two queries."""
    del day
    if not holds(actor, "papers.view_paper"):
        return
    open_states = (STATE.DRAFT, STATE.CHECKING, STATE.SIGNING)
    for paper in Paper.objects.filter(state__in=open_states).order_by("id")[:100]:
        if paper.state == STATE.DRAFT and paper.drafted_by_id == actor.id:
            yield _todo(paper, _("您拟的稿尚未送核"), "grey")
        elif paper.state == STATE.CHECKING and can_check_paper(paper, actor):
            yield _todo(paper, _("等您核稿"), "yellow")
        elif paper.state == STATE.SIGNING and can_sign_paper(paper, actor):
            yield _todo(paper, _("等您签发"), "yellow")
    everywhere, units = ids_in_scope(actor, "papers.countersign_paper", "parties.unit")
    if everywhere or units:
        asked = Countersign.objects.filter(agreed=None, paper__state=STATE.COUNTERSIGNING).select_related(
            "paper", "unit"
        )
        for countersign in asked if everywhere else asked.filter(unit__in=[int(unit) for unit in units]):
            yield _todo(countersign.paper, _("等%(unit)s会签") % {"unit": countersign.unit}, "yellow")


def _todo(paper: Paper, why: str, light: str) -> Todo:
    return Todo(
        paper.title, why, reverse("papers:paper-detail", args=[paper.pk]), light=light, group=str(_("文书"))
    )
