# SPDX-License-Identifier: Apache-2.0
"""Objections to points (申诉): raised by the office with a reason, decided by another person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.models import Objection
from kechuang.commons.oversight.permissions import can_decide_objection, can_raise_objection
from kechuang.commons.oversight.scoring import sheet_of
from kechuang.commons.parties.models import Unit


@action("oversight.objection.raised", permission=can_raise_objection)
def raise_objection(unit: Unit, actor: Actor, *, year: int, event: str, cause: Ref, reason: str) -> Objection:
    """An office objects to an event of its sheet (申诉), with a reason."""
    if not reason.strip():
        raise Problem(_("请填写申诉理由。"), remedy=_("写明事实和依据。"), field="reason")
    sheet = sheet_of(unit, year, clock.today())
    if not any(
        item.event is not None and (item.event.kind, item.event.cause) == (event, str(cause))
        for item in sheet.items
    ):
        raise Problem(_("评分表里没有这一项。"), remedy=_("请从评分表进入。"))
    if Objection.objects.filter(
        unit=unit, year=year, event=event, cause_kind=cause.kind, cause_id=cause.id
    ).exists():
        raise Problem(_("这一项已经提出过申诉。"), remedy=_("请等待审定，或查看审定意见。"))
    return Objection.objects.create(
        unit=unit,
        year=year,
        event=event,
        cause_kind=cause.kind,
        cause_id=cause.id,
        reason=reason.strip(),
        raised_on=clock.today(),
        raised_by=actor.name,
        raised_by_id=actor.id,
    )


@action("oversight.objection.decided", permission=can_decide_objection)
def decide_objection(objection: Objection, actor: Actor, *, upheld: bool, words: str) -> Objection:
    """Another person decides (审定): upheld, the event no longer costs points; the reason stands in the sheet."""
    if objection.decided_on is not None:
        raise Problem(
            _("这项申诉已由%(by)s于 %(day)s 审定。")
            % {"by": objection.decided_by, "day": objection.decided_on.isoformat()},
            remedy=_("请刷新页面。"),
        )
    if not words.strip():
        raise Problem(_("请填写审定意见。"), remedy=_("写明成立或不成立的理由。"), field="words")
    objection.decided_on, objection.decided_by = clock.today(), actor.name
    objection.upheld, objection.words = upheld, words.strip()
    objection.save(update_fields=["decided_on", "decided_by", "upheld", "words"])
    note(unit=objection.unit, cause=objection.cause)
    return objection
