# SPDX-License-Identifier: Apache-2.0
"""Sensitive fields of records (脱敏): masked everywhere; who may see them sees one whole for a purpose, journaled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from kechuang.commons.access.fieldclasses import FieldClass, classes, listed, sensitive
from kechuang.commons.access.reach import unmasking
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.parts import Field
from kechuang.commons.registers.permissions import can_unmask_record
from kechuang.commons.registers.queries import names_in, register_of, registers
from kechuang.commons.registers.values import cell_words, words_of


def classes_of(record: Record) -> Mapping[str, FieldClass]:
    """The classes of the fields that the definition says are sensitive."""
    fields = register_of(record.register).fields
    return {
        field.code: sensitive(field.label, "all", partial(_whole, field))
        for field in fields
        if field.access == "sensitive"
    }


def _whole(field: Field, record: Record) -> str:
    """The value in words; of a table, its lines."""
    stored: Any = record.data.get(field.code)
    names = names_in(register_of(record.register), [record])
    if field.type != "table":
        return words_of(field, stored, names)
    lines = [[cell_words(one, row.get(one.code), names) for one in field.columns] for row in stored or ()]
    return "；".join("，".join(line) for line in lines)


def sensitive_fields() -> list[tuple[str, FieldClass]]:
    """Every sensitive field of every register, with the register's name: for the page of roles and permissions."""
    return [
        (piece.name, sensitive(field.label, "all"))
        for piece in registers().values()
        for field in piece.fields
        if field.access == "sensitive"
    ]


classes.fill("registers.record", classes_of)
listed.fill("registers.record", sensitive_fields)
unmasking.fill("registers.record", can_unmask_record)
