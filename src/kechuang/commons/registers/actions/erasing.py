# SPDX-License-Identifier: Apache-2.0
"""Erasing what is sensitive in a record (删除敏感信息)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.access.models import PersonalKey
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import can_head_record
from kechuang.commons.registers.queries import register_of
from kechuang.commons.registers.reading import place


@action("registers.record.erased", permission=can_head_record)
def erase_record(record: Record, actor: Actor, *, reason: str) -> Record:
    """Destroy the sensitive values of a record and the key of their digests; record and chain of the journal stay."""
    del actor
    piece = register_of(record.register)
    hidden = {field.code for field in piece.fields if field.access == "sensitive"}
    erased = sorted(hidden & record.data.keys())
    if not erased:
        raise Problem(_("这条记录没有敏感信息。"), remedy=_("无须删除。"))
    if not reason.strip():
        raise Problem(_("请写明原因。"), remedy=_("例如：应本人要求。"), field="reason")
    place(record, piece, {code: value for code, value in record.data.items() if code not in hidden})
    record.save()
    record.links.filter(field__in=erased).delete()
    ref = Ref.of(record)
    PersonalKey.objects.filter(ref_kind=ref.kind, ref_id=ref.id).delete()
    note(fields=erased)
    return record
