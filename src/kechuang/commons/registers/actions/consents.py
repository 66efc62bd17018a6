# SPDX-License-Identifier: Apache-2.0
"""What the sides of a record say to it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.verdicts import refuse
from kechuang.commons.registers.consenting import digest_of, may_speak, sides_of
from kechuang.commons.registers.models import Record, RecordConsent
from kechuang.commons.registers.permissions import can_give_consent
from kechuang.commons.registers.queries import register_of


@action("registers.consent.given", permission=can_give_consent)
def give_consent(record: Record, actor: Actor, *, side: str, agreed: bool, text: str = "") -> RecordConsent:
    """A side agrees to the record as it stands, or not (表态); nobody speaks for two sides."""
    piece = register_of(record.register)
    consent = piece.consent(side)
    if consent is None:
        raise Problem(_("这份台账没有这一方。"), remedy=_("请从记录页办理。"))
    verdict = may_speak(consent, record, actor)
    if not verdict:
        raise Refused(verdict)
    empty = [
        field.label
        for field in piece.fields
        if field.code in consent.over and not record.data.get(field.code)
    ]
    if agreed and empty:
        raise Problem(
            _("“%(what)s”还没有填写。") % {"what": "、".join(empty)}, remedy=_("请先写明要同意的内容。")
        )
    if not agreed and not text.strip():
        raise Problem(_("不同意须写明原因。"), remedy=_("写明要改什么。"), field="text")
    others = [one for one in sides_of(piece, record) if one.consent.code != side and one.standing == "agreed"]
    if any(one.said and actor.persons & set(one.said.persons) for one in others):
        raise Refused(refuse(_("您已代表另一方同意，须由另一人代表“%(side)s”。") % {"side": consent.label}))
    note(side=consent.label)
    return RecordConsent.objects.create(
        record=record,
        side=side,
        agreed=agreed,
        text=text.strip()[:400],
        seen=digest_of(consent, record),
        by=actor.name,
        persons=sorted(actor.persons),
        day=clock.today(),
        at=clock.now(),
    )
