# SPDX-License-Identifier: Apache-2.0
"""A year of three tasks and three offices, day by day, in the browser; its scores are worked out by hand below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commons.commitments.test_ledger import filled
from harness.quiet import quiet_site
from harness.site import Site
from harness.visitor import Company, in_company

__all__ = ["quiet_site"]
LAB, TRANSFER, FIRMS = "建设重点实验室", "推进成果转化", "培育科技企业"
ORDER = "核实重点实验室名单"
PROOF = {"name": "总结.txt", "mimeType": "text/plain", "buffer": "完成情况".encode()}
SCORES = {"政策处": ("75", "7"), "高新处": ("95", "6"), "成果处": ("99", "3")}
"""Base 20, results 40 (none to answer for), closings up to 40, then what was lost; and reports asked.

政策处 75: closings (0 + 1) / 2 × 40 = 20 (laboratory late, instruction in time); returned -2; letters -1 and -2.
    Asked: five in four rounds, two letters.
高新处 95: closings 40 (moved to the next year before any was judged); late -1, missing -2, asked for time too late -2.
    Asked: two, two, one, one.
成果处 99: closings 40 (in time after a move asked for in time, which costs nothing); late -1. Asked: one in three rounds.
"""


@pytest.fixture
def bureau(chromium: Any, quiet_site: Site, request: pytest.FixtureRequest) -> Iterator[Company]:
    with in_company(chromium, quiet_site, request) as somebody:
        yield somebody


@pytest.mark.journey
@pytest.mark.timeout(900)
def test_a_year_of_reports_slips_and_decisions_ends_in_scores_worked_by_hand(
    bureau: Company, tmp_path: Path
) -> None:
    spring(bureau, tmp_path)
    summer(bureau)
    autumn(bureau)
    winter(bureau)
    scores(bureau)
    assert "日志完整" in bureau.site.kechuang("journal", "verify")


def spring(bureau: Company, folder: Path) -> None:
    """Parts are taken note of; a round opens and closes; one office reports offline, one too late."""
    bureau.become("政策处工作人员")
    bureau.open("/desk/")
    bureau.follow("签收责任 2 项")
    bureau.press("签收所选")
    assert "已签收 2 项" in bureau.told()
    day(bureau, "2019-03-04", tick=True)
    bureau.become("政策处工作人员")
    bureau.open("/desk/")
    bureau.follow("2019年第1季度进展报送")
    bureau.follow("离线填报")
    with bureau.page.expect_download() as download:
        bureau.page.get_by_role("link", name="导出表格").click()
    book = folder / "台账.xlsx"
    book.write_bytes(filled(download.value.path().read_bytes(), 本次进展=["方案已印发", "配合完成调研"]))
    bureau.page.get_by_label("填好的表格").set_input_files(book)
    bureau.press("上传并试算")
    assert "可报送 2 项" in bureau.page.locator("main").inner_text()
    bureau.press("确认写入")
    assert "已报送 2 项" in bureau.page.locator("main").inner_text()
    report(bureau, "高新处", LAB)
    report(bureau, "高新处", FIRMS)
    day(bureau, "2019-03-26", tick=True)
    bureau.become("成果处工作人员")
    bureau.open("/desk/")
    todo = bureau.page.locator("tr", has_text="2019年第1季度进展报送")
    assert "已截止，还有 1 项未报" in todo.inner_text()
    assert "记为迟报" in report(bureau, "成果处", TRANSFER)
    assert tally(bureau, "2019年第1季度进展报送", "成果处") == ["1", "0", "1", "0", "0"]


def summer(bureau: Company) -> None:
    """A task slips, two letters climb, one is answered; it closes after being returned once."""
    day(bureau, "2019-06-03", tick=True)
    for office, task in (("政策处", LAB), ("政策处", TRANSFER), ("成果处", TRANSFER)):
        report(bureau, office, task)
    day(bureau, "2019-06-29", tick=True)
    assert tally(bureau, "2019年第2季度进展报送", "高新处") == ["2", "0", "0", "0", "2"]
    assert send_letter(bureau) == "蓝色督办单"
    day(bureau, "2019-07-06")
    assert send_letter(bureau) == "橙色督办单"
    bureau.become("政策处工作人员")
    bureau.open("/desk/")
    bureau.follow(f"回复橙色督办单：{LAB}")
    bureau.follow("回复")
    bureau.page.get_by_label("办理情况").fill("本处室部分已完成，附总结。")
    bureau.page.get_by_label("本处室已完成").check()
    bureau.page.get_by_label("佐证").set_input_files(PROOF)
    bureau.press("回复督办单")
    day(bureau, "2019-07-09")
    assert "记为迟报" in report(bureau, "高新处", LAB, done=True)
    merge(bureau, "政策处长", LAB)
    decide(bureau, LAB, "退回")
    bureau.page.get_by_label("退回原因").fill("缺少验收意见。")
    bureau.press("退回")
    day(bureau, "2019-07-12")
    merge(bureau, "政策处长", LAB)
    decide(bureau, LAB, "确认办结")
    assert "已确认办结" in bureau.told()


def autumn(bureau: Company) -> None:
    """A round without the closed task; more time in time; an instruction becomes a commitment; the brief is issued."""
    day(bureau, "2019-09-02", tick=True)
    for office, task in (("政策处", TRANSFER), ("成果处", TRANSFER), ("高新处", FIRMS)):
        report(bureau, office, task)
    day(bureau, "2019-09-10")
    extend(bureau, "成果处", TRANSFER, "2019-11-29")
    day(bureau, "2019-09-12")
    approve(bureau, TRANSFER)
    bureau.become("局领导")
    open_task(bureau, LAB)
    bureau.follow("作批示")
    bureau.page.get_by_label("批示", exact=False).first.fill("请核实实验室名单，月底前报我。")
    bureau.page.get_by_label("督办事项名称").fill(ORDER)
    bureau.page.get_by_label("牵头处室").select_option(label="政策处")
    bureau.page.get_by_label("完成时限").fill("2019-09-30")
    bureau.press("作出批示")
    bureau.site.kechuang("tick")
    report(bureau, "政策处", ORDER, done=True)
    merge(bureau, "政策处长", ORDER)
    decide(bureau, ORDER, "确认办结")
    day(bureau, "2019-10-08")
    brief(bureau)


def winter(bureau: Company) -> None:
    """One task closes in time, the last is moved too late."""
    day(bureau, "2019-11-20")
    for office in ("成果处", "政策处"):
        report(bureau, office, TRANSFER, done=True)
    merge(bureau, "成果处长", TRANSFER)
    decide(bureau, TRANSFER, "确认办结")
    day(bureau, "2019-12-02", tick=True)
    report(bureau, "高新处", FIRMS)
    day(bureau, "2019-12-23")
    extend(bureau, "高新处", FIRMS, "2020-01-31")
    assert "逾期后申请" in bureau.page.locator("main").inner_text()
    day(bureau, "2019-12-24")
    approve(bureau, FIRMS)
    open_task(bureau, FIRMS)
    assert "曾于 2019-12-21 逾期后才延期" in bureau.page.locator(".kc-standing").inner_text()


def scores(bureau: Company) -> None:
    """What the year comes to, of each office, and how often it was asked."""
    day(bureau, "2020-01-06", tick=True)
    for office, (total, asked) in SCORES.items():
        bureau.open("/oversight/scores/?year=2019")
        bureau.follow(office)
        tiles = bureau.page.locator(".kc-tile-number").all_inner_texts()
        assert (office, *tiles[:2]) == (office, total, asked)


def day(bureau: Company, to: str, *, tick: bool = False) -> None:
    """The presenter moves the day; where rounds turn, what is done from time to time is done."""
    bureau.become("局领导")
    bureau.open("/desk/")
    bureau.page.get_by_label("业务日期").fill(to)
    bureau.press("移到这一天")
    if tick:
        bureau.site.kechuang("tick")


def open_task(bureau: Company, title: str) -> None:
    """A task of the plan, else an instruction."""
    bureau.open("/commitments/instructions/" if title == ORDER else "/workplan/tasks/")
    bureau.follow(title)


def report(bureau: Company, office: str, task: str, *, done: bool = False) -> str:
    """An office reports its part; what it is told."""
    bureau.become(f"{office}工作人员")
    open_task(bureau, task)
    bureau.follow("报送本处室部分")
    bureau.page.get_by_label("进展").fill(f"{office}：{task}，按计划推进。")
    if done:
        bureau.page.get_by_label("本处室负责的部分已完成").check()
        bureau.page.get_by_label("佐证文件").set_input_files(PROOF)
    bureau.press("报送")
    return bureau.told()


def merge(bureau: Company, lead: str, task: str) -> None:
    """The lead merges and asks to close."""
    bureau.become(lead)
    open_task(bureau, task)
    bureau.follow("牵头汇总")
    bureau.page.get_by_label("申请办结整项任务").check()
    bureau.press("汇总")


def decide(bureau: Company, task: str, act: str) -> None:
    """The leader confirms, or opens the form to send it back."""
    bureau.become("局领导")
    open_task(bureau, task)
    if act == "退回":
        bureau.follow(act)
    else:
        bureau.press(act)


def tally(bureau: Company, title: str, office: str) -> list[str]:
    """Asked, in time, late, to come, missing."""
    bureau.open("/oversight/rounds/")
    bureau.follow(title)
    row = bureau.page.locator("section", has_text="各处室报送情况").locator("tr", has_text=office)
    return [text.strip() for text in row.locator("td").all_inner_texts()[1:]]


def send_letter(bureau: Company) -> str:
    """The one letter that is due; its name."""
    bureau.become("局领导")
    bureau.open("/oversight/letters/issue/")
    rows = bureau.page.locator("tbody tr", has=bureau.page.get_by_role("button", name="发出"))
    assert rows.count() == 1
    name = rows.locator("td").first.inner_text()
    bureau.press("发出")
    return str(name)


def extend(bureau: Company, office: str, task: str, to: str) -> None:
    """Ask for a later date."""
    bureau.become(f"{office}工作人员")
    open_task(bureau, task)
    bureau.page.locator(".kc-actions summary", has_text="更多办理").click()
    bureau.follow("申请延期")
    bureau.page.get_by_label("申请延至").fill(to)
    bureau.page.get_by_label("原因").fill("外部数据未到。")
    bureau.press("申请延期")


def approve(bureau: Company, task: str) -> None:
    """The leader grants it, from his desk."""
    bureau.become("局领导")
    bureau.open("/desk/")
    bureau.follow(f"审批延期：{task}")
    bureau.page.get_by_label("同意延期", exact=True).check()
    bureau.press("审批延期")


def brief(bureau: Company) -> None:
    """The brief of September: drafted from the round for its receiver, checked, issued under a number."""
    bureau.become("政策处工作人员")
    bureau.open("/papers/draft/")
    form = bureau.page.locator("form", has=bureau.page.get_by_role("button", name="月报", exact=True))
    form.get_by_label("数据截至").fill("2019-09-30")
    bureau.press("月报")
    text = bureau.page.get_by_label("正文")
    text.fill(text.input_value().replace("（请补充）", "下一步抓好滞后任务。"))
    bureau.press("保存并预览")
    title, address = bureau.page.locator("h1").inner_text(), bureau.page.url
    assert title == "2019年9月重点任务进展月报"
    assert "收到进展报告3份" in bureau.page.locator(".kc-paper").inner_text()
    bureau.follow("送核稿")
    bureau.press("送核稿")
    bureau.become("政策处长")
    bureau.open("/desk/")
    bureau.follow(title)
    bureau.press("核稿通过")
    bureau.become("局领导")
    bureau.open(address)
    bureau.press("签发")
    assert "工作月报〔2019〕第1期" in bureau.page.locator("main").inner_text()
