# SPDX-License-Identifier: Apache-2.0
"""What is wrong with what a definition counts and works out (计数检查); pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.values import read_text

if TYPE_CHECKING:
    from kechuang.commons.registers.definitions import RegisterPiece


def count_faults(register: RegisterPiece) -> Iterator[str]:
    """Sums of what is no number, and shares of what they are no part of."""
    for count in register.figures:
        summed = register.field(count.sum) if count.sum else None
        if summed is not None and summed.type not in {"number", "money"}:
            yield _("“%(where)s”合计的字段“%(label)s”不是数字") % {
                "where": count.title,
                "label": summed.label,
            }
        yield from _where_faults(register, count.title, count.where)
        if count.of is None:
            continue
        yield from _where_faults(register, count.title, count.of.where)
        every = {state.code for state in register.states}
        inside = set(count.states or every) <= set(count.of.states or every)
        if not (inside and count.of.where.items() <= count.where.items()):
            yield _("“%(where)s”计数的记录须都在作为整体的记录之内") % {"where": count.title}
        if count.unit not in {"", "%"}:
            yield _("“%(where)s”是占比，单位只能是百分号") % {"where": count.title}


def _where_faults(register: RegisterPiece, title: str, where: Mapping[str, str]) -> Iterator[str]:
    """Conditions on what a field can never say, as after an option of it was renamed."""
    for code, wanted in where.items():
        field = register.field(code)
        if field is None:
            continue
        try:
            read_text(field, wanted)
        except Problem as problem:
            yield _("“%(where)s”的条件不成立：%(why)s") % {"where": title, "why": problem.what}


def computed_faults(register: RegisterPiece) -> Iterator[str]:
    """Ages of what is no date, lines of what is no table, sums of what is no column of numbers."""
    for one in register.computed:
        code, _dot, column = one.of.partition(".")
        field = register.field(code)
        if field is None:
            continue
        if one.kind == "age" and field.type != "date":
            yield _("“%(where)s”计年数用到的字段“%(label)s”不是日期") % {
                "where": one.label,
                "label": field.label,
            }
        if one.kind == "lines":
            yield from column_faults(register, code, one.label, {})
        if one.kind == "sum":
            yield from column_faults(register, code, one.label, {column: "number"})


def column_faults(register: RegisterPiece, code: str, where: str, wanted: Mapping[str, str]) -> Iterator[str]:
    """Columns that something needs, with their types, and that a table has not."""
    field = register.field(code)
    if field is None or field.type != "table":
        yield _("“%(where)s”用到的字段 %(code)s 不是表格") % {"where": where, "code": code}
        return
    kinds = {column.code: column.type for column in field.columns}
    for column, kind in wanted.items():
        if kinds.get(column) != kind:
            yield _("“%(where)s”用到的表格“%(label)s”缺少列 %(code)s，或其类型不对") % {
                "where": where,
                "label": field.label,
                "code": column,
            }
