# SPDX-License-Identifier: Apache-2.0
"""Anybody hands in a record (公众提交), without an account: the link that is given is the only way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kechuang.commons.access import tokens
from kechuang.commons.access.models import Purpose
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, TooMany
from kechuang.commons.registers.actions.records import make_record
from kechuang.commons.registers.intake import answered, intake_of, personal_fields
from kechuang.commons.registers.models import Filing, Record
from kechuang.commons.registers.permissions import can_file_record, can_rate_filing
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.reading import place

AN_HOUR, MOST_AN_HOUR = dt.timedelta(hours=1), 10


@action("registers.filing.made", permission=can_file_record, silent=("values", "sender"))
def file_record(
    thing: None,
    actor: Actor,
    *,
    register: str,
    values: Mapping[str, str | None],
    sender: str,
    purpose: Purpose | None = None,
) -> Filing:
    """Make a record of what was handed in; ``token`` of the result is shown once.

    Raises Problem where the register takes nothing, or somebody said who he is and did not agree to ``purpose``;
    TooMany for the eleventh in an hour from one place.
    """
    del thing
    piece = register_of(register)
    intake = intake_of(piece)
    sent_from, now = tokens.digest_of(sender), clock.now()
    if Filing.objects.filter(sender=sent_from, at__gt=now - AN_HOUR).count() >= MOST_AN_HOUR:
        raise TooMany(_("提交过于频繁。"), remedy=_("请一小时后再试，或联系主管处室。"))
    given = {code: text for code, text in values.items() if code in intake.fields and text}
    named = bool(given.keys() & personal_fields(piece))
    if named and (purpose is None or not purpose.current):
        raise Problem(
            _("填写了个人信息，须先同意其用途。"),
            remedy=_("请阅读后勾选同意，或清空个人信息匿名提交。"),
            field="agree",
        )
    record = make_record(None, actor, register=register, values=given, source=_("公众提交"))
    token = tokens.new_token()
    filing = Filing.objects.create(
        record=record,
        digest=tokens.digest_of(token),
        sender=sent_from,
        purpose=purpose if named else None,
        at=now,
    )
    filing.token = token
    return filing


@action("registers.filing.rated", permission=can_rate_filing)
def rate_filing(filing: Filing, actor: Actor, *, rating: str) -> Filing:
    """Who handed it in says how content he is with the answer (评价), once."""
    del actor
    record = Record.objects.select_for_update().get(pk=filing.record_id)
    piece = register_of(record.register)
    field = piece.field(intake_of(piece).rating or "")
    if field is None or rating not in {option.code for option in field.options}:
        raise Problem(_("没有这样的评价。"), remedy=_("请从页面上选择。"), field="rating")
    if not answered(piece, record):
        raise Problem(_("还没有答复，不能评价。"), remedy=_("答复公开后，请再打开这个链接。"))
    if filing.rated_at is not None:
        raise Problem(_("已经评价过。"), remedy=_("每件只评价一次。"))
    note(record=record.number or record.title)
    place(record, piece, {**record.data, field.code: rating})
    record.save()
    filing.rated_at = clock.now()
    filing.save(update_fields=["rated_at"])
    return filing
