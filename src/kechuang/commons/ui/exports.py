# SPDX-License-Identifier: Apache-2.0
"""Export of exactly what a list shows, as Excel or CSV (导出).

Numbers and days are real numbers and days. Text that a spreadsheet would take for a formula stays text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from decimal import Decimal
from fractions import Fraction
from html import unescape
from typing import IO, Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui.columns import Column
from kechuang.commons.ui.numbers import exact

MAX_ROWS = 1_048_575
MAX_CELL = 32_767
MAX_EXACT = 10**15
FIRST_YEAR = 1900
MARK_EVERY, MOST_MARKS = 25, 400
_MARK = {
    "width": 620,
    "height": 60,
    "fill": {"none": True},
    "line": {"none": True},
    "font": {"color": "#C4CBD2", "size": 20},
    "object_position": 3,
}
_FORMULA = re.compile(r"^[\s\x00-\x1f]*[=+\-@\t\r＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMATS = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "percent": "0.0%", "yuan": "#,##0.00"}
_WIDTHS = {"text": 24, "moment": 18}


def plain(column: Column, value: object) -> object:
    """A value as a number, a day, a naive local moment, or text without markup."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or column.kind == "yes_no":
        return _("是") if value else _("否")
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, dt.date):
        return value
    number = exact(value) if isinstance(value, (int, float, Decimal, Fraction)) else None
    if number is not None:
        return number / 100 if column.kind == "yuan" else number
    return _CONTROL.sub("", unescape(strip_tags(value)) if isinstance(value, SafeString) else str(value))


def defused(text: str) -> str:
    """Text for CSV that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(columns: Sequence[Column], rows: Iterable[Any], totals: dict[str, object]) -> IO[bytes]:
    """UTF-8 with a mark, so that Excel and WPS read the Chinese."""
    with ExitStack() as unfinished:
        file = unfinished.enter_context(tempfile.SpooledTemporaryFile(max_size=1 << 20))
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow([defused(str(column.label)) for column in columns])
        read = [(column, column.getter()) for column in columns]
        for row in rows:
            writer.writerow([_csv_cell(plain(column, get(row))) for column, get in read])
        if totals:
            writer.writerow([_csv_cell(value) for value in _total_row(columns, totals)])
        text.detach()
        file.seek(0)
        unfinished.pop_all()
    return file


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return f"{value.to_integral_value() if value == value.to_integral_value() else value.normalize():f}"
    return value.isoformat() if isinstance(value, dt.date) else defused(str(value))


def write_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Any],
    totals: dict[str, object],
    about: Sequence[tuple[str, str]],
    mark: str = "",
) -> IO[bytes]:
    """One sheet with a frozen head, one that says what it is; marked (水印) on the screen, on paper and in the file.

    Raises Problem past Excel's last row.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with ExitStack() as unfinished:
        file = unfinished.enter_context(tempfile.TemporaryFile())
        book = Workbook(file, options)
        sheet = _Sheet(book, columns, mark)
        read = [(column, column.getter()) for column in columns]
        for row in rows:
            sheet.write([plain(column, get(row)) for column, get in read])
        sheet.end(_total_row(columns, totals) if totals else [])
        notes = book.add_worksheet(_("说明"))
        notes.set_column(0, 0, 16)
        notes.set_column(1, 1, 60)
        told = [*about, (_("水印"), mark)] if mark else about
        for line, (label, words) in enumerate(told):
            notes.write_string(line, 0, label)
            notes.write_string(line, 1, words)
        book.close()
        file.seek(0)
        unfinished.pop_all()
    return file


class _Sheet:
    """The sheet of the rows, written line by line."""

    def __init__(self, book: Workbook, columns: Sequence[Column], mark: str = "") -> None:
        self.book, self.last, self.mark = book, 0, mark
        self.looks = [book.add_format(_look(column)) for column in columns]
        self.day = book.add_format({"num_format": _FORMATS["date"]})
        self.moment = book.add_format({"num_format": _FORMATS["moment"]})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F6", "text_wrap": True})
        self.sheet = book.add_worksheet(_("数据"))
        self.sheet.freeze_panes(1, 0)
        if mark:
            book.set_properties({"comments": mark})
            printed = mark.replace("&", "&&")
            self.sheet.set_header(f"&C{printed}")
            self.sheet.set_footer(f"&C{printed}  &P/&N")
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, _WIDTHS.get(column.kind, 14))
            self.sheet.write_string(0, place, str(column.label), head)

    def write(self, values: Iterable[object]) -> None:
        """One more line."""
        self.last += 1
        if self.last > MAX_ROWS:
            self.book.close()
            raise Problem(_("结果超过 Excel 的最大行数。"), remedy=_("请先缩小筛选范围，或改为导出 CSV。"))
        for place, value in enumerate(values):
            self._cell(place, value)

    def end(self, totals: Sequence[object]) -> None:
        """Filter buttons over the rows, and below them the sums."""
        self.sheet.autofilter(0, 0, self.last, len(self.looks) - 1)
        for line in range(1, min(self.last, MOST_MARKS * MARK_EVERY) + 1, MARK_EVERY) if self.mark else ():
            self.sheet.insert_textbox(line, 1, self.mark, _MARK)
        if totals:
            self.write(totals)

    def _cell(self, place: int, value: object) -> None:
        if isinstance(value, dt.date) and value.year >= FIRST_YEAR:
            look = self.moment if isinstance(value, dt.datetime) else self.day
            self.sheet.write_datetime(self.last, place, value, look)
        elif isinstance(value, Decimal) and abs(value) < MAX_EXACT:
            self.sheet.write_number(self.last, place, float(value), self.looks[place])
        elif value is not None:
            self.sheet.write_string(self.last, place, str(value)[:MAX_CELL])


def _look(column: Column) -> dict[str, str]:
    code = _FORMATS.get(column.kind, "")
    if column.kind == "number" and column.places is not None:
        code = f"#,##0{'.' if column.places else ''}{'0' * column.places}"
    return {"num_format": code} if code else {}


def _total_row(columns: Sequence[Column], totals: dict[str, object]) -> list[object]:
    row = [plain(column, totals.get(column.name)) for column in columns]
    return [_("合计"), *row[1:]] if row and row[0] is None else row
