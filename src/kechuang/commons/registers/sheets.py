# SPDX-License-Identifier: Apache-2.0
"""Records in and out as Excel: a template with its lists, a sheet checked line by line before anything is stored."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from kechuang.commons.documents.cells import Cell, text_of
from kechuang.commons.documents.sheets import read_sheets
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.definitions import Field, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.reading import Directory, tried_record
from kechuang.commons.registers.values import unit_of

MOST_ROWS = 50_000
SKIPPED = {"file", "table", "yearly"}


def _fields(register: RegisterPiece) -> list[Field]:
    return [field for field in register.fields if field.type not in SKIPPED]


def _heads(field: Field) -> tuple[str, ...]:
    """How the column of a field may be headed: as the template has it, as a list is exported, by its code."""
    return field.label, f"{field.label}（{unit_of(field)}）", field.code


def template_of(register: RegisterPiece) -> bytes:
    """A workbook with the columns, a note under each head, and lists to choose from."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet, lists = book.add_worksheet(register.name[:31]), book.add_worksheet(_("选项"))
    head = book.add_format({"bold": True, "bottom": 1})
    must = book.add_format({"bold": True, "bottom": 1, "font_color": "#B00020"})
    for column, field in enumerate(_fields(register)):
        sheet.write_string(0, column, field.label, must if field.required else head)
        sheet.write_comment(0, column, _hint(field))
        sheet.set_column(column, column, max(12, 2 * len(field.label) + 4))
        if field.type in {"choice", "yes_no"}:
            labels = [option.label for option in field.options] or [_("是"), _("否")]
            for line, label in enumerate(labels):
                lists.write_string(line, column, label)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            source = f"='{_('选项')}'!${letter}$1:${letter}${len(labels)}"
            sheet.data_validation(1, column, MOST_ROWS, column, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 1)
    book.close()
    return file.getvalue()


def _hint(field: Field) -> str:
    words = [_("必填") if field.required else _("选填")]
    if field.options:
        words.append("、".join(option.label for option in field.options))
    if field.type == "date":
        words.append("2019-10-15")
    if unit := unit_of(field):
        words.append(_("单位：%(unit)s") % {"unit": unit})
    if field.help:
        words.append(field.help)
    return "\n".join(words)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet as read: rows ready to be taken, and what is wrong with the others by line."""

    rows: list[dict[str, Any]]
    faults: list[tuple[int, str]]
    unknown: list[str]


def check_sheet(register: RegisterPiece, name: str, data: bytes) -> Checked:
    """Read a sheet and try every row against the definition and the database (试导入); stores nothing."""
    lines = _lines(name, data)
    fields = {name: field for field in _fields(register) for name in _heads(field)}
    head = [text.strip().rstrip("*＊") for text in lines[0][1]]
    columns = {place: fields[text] for place, text in enumerate(head) if text in fields}
    missing = [
        f.label
        for f in _fields(register)
        if f.required and f.code not in {one.code for one in columns.values()}
    ]
    if missing:
        raise Problem(
            _("表头缺少必填列：%(columns)s。") % {"columns": "、".join(missing)},
            remedy=_("请下载模板，按模板的列名填写。"),
            field="file",
            line=lines[0][0],
        )
    rows: list[dict[str, Any]] = []
    for number, cells in lines[1:]:
        row: dict[str, Any] = {
            field.code: cells[place] for place, field in columns.items() if place < len(cells)
        }
        if any(str(value).strip() for value in row.values()):
            rows.append({**row, "_line": number})
    if len(rows) > MOST_ROWS:
        raise Problem(
            _("超过 %(most)s 行。") % {"most": MOST_ROWS}, remedy=_("请拆成几份，分别导入。"), field="file"
        )
    good, faults = _tried(register, rows)
    return Checked(good, faults, [text for text in head if text and text not in fields])


def _tried(
    register: RegisterPiece, rows: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    directory = Directory.of(register, rows)
    good, faults = [], []
    unique = [field for field in register.fields if field.unique]
    taken = {field.code: _taken(register, field, rows) for field in unique}
    seen: dict[str, set[Any]] = {field.code: set() for field in unique}
    for row in rows:
        data, wrong = tried_record(register, row, directory)
        wrong += [problem for field in unique if (problem := _told_twice(field, data, seen, taken))]
        if wrong:
            faults.append((int(row["_line"]), "\n".join(map(str, wrong))))
        else:
            good.append(row)
    return good, faults


def _taken(register: RegisterPiece, field: Field, rows: list[dict[str, Any]]) -> set[Any]:
    """Values of a unique field that records have already, of those in the sheet; one query."""
    code = f"data__{field.code}"
    values = [str(row.get(field.code) or "").strip() for row in rows]
    known = Record.objects.filter(register=register.code, **{f"{code}__in": values})
    return set(known.values_list(code, flat=True))


def _told_twice(
    field: Field, data: Mapping[str, Any], seen: dict[str, set[Any]], taken: Mapping[str, set[Any]]
) -> Problem | None:
    """What is wrong with a unique value that a record or a line before has."""
    value = data.get(field.code)
    if value is None:
        return None
    words = {"label": field.label, "value": value}
    if value in taken[field.code]:
        return Problem(
            _("“%(label)s”为“%(value)s”的记录已存在。") % words,
            remedy=_("请打开已有记录修改，不要重复登记。"),
        )
    if value in seen[field.code]:
        return Problem(_("“%(value)s”在表中重复。") % words, remedy=_("请删去重复行。"))
    seen[field.code].add(value)
    return None


def _lines(name: str, data: bytes) -> list[tuple[int, list[str]]]:
    """(line number, cells as text) of every line that says something, the head first."""
    sheet = read_sheets(name, data, most_rows=MOST_ROWS + 1)[0]
    lines = [(line.number, [_text(cell) for cell in line.cells]) for line in sheet.lines]
    if len(lines) < 2:  # noqa: PLR2004 -- a head and a row
        raise Problem(_("表里没有数据行。"), remedy=_("请从第二行起填写。"), field="file")
    return lines


def _text(cell: Cell) -> str:
    """The cell as text; what was written keeps its lines."""
    return cell.strip() if isinstance(cell, str) else text_of(cell)
