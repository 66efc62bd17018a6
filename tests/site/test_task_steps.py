# SPDX-License-Identifier: Apache-2.0
"""The tasks of the plan that no browser walks: the step of each scenario that registers and qualifications carry.

One city for all: its content, its offices and their people. Each test works in it through the pages, and what it did
is taken back.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from kechuang.commons.access.models import User
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.figures.registry import Scope, figure, values
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.clock_actions import set_business_day
from kechuang.commons.parties.actions import register_qualification
from kechuang.commons.parties.models import Organization, QualificationKind, Region, Unit
from kechuang.commons.registers.computing import computed_lines
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.promising import lights_by_side, promise_lines
from kechuang.commons.registers.queries import register_of
from kechuang.site.content import install, library
from kechuang.site.demo.people import install_people

DAY = dt.date(2019, 10, 15)
Lines = list[dict[str, str]]


class Desk:
    """Somebody of the demo at his pages."""

    clients: dict[str, Client]

    def __init__(self) -> None:
        self.clients = {}

    def client(self, who: str) -> Client:
        """The browser of a person, signed in."""
        if who not in self.clients:
            self.clients[who] = Client()
            user = User.objects.get(username=f"demo-{who}")
            backend = "kechuang.commons.access.backends.AccountBackend"
            self.clients[who].force_login(user, backend=backend)
        return self.clients[who]

    def make(self, who: str, register: str, *, lines: dict[str, Lines] | None = None, **said: str) -> Record:
        """Register a record by its form."""
        self._post(who, reverse("registers:record-make", args=[register]), said, lines)
        return Record.objects.filter(register=register).latest("pk")

    def edit(self, who: str, record: Record, *, lines: dict[str, Lines] | None = None, **said: Any) -> Record:
        """Change a record by its form; what is not said stays as the form shows it."""
        address = reverse("registers:record-edit", args=[record.pk])
        self._post(who, address, self._stood(who, address) | said, lines)
        record.refresh_from_db()
        return record

    def move(self, who: str, record: Record, to: str, **said: str) -> Record:
        """Move a record by its form, with a reason and a proof."""
        address = reverse("registers:record-move", args=[record.pk, to])
        self._post(who, address, self._move_form(who, address) | said, None)
        record.refresh_from_db()
        assert record.state == to
        return record

    def is_kept_from(self, who: str, record: Record, to: str) -> bool:
        """Whether a move is refused for what the record lacks, though its form is filled."""
        address, before = reverse("registers:record-move", args=[record.pk, to]), record.state
        answer = self.client(who).post(address, self._move_form(who, address))
        record.refresh_from_db()
        return (answer.status_code, record.state) == (422, before)

    def _move_form(self, who: str, address: str) -> dict[str, Any]:
        proof = SimpleUploadedFile("佐证.txt", "佐证。".encode(), content_type="text/plain")
        given = {"on": clock.today().isoformat(), "reason": "按程序办理", "proof": proof}
        return self._stood(who, address) | given

    def _stood(self, who: str, address: str) -> dict[str, Any]:
        """What a form shows, as it would be sent back."""
        form = self.client(who).get(address).context["form"]
        shown = {name: form[name].value() for name in form.fields if name not in form.files}
        return {name: value for name, value in shown.items() if value not in (None, "")}

    def _post(self, who: str, address: str, said: dict[str, Any], lines: dict[str, Lines] | None) -> None:
        cells = {
            f"{table}.{place}.{column}": value
            for table, rows in (lines or {}).items()
            for place, row in enumerate(rows)
            for column, value in row.items()
        }
        answer = self.client(who).post(address, said | cells)
        assert answer.status_code == 302, answer.context["form"].errors


def counted(code: str, day: dt.date | None = None) -> Decimal | None:
    """What a figure is on a day."""
    found, scope = figure(code), Scope(day or clock.today())
    assert found is not None
    return values([(found, scope)])[code, scope]


def facts(record: Record) -> dict[str, str]:
    """What is worked out of a record."""
    return dict(computed_lines(register_of(record.register), record, clock.today()))


def lights(record: Record, day: dt.date = DAY) -> list[tuple[str, str]]:
    """The promises of a record with their colours."""
    return [(line.commitment.title, line.colour) for line in promise_lines(record, day)]


def dues(record: Record, day: dt.date = DAY) -> list[tuple[str, str, str]]:
    """What falls due in a record: what, when, its colour."""
    lines = due_lines(register_of(record.register), [record], day)
    return [(line.what, line.day.isoformat(), line.light.colour) for line in lines]


def firm(name: str) -> str:
    """An organisation by its name."""
    return Organization.objects.create(name=name).name


def unit(code: str) -> str:
    return str(Unit.objects.get(code=code).pk)


def region() -> str:
    return str(Region.objects.get(code="210102").pk)


class TaskSteps(TestCase):
    """The steps, task by task."""

    @classmethod
    def setUpTestData(cls) -> None:
        """The shipped content and the people of its offices."""
        with clock.pinned(DAY):
            system = Actor.system("test")
            install(library(), system)
            install_people(system)
            set_business_day(None, system, day=DAY)

    def setUp(self) -> None:
        """Nobody has come yet."""
        self.desk = Desk()

    def test_task_1_an_item_goes_to_the_province_and_comes_back_agreed_with_a_due_date(self) -> None:
        desk = self.desk
        item = desk.make(
            "zhengce-staff", "consultation_item", title="共建科学中心", forum="ministry", ask="请部里支持",
            reply_by="2019-10-25", lines={"promises": [{"what": "落实配套资金", "office": unit("chuangfa"), "due": "2019-10-20"}]},
        )  # fmt: skip
        desk.move("zhengce-staff", item, "screened")
        assert lights(item) == []  # nothing binds yet
        assert (
            desk.client("zhengce-staff")
            .get(reverse("registers:record-move", args=[item.pk, "submitted"]))
            .status_code
            == 403
        )
        desk.move("zhengce-head", item, "submitted")
        assert dues(item) == [("应答复", "2019-10-25", "yellow")]
        desk.move("zhengce-staff", item, "taken_up")
        desk.move("zhengce-staff", item, "agreed", reply="同意支持")
        assert (lights(item), dues(item)) == ([("落实配套资金", "yellow")], [])
        assert Commitment.objects.get(title="落实配套资金").due == dt.date(2019, 10, 20)

    def test_task_2_a_policy_answers_its_comments_and_reports_its_use_clause_by_clause(self) -> None:
        desk = self.desk
        draft = desk.make("zhengce-staff", "policy", title="分类支持办法")
        desk.move("zhengce-staff", draft, "consulting")
        public = reverse("registers:public-list", args=["policy"])
        assert "分类支持办法" in Client().get(public).content.decode()
        opinions = [
            {"who": "某院所", "opinion": "提高比例", "adopted": "adopted", "why": "采纳"},
            {"who": "某企业", "opinion": "取消条件", "adopted": "declined", "why": "与上位规定不符"},
        ]
        desk.edit("zhengce-staff", draft, lines={"opinions": opinions})
        desk.move(
            "zhengce-head",
            draft,
            "issued",
            number="沈科发〔2019〕8号",
            issued_on="2019-10-15",
            until="2021-10-15",
        )
        assert counted("registers.policies_in_force") == 1
        used = [
            {"clause": "第五条", "actor": "院所", "cases": "12", "money": "340"},
            {"clause": "第六条", "actor": "企业", "cases": "30", "money": "155.5"},
        ]
        desk.edit("zhengce-staff", draft, lines={"clauses": used})
        assert facts(draft) == {"意见数": "2条", "办件数": "42件", "兑现金额": "495.5万元"}

    def test_task_3_a_joint_lab_stands_on_its_agreement_and_the_twentieth_body_counts(self) -> None:
        desk = self.desk
        lab = desk.make(
            "zipei-staff", "joint_lab", title="沈阳联合实验室", field="前沿材料", until="2020-01-10"
        )
        partners = [{"name": name, "promise": "投入设备"} for name in ("甲大学", "乙公司", "丙研究所")]
        agreement = SimpleUploadedFile("协议.txt", "多方协议。".encode(), content_type="text/plain")
        desk.edit("zipei-staff", lab, agreement=agreement, lines={"partners": partners})
        desk.move("zipei-staff", lab, "running")
        assert dues(lab) == [("协议到期", "2020-01-10", "yellow")]
        for number in range(1, 21):
            body = desk.make(
                "zipei-staff", "new_research_body", title=f"产业技术研究院{number:02}", kind="institute"
            )
            if number == 20:
                assert counted("registers.new_research_bodies") == 19
            desk.move("zipei-head", body, "recognised")
        assert counted("registers.new_research_bodies") == 20
        page = desk.client("zipei-staff").get("/figures/registers.new_research_bodies/").content.decode()
        assert "产业技术研究院20" in page

    def test_task_4_a_bottleneck_joins_its_like_is_listed_and_attacked(self) -> None:
        desk = self.desk
        said = {"field": "robot", "problem": "寿命不足", "owner": firm("甲公司")}
        first = desk.make("zipei-staff", "bottleneck", title="谐波减速器", **said)
        again = desk.make("zipei-staff", "bottleneck", title="减速器寿命", same_as="谐波减速器", **said)
        desk.move("zipei-head", again, "dropped")
        desk.move("zipei-head", first, "listed", dependence="high", urgency="high")
        assert (first.number, counted("registers.bottlenecks")) == ("卡脖子2019-001", 1)
        desk.move("zipei-staff", first, "attacking", solver=firm("乙研究所"))
        assert counted("registers.bottlenecks") == 1
        desk.move("zipei-staff", first, "solved")
        assert counted("registers.bottlenecks_solved") == 1

    def test_task_7_of_five_that_registered_two_win_and_their_funds_add_up(self) -> None:
        desk = self.desk
        proposals = [
            desk.make(
                "chuangfa-staff",
                "national_proposal",
                title=f"重点研发计划{number}",
                kind="programme",
                deadline="2019-11-10",
            )
            for number in range(1, 6)
        ]
        assert {dues(one)[0] for one in proposals} == {("申报截止", "2019-11-10", "yellow")}
        for number, one in enumerate(proposals):
            desk.edit("chuangfa-staff", one, funds=str(1_000_000 * (number + 1)))
            desk.move("chuangfa-head", one, "submitted")
            desk.move("chuangfa-staff", one, "won" if number < 2 else "lost")
        assert (counted("registers.national_won"), counted("registers.national_funds")) == (2, 300)
        assert counted("registers.national_rate") == 40

    def test_task_10_a_commissioner_serves_twelve_days_and_a_rural_space_is_filed(self) -> None:
        desk = self.desk
        post = desk.make("nongcun-staff", "commissioner_post", title="设施蔬菜岗位", region=region())
        log = [
            {"day": f"2019-09-{day:02}", "what": "现场指导", "households": "3", "confirmed": "已确认"}
            for day in range(1, 13)
        ]
        agreement = SimpleUploadedFile("协议.txt", "三方协议。".encode(), content_type="text/plain")
        for first in (0, 5, 10):
            more = {"agreement": agreement} if first == 0 else {}
            desk.edit("nongcun-staff", post, lines={"log": log[: first + 5]}, **more)
        desk.move("nongcun-staff", post, "serving", commissioner="某特派员")
        assert (facts(post), counted("registers.commissioners")) == (
            {"服务天数": "12天", "受益户": "36户"},
            1,
        )
        desk.move("nongcun-staff", post, "graded", grade="a")
        space = desk.make("nongcun-staff", "rural_maker", title="某星创天地", region=region())
        desk.move("nongcun-head", space, "recorded")
        assert (
            "某星创天地"
            in Client().get(reverse("registers:public-list", args=["rural_maker"])).content.decode()
        )

    def test_task_11_a_device_gets_its_approval_number_and_a_department_accepts_a_pilot(self) -> None:
        desk = self.desk
        device = desk.make("shefa-staff", "product_pipeline", title="影像设备", kind="device")
        desk.move("shefa-staff", device, "registered")
        answer = desk.client("shefa-staff").post(
            reverse("registers:record-move", args=[device.pk, "on_sale"]),
            {"on": "2019-10-15", "approval": ""},
        )
        assert answer.status_code == 422
        desk.move("shefa-staff", device, "on_sale", approval="国械注准20193060001")
        assert counted("registers.products_on_sale") == 1
        scene = desk.make(
            "shefa-staff", "city_scenario", title="内涝预警", department="某局", need="分钟级预报"
        )
        desk.move("shefa-staff", scene, "piloting", chosen=firm("某科技公司"))
        desk.move("shefa-staff", scene, "accepted")
        assert [span.state for span in scene.spans.all()] == ["accepted"]

    def test_task_12_three_certificates_that_expire_lower_the_stock_on_their_day(self) -> None:
        kind = QualificationKind.objects.get(code="high_tech_firm")
        for number in range(1, 6):
            until = dt.date(2019, 11, 1) if number <= 3 else dt.date(2020, 11, 1)
            register_qualification(
                Organization.objects.create(name=f"高新企业{number}"), Actor.system("test"), kind=kind,
                number=f"GR2016210{number:05}", valid_from=dt.date(2016, 11, 1), valid_to=until,
                proof=("证书.txt", "证书。".encode()),
            )  # fmt: skip
        days = (dt.date(2019, 10, 31), dt.date(2019, 11, 1), dt.date(2020, 10, 31), dt.date(2020, 11, 1))
        assert [counted("ladder.high_tech_firms", day) for day in days] == [5, 2, 2, 0]

    def test_task_13_a_result_piloted_and_sold_in_the_city_changes_the_local_share(self) -> None:
        desk = self.desk
        supply = firm("云川大学")
        for title, place, amount in (("涂层工艺", "local", "3000000"), ("检测算法", "outside", "2000000")):
            result = desk.make("chengguo-staff", "conversion", title=title, supply=supply)
            desk.move("chengguo-staff", result, "piloting", pilot="某中试基地，三批次")
            desk.move(
                "chengguo-staff", result, "signed", mode="transfer", place=place, amount=amount,
                contract=f"合同{place}", signed_on="2019-10-15",
            )  # fmt: skip
        assert (counted("registers.conversions_amount"), counted("registers.conversions_local")) == (500, 300)
        assert counted("registers.conversions_local_share") == 60

    def test_task_15_an_alliance_is_judged_by_five_functions_and_warned(self) -> None:
        desk = self.desk
        alliance = desk.make("chengguo-staff", "alliance", title="某产业联盟", review_on="2019-11-20")
        functions = ("research", "cooperation", "conversion", "sharing", "training")
        report = [{"function": name, "score": str(10 + place)} for place, name in enumerate(functions)]
        members = [{"name": f"成员{number}"} for number in range(1, 4)]
        desk.edit("chengguo-staff", alliance, lines={"report": report, "members": members})
        assert facts(alliance) == {"成员单位": "3家", "自评总分": "60分"}
        assert dues(alliance) == [("年度评价", "2019-11-20", "yellow")]
        desk.move("chengguo-staff", alliance, "warned")
        desk.move("chengguo-head", alliance, "removed")

    def test_task_17_a_firm_lands_once_both_sides_agree_and_a_reviewed_project_binds_both_partners(
        self,
    ) -> None:
        desk = self.desk
        log = [{"day": "2019-10-08", "who": "资配处", "what": "来访", "next": "选址"}]
        offer = [{"who": "和平区", "what": "场地三年免租", "by": "2019-12-20"}]
        said = {"kind": "firm", "country": "日本", "district": region()}
        target = desk.make(
            "zipei-staff", "introduction", title="某研发中心", lines={"log": log, "offer": offer}, **said
        )
        desk.move("zipei-staff", target, "talks")
        for who, side in (("zipei-head", "city_side"), ("district", "district_side")):
            assert desk.is_kept_from("zipei-staff", target, "agreed")  # not before both have agreed
            page = reverse("registers:consent-give", args=[target.pk, side])
            assert desk.client(who).post(page, {"agreed": "yes"}).status_code == 302
        desk.move("zipei-staff", target, "agreed")
        desk.move("zipei-staff", target, "landed")
        assert (lights(target), counted("registers.introductions_landed")) == ([("场地三年免租", "green")], 1)

        duties = [
            {"side": side, "what": what, "due": due}
            for side, what, due in (
                ("ours", "建成中试线", "2019-12-20"),
                ("theirs", "派出专家", "2019-10-18"),
            )
        ]
        opinions = [{"expert": f"专家{number}", "score": "88"} for number in (1, 2, 3)]
        project = desk.make(
            "guohe-staff", "joint_project", title="联合研发", country="韩国", lines={"opinions": opinions}
        )
        assert desk.is_kept_from("guohe-head", project, "reviewed")  # nobody has promised anything yet
        desk.edit("guohe-staff", project, lines={"duties": duties})
        desk.move("guohe-head", project, "reviewed")
        sides = lights_by_side(promise_lines(project, DAY))
        assert [(one.side, one.lights) for one in sides] == [
            ("我方", [("green", 1)]),
            ("外方", [("yellow", 1)]),
        ]

    def test_task_18_the_station_in_the_capital_binds_both_sides_and_ends_with_proof(self) -> None:
        desk = self.desk
        pair = Record.objects.get(piece="regional.labs")
        promises = [{"what": "互开放仪器二十台", "office": unit("quyu"), "due": "2019-10-14"}]
        desk.edit("quyu-staff", pair, due="2019-11-01", lines={"promises": promises})
        desk.move("quyu-staff", pair, "running")
        assert (lights(pair), dues(pair)) == (
            [("互开放仪器二十台", "red")],
            [("完成时限", "2019-11-01", "yellow")],
        )
        desk.move("quyu-staff", pair, "done")
        assert (lights(pair), dues(pair)) == ([], [])

    def test_task_22_a_problem_filed_on_any_day_is_looked_at_again_when_it_said(self) -> None:
        desk = self.desk
        said = {
            "field": "material",
            "problem": "批次不稳",
            "owner": firm("丙公司"),
            "review_on": "2019-10-28",
        }
        problem = desk.make("zipei-staff", "bottleneck", title="靶材", **said)
        assert dues(problem) == []
        desk.move("zipei-head", problem, "listed", dependence="middle", urgency="high")
        assert dues(problem) == [("动态对接", "2019-10-28", "yellow")]
        desk.move("zipei-staff", problem, "matched")
        desk.move("zipei-staff", problem, "listed")
        assert [span.state for span in problem.spans.all()] == ["listed"]

    def test_task_23_a_finding_is_put_right_by_a_date_and_a_record_lasts_three_years(self) -> None:
        desk = self.desk
        check = desk.make("jiandu-staff", "supervision_check", title="专项检查", draw="种子 20191015，十选一")
        desk.move("jiandu-staff", check, "visited", visited_on="2019-10-10")
        rows = {
            "findings": [{"what": "台账不全", "grade": "light"}],
            "promises": [{"what": "补齐台账", "due": "2019-10-20"}],
        }
        desk.edit("jiandu-staff", check, lines=rows)
        desk.move("jiandu-staff", check, "rectifying")
        assert [lights(check, dt.date(2019, 10, day))[0][1] for day in (12, 13, 21)] == [
            "green",
            "yellow",
            "red",
        ]
        desk.move("jiandu-head", check, "closed")
        person = desk.make("jiandu-staff", "integrity_record", title="某某", behaviour="application")
        desk.move(
            "jiandu-head",
            person,
            "in_force",
            grade="grave",
            limits="三年内不得申报",
            since="2019-10-15",
            until="2022-10-15",
        )
        days = (dt.date(2022, 9, 14), dt.date(2022, 9, 15), dt.date(2022, 10, 16))
        assert [dues(person, day)[0][2] for day in days] == ["green", "yellow", "red"]
        assert person.title == "诚信2019-001"  # a name is not shown

    def test_task_25_a_flagship_project_sends_its_note_and_a_cluster_covers_its_nodes(self) -> None:
        desk = self.desk
        project = desk.make(
            "chuangfa-staff", "flagship_project", title="燃机叶片攻关", kind="project", next_note="2019-10-20"
        )
        desk.move("chuangfa-staff", project, "running")
        assert dues(project) == [("月报", "2019-10-20", "yellow")]
        desk.edit(
            "chuangfa-staff",
            project,
            next_note="2019-11-20",
            lines={"notes": [{"month": "2019-10", "done": "完成试制"}]},
        )
        assert (facts(project), dues(project)) == ({"已报月报": "1期"}, [("月报", "2019-11-20", "green")])
        for title in ("减速器", "控制器"):
            desk.make("gaoxin-staff", "chain_node", title=title, chain="机器人")
        said: dict[str, str] = {"nodes": "减速器、控制器", "size.0.year": "2019", "size.0.value": "120"}
        cluster = desk.make("chuangfa-staff", "flagship_project", title="机器人集群", kind="cluster", **said)
        assert (len(cluster.data["nodes"]), cluster.data["size"]) == (2, {"2019": 120})

    def test_task_26_a_pilot_that_worked_is_copied_by_the_head_alone(self) -> None:
        desk = self.desk
        pilot = desk.make("chuangfa-staff", "pilot_policy", title="先投后奖", place="高新区")
        desk.move("chuangfa-staff", pilot, "piloting", since="2019-03-01", until="2019-12-01")
        assert dues(pilot) == [("试行到期", "2019-12-01", "yellow")]
        page = reverse("registers:record-move", args=[pilot.pk, "decided"])
        assert desk.client("chuangfa-staff").get(page).status_code == 403
        desk.move("chuangfa-head", pilot, "decided", effect="立项周期由90天降至45天", decision="copy")
        assert (pilot.data["decision"], dues(pilot)) == ("copy", [])

    def test_task_28_a_verified_space_adds_its_area_to_the_number(self) -> None:
        desk = self.desk
        before = counted("registers.carrier_area")
        space = desk.make(
            "chuangfu-staff",
            "carrier",
            title="某众创空间",
            region=region(),
            kind="maker",
            people="180",
            area="3200",
            nested="no",
        )
        assert counted("registers.carrier_area") == before
        desk.move("chuangfu-head", space, "verified")
        assert before is not None
        assert counted("registers.carrier_area") == before + Decimal("0.32")
        desk.move("chuangfu-staff", space, "doubted")
        assert counted("registers.carrier_area") == before

    def test_task_29_firms_enter_the_key_list_of_a_year_with_their_bank_and_credit(self) -> None:
        desk = self.desk
        for number in range(1, 4):
            one = desk.make(
                "chuangfu-staff", "key_firm", firm=firm(f"重点企业{number}"), year="2019", bank="兴业银行",
                credit=str(1_000_000 * number),
            )  # fmt: skip
            desk.move("chuangfu-head", one, "selected")
        assert (counted("registers.key_firms"), counted("registers.key_firms_credit")) == (3, 600)
        desk.move("chuangfu-staff", one, "out")
        assert (counted("registers.key_firms"), counted("registers.key_firms_credit")) == (2, 300)

    def test_task_30_a_request_is_answered_in_its_days_and_rated(self) -> None:
        desk = self.desk
        said = {"firm": firm("丁公司"), "kind": "instrument", "reply_by": "2019-10-17"}
        request = desk.make("chuangfu-staff", "service_request", title="需做疲劳试验", **said)
        assert dues(request) == [("应答复", "2019-10-17", "yellow")]
        desk.move("chuangfu-staff", request, "assigned", assigned="高企协会")
        desk.move("chuangfu-staff", request, "replied", reply="已对接某实验室")
        assert (counted("registers.services_answered"), dues(request)) == (1, [])
        desk.move("chuangfu-staff", request, "rated", rating="good")
        assert counted("registers.services_answered") == 1
