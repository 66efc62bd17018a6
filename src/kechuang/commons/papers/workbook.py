# SPDX-License-Identifier: Apache-2.0
"""The tables of a paper as Excel, one sheet each (表格)."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.papers.markup import Block, Heading, Table, shown

MOST_CELL = 32_767


def as_workbook(title: str, blocks: Sequence[Block]) -> bytes:
    """The file; a sheet is named after the heading above its table. Raises Problem where there is no table."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, wrap = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    above, count = title, 0
    for block in blocks:
        if isinstance(block, Heading):
            above = shown(block.runs)
        if not isinstance(block, Table):
            continue
        count += 1
        sheet = book.add_worksheet(_sheet_name(count, above))
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(block.labels):
            sheet.write_string(0, column, label, bold)
            cells = [shown(row[column]) for row in block.rows]
            widest = max([len(label), *map(len, cells)], default=0)
            sheet.set_column(column, column, min(60, 2 * widest + 2))
            for place, text in enumerate(cells, 1):
                sheet.write_string(place, column, text[:MOST_CELL], wrap)
    if not count:
        raise Problem(_("这份文书没有表格。"), remedy=_("请下载 Word 或 PDF。"))
    book.close()
    return file.getvalue()


def _sheet_name(number: int, above: str) -> str:
    kept = "".join(mark for mark in above if mark not in "[]:*?/\\'")
    return f"{number} {kept}"[:31]
