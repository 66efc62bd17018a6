# SPDX-License-Identifier: Apache-2.0
"""What is done with others: introductions, agreements, joint meetings, match fairs, partners abroad, contests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from harness.proofs import proves
from harness.records import (
    PROOF,
    agree,
    counted,
    day,
    edit,
    fact,
    here,
    make,
    move,
    move_many,
    moved,
    of,
    save,
    section,
    take,
)
from harness.site import Site
from harness.visitor import Company, Visitor, in_company

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.fixture
def bureau(chromium: Any, site: Site, request: pytest.FixtureRequest) -> Iterator[Company]:
    with in_company(chromium, site, request) as somebody:
        yield somebody


@proves("task-6")
def test_task_6_a_missing_node_leads_to_a_joint_offer_that_lands_and_a_clause_slips(bureau: Company) -> None:
    offered_together(bureau)
    bureau.become("成果处工作人员")
    agreement = of(bureau, "agreement", "与中科院沈阳分院全面科技合作")
    clause = "共建联合实验室"
    promise = {"what": clause, "office": "成果处", "due": "2019-10-20"}
    edit(bureau, tables={"promises": (0, [promise])})
    move(bureau, "签署", signed="2019-10-15")
    assert light(bureau, clause) == "yellow"  # five days before its date

    day(bureau, "2019-10-21")
    bureau.site.kechuang("tick")
    bureau.become("成果处工作人员")
    bureau.open(agreement)
    assert light(bureau, clause) == "red"
    bureau.follow(clause)
    bureau.follow("报送本处室部分")
    bureau.page.get_by_label("进展").fill("实验室已揭牌。")
    bureau.page.get_by_label("本处室负责的部分已完成").check()
    bureau.page.get_by_label("佐证文件").set_input_files(PROOF)
    bureau.press("报送")
    bureau.become("成果处长")
    bureau.open(agreement)
    bureau.follow(clause)
    bureau.follow("牵头汇总")
    bureau.page.get_by_label("申请办结整项任务").check()
    bureau.press("汇总")
    leader = next(name for name in ("副局长甲", "副局长乙", "副局长丙") if told(bureau, name, clause))
    assert leader
    bureau.become("局领导")
    bureau.open(agreement)
    bureau.follow(clause)
    bureau.press("确认办结")
    bureau.open(agreement)
    assert light(bureau, clause) == "yellow"  # made up late, it never turns green
    assert section(bureau, "约定事项")[-1][-1] == "已办结"


def offered_together(bureau: Company) -> None:
    """From a missing node to an introduction that city and district have agreed to and that lands."""
    bureau.become("高新处工作人员")
    node = make(bureau, "chain_node", title="谐波减速器柔轮", chain="机器人", layer="零部件")
    bureau.become("资配处工作人员")
    bureau.open(node)
    assert "缺失" in bureau.page.locator(".kc-standing").inner_text()
    bureau.follow("引进对象")
    log = [{"day": "2019-10-10", "who": "资配处", "what": "初次接触", "next": "来访考察"}]
    offer = [
        {"who": "市级", "what": "设备补助", "by": "2019-12-20"},
        {"who": "和平区", "what": "场地三年免租", "by": "2019-11-30"},
    ]
    terms: Any = {"title": "某精密传动研究院", "urgency": "急需", "district": "和平区"}
    target = save(bureau, tables={"log": (0, log), "offer": (0, offer)}, **terms)
    assert "谐波减速器柔轮" in bureau.page.locator("main").inner_text()
    move(bureau, "启动洽谈")
    bureau.become("资配处长")
    bureau.open(target)
    agree(bureau)
    bureau.become("和平区科技局")
    bureau.open(target)
    agree(bureau)
    bureau.become("资配处工作人员")
    bureau.open(target)
    assert [row[1] for row in section(bureau, "各方同意")] == ["已同意", "已同意"]
    move(bureau, "签约")
    move(bureau, "落地")
    assert [row[0] for row in section(bureau, "约定事项")] == ["设备补助", "场地三年免租"]
    bureau.open(node)
    bureau.follow("某精密传动研究院")
    assert "落地" in bureau.page.locator(".kc-standing").inner_text()
    move(bureau, "投入运行")
    delivered(bureau, "场地三年免租")


def delivered(bureau: Company, promise: str) -> None:
    """The office that follows a promise of the offer says that it was kept."""
    target = here(bureau)
    bureau.follow(promise)
    bureau.follow("报送本处室部分")
    bureau.page.get_by_label("进展").fill("场地已交付。")
    bureau.page.get_by_label("本处室负责的部分已完成").check()
    bureau.page.get_by_label("佐证文件").set_input_files(PROOF)
    bureau.press("报送")
    bureau.open(target)
    assert light(bureau, promise) == "green"


def light(bureau: Company, clause: str) -> str:
    """The colour of a promise on the page of its record."""
    row = bureau.page.locator("section tr", has=bureau.page.get_by_role("link", name=clause, exact=True))
    classes = row.locator(".kc-light").first.get_attribute("class")
    return str(classes).rpartition("kc-light-")[2].split()[0]


def told(bureau: Company, leader: str, clause: str) -> bool:
    """Whether a leader was told that a promise is late."""
    bureau.become(leader)
    bureau.open("/notices/")
    lines = bureau.page.locator("main").inner_text().splitlines()
    return any("约定逾期" in line and clause in line for line in lines)


UNIVERSITY = "云川大学"
DECLINED = (
    "成果成熟度不足",
    "价格分歧",
    "知识产权分歧",
    "需求变化",
    "资金不落实",
    "对方未应答",
    "其他",
    "价格分歧",
)


@proves("task-14")
def test_task_14_resolutions_bind_and_a_fair_leads_to_contracts_and_coded_refusals(visitor: Visitor) -> None:
    visitor.become("成果处工作人员")
    six = [
        {"side": f"云川大学{n}院", "what": f"决议事项{n}", "office": "成果处", "due": f"2019-12-0{n}"}
        for n in range(1, 7)
    ]
    meeting: Any = {"title": "市长—大学校长联席会议", "owner": "成果处"}
    forum = "市长—大学校长（科研院所长）联席会议"
    make(visitor, "joint_meeting", forum=forum, tables={"resolutions": (0, six[:5])}, **meeting)
    edit(visitor, tables={"resolutions": (5, six[5:])})
    move(visitor, "召开", held_on="2019-10-15")
    move(visitor, "印发纪要")
    assert [row[0] for row in section(visitor, "约定事项")] == [one["what"] for one in six]
    reported_to_the_next(visitor, forum)

    visitor.open("/parties/organizations/register/")
    visitor.page.get_by_label("名称", exact=False).first.fill(UNIVERSITY)
    visitor.page.get_by_label("高等学校").check()
    visitor.press("登记")
    fair = make(
        visitor, "contest", title="科技成果转化对接会", kind="对接会", owner="成果处", opens="2019-10-15"
    )
    move(visitor, "开放报名")
    visitor.follow("成批增设")
    visitor.page.get_by_label("场次名称").fill("一对一洽谈")
    visitor.page.get_by_label("地点").fill("\n".join(f"{table}号桌" for table in range(1, 9)))
    visitor.page.get_by_label("第一场开始").fill("2019-10-15T09:00")
    visitor.page.get_by_label("最后一场结束").fill("2019-10-15T11:30")
    visitor.page.get_by_label("每场时长（分钟）").fill("25")
    visitor.page.get_by_label("间隔（分钟）").fill("5")
    visitor.press("保存")
    assert len(section(visitor, "场次")) == 40
    move(visitor, "举办完成", people="80")
    head = ["合作内容", "来自活动", "达成日期", "供给方（高校院所）"]
    rows = [[f"对接项目{n:02}", "科技成果转化对接会", "2019-10-15", UNIVERSITY] for n in range(1, 12)]
    take(visitor, "match_intent", [head, *rows])
    visitor.open(fair)
    assert (fact(visitor, "达成意向"), fact(visitor, "成交")) == ("11项", "0项")
    followed(visitor)
    visitor.open(fair)
    assert (fact(visitor, "达成意向"), fact(visitor, "成交")) == ("11项", "3项")


def reported_to_the_next(visitor: Visitor, forum: str) -> None:
    """What the meeting came to is told to the next one, whose agenda is collected."""
    edit(visitor, report="六项决议均已立项。")
    move(visitor, "归档")
    visitor.follow("下次会议")
    save(visitor, title="第二次联席会议", owner="成果处", forum=forum, held_on="2019-12-20")
    second = here(visitor)
    visitor.become("政策处工作人员")  # collects what is proposed for the agenda
    visitor.open(second)
    visitor.follow("会商议题")
    save(visitor, title="共建联合研究院", forum=forum, ask="请各校提出共建方案。")
    visitor.follow("第二次联席会议")
    assert fact(visitor, "会商议题") == "1项"
    visitor.follow("市长—大学校长联席会议")
    assert fact(visitor, "会商报告") == "六项决议均已立项。"
    visitor.become("成果处工作人员")


def followed(visitor: Visitor) -> None:
    """Six months on three are contracts, and eight go back to the university with why."""
    day(visitor, "2020-04-15")
    visitor.become("成果处工作人员")
    visitor.open("/registers/of/match_intent/due/")
    assert "意向回访" in visitor.page.locator("main").inner_text()
    visitor.open("/registers/of/match_intent/?q=对接项目&sort=title")
    links = visitor.page.locator("#kc-list tbody .kc-main-col a")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert len(addresses) == 11
    for number, address in enumerate(addresses[:3]):
        visitor.open(f"{address}move/contracted/")
        moved(visitor, "签订合同", contract=f"沈合〔2020〕{number + 1}", contract_sum="500000")
    for address, reason in zip(addresses[3:], DECLINED, strict=True):
        visitor.open(f"{address}move/declined/")
        moved(visitor, "未成", decline=reason)
    move_many(visitor, "/registers/of/match_intent/move/?q=对接项目&state=declined", "已反馈供给方", 8)
    visitor.open("/registers/of/match_intent/?q=对接项目&state=returned&sort=title")
    rows = visitor.page.locator("#kc-list tbody tr").all_inner_texts()
    assert [UNIVERSITY in row for row in rows] == [True] * 8
    assert [reason in row for row, reason in zip(rows, DECLINED, strict=True)] == [True] * 8


@proves("task-16")
def test_task_16_a_sister_city_leads_to_a_project_and_an_introduction_has_steps(bureau: Company) -> None:
    bureau.become("国合处工作人员")
    city: Any = {"title": "友好城市应用技术大学", "kind": "大学", "country": "德国"}
    make(bureau, "foreign_partner", channel="友好城市", **city)
    move(bureau, "建立合作")
    partner = here(bureau)
    bureau.follow("合作项目")
    duties = [
        {"side": "我方", "what": "建成中试线", "office": "国合处", "due": "2019-12-20"},
        {"side": "外方", "what": "派出两名专家", "office": "国合处", "due": "2019-11-30"},
    ]
    opinions = [{"expert": f"专家{n}", "score": "88", "opinion": "同意"} for n in (1, 2, 3)]
    tables = {"duties": (0, duties), "opinions": (0, opinions)}
    project = save(bureau, title="增材制造联合研发", country="德国", tables=tables)
    bureau.become("国合处长")
    bureau.open(project)
    move(bureau, "评审通过")
    bureau.become("国合处工作人员")
    bureau.open(project)
    move(bureau, "签约实施", funds_ours="600000", funds_theirs="400000", rights="双方共有")
    split = [fact(bureau, name) for name in ("我方出资", "外方出资", "知识产权约定")]
    assert split == ["600,000.00元", "400,000.00元", "双方共有"]
    assert [row[:3] for row in section(bureau, "各方亮灯")] == [["我方", "1", "0"], ["外方", "1", "0"]]
    bureau.open(partner)
    assert fact(bureau, "实施中的合作项目") == "1项"

    of(bureau, "foreign_partner", "中德园国家国际科技合作基地")
    move(bureau, "建立合作")
    assert "年度报告 2019" in bureau.page.locator(".kc-standing").inner_text()
    report = {"year": "2019", "done": "引进技术两项", "results": "联合实验室1个"}
    edit(bureau, tables={"reports": (0, [report])})
    assert "年度报告" not in bureau.page.locator(".kc-standing").inner_text()  # it is in

    bureau.become("资配处工作人员")
    of(bureau, "introduction", "世界腐蚀组织区域总部")
    steps = [
        {"day": "2019-09-20", "who": "国合处", "what": "递交意向书", "next": "对方来访"},
        {"day": "2019-10-12", "who": "国合处", "what": "对方来访", "next": "商定章程"},
    ]
    edit(bureau, tables={"log": (0, steps)}, next_on="2019-10-20")
    move(bureau, "启动洽谈")
    assert [row[3] for row in section(bureau, "联系记录")] == ["对方来访", "商定章程"]
    assert "下次联系 2019-10-20" in bureau.page.locator(".kc-standing").inner_text()


def test_task_19_cities_see_the_lights_of_what_each_of_them_promised(visitor: Visitor) -> None:
    visitor.become("区域处工作人员")
    lines = [
        ("沈阳", "开放百台仪器", "2019-12-20"),
        ("抚顺", "提供中试场地", "2019-10-10"),
        ("抚顺", "互认检测报告", "2019-10-18"),
        ("铁岭", "共享专家库", "2019-12-20"),
    ]
    said = [{"side": side, "what": what, "office": "区域处", "due": due} for side, what, due in lines]
    last: Any = {"title": "沈阳经济区第一次会商", "owner": "区域处", "forum": "沈阳经济区会商"}
    make(visitor, "joint_meeting", held_on="2019-09-20", tables={"resolutions": (0, said)}, **last)
    move(visitor, "召开")
    move(visitor, "印发纪要")
    visitor.follow("下次会议")
    next_one: Any = last | {"title": "沈阳经济区第二次会商"}
    save(visitor, report="上次会商四项决议，逾期一项。", held_on="2019-10-25", **next_one)
    visitor.follow("沈阳经济区第一次会商")
    assert section(visitor, "各方亮灯") == [
        ["沈阳", "1", "0", "●正常1"],
        ["抚顺", "2", "0", "■滞后1▲预警1"],
        ["铁岭", "1", "0", "●正常1"],
    ]
    assert all(words in word(visitor) for words in ("各方亮灯", "抚顺", "滞后 1、预警 1"))


def word(visitor: Visitor) -> str:
    """The text of the Word page of the record shown."""
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="导出Word").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as file:
        return file.read("word/document.xml").decode()


def test_task_20_teams_go_through_two_rounds_and_a_summit_counts_people_leads_and_deals(
    bureau: Company,
) -> None:
    bureau.become("国合处工作人员")
    contest = of(bureau, "contest", "中国国际“智创师”大赛")
    move(bureau, "开放报名", opens="2019-10-15")
    teams = [[f"参赛队{n:02}", "中国国际“智创师”大赛", f"作品{n:02}", 60 + n] for n in range(1, 31)]
    take(bureau, "contest_team", [["队名", "所属大赛", "参赛项目", "初赛成绩"], *teams])
    listed = "/registers/of/contest_team/move/?q=参赛队&state=entered&sort=-f_first"
    move_many(bureau, listed, "晋级决赛", 10)
    move_many(bureau, listed, "止步", 20)
    bureau.open(contest)
    assert (fact(bureau, "参赛队伍"), fact(bureau, "晋级决赛")) == ("30支", "10支")
    bureau.become("国合处长")
    for team, prize in (("参赛队30", "一等奖"), ("参赛队29", "二等奖")):
        of(bureau, "contest_team", team)
        move(bureau, "评定奖项", final="92.5", prize=prize)
    bureau.open("/registers/public/contest_team/?q=参赛队")
    assert bureau.page.locator("#kc-list tbody tr").count() == 2
    summit(bureau)


def summit(bureau: Company) -> None:
    """One who booked and came, two leads of which one is a deal: the report counts them."""
    bureau.become("国合处工作人员")
    event = of(bureau, "contest", "沈阳（2019）未来产业峰会")
    move(bureau, "开放报名", opens="2019-10-15")
    bureau.follow("增设场次")
    for label, text in (("场次名称", "主论坛"), ("地点", "一号厅"), ("名额", "200")):
        bureau.page.get_by_label(label).fill(text)
    bureau.page.get_by_label("开始").fill("2019-10-15T09:00")
    bureau.page.get_by_label("结束").fill("2019-10-15T12:00")
    bureau.press("保存")
    bureau.follow("预约")
    bureau.page.get_by_label("姓名").fill("来宾甲")
    bureau.page.get_by_label("手机").fill("13812340000")
    bureau.press("预约")
    bureau.follow("去签到")
    bureau.press("签到")
    for title in ("算力合作", "检测合作"):
        bureau.open(event)
        bureau.follow("达成的意向")
        save(bureau, title=title, met_on="2019-10-15", owner="国合处")
    move(bureau, "签订合同", contract="沈合〔2019〕9", contract_sum="800000")
    bureau.open(event)
    move(bureau, "举办完成", people="1")
    assert [fact(bureau, name) for name in ("签到", "达成意向", "成交")] == ["1人", "2项", "1项"]
    move(bureau, "提交成效报告")
    assert "已总结" in bureau.page.locator(".kc-standing").inner_text()
    assert counted(bureau, "已举办的科技交流活动") >= 1
