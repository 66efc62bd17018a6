# SPDX-License-Identifier: Apache-2.0
"""An official who cannot program makes a list of their own, and what it holds becomes evidence and a number."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import xlsxwriter
from python_calamine import load_workbook

from harness.visitor import Visitor

NAME, UNIVERSITY = "中试基地", "云川大学"
WRITER, SECOND = "成果处工作人员", "成果处长"


@pytest.mark.journey
@pytest.mark.timeout(300)
def test_an_official_makes_a_register_fills_cites_counts_and_changes_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become(WRITER)
    design(visitor)
    second_person_releases(visitor)

    visitor.become(WRITER)
    register_university(visitor)
    fill_from_excel(visitor)
    records = rows(visitor)
    assert records == ["中试2019-001", "中试2019-002", "中试2019-003"]
    visitor.follow("看板")
    assert [words.split()[:2] for words in page.locator(".kc-board-column h2").all_inner_texts()] == [
        ["建设中", "3"],
        ["运行", "0"],
        ["已停", "0"],
    ]
    for name in ("先进材料中试基地", "精细化工中试基地"):
        start_running(visitor, name)
    cite(visitor, "中试2019-002")

    assert counted(visitor) == 2
    visitor.context.clear_cookies()
    visitor.open("/registers/public/local_1/")
    assert "先进材料中试基地" in page.locator("table").inner_text()
    assert "生物医药中试基地" not in page.locator("table").inner_text()
    assert "依托高校" not in page.locator("thead").inner_text()

    visitor.become(WRITER)
    change(visitor)
    second_person_releases(visitor, "3 条记录随之迁移", "“备注”填过的 1 条")
    visitor.become(WRITER)
    open_register(visitor)
    narrowed = page.get_by_role("search", name="筛选清单").get_by_label("服务领域")
    narrowed.select_option(label="新材料")
    page.wait_for_url(re.compile("f_f"))
    assert rows(visitor) == ["中试2019-001"]
    assert counted(visitor) == 2


def line(visitor: Visitor, kind: str, place: int, **said: Any) -> None:
    """Fill one line of the designer: texts and choices by what they show, boxes by yes."""
    for name, value in said.items():
        control = visitor.page.locator(f"[name={kind}-{place}-{name}]")
        if value is True:
            control.check()
        elif control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)


def design(visitor: Visitor) -> None:
    """Fields, states, moves, by name; saved twice, because three lines to spare are not enough."""
    page = visitor.page
    visitor.open("/registers/")
    visitor.follow("台账设计")
    page.get_by_label("新台账名称").fill(NAME)
    visitor.press("开始起草")
    page.get_by_label("分组").fill("攻关与转化")
    page.get_by_label("对应的计划任务序号").fill("13")
    page.get_by_label("主管处室").select_option(label="成果处")
    page.get_by_label("编号字头").fill("中试")
    page.get_by_label("数字的名称").fill("运行中的中试基地")
    page.get_by_label("数字的单位").fill("家")
    line(visitor, "fields", 0, label="基地名称", access="公开页显示")
    line(visitor, "fields", 1, label="依托高校", type="企业、高校或机构", listed=True)
    line(
        visitor,
        "fields",
        2,
        label="级别",
        type="单选",
        detail="国家级、省级、市级",
        key=True,
        access="公开页显示",
    )
    line(visitor, "fields", 3, label="服务领域", type="文字", listed=True)
    line(visitor, "states", 0, label="建设中", tone="蓝")
    line(visitor, "states", 1, label="已停")
    line(visitor, "states", 2, order="15", label="运行", tone="绿", counted=True, shown=True)
    line(visitor, "moves", 0, label="停止", of="建设中、运行", to="已停", needs="原因")
    line(visitor, "moves", 1, label="投入运行", of="建设", to="运行", needs="佐证、级别")
    visitor.press("保存草案并试用")
    assert "没有名为“建设”的状态" in page.locator("main").inner_text()
    line(visitor, "moves", 1, of="建设中")
    visitor.press("保存草案并试用")
    assert "已保存草案" in visitor.told()
    line(visitor, "fields", 4, label="面积", type="整数", detail="平方米", key=True, listed=True)
    line(visitor, "fields", 5, label="协议到期", type="日期", key=True, remind="60")
    line(visitor, "fields", 6, label="备注", type="长文字")
    visitor.press("保存草案并试用")
    assert page.get_by_label("依托高校").count() == 1  # on trial
    visitor.press("提交发布")
    assert "等另一位" in visitor.told()


def second_person_releases(visitor: Visitor, *told: str) -> None:
    visitor.become(SECOND)
    visitor.open("/desk/")
    visitor.follow(NAME)
    shown = visitor.page.locator("main").inner_text()
    assert all(words in shown for words in told)
    visitor.press("发布")
    assert "已发布" in visitor.told()


def register_university(visitor: Visitor) -> None:
    visitor.open("/parties/organizations/register/")
    visitor.page.get_by_label("名称", exact=False).first.fill(UNIVERSITY)
    visitor.page.get_by_label("高等学校").check()
    visitor.press("登记")


def open_register(visitor: Visitor) -> None:
    visitor.open("/registers/")
    visitor.follow(NAME)


def rows(visitor: Visitor) -> list[str]:
    """The numbers of the records on the list, in order."""
    return sorted(visitor.page.locator("#kc-list tbody tr td:first-child").all_inner_texts())


def fill_from_excel(visitor: Visitor) -> None:
    """The template is filled, tried with a fault, mended, tried again, taken in."""
    page = visitor.page
    open_register(visitor)
    visitor.follow("批量导入")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    head = load_workbook(str(download.value.path())).get_sheet_by_index(0).to_python()[0]
    assert head == ["基地名称", "依托高校", "级别", "服务领域", "面积", "协议到期", "备注"]
    lines = [
        head,
        ["先进材料中试基地", "", "省级", "新材料", 3200, "2020-06-30", "二期在建"],
        ["精细化工中试基地", UNIVERSITY, "市级", "化工", 1800, "2021-12-31", ""],
        ["生物医药中试基地", "", "县级", "生物医药", 900, "", ""],
    ]
    upload(visitor, lines, "试导入")
    assert "没有“县级”这一项" in page.locator("main").inner_text()
    open_register(visitor)
    assert rows(visitor) == []
    visitor.follow("批量导入")
    lines[3][2] = "市级"
    upload(visitor, lines, "试导入")
    assert "可以登记 3 行" in page.locator("main").inner_text()
    upload(visitor, lines, "无误则正式导入")
    assert "已登记 3 条" in visitor.told()


def upload(visitor: Visitor, lines: list[list[Any]], button: str) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    given = {"name": "中试基地.xlsx", "mimeType": kind, "buffer": file.getvalue()}
    visitor.page.get_by_label("文件").set_input_files(given)
    visitor.press(button)


def start_running(visitor: Visitor, name: str) -> None:
    open_register(visitor)
    visitor.follow(name)
    visitor.follow("投入运行")
    proof = {"name": "验收意见.txt", "mimeType": "text/plain", "buffer": "验收通过。".encode()}
    visitor.page.get_by_label("佐证文件").set_input_files(proof)
    visitor.press("投入运行")
    if visitor.page.get_by_role("link", name=UNIVERSITY).count():  # seen from both sides
        visitor.follow(UNIVERSITY)
        visitor.page.get_by_role("link", name=name).wait_for()


def cite(visitor: Visitor, cited: str) -> None:
    """The record shows what the office did for task 13."""
    page = visitor.page
    visitor.open("/workplan/tasks/?q=优化科技成果转化项目")
    visitor.follow("优化科技成果转化项目")
    visitor.follow("报送本处室部分")
    page.get_by_label("进展").fill("精细化工中试基地投入运行。")
    page.get_by_label("引用系统内的记录").fill(cited)
    visitor.press("报送")
    assert page.get_by_role("link", name="精细化工中试基地").count() >= 1


def counted(visitor: Visitor) -> int:
    """What the figure of the register shows, with as many records behind it."""
    visitor.open("/figures/")
    with visitor.leaving():
        visitor.page.locator("tr", has_text="运行中的中试基地").locator("a.kc-figure").click()
    shown = int(visitor.page.locator(".kc-tile-number").first.inner_text())
    assert visitor.page.locator("#kc-list tbody tr").count() == shown
    return shown


def change(visitor: Visitor) -> None:
    """A text becomes a choice, a field goes, another is renamed."""
    page = visitor.page
    visitor.open("/registers/drafts/")
    page.get_by_label("或修改现有台账").select_option(label=NAME)
    visitor.press("开始起草")
    line(visitor, "fields", 3, type="单选", detail="新材料、化工、生物医药", key=True)
    line(visitor, "fields", 4, label="场地面积")
    line(visitor, "fields", 6, removed=True)
    visitor.press("保存草案并试用")
    visitor.press("提交发布")
