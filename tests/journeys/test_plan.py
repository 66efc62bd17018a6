# SPDX-License-Identifier: Apache-2.0
"""A published document becomes a tracked plan, and its tasks live from report to closure."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.proofs import proves
from harness.visitor import Visitor

REAL = Path(__file__).resolve().parents[3] / "shared/plan/shenyang-2019.txt"
TASK = "提质发展孵化载体"
SUMMARY = {"name": "孵化服务工作总结.txt", "mimeType": "text/plain", "buffer": "孵化服务已完成。".encode()}


@proves("plan-from-document")
def test_a_published_document_becomes_a_plan_that_lives(visitor: Visitor) -> None:
    move_day(visitor, "2020-03-02")
    visitor.become("政策处长")
    visitor.open("/workplan/plans/import/")
    visitor.press("用自带样例试一试")
    draft = visitor.page.url
    assert counted(visitor, "文中识别") == ["8", "28", "86", "14", "10", "22", "4", "57"]
    assert visitor.page.get_by_role("button", name="签发", exact=True).is_disabled()
    put_right(visitor)
    issue(visitor, draft, "云科发〔2020〕6号")

    visitor.open("/workplan/load/")
    assert "13 个处室，86 项责任" in visitor.page.locator(".kc-subtitle").inner_text()
    visitor.open(f"/workplan/tasks/?q={TASK}")
    visitor.follow(TASK)
    task = visitor.page.url
    report_done(visitor, "高新处", task)
    merge(visitor, "创服处长", task)
    assert "创服处" in visitor.page.locator("[role=alert]").inner_text()  # has not reported yet
    report_done(visitor, "创服处", task)
    merge(visitor, "创服处长", task)
    assert visitor.page.get_by_role("button", name="确认办结").is_disabled()  # not by one who asked for it

    visitor.become("局领导")
    visitor.follow(TASK)
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name=SUMMARY["name"]).first.click()
    assert download.value.path().read_bytes() == SUMMARY["buffer"]
    visitor.press("确认办结")
    assert "已确认办结" in visitor.told()
    open_a_number(visitor)


@pytest.mark.journey
@pytest.mark.skipif(not REAL.exists(), reason="the real document is not on this machine")
def test_the_real_document_revises_the_plan_of_the_demo_year(visitor: Visitor) -> None:
    visitor.become("政策处长")
    visitor.open("/workplan/plans/import/")
    visitor.page.locator("input[name=file]").set_input_files(REAL)
    visitor.page.get_by_label("导入为").select_option(label="沈阳市科学技术局2019年工作要点")
    visitor.press("识别并建立草稿")
    draft = visitor.page.url
    assert counted(visitor, "文中识别")[:7] == ["8", "31", "125", "14", "9", "3", "7"]
    decide_all(visitor)
    visitor.press("全部核对无误")
    issue(visitor, draft)
    visitor.open("/workplan/load/")
    assert "125 项责任" in visitor.page.locator(".kc-subtitle").inner_text()
    open_a_number(visitor)


def move_day(visitor: Visitor, day: str) -> None:
    visitor.become("局领导")
    visitor.page.get_by_label("业务日期").fill(day)
    visitor.press("移到这一天")
    assert day in visitor.page.locator(".kc-clock").inner_text()


def counted(visitor: Visitor, row: str) -> list[str]:
    """The counts: areas, tasks, responsibilities, offices, headline and task targets, promises, all numbers."""
    cells = visitor.page.locator(".kc-account tr", has_text=row).locator("td")
    return [text.strip() for text in cells.all_inner_texts()]


def decide_all(visitor: Visitor) -> None:
    """Track every numbered promise that waits for a person as a deliverable."""
    while visitor.page.get_by_role("link", name="决定", exact=True).count():
        visitor.follow("决定")
        visitor.press("列为举措")


def put_right(visitor: Visitor) -> None:
    """Name the office that the bureau does not have, decide the promises, say who leads, accept the rest."""
    visitor.page.get_by_label("对应处室").select_option(label="成果处")
    visitor.press("对应")
    decide_all(visitor)
    line = visitor.page.locator(".kc-task", has_text=TASK)
    assert "建议牵头" in line.locator(".kc-task-offices").inner_text()
    with visitor.leaving():
        line.get_by_role("link", name="处室", exact=True).click()
    rows = visitor.page.locator("form", has=visitor.page.get_by_role("button", name="保存处室")).locator(
        "tbody tr"
    )
    rows.nth(0).locator("select").last.select_option(label="牵头")
    rows.nth(1).locator("select").last.select_option(label="配合")
    visitor.press("保存处室")
    assert line.locator(".kc-task-offices").inner_text().startswith("牵头 创服处、高新处（配合）")
    visitor.press("采纳全部牵头建议")
    visitor.press("全部核对无误")
    assert visitor.page.locator("#points").count() == 0
    assert visitor.page.get_by_role("link", name="签发", exact=True).count() == 0  # not by one who corrects


def issue(visitor: Visitor, draft: str, number: str = "") -> None:
    visitor.become("局领导")
    visitor.open(draft)
    visitor.follow("签发")
    visitor.page.get_by_label("文号").fill(number)
    visitor.press("签发")
    assert "已签发" in visitor.told()


def report_done(visitor: Visitor, office: str, task: str) -> None:
    """An office reports its own part as done, with a file that shows it."""
    visitor.become(f"{office}工作人员")
    visitor.open(task)
    visitor.follow("报送本处室部分")
    visitor.page.get_by_label("进展").fill(f"{office}负责的部分已完成。")
    visitor.page.get_by_label("本处室负责的部分已完成").check()
    visitor.page.get_by_label("佐证文件").set_input_files(SUMMARY)
    visitor.press("报送")
    assert "已报送" in visitor.told()


def merge(visitor: Visitor, lead: str, task: str) -> None:
    """The lead merges what the offices reported and asks to close the task."""
    visitor.become(lead)
    visitor.open(task)
    visitor.follow("牵头汇总")
    assert "高新处负责的部分已完成。" in visitor.page.get_by_label("汇总意见").input_value()
    for box in visitor.page.get_by_role("group", name="已完成的举措").get_by_role("checkbox").all():
        box.check()
    visitor.page.get_by_label("申请办结整项任务").check()
    visitor.press("汇总")


def open_a_number(visitor: Visitor) -> None:
    """From the cockpit to the records behind a number, as many as it says."""
    visitor.open("/cockpit/")
    number = visitor.page.locator("tr", has_text="高新技术企业").first.locator("a.kc-figure")
    shown = number.locator(".kc-number").inner_text()
    with visitor.leaving():
        number.click()
    assert visitor.page.locator(".kc-tile-number").first.inner_text() == shown
    assert f"共 {shown} 项" in visitor.page.locator(".kc-list-head").inner_text()
    with visitor.leaving():
        visitor.page.locator("#kc-list tbody a").first.click()
    assert "/parties/organizations/" in visitor.page.url
