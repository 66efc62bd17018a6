# SPDX-License-Identifier: Apache-2.0
"""The text of a paper: blocks, slots, lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.papers.markup import (
    Heading,
    MarkupFault,
    Paragraph,
    Slot,
    Table,
    Value,
    cells_of,
    flat,
    parsed,
    plain_text,
    slots_of,
    written_out,
)

TASKS = flat("tasks", [{"no": Value("1"), "title": Value("甲")}, {"no": Value("2"), "title": Value("乙")}])
VALUES = {"n": Value("1,836", "高新技术企业", "/figures/x/"), **TASKS}


def test_each_is_written_out_once_a_row_with_the_codes_of_the_row():
    assert written_out("@each tasks: {no}. {title}完成。", VALUES) == (
        "{tasks.0.no}. {tasks.0.title}完成。\n{tasks.1.no}. {tasks.1.title}完成。\n"
    )


def test_each_of_an_empty_list_leaves_nothing():
    assert written_out("前\n@each none: {no}\n后", VALUES) == "前\n后\n"


def test_blocks_hold_text_and_slots_in_order():
    assert parsed("# 一、概况\n\n共{n}家。\n## （一）\n", VALUES) == [
        Heading(1, ("一、概况",)),
        Paragraph(("共", Slot("n", "1,836"), "家。")),
        Heading(2, ("（一）",)),
    ]


def test_table_has_a_line_a_row_and_cells_may_hold_text_around_slots():
    assert parsed("@table tasks: 序号={no}; 任务=任务{title}", VALUES) == [
        Table(
            ("序号", "任务"),
            (
                ((Slot("tasks.0.no", "1"),), ("任务", Slot("tasks.0.title", "甲"))),
                ((Slot("tasks.1.no", "2"),), ("任务", Slot("tasks.1.title", "乙"))),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("好\n共{m}家", 2, "{m}"),
        ("@chart x", 1, "@chart"),
        ("@table tasks: 序号", 1, "序号"),
        ("@table tasks: 列={nothing}", 1, "{tasks.0.nothing}"),
    ],
)
def test_fault_names_its_line(text, line, what):
    with pytest.raises(MarkupFault) as told:
        parsed(text, VALUES)
    assert (told.value.line, told.value.what) == (line, what)


def test_table_without_rows_says_so():
    [table] = parsed("@table none: 事项={title}; 时限={due}", {})
    assert table == Table(("事项", "时限"), ((("—",), ()),))


def test_slots_of_a_table_are_known_by_column_and_row():
    blocks = parsed("{tasks.0.title}\n@table tasks: 序号={no}; 任务={title}", VALUES)
    assert cells_of(blocks)["tasks.1.title"] == ("任务", 2)


def test_slots_and_plain_text_follow_the_reading_order():
    blocks = parsed("共{n}家\n@table tasks: 序号={no}", VALUES)
    assert [slot.code for slot in slots_of(blocks)] == ["n", "tasks.0.no", "tasks.1.no"]
    assert plain_text(blocks) == "共1,836家\n序号\n1\n2"


@given(st.text(alphabet="甲乙#@{}n.:：\n =;", max_size=80))
def test_any_text_is_read_or_its_fault_names_a_line(text):
    written, fault = written_out(text, VALUES), None
    try:
        parsed(written, VALUES)
    except MarkupFault as found:
        fault = found
    assert fault is None or 1 <= fault.line <= len(written.splitlines())
