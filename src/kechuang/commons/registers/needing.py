# SPDX-License-Identifier: Apache-2.0
"""What a move needs (流转所需): a reason, something that shows it, fields that are filled, sides that agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.computing import born_of
from kechuang.commons.registers.consenting import sides_of
from kechuang.commons.registers.definitions import Field, Move, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.reading import Directory, read_field

ELSEWHERE = {"table", "yearly", "file"}
"""Filled where the record is edited; anything else may be filled in the act of moving."""


def fields_at(piece: RegisterPiece, move: Move) -> list[Field]:
    """The fields that a move needs and that may be filled as it is made."""
    needed = (piece.field(need) for need in move.needs if need not in {"reason", "evidence"})
    return [field for field in needed if field is not None and field.type not in ELSEWHERE]


def filled(
    piece: RegisterPiece, record: Record, move: Move, values: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What a record says once a move has filled what it needs and may be filled by it; other values are not taken."""
    needed = {field.code for field in fields_at(piece, move)}
    given = {code: text for code, text in (values or {}).items() if code in needed}
    directory = Directory.of(piece, [given])
    read = {
        field.code: read_field(field, given[field.code], directory)
        for field in piece.fields
        if field.code in given
    }
    data = {**record.data, **read, **born_of(piece, record)}
    return {code: value for code, value in data.items() if value not in (None, [], {})}


def require_needs(
    piece: RegisterPiece, record: Record, needs: Iterable[str], reason: str, evidence: Sequence[Ref]
) -> None:
    """Raises Problem for the first thing that a move needs and that is not there."""
    for need in needs:
        if need == "reason":
            if not reason.strip():
                raise Problem(_("请填写原因。"), remedy=_("这一步需要写明原因。"), field="reason")
        elif need == "evidence":
            if not evidence:
                raise Problem(
                    _("这一步需要佐证。"), remedy=_("请上传文件，或引用系统内的记录。"), field="proof"
                )
        else:
            _require_side(piece, record, need)
            _require_filled(piece, record, need)


def _require_side(piece: RegisterPiece, record: Record, need: str) -> None:
    consent = piece.consent(need)
    if consent is None:
        return
    side = next(one for one in sides_of(piece, record) if one.consent == consent)
    if side.standing != "agreed":
        raise Problem(
            _("“%(label)s”还没有同意现在的内容，不能办理这一步。") % {"label": consent.label},
            remedy=_("请在记录页“各方同意”中办理。"),
            field=need,
        )


def _require_filled(piece: RegisterPiece, record: Record, need: str) -> None:
    field = piece.field(need)
    if field is not None and record.data.get(need) in (None, "", [], {}):
        raise Problem(
            _("“%(label)s”还没有填写，不能办理这一步。") % {"label": field.label},
            remedy=_("请先修改记录，填好这一项。"),
            field=need,
        )
