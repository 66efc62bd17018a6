# SPDX-License-Identifier: Apache-2.0
"""A list as sheets of cells: .xlsx, .xls, .csv in UTF-8 or GB18030. Raises Problem if it cannot be read."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kechuang.commons.documents.cells import Cell
from kechuang.commons.kernel.problems import Problem

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 20 * 1024 * 1024, 20_000, 100
MOST_UNPACKED, MOST_CELLS = 300 * 1024 * 1024, 4_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(rb'\br=["\']([A-Z]{1,3})(\d{1,7})["\']')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet under its own number, as the person sees it in the file."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a file; lines without any text are left out."""

    name: str
    lines: list[Line]
    blank: int


def read_sheets(name: str, data: bytes, *, most_rows: int = MOST_ROWS) -> list[Sheet]:
    """The visible sheets of a file, by its content and not by its name; at most so many rows each."""
    if not data.strip():
        raise _problem(_("文件“%(name)s”是空的。") % {"name": name}, _("请检查后重新上传。"))
    if len(data) > MOST_BYTES:
        size = {"name": name, "most": MOST_BYTES // 1024 // 1024}
        raise _problem(_("文件“%(name)s”超过 %(most)s MB。") % size, _("请删去图片或拆分后再上传。"))
    if data.startswith(_ZIP):
        _check_package(data)
        return _workbook(data, most_rows)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked()
        return _workbook(data, most_rows)
    return [_text_sheet(name, data, most_rows)]


def _problem(what: str, remedy: str, line: int | None = None) -> Problem:
    return Problem(what, remedy=remedy, field="file", line=line)


def _locked() -> Problem:
    return _problem(_("文件设有打开密码，系统无法读取。"), _("请在 Excel 或 WPS 中取消密码后再上传。"))


def _damaged() -> Problem:
    return _problem(
        _("文件不是可读取的 Excel 工作簿，可能已损坏。"), _("请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")
    )


def _too_many(most_rows: int) -> Problem:
    return _problem(_("表格超过 %(most)s 行。") % {"most": most_rows}, _("请拆成几份，分别上传。"))


def _check_package(data: bytes) -> None:
    """Refuse packages that would unpack without end, or whose cells are strewn over millions of places."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheets = [info for info in package.infolist() if info.filename.startswith("xl/worksheets/")]
            if sum(info.file_size for info in package.infolist()) > MOST_UNPACKED:
                raise _damaged()
            if not sheets and not any(info.filename == "xl/workbook.xml" for info in package.infolist()):
                raise _problem(_("这不是 Excel 工作簿。"), _("请上传 .xlsx、.xls 或 .csv 格式的名单。"))
            for info in sheets:
                if info.filename.endswith(".xml"):
                    _check_extent(package.read(info))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
        raise _damaged() from None
    except RuntimeError:  # an encrypted member
        raise _locked() from None


def _check_extent(sheet: bytes) -> None:
    widest, longest = 0, 0
    for letters, digits in _PLACE.findall(sheet):
        longest = max(longest, int(digits))
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        widest = max(widest, column)
    if widest * longest > MOST_CELLS:
        raise _problem(
            _("表格占用的范围太大（%(rows)s 行 × %(columns)s 列）。") % {"rows": longest, "columns": widest},
            _("请把名单复制到一张新工作表后再上传。"),
        )


def _workbook(data: bytes, most_rows: int) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                meta.name
                for meta in book.sheets_metadata
                if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
            ]
            sheets = [_cells_of(book, name, most_rows) for name in shown]
    except PasswordError:
        raise _locked() from None
    except (CalamineError, OSError, ValueError):
        raise _damaged() from None
    if not sheets:
        raise _problem(_("工作簿里没有可见的工作表。"), _("请取消隐藏后再上传。"))
    return sheets


def _cells_of(book: CalamineWorkbook, name: str, most_rows: int) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for place in range(top + 1, min(bottom + 1, len(rows))):  # what is written once for several lines
            if left < len(rows[place]) and rows[place][left] == "":
                rows[place][left] = rows[top][left]
    return _sheet(name, ((place + 1, row) for place, row in enumerate(rows)), most_rows)


def _sheet(name: str, numbered: Iterator[tuple[int, list[Cell]]], most_rows: int) -> Sheet:
    lines: list[Line] = []
    blank = 0
    for number, cells in numbered:
        if any(cell is not None and str(cell).strip() for cell in cells):
            if len(cells) > MOST_COLUMNS and any(cell not in {"", None} for cell in cells[MOST_COLUMNS:]):
                what = _("这一行有 %(count)s 列，超过 %(most)s 列。")
                size = {"count": len(cells), "most": MOST_COLUMNS}
                raise _problem(what % size, _("请删去多余的列，或检查分隔符。"), number)
            lines.append(Line(number, cells[:MOST_COLUMNS]))
            if len(lines) > most_rows:
                raise _too_many(most_rows)
        else:
            blank += 1
    return Sheet(name, lines, blank)


def _text_sheet(name: str, data: bytes, most_rows: int) -> Sheet:
    text = _decoded(data)
    head = text[:20_000]
    comma = max((",", "\t", ";", "，"), key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    return _sheet(name, _numbered(reader), most_rows)


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[Cell]]]:
    """Records with the number of the line each begins on."""
    before = 0
    while True:
        try:
            record = next(reader, None)
        except csv.Error:
            raise _problem(
                _("这一行过长或引号不配对，无法读取。"),
                _("请在 Excel 或 WPS 中打开，另存为 .xlsx 再上传。"),
                before + 1,
            ) from None
        if record is None:
            return
        yield before + 1, list(record)
        before = reader.line_num  # type: ignore[attr-defined]


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        raise _problem(_("这不是表格文件。"), _("请上传 .xlsx、.xls 或 .csv 格式的名单。"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _problem(
        _("文字编码无法识别。"), _("请在 Excel 或 WPS 中另存为 .xlsx，或存为 UTF-8 的 CSV 再上传。")
    )
