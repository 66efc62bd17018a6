# SPDX-License-Identifier: Apache-2.0
"""Records that name an organisation, on its page (机构页上的台账记录)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.panels import Panel, Party
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import RecordLink
from kechuang.commons.registers.queries import naming_any, registers
from kechuang.commons.ui import marks
from kechuang.commons.ui.columns import Column

MOST = 20


def record_panel(party: Party, day: dt.date, viewer: Actor) -> Panel | None:
    """The newest records that name the organisation, each with its register, state and what it says of it."""
    del day
    if not holds(viewer, "registers.view_record"):
        return None
    links = naming_any(party.refs)
    shown = list(links[:MOST])
    if not shown:
        return None
    known = registers()

    def state(link: RecordLink) -> SafeString:
        piece = known.get(link.record.register)
        if piece is None:
            return SafeString("—")
        found = piece.state(link.record.state)
        return marks.chip(found.label, found.tone)

    def title(link: RecordLink) -> SafeString:
        page = reverse("registers:record-detail", args=[link.record_id])
        return format_html('<a href="{}">{}</a>', page, link.record.title)

    def called(link: RecordLink) -> str:
        piece = known.get(link.record.register)
        field = piece.field(link.field) if piece else None
        return (field.inverse or field.label) if field else link.field

    columns = (
        Column("register", _("台账"), value=lambda link: _name(known, link)),
        Column("title", _("记录"), cell=title, css="kc-main-col"),
        Column("field", _("关系"), value=called),
        Column("state", _("状态"), cell=state),
        Column("opened_on", _("登记日期"), value=lambda link: link.record.opened_on, kind="date"),
    )
    total = len(shown) if len(shown) < MOST else links.count()
    return Panel(_("台账记录"), columns, shown, total=total, order=30)


def _name(known: Mapping[str, RegisterPiece], link: RecordLink) -> str:
    piece = known.get(link.record.register)
    return piece.name if piece else link.record.register
