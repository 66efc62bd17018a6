# SPDX-License-Identifier: Apache-2.0
"""Files as they come: what can be read is read, what cannot is refused with what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from xlsxwriter import Workbook

from kechuang.commons.documents.sheets import MOST_ROWS, read_sheets
from kechuang.commons.kernel.problems import Problem
from ladder_cases import csv_of, line, xlsx_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, name: str = "名单.xlsx") -> Problem:
    with pytest.raises(Problem) as caught:
        read_sheets(name, data)
    assert caught.value.field == "file"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding_that_offices_use(encoding: str) -> None:
    (sheet,) = read_sheets("名单.csv", csv_of([line(1)], encoding=encoding))
    assert sheet.lines[1].cells[1] == "云川第1号试验有限公司"
    assert [each.number for each in sheet.lines] == [1, 2]


@pytest.mark.parametrize("comma", ["\t", ";", "，"])
def test_csv_is_read_whatever_parts_its_cells(comma: str) -> None:
    (sheet,) = read_sheets("名单.txt", f"企业名称{comma}证书编号\n甲公司{comma}GR1\n".encode())
    assert sheet.lines[1].cells == ["甲公司", "GR1"]


def test_the_content_counts_not_the_name() -> None:
    (sheet,) = read_sheets("名单.csv", xlsx_of([["企业名称", "编号"], ["甲公司", "GR1"]]))
    assert sheet.lines[1].cells == ["甲公司", "GR1"]


def test_a_quoted_cell_over_two_lines_keeps_the_line_numbers_of_the_file() -> None:
    (sheet,) = read_sheets("名单.csv", '企业名称,编号\n"甲\n公司",GR1\n乙公司,GR2\n'.encode())
    assert [each.number for each in sheet.lines] == [1, 2, 4]


def test_a_cell_merged_over_lines_is_said_for_each_of_them() -> None:
    rows = [["区县", "企业名称"], ["城东区", "甲公司"], ["", "乙公司"], ["", "丙公司"]]
    (sheet,) = read_sheets("名单.xlsx", xlsx_of(rows, merged=["A2:A4"]))
    assert [each.cells[0] for each in sheet.lines] == ["区县", "城东区", "城东区", "城东区"]


def test_hidden_sheets_are_not_read() -> None:
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.add_worksheet("名单").write(0, 0, "企业名称")
    hidden = book.add_worksheet("底稿")
    hidden.write(0, 0, "企业名称")
    hidden.hide()
    book.close()
    assert [sheet.name for sheet in read_sheets("名单.xlsx", file.getvalue())] == ["名单"]


def test_an_empty_file_is_refused() -> None:
    assert "是空的" in str(refusal(b""))
    assert "是空的" in str(refusal(b" \n\n"))


def test_a_file_of_fifty_megabytes_is_refused_unread() -> None:
    assert "20 MB" in str(refusal(b"x" * (50 * 1024 * 1024)))


def test_a_binary_file_is_refused() -> None:
    assert "不是表格文件" in str(refusal(b"\x7fELF\x02\x01\x00\x00" + bytes(range(256))))


def test_text_in_no_known_encoding_is_refused() -> None:
    assert "编码" in str(refusal("企业名称,编号\n".encode() + b"\xff\xfe\xfd\xff\xff"))


def test_a_workbook_with_a_password_is_refused() -> None:
    assert "密码" in str(refusal(OLE + "EncryptedPackage".encode("utf-16-le")))


@pytest.mark.parametrize("data", [OLE + b"\x00" * 600, b"PK\x03\x04broken", xlsx_of([["企业名称"]])[:-400]])
def test_a_damaged_workbook_is_refused(data: bytes) -> None:
    assert "损坏" in str(refusal(data))


def test_a_package_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert "不是 Excel" in str(refusal(file.getvalue()))


def test_a_package_that_unpacks_without_end_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for place in range(4):
            package.writestr(f"xl/worksheets/sheet{place}.xml", b"\0" * (90 * 1024 * 1024))
    assert "损坏" in str(refusal(file.getvalue()))


def test_cells_strewn_over_millions_of_places_are_refused() -> None:
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "企业名称")
    sheet.write(1_000_000, 200, "远")
    book.close()
    assert "范围太大" in str(refusal(file.getvalue()))


def test_more_rows_than_a_list_may_have_are_refused() -> None:
    assert f"{MOST_ROWS}" in str(refusal(b"a,b\n" * (MOST_ROWS + 1)))


def test_a_line_with_too_many_columns_is_named() -> None:
    problem = refusal(("企业名称,编号\n" + "x," * 200 + "x\n").encode())
    assert problem.line == 2


def test_a_cell_of_two_megabytes_is_named_by_its_line() -> None:
    problem = refusal(('企业名称,编号\n"' + "甲" * 700_000 + "\n").encode())
    assert problem.line == 2
    assert "过长" in str(problem)
