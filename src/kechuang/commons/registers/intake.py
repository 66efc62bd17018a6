# SPDX-License-Identifier: Apache-2.0
"""What the public may hand in to a register (公众提交): which fields, whether it was answered, by which link."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kechuang.commons.access.models import Purpose
from kechuang.commons.access.secret_links import secret_address
from kechuang.commons.access.tokens import digest_of
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.definitions import Field, Intake, RegisterPiece
from kechuang.commons.registers.models import Filing, Record

PURPOSE = "public_filing"


def intake_of(piece: RegisterPiece) -> Intake:
    """What the public may hand in. Raises Problem where the register takes nothing."""
    if piece.public is None or piece.public.intake is None:
        raise Problem(_("这份台账不接受公众提交。"), remedy=_("请联系主管处室。"))
    return piece.public.intake


def fields_asked(piece: RegisterPiece) -> tuple[Field, ...]:
    """The fields that the public fills, as the register orders them."""
    asked = intake_of(piece).fields
    return tuple(field for field in piece.fields if field.code in asked)


def personal_fields(piece: RegisterPiece) -> set[str]:
    """The codes of those among them that tell who somebody is; nobody must fill them."""
    return {field.code for field in fields_asked(piece) if field.access == "sensitive"}


def answered(piece: RegisterPiece, record: Record) -> bool:
    """Whether the record stands where everybody sees it."""
    return piece.public is not None and record.state in piece.public.states


def said_by_sender(piece: RegisterPiece, record: Record) -> frozenset[str]:
    """The field that is for whoever handed the record in to fill, and for nobody else."""
    intake = piece.public.intake if piece.public else None
    if intake is None or intake.rating is None or not record.pk:
        return frozenset()
    return frozenset({intake.rating}) if Filing.objects.filter(record=record).exists() else frozenset()


def filing_purpose() -> Purpose | None:
    """The text that somebody agrees to who says who he is."""
    return Purpose.objects.filter(code=PURPOSE, current=True).first()


def filings() -> QuerySet[Filing]:
    """What was handed in, with its records."""
    return Filing.objects.select_related("record__unit")


def filing_by(token: str) -> Filing | None:
    """What a secret opens."""
    return filings().filter(digest=digest_of(token)).first()


def address_of(token: str) -> str:
    """The full address of what was handed in."""
    return secret_address("registers:filing-link", token)
