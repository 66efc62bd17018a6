# SPDX-License-Identifier: Apache-2.0
"""What people do with records of registers in a browser: make, edit, move, take in, agree, read."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from harness.visitor import Company, Visitor

Worker = Visitor | Company

PROOF = {"name": "佐证.txt", "mimeType": "text/plain", "buffer": "佐证。".encode()}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Tables = dict[str, tuple[int, list[dict[str, str]]]]
"""Lines of tables, each from a line on: a form has five to spare."""


def of(visitor: Worker, register: str, title: str) -> str:
    """Open a record of a register by its name; returns its address."""
    visitor.open(f"/registers/of/{register}/?q={title}")
    visitor.follow(title)
    return here(visitor)


def put(visitor: Worker, **said: str) -> None:
    """Fill controls by their names; a choice by what it shows."""
    for name, value in said.items():
        control = visitor.page.locator(f"[name='{name}']")
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)


def make(visitor: Worker, register: str, *, tables: Tables | None = None, **said: str) -> str:
    """Make a record; returns its address."""
    visitor.open(f"/registers/of/{register}/new/")
    return save(visitor, tables=tables, **said)


def save(visitor: Worker, *, tables: Tables | None = None, **said: str) -> str:
    """Fill the form of a new record that stands open; returns the address of the record."""
    _fill(visitor, tables, said)
    visitor.press("保存")
    assert "已登记" in visitor.told()
    return here(visitor)


def edit(visitor: Worker, *, tables: Tables | None = None, **said: str) -> None:
    """Change the record on the page: single fields, and lines of tables from a line on."""
    visitor.follow("修改")
    _fill(visitor, tables, said)
    visitor.press("保存")
    assert "已保存" in visitor.told()


def _fill(visitor: Worker, tables: Tables | None, said: dict[str, str]) -> None:
    put(visitor, **said)
    for table, (start, lines) in (tables or {}).items():
        for place, line in enumerate(lines, start):
            put(visitor, **{f"{table}.{place}.{column}": value for column, value in line.items()})


def move(visitor: Worker, label: str, *, reason: str = "按程序办理", **said: str) -> str:
    """Move the record on the page to its next state, with a reason and a proof; returns its address."""
    visitor.follow(label)
    return moved(visitor, label, reason=reason, **said)


def moved(visitor: Worker, label: str, *, reason: str = "按程序办理", **said: str) -> str:
    """Fill the form of a move that stands open."""
    put(visitor, **said)
    visitor.page.get_by_label("原因或说明").fill(reason)
    visitor.page.get_by_label("佐证文件").set_input_files(PROOF)
    visitor.press(label)
    assert label in visitor.told()
    return here(visitor)


def move_many(visitor: Worker, address: str, to: str, count: int) -> None:
    """Move the first of the records that an address lists."""
    visitor.open(address)
    boxes = visitor.page.locator("[name=record]")
    for place in range(count):
        boxes.nth(place).check()
    put(visitor, to=to)
    visitor.page.get_by_label("佐证文件").set_input_files(PROOF)
    visitor.press("批量流转")
    assert f"已办理 {count} 条，共 {count} 条" in visitor.page.locator("main").inner_text()


def take(visitor: Worker, register: str, lines: Sequence[Sequence[Any]]) -> None:
    """Take in a sheet, the first line being its head."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    visitor.open(f"/registers/of/{register}/sheet/")
    given = {"name": "清单.xlsx", "mimeType": SHEET, "buffer": file.getvalue()}
    visitor.page.get_by_label("文件").set_input_files(given)
    visitor.press("无误则正式导入")
    assert f"已登记 {len(lines) - 1} 条" in visitor.told()


def agree(visitor: Worker) -> None:
    """The side that the viewer speaks for agrees to the record on the page."""
    visitor.follow("表态")
    visitor.page.get_by_label("同意", exact=True).check()
    visitor.press("提交")
    assert "已记下" in visitor.told()


def day(visitor: Worker, to: str) -> None:
    """The presenter moves the business day."""
    visitor.become("局领导")
    visitor.open("/desk/")
    visitor.page.get_by_label("业务日期").fill(to)
    visitor.press("移到这一天")


def here(visitor: Worker) -> str:
    """The address of the page."""
    return re.sub(r"^https?://[^/]+", "", visitor.page.url)


def section(visitor: Worker, heading: str) -> Any:
    """The rows of the table under a heading, each as its cells."""
    found = visitor.page.locator("section", has=visitor.page.get_by_role("heading", name=heading))
    return [
        ["".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]
        for row in found.locator("tbody tr").all()
    ]


def fact(visitor: Worker, label: str) -> Any:
    """What the page says of one thing."""
    term = visitor.page.locator("dt").get_by_text(label, exact=True)
    return term.locator("xpath=following-sibling::dd[1]").inner_text()


def counted(visitor: Worker, title: str) -> int:
    """What a figure shows."""
    visitor.open("/figures/")
    number = visitor.page.locator("tr", has_text=title).first.locator("a.kc-figure .kc-number")
    return int(number.inner_text().replace(",", ""))
