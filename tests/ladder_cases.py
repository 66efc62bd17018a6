# SPDX-License-Identifier: Apache-2.0
"""Invented firms and files of lists for the tests of the ladder, the figures and the demo."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from stdnum.cn import uscc
from xlsxwriter import Workbook

HEAD = ("序号", "企业名称", "统一社会信用代码", "证书编号", "发证日期", "所属区县")


def code(serial: int) -> str:
    """A social credit code with a right check digit and a province that does not exist."""
    body = f"91999999MA{serial:07d}"
    return body + str(uscc.calc_check_digit(body))


def number(serial: int) -> str:
    """A certificate number."""
    return f"GR2019219{serial:05d}"


def line(serial: int, name: str = "", day: str = "2019-09-02", region: str = "城东区") -> list[str]:
    """A clear line: a firm of its own with code and number."""
    return [str(serial), name or f"云川第{serial}号试验有限公司", code(serial), number(serial), day, region]


def csv_of(
    lines: Iterable[Sequence[object]], *, head: Sequence[str] = HEAD, encoding: str = "utf-8-sig"
) -> bytes:
    """The lines under a head, as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *lines])
    return text.getvalue().encode(encoding)


def xlsx_of(rows: Iterable[Sequence[object]], *, merged: Iterable[str] = ()) -> bytes:
    """The rows as they are, as an Excel workbook; the merged ranges keep what stands in their first cell."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("名单")
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    for cells in merged:
        sheet.merge_range(cells, "")
        first = cells.split(":")[0]
        column, place = ord(first[0]) - ord("A"), int(first[1:]) - 1
        sheet.write(place, column, list(rows)[place][column])
    book.close()
    return file.getvalue()
