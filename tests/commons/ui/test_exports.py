# SPDX-License-Identifier: Apache-2.0
"""Exports: exactly what is shown, real numbers and days, and no formula that nobody wrote."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy
from python_calamine import CalamineWorkbook

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui import exports, marks
from kechuang.commons.ui.lists import Column, ListPage, TextFilter, list_response

pytestmark = pytest.mark.usefixtures("plain_words")

ROWS: list[dict[str, Any]] = [
    {"name": "=HYPERLINK(1)", "staff": 1200, "share": Decimal("0.4321"), "cents": 1234567, "since": dt.date(2010, 5, 1),
     "at": dt.datetime(2019, 10, 14, 17, 30, tzinfo=dt.UTC), "listed": True},
    {"name": "-5度", "staff": -7, "share": None, "cents": 0, "since": None, "at": None, "listed": False},
    {"name": " \t@甲\x07", "staff": 10**17, "share": Decimal(1), "cents": None, "since": dt.date(1368, 1, 1), "at": None, "listed": False},
]  # fmt: skip


class FirmList(ListPage):
    title = gettext_lazy("企业名单")
    columns = (
        Column("name", "名称", sort="name", cell=lambda row: marks.chip(row["name"])),
        Column("staff", "人数", kind="number", sort="staff", total="staff"),
        Column("share", "占比", kind="percent"),
        Column("cents", "经费", kind="yuan"),
        Column("since", "成立", kind="date"),
        Column("at", "登记", kind="moment"),
        Column("listed", "上市", kind="yes_no"),
        Column("note", "=备注", value=lambda _row: marks.chip("甲&乙"), optional=True),
    )
    filters = (TextFilter("name", "名称含"),)
    page_size = 1

    def rows(self, _request: Any) -> Any:
        return ROWS


def exported(address: str, page: ListPage | None = None) -> tuple[Any, bytes]:
    answer: Any = list_response(RequestFactory().get(f"/list/{address}"), page or FirmList())
    content = b"".join(answer.streaming_content)
    answer.file_to_stream.close()
    return answer, content


def test_csv_holds_all_pages_with_plain_values() -> None:
    answer, content = exported("?export=csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["名称", "人数", "占比", "经费", "成立", "登记", "上市"],
        ["'=HYPERLINK(1)", "1200", "0.4321", "12345.67", "2010-05-01", "2019-10-15 01:30", "是"],
        ["'-5度", "-7", "", "0", "", "", "否"],
        ["' \t@甲", "100000000000000000", "1", "", "1368-01-01", "", "否"],
        ["合计", "100000000000001193", "", "", "", "", ""],
    ]
    assert (
        "filename*=utf-8''%E4%BC%81%E4%B8%9A%E5%90%8D%E5%8D%95-20191015.csv" in answer["Content-Disposition"]
    )


def test_csv_follows_columns_filter_and_sort_of_the_address() -> None:
    _answer, content = exported("?export=csv&cols=name,note&name=5&sort=-name")
    assert content.decode("utf-8-sig") == "名称,'=备注\r\n'-5度,甲&乙\r\n"


def test_xlsx_holds_numbers_and_days_and_text_that_is_no_formula() -> None:
    _answer, content = exported("?export=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["数据", "说明"]
    assert book.get_sheet_by_name("数据").to_python() == [
        ["名称", "人数", "占比", "经费", "成立", "登记", "上市"],
        [
            "=HYPERLINK(1)",
            1200.0,
            0.4321,
            12345.67,
            dt.date(2010, 5, 1),
            dt.datetime.fromisoformat("2019-10-15T01:30"),
            "是",
        ],
        ["-5度", -7.0, "", 0.0, "", "", "否"],
        [" \t@甲", "100000000000000000", 1.0, "", "1368-01-01", "", "否"],
        ["合计", "100000000000001193", "", "", "", "", ""],
    ]


def test_xlsx_says_what_it_is() -> None:
    _answer, content = exported("?export=xlsx&name=5")
    about = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("说明").to_python()
    assert about == [["名称", "企业名单"], ["业务日期", "2019年10月15日"], ["名称含", "5"], ["行数", "1"]]


def test_xlsx_head_is_frozen_and_no_cell_is_a_formula() -> None:
    _answer, content = exported("?export=xlsx")
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_too_long_for_excel_is_said_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MAX_ROWS", 2)
    with pytest.raises(Problem, match="CSV"):
        exported("?export=xlsx")


def test_list_without_export_shows_its_page(db: None, settings: Any) -> None:
    class Closed(FirmList):
        export = False

    request = RequestFactory().get("/list/?export=csv", headers={"HX-Target": "kc-list"})
    answer: Any = list_response(request, Closed())
    assert not answer.streaming
    assert b"export=" not in answer.content
