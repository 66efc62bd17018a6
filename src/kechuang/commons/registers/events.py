# SPDX-License-Identifier: Apache-2.0
"""Records that are events (活动): whether their sessions may be booked, which office holds them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import register_of, registers
from kechuang.commons.slots.ports import Welcome

KIND = "registers.record"


def record_bookable(about: Ref) -> Verdict | None:
    """Open while the record is in one of the states that its register names (fills ``slots.bookable``)."""
    record = _record(about)
    if record is None:
        return None
    try:
        piece = register_of(record.register)
    except Problem:
        return refuse(_("这份台账已不存在。"))
    if record.state in piece.sessions:
        return ALLOWED
    state = piece.state(record.state).label
    return refuse(_("“%(title)s”当前为“%(state)s”，不接受预约。") % {"title": record.title, "state": state})


def record_keeper(about: Ref) -> Unit | None:
    """The office that keeps the record (fills ``slots.keepers``)."""
    record = _record(about)
    return record.unit if record else None


def record_welcome(about: Ref) -> Welcome | None:
    """What everybody sees and may sign up for, if its register says so (fills ``slots.welcomes``)."""
    record = _record(about)
    piece = registers().get(record.register) if record else None
    if record is None or piece is None or not welcomes_all(piece, record):
        return None
    page = reverse("registers:public-list", args=[piece.code])
    return Welcome(record.title, page, record_bookable(about) or ALLOWED)


def welcomes_all(piece: RegisterPiece, record: Record) -> bool:
    """Whether a record is on the public page of a register that lets anybody sign up there."""
    return piece.public is not None and piece.public.sign_up and record.state in piece.public.states


def _record(about: Ref) -> Record | None:
    if about.kind != KIND:
        return None
    return Record.objects.select_related("unit").filter(pk=about.id).first()
