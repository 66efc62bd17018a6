# SPDX-License-Identifier: Apache-2.0
"""The lists that tasks of the plan name, alive: kept by their offices, moved with proof, counted, lit, public.

These walk what registers and commitments carry of a scenario; one that proves it as a whole says so.
"""

from __future__ import annotations

import pytest

from harness.proofs import proves
from harness.records import (
    PROOF,
    counted,
    edit,
    fact,
    here,
    make,
    move,
    move_many,
    of,
    put,
    section,
    take,
)
from harness.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


def test_task_5_a_near_national_centre_knows_its_gaps_and_tracks_what_closes_them(visitor: Visitor) -> None:
    visitor.become("资配处工作人员")
    record = of(visitor, "innovation_platform", "606所燃气轮机创新中心")
    move(visitor, "建成运行")
    for start in (0, 5):  # ten criteria, five lines to spare at a time
        lines = [
            {"criterion": f"条件{n + 1}", "needed": "达到", "met": "达到" if n < 7 else "未达到"}
            for n in range(start, start + 5)
        ]
        edit(visitor, tables={"gaps": (start, lines)}, goal="国字号")
    promises = [
        {"what": f"补齐条件{n}", "office": "资配处", "due": f"2019-{month}-30"}
        for n, month in ((8, 11), (9, 12))
    ]
    edit(visitor, tables={"promises": (0, promises)})
    move(visitor, "启动晋位")
    shown = visitor.page.locator("main").inner_text()
    assert fact(visitor, "差距条件") == "10条"
    assert shown.count("未达到") == 3
    assert "补齐条件8" in shown
    visitor.open("/commitments/clauses/?q=补齐条件")
    assert visitor.page.locator("#kc-list tbody tr").count() == 2
    visitor.open(record)
    assert "晋位升级中" in visitor.page.locator(".kc-standing").inner_text()


@proves("task-8")
def test_task_8_three_parties_draft_a_plan_whose_last_two_versions_differ_visibly(visitor: Visitor) -> None:
    visitor.become("创发处工作人员")
    of(visitor, "research_facility", "综合性国家科学中心建设方案")
    move(visitor, "启动编制")
    lines = [
        {
            "name": ("市科技局", "中科院分院", "浑南区")[n % 3],
            "section": f"第{n % 3 + 1}部分",
            "opinion": f"意见{n + 1}",
            "adopted": "采纳" if n < 9 else "不采纳并说明",
            "why": "与总体布局一致" if n < 9 else "超出本期范围",
        }
        for n in range(12)
    ]
    text = "到2025年建成三个平台。建设期五年。"
    edit(visitor, tables={"parties": (0, lines[:5])}, edition="1.1", text=text)
    edit(visitor, tables={"parties": (5, lines[5:10])})
    text = "到2025年建成四个平台。建设期五年。设立专项资金。"
    edit(visitor, tables={"parties": (10, lines[10:])}, edition="1.2", text=text)
    opinions = section(visitor, "参与编制单位")
    assert len(opinions) == 12
    assert [row[3] for row in opinions].count("采纳") == 9
    assert all(row[4] for row in opinions)
    move(visitor, "上报")
    move(visitor, "获批")
    assert fact(visitor, "稿次") == "1.2"
    visitor.follow("修改对照")
    last = visitor.page.locator("main section").first
    gone, come = (
        [words.split()[-1] for words in last.locator(one).all_inner_texts()] for one in ("del", "ins")
    )
    assert (gone[:2], come[:3]) == (["1.1", "三"], ["1.2", "四", "设立专项资金。"])

    facility = of(visitor, "research_facility", "浑南实验室")
    edit(visitor, depends="综合性国家科学中心建设方案", place="123.46, 41.72", site="浑南区", invest="12000")
    assert (fact(visitor, "选址"), fact(visitor, "投资估算")) == ("浑南区", "12,000万元")
    visitor.open("/registers/of/research_facility/map/")
    assert "浑南实验室 谋划" in " ".join(visitor.page.locator("main").inner_text().split())
    visitor.follow("浑南实验室")
    assert visitor.page.url.endswith(facility)


def test_task_9_a_weak_node_opens_to_its_firm_platform_and_gap_and_a_park_to_three_streams(
    visitor: Visitor,
) -> None:
    visitor.become("高新处工作人员")
    make(visitor, "chain_node", title="谐波减速器", chain="机器人", layer="零部件")
    move(visitor, "已有布局", reason="两家企业已布局")
    make(visitor, "chain_node", title="力矩传感器", chain="机器人", layer="零部件")
    edit(visitor, upstream="谐波减速器", platforms="中科院机器人与智能制造创新研究院")
    visitor.open("/registers/of/chain_node/?state=weak&f_chain=机器人")
    visitor.follow("谐波减速器")
    assert "下游节点" in visitor.page.locator("main").inner_text()
    visitor.follow("力矩传感器")
    visitor.follow("中科院机器人与智能制造创新研究院")
    assert "服务的产业链节点" in visitor.page.locator("main").inner_text()
    of(visitor, "science_park", "机器人未来城")
    streams = {
        name: (0, [{"what": f"{words}一项", "due": "2019-12-20", "state": "推进"}])
        for name, words in (("projects", "项目"), ("platforms", "平台"), ("talents", "人才"))
    }
    edit(visitor, tables=streams, **{"tenants.0.year": "2018", "tenants.0.value": "46"})
    assert [fact(visitor, f"{name}事项") for name in ("项目研发", "平台建设", "人才引育")] == ["1项"] * 3
    assert section(visitor, "入驻企业（家）")[0][:2] == ["2018", "46"]


@proves("russian-carrier")
def test_task_17_a_carrier_for_russia_counts_days_and_results(visitor: Visitor) -> None:
    visitor.become("国合处工作人员")
    of(visitor, "foreign_partner", "俄罗斯院士工作站")
    line = {"day": "2019-06-10", "what": "院士来沈工作", "people": "1", "days": "15", "result": "联合成果1项"}
    edit(visitor, tables={"activities": (0, [line])}, **{"projects.0.year": "2019", "projects.0.value": "3"})
    move(visitor, "建立合作")
    assert section(visitor, "在研合作项目（项）")[0][:2] == ["2019", "3"]
    assert (fact(visitor, "活动次数"), fact(visitor, "来沈工作")) == ("1次", "15天")


def test_task_27_coverage_of_experts_opens_to_those_who_are_missing(visitor: Visitor) -> None:
    covered, experts = "已建立联系的外国专家", "在沈重点外国专家"
    visitor.become("人才处长")
    before = (counted(visitor, covered), counted(visitor, experts))
    visitor.become("人才处工作人员")
    make(visitor, "foreign_expert", title="专家甲", country="德国")
    edit(
        visitor,
        tables={"log": (0, [{"day": "2019-10-10", "who": "人才处", "need": "子女入学", "solved": "已协调"}])},
        contact="人才处",
        last_contact="2019-10-10",
    )
    move(visitor, "建立联系")
    make(visitor, "foreign_expert", title="专家乙", country="日本")
    missing = visitor.page.locator("h1").inner_text()
    visitor.become("人才处长")
    assert (counted(visitor, covered), counted(visitor, experts)) == (before[0] + 1, before[1] + 2)
    visitor.open("/registers/of/foreign_expert/?state=in_city")
    assert visitor.page.get_by_role("link", name=missing).count() == 1
    visitor.become("高新处工作人员")  # sees that there is one, not who
    visitor.open("/registers/of/foreign_expert/?state=in_city")
    assert "专家乙" not in visitor.page.locator("main").inner_text()


@proves("pain-point")
def test_task_21_a_pain_point_is_merged_answered_in_time_and_becomes_a_reform_item(visitor: Visitor) -> None:
    link = handed_in(visitor)
    visitor.site.kechuang("tick")
    visitor.become("政策处工作人员")
    visitor.open("/notices/")
    assert "收到公众提交：经费报销材料重复" in visitor.page.locator("main").inner_text()
    make(visitor, "pain_point", title="报销要交三遍材料", same_as="经费报销材料重复")
    assert fact(visitor, "应答复日期") == "2019-10-29"  # ten working days
    move(visitor, "并案")
    make(visitor, "reform_item", title="精简报销材料", clause="松绑减负", due="2019-12-31")
    of(visitor, "pain_point", "经费报销材料重复")
    edit(visitor, reply="已合并为一套材料。", reform="精简报销材料")
    point = move(visitor, "答复")
    rated(visitor, link)
    visitor.become("政策处工作人员")
    visitor.open(point)
    assert fact(visitor, "满意度") == "满意"
    move(visitor, "确认解决")
    visitor.follow("精简报销材料")
    assert "来源堵点" in visitor.page.locator("main").inner_text()
    visitor.context.clear_cookies()
    visitor.open("/registers/public/pain_point/?q=经费报销")
    public = visitor.page.locator("#kc-list").inner_text()
    assert "已合并为一套材料" in public
    assert "满意" not in public


def handed_in(visitor: Visitor) -> str:
    """A scientist says what hinders him, without saying who he is; returns the link back."""
    visitor.context.clear_cookies()
    visitor.open("/registers/public/")
    visitor.follow("“堵点”“难点”征集")
    visitor.follow("提交")
    put(visitor, title="经费报销材料重复", detail="同一份材料要交三遍。", direction="经费")
    visitor.press("提交")
    shown = visitor.page.locator("main").inner_text()
    assert ("已受理" in shown, "2019-10-29" in shown) == (True, True)
    return str(visitor.page.locator(".kc-link-shown").inner_text())


def rated(visitor: Visitor, link: str) -> None:
    """Whoever has the link reads the answer and says that he is content."""
    visitor.context.clear_cookies()
    visitor.open(link[link.index("/registers/") :])
    assert "已合并为一套材料。" in visitor.page.locator("main").inner_text()
    visitor.press("满意")
    assert "感谢您的评价" in visitor.told()


def test_task_24_the_three_year_plan_shows_the_slice_of_the_year_and_the_light_of_each_project(
    visitor: Visitor,
) -> None:
    visitor.become("创发处工作人员")
    of(visitor, "zone_project", "高企梯度培育工程")
    edit(
        visitor,
        tables={"promises": (0, [{"what": "高企培育计划印发", "office": "高新处", "due": "2019-09-30"}])},
        plan="市三年行动计划",
        year="2019年",
        due="2019-12-31",
    )
    visitor.open("/registers/of/zone_project/?f_plan=city&f_year=y2019")
    assert "高企梯度培育工程" in visitor.page.locator("#kc-list").inner_text()
    visitor.open("/commitments/clauses/?q=高企培育计划印发")
    row = visitor.page.locator("#kc-list tbody tr")
    assert row.count() == 1
    assert row.locator(".kc-light-red").count() == 1  # a day gone by without it is red


@proves("task-31")
def test_task_31_forty_hosts_publish_the_public_comes_and_the_table_of_the_year_fills(
    visitor: Visitor,
) -> None:
    checked_three_times(visitor)
    visitor.become("创服处工作人员")
    before = counted(visitor, "科技周参加人次")
    visitor.open("/parties/organizations/?sort=name")
    hosts = visitor.page.locator("#kc-list tbody .kc-main-col").all_inner_texts()[:40]
    head = ["活动", "主办单位", "日期", "名额"]
    rows = [[f"科学集市{n:02}", host.strip(), "2019-10-15", 30] for n, host in enumerate(hosts)]
    take(visitor, "science_week", [head, *rows])
    move_many(visitor, "/registers/of/science_week/move/?q=科学集市&state=proposed", "列入日程", 40)
    visitor.open("/registers/public/science_week/?q=科学集市")
    assert visitor.page.locator("#kc-list tbody tr").count() == 40

    visitor.open("/registers/of/science_week/?q=科学集市07")
    visitor.follow("科学集市07")
    event = here(visitor)
    visitor.follow("增设场次")
    put(visitor, title="天文夜场", place="科技馆天台", quota="1")
    put(visitor, starts="2019-10-15T18:00", ends="2019-10-15T20:00")
    visitor.press("保存")
    seats = visitor.page.url
    ticket = signed_up(visitor)
    visitor.become("创服处工作人员")
    visitor.open(seats)
    row = visitor.page.get_by_role("row", name="赵小满").inner_text()
    assert ("138****5678" in row, "13800005678" in row) == (True, False)
    visitor.open(f"/slots/check-in/{ticket}/")
    visitor.press("签到")
    visitor.context.clear_cookies()
    visitor.open(f"/slots/ticket/{ticket}/")
    visitor.press("满意")

    visitor.become("创服处工作人员")
    visitor.open(event)
    assert fact(visitor, "现场满意率") == "100.0%"
    move(visitor, "举办完成", attended="999")
    assert fact(visitor, "实到") == "1人"  # as they were checked in, whatever is typed
    of(visitor, "science_week", "科学集市08")
    move(visitor, "举办完成", attended="320")  # without sessions it is typed
    assert counted(visitor, "科技周参加人次") == before + 321
    visitor.open("/papers/draft/")
    visitor.press("科普活动年报")
    text = visitor.page.get_by_label("正文")
    text.fill(text.input_value().replace("（请补充）", "扩大覆盖面。"))
    visitor.press("保存并预览")
    paper = visitor.page.locator(".kc-paper")
    assert "现场评价满意率100.0%" in paper.inner_text()
    rows = [row.inner_text().split() for row in paper.locator("tr", has_text="科学集市").all()]
    assert sum(row[0].startswith("科学集市") for row in rows) == 40
    shown = {row[0]: row[-2:] for row in rows}
    assert (shown["科学集市07"], shown["科学集市08"]) == (["1", "100.0%"], ["320", "—"])


def checked_three_times(visitor: Visitor) -> None:
    """A case is published after its facts, its line and its way out were checked, not by one person alone."""
    visitor.become("办公室工作人员")
    make(visitor, "model_case", title="一个创新典型", text="正文。")
    assert visitor.page.get_by_role("link", name="发布", exact=True).count() == 0
    visitor.follow("修改")
    visitor.page.locator("[name=consent]").set_input_files(PROOF)
    visitor.page.locator("[name=channel]").select_option(label="网站")
    visitor.press("保存")
    case = move(visitor, "事实核对", reason="数据已核对")
    assert visitor.page.get_by_role("button", name="内容审定").is_disabled()  # not by who checked the facts
    visitor.become("办公室处长")
    visitor.open(case)
    move(visitor, "内容审定", reason="导向正确")
    move(visitor, "发布")
    visitor.open("/registers/public/model_case/")
    assert "一个创新典型" in visitor.page.locator("#kc-list").inner_text()


def signed_up(visitor: Visitor) -> str:
    """Anybody, without an account, takes the one seat; returns the code of the ticket."""
    visitor.context.clear_cookies()
    visitor.open("/registers/public/science_week/?q=科学集市07")
    visitor.page.get_by_role("row", name="科学集市07").get_by_role("link", name="报名").click()
    visitor.follow("报名")
    put(visitor, name="赵小满", phone="13800005678")
    visitor.page.locator("[name=agree]").check()
    visitor.press("报名")
    assert "138****5678" in visitor.page.locator("main").inner_text()
    visitor.follow("打开到场凭证")
    assert visitor.page.locator(".kc-qr svg").is_visible()
    ticket = visitor.page.url.rstrip("/").rpartition("/")[2]
    visitor.open("/registers/public/science_week/?q=科学集市07")
    visitor.page.get_by_role("row", name="科学集市07").get_by_role("link", name="报名").click()
    assert visitor.page.get_by_role("link", name="报名", exact=True).count() == 0  # the one seat is taken
    return str(ticket)
