# SPDX-License-Identifier: Apache-2.0
"""A list as lines: every line kept, what is no firm told apart, what could not be understood said."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from kechuang.apps.ladder.reading import Entry, PublishedList, read_list
from kechuang.commons.kernel.problems import Problem
from ladder_cases import HEAD, code, csv_of, line, xlsx_of

ISSUED = dt.date(2019, 9, 2)


def read(*lines: Sequence[object], head: Sequence[str] = HEAD, term: str = "years:3") -> PublishedList:
    return read_list("名单.csv", csv_of(lines, head=head), issued_on=ISSUED, term=term)


def only(*cells: object, head: Sequence[str], term: str = "years:3") -> Entry:
    (entry,) = read(cells, head=head, term=term).entries
    return entry


def test_a_clear_line_is_read_without_problems() -> None:
    (entry,) = read(line(7, "云川启明智能有限公司")).entries
    assert (entry.line, entry.name, entry.uscc, entry.uscc_valid) == (
        2,
        "云川启明智能有限公司",
        code(7),
        True,
    )
    assert (entry.number, entry.region_name) == ("GR201921900007", "城东区")
    assert (entry.valid_from, entry.valid_to) == (ISSUED, dt.date(2022, 9, 2))
    assert entry.problems == []


def test_the_head_is_found_below_titles_and_its_columns_in_any_order() -> None:
    rows = [
        ["云川市高新技术企业名单"],
        [],
        ["证书编号", "  企业 名称 ", "备注"],
        ["GR1", "甲公司", "x"],
        ["合计", "1", ""],
    ]
    found = read_list("名单.xlsx", xlsx_of(rows), issued_on=ISSUED, term="years:3")
    assert found.title == "云川市高新技术企业名单"
    assert [(entry.line, entry.name, entry.number) for entry in found.entries] == [(4, "甲公司", "GR1")]
    assert [(skipped.line, skipped.text) for skipped in found.skipped] == [
        (1, "云川市高新技术企业名单"),
        (5, "合计 1"),
    ]


def test_the_sheet_with_lines_is_read_though_an_empty_one_stands_before_it() -> None:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        for name, rows in (("样表", [HEAD]), ("名单", [HEAD, line(7, "云川启明智能有限公司")])):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    found = read_list("名单.xlsx", file.getvalue(), issued_on=ISSUED, term="years:3")
    assert [entry.name for entry in found.entries] == ["云川启明智能有限公司"]
    assert any("样表" in note for note in found.notes)


def test_a_code_written_as_a_power_of_ten_is_said_to_have_lost_its_digits() -> None:
    entry = only("甲公司", "9.12101E+17", head=("企业名称", "统一社会信用代码"))
    assert "末几位已丢失" in entry.problems[0]


def test_groups_repeated_heads_and_totals_are_told_apart_and_kept() -> None:
    found = read(
        line(1), ["一、城东区", "", "", "", "", ""], list(HEAD), line(2), ["", "总计：", "2", "", "", ""]
    )
    assert [entry.line for entry in found.entries] == [2, 5]
    assert [skipped.line for skipped in found.skipped] == [3, 4, 6]


def test_a_file_without_a_head_is_refused_with_the_template_as_remedy() -> None:
    with pytest.raises(Problem, match="没有找到表头") as caught:
        read_list("名单.csv", "甲公司,GR1\n乙公司,GR2\n".encode(), issued_on=ISSUED, term="years:3")
    assert "模板" in caught.value.remedy


def test_a_head_alone_is_refused() -> None:
    with pytest.raises(Problem, match="没有企业"):
        read()


def test_other_sheets_and_blank_lines_are_told() -> None:
    found = read_list("名单.csv", csv_of([line(1), [], line(2)]), issued_on=ISSUED, term="years:3")
    assert len(found.entries) == 2
    assert any("1" in note for note in found.notes)


def test_a_code_stored_as_a_number_is_said_to_have_lost_digits() -> None:
    found = read_list(
        "名单.xlsx",
        xlsx_of([HEAD, [1, "甲公司", 919999990000000123, "GR1", "2019-09-02", "城东区"]]),
        issued_on=ISSUED,
        term="years:3",
    )
    assert not found.entries[0].uscc_valid
    assert "末几位已丢失" in found.entries[0].problems[0]


def test_a_wrong_check_digit_is_said() -> None:
    wrong = code(1)[:-1] + ("A" if code(1)[-1] != "A" else "B")
    entry = only("甲公司", wrong, head=("企业名称", "统一社会信用代码"))
    assert not entry.uscc_valid
    assert "校验不通过" in entry.problems[0]


@pytest.mark.parametrize(
    ("head", "cell", "end"),
    [
        ("有效期至", "2022-09-01", dt.date(2022, 9, 2)),  # the printed last day counts
        ("有效期至", "2022-09-02", dt.date(2022, 9, 2)),  # the anniversary is the end of the term
        ("有效期至", "2021-12-31", dt.date(2022, 1, 1)),
        ("有效期", "2019.9.2至2022.9.1", dt.date(2022, 9, 2)),
        ("有效期", "三年", dt.date(2022, 9, 2)),
        ("有效期", "2", dt.date(2021, 9, 2)),
        ("有效期至", "", dt.date(2022, 9, 2)),
    ],
)
def test_the_end_is_read_from_whatever_the_list_prints(head: str, cell: str, end: dt.date) -> None:
    entry = only("甲公司", "2019-09-02", cell, head=("企业名称", "发证日期", head))
    assert (entry.valid_from, entry.valid_to, entry.problems) == (ISSUED, end, [])


def test_without_dates_the_publication_and_the_kind_say_them() -> None:
    assert only("甲公司", "1", head=("企业名称", "编号"), term="year-end").valid_to == dt.date(2020, 1, 1)
    assert only("甲公司", "1", head=("企业名称", "编号")).valid_from == ISSUED


def test_an_end_before_the_start_and_a_day_that_is_none_are_said() -> None:
    entry = only("甲公司", "2019-09-02", "2018-09-01", head=("企业名称", "发证日期", "有效期至"))
    assert "早于" in entry.problems[0]
    assert entry.valid_to == dt.date(2022, 9, 2)
    assert "不是日期" in only("甲公司", "待定", head=("企业名称", "发证日期")).problems[0]


def test_a_name_too_long_is_cut_and_said() -> None:
    entry = only("甲" * 200, "1", head=("企业名称", "编号"))
    assert len(entry.name) == 120
    assert "超过 120 个字" in entry.problems[0]


CELL = st.text(st.characters(exclude_characters='\t;，"', exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=12))
def test_no_line_is_ever_lost(lines: list[list[str]]) -> None:
    """Whatever stands in the cells, every filled line is a firm or a skipped line, exactly once."""
    found = read(["云川样例有限公司", "GR1"], *lines, head=("企业名称", "编号"))
    filled = sum(any(cell.strip() for cell in cells) for cells in lines)
    kept = [entry.line for entry in found.entries] + [skipped.line for skipped in found.skipped]
    assert len(set(kept)) == len(kept) == filled + 1
