# SPDX-License-Identifier: Apache-2.0
"""Figures of a record year by year (分年数字): drawn as bars, and the same numbers with the change in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from kechuang.commons.registers.definitions import Field, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.values import as_number
from kechuang.commons.ui.bars import bar_chart


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year, its value, and how it differs from the year before, where that is known."""

    year: str
    value: Decimal
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class YearlyFigure:
    """A yearly field as it is shown."""

    field: Field
    chart: SafeString
    lines: list[YearLine]


def yearly_of(register: RegisterPiece, record: Record) -> Iterator[YearlyFigure]:
    """Every yearly field that says something; a sensitive one stays masked among the others."""
    for field in register.fields:
        stored = record.data.get(field.code)
        if field.type != "yearly" or field.access == "sensitive" or not stored:
            continue
        values = {int(year): as_number(field, value) for year, value in stored.items()}
        lines = [
            YearLine(str(year), value, value - values[year - 1] if year - 1 in values else None)
            for year, value in sorted(values.items())
        ]
        chart = bar_chart([(line.year, line.value) for line in lines], field.label, field.unit)
        yield YearlyFigure(field, chart, lines)
