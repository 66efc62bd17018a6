# SPDX-License-Identifier: Apache-2.0
"""From a draft to the plan in force: what stops it, what it opens, what a new version keeps and drops."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from apps.workplan._files import PLAN
from apps.workplan.conftest import Import, line
from house_fixtures import lacking
from kechuang.apps.workplan import actions
from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.queries.editions import lines_of
from kechuang.apps.workplan.queries.openings import number_gaps, open_points
from kechuang.apps.workplan.queries.outcomes import outcome_of
from kechuang.apps.workplan.queries.plans import state_seen
from kechuang.apps.workplan.queries.tasks import item_of, targets_of, task_items
from kechuang.commons.commitments.actions import merge_parts, report_part
from kechuang.commons.commitments.models import Commitment, Report, Responsibility
from kechuang.commons.facts.models import Indicator, Target
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
YEAR_END = dt.date(2020, 12, 31)


def settle(version: PlanVersion, officer: Actor) -> None:
    """Settle everything that is open in PLAN."""
    for office in ("丁处",):
        if version.items.filter(offices__name=office, offices__unit=None, offices__outside=False).exists():
            actions.match_office(version, officer, name=office, unit=Unit.objects.get(short_name="丙处"))
    for promise in version.items.filter(kind="promise", state="proposed"):
        actions.exclude_item(promise, officer, reason="专名")


@pytest.fixture
def ready(draft: PlanVersion, officer: Actor) -> PlanVersion:
    """A draft with nothing open."""
    settle(draft, officer)
    return draft


def codes(version: PlanVersion) -> list[str]:
    return [point.code for point in open_points(version, lines_of(version))]


def test_what_is_open_is_listed_with_its_lines(draft: PlanVersion) -> None:
    points = open_points(draft, lines_of(draft))
    assert [(point.code, point.name, [item.title for item in point.items]) for point in points] == [
        ("unknown-office", "丁处", ["推进平台建设"]), ("undecided", "", ["“双百工程”"]),
    ]  # fmt: skip


def test_a_draft_with_open_points_is_not_issued_and_all_are_named(draft: PlanVersion, leader: Actor) -> None:
    with pytest.raises(Problem, match=r"还有 2 处没有处理.*丁处.*“双百工程”"):
        actions.issue_plan(draft, leader)
    assert Commitment.objects.count() == Target.objects.count() == 0


def test_a_number_that_stands_twice_stops_the_issue(ready: PlanVersion) -> None:
    Item.objects.filter(title__startswith="建立").update(number="2")
    assert codes(ready) == ["duplicate-number"]


def test_numbers_that_begin_anew_in_every_area_are_no_duplicates(importing: Import, officer: Actor) -> None:
    version = importing(PLAN.replace("3.建立", "1.建立"))
    settle(version, officer)
    assert codes(version) == []
    Item.objects.filter(number="2").update(number="1")
    assert codes(version) == ["duplicate-number"]


def test_a_gap_in_the_count_is_shown_and_stops_nothing(ready: PlanVersion) -> None:
    Item.objects.filter(title__startswith="建立").update(number="7")
    Item.objects.filter(title__startswith="推进").update(number="3")
    assert number_gaps(lines_of(ready)) == ["2", "4—6"]
    assert codes(ready) == []
    Item.objects.filter(kind="task").update(number="1")
    assert number_gaps(lines_of(ready)) == []


def test_a_target_without_number_stops_the_issue(importing: Import, officer: Actor) -> None:
    version = importing(PLAN.replace("形成规划初稿。", "规划课题达到先进水平，"))
    settle(version, officer)
    assert codes(version) == ["no-number"]
    actions.exclude_item(version.items.get(reason__contains="没有数值"), officer, reason="不是目标")
    assert codes(version) == []


def test_a_line_lost_on_the_way_stops_the_issue(ready: PlanVersion) -> None:
    line(ready, "建立").delete()
    assert "counts" in codes(ready)


def test_a_draft_without_tasks_is_not_issued(ready: PlanVersion, officer: Actor) -> None:
    for task in ready.items.filter(kind="task"):
        actions.exclude_item(task, officer, reason="a")
    assert codes(ready) == ["no-task"]


def test_what_stands_under_a_line_left_out_is_no_longer_open(draft: PlanVersion, officer: Actor) -> None:
    actions.exclude_item(line(draft, "推进平台"), officer, reason="a")
    assert codes(draft) == []


def test_issuing_opens_commitments_and_sets_targets(
    ready: PlanVersion, leader: Actor, firms: Indicator
) -> None:
    Item.objects.get(title="高新技术企业").target.delete()
    item = Item.objects.get(title="高新技术企业")
    item.target = type(Item.objects.get(title="技术合同成交额").target)(
        item=item, comparator=">", scaled=600, unit="家", word="突破", headline=True, indicator=firms
    )
    item.target.save()
    told = outcome_of(ready, lines_of(ready))
    issued = actions.issue_plan(
        ready, leader, number="云科发〔2020〕1号", day=dt.date(2020, 2, 1), due=YEAR_END
    )
    assert (issued.state, issued.number, issued.issued_by, issued.issued_on) == (
        "issued",
        "云科发〔2020〕1号",
        "局长",
        dt.date(2020, 2, 1),
    )
    tasks = Commitment.objects.filter(kind="task")
    assert [(one.code, one.title, one.start, one.due) for one in tasks] == [
        ("2020/1", "编制科技创新规划", dt.date(2020, 2, 1), YEAR_END),
        ("2020/2", "推进平台建设", dt.date(2020, 2, 1), YEAR_END),
        ("2020/3", "建立对接机制", dt.date(2020, 2, 1), YEAR_END),
    ]
    assert told.opened == {
        kind: Commitment.objects.filter(kind=kind).count() for kind in ("task", "deliverable", "target")
    }
    assert (told.revised, told.dropped, told.parts, len(told.leaderless), told.ownerless) == (
        {},
        (),
        6,
        3,
        (),
    )
    assert Responsibility.objects.filter(commitment__kind="task").count() == 6
    assert [
        (
            one.name,
            one.value,
            one.comparator,
            one.word,
            one.year,
            one.headline,
            one.indicator,
            one.commitment.parent,
        )
        for one in targets_of(issued)
    ] == [
        ("高新技术企业", Decimal(600), ">", "突破", 2020, True, firms, None),
        ("技术合同成交额", Decimal(12), ">=", "增长以上", 2020, True, None, None),
        ("重点实验室", Decimal(5), ">=", "以上", 2020, False, None, tasks.get(code="2020/2")),
    ]
    for commitment in Commitment.objects.all():
        assert commitment.items.get().commitment == commitment
        assert commitment.sources.get().ref == Ref.of(commitment.items.get())
    assert "“双百工程”" not in set(Commitment.objects.values_list("title", flat=True))


def test_one_office_under_two_names_has_one_part(ready: PlanVersion, leader: Actor) -> None:
    task = line(ready, "编制")
    task.offices.filter(name="丙处").update(unit=Unit.objects.get(short_name="甲处"))
    actions.issue_plan(ready, leader)
    assert Responsibility.objects.filter(commitment__code="2020/1").count() == 2


def test_an_accepted_lead_leads_and_a_suggested_one_does_not(
    ready: PlanVersion, officer: Actor, leader: Actor
) -> None:
    task = line(ready, "编制")
    actions.settle_lead(task, officer, office=task.offices.get(suggested=True))
    actions.issue_plan(ready, leader)
    roles = Responsibility.objects.filter(commitment__kind="task").values_list(
        "commitment__code", "unit__short_name", "role"
    )
    assert list(roles.order_by("commitment__code", "order"))[:4] == [
        ("2020/1", "甲处", "lead"), ("2020/1", "乙处", "responsible"), ("2020/1", "丙处", "responsible"),
        ("2020/2", "乙处", "responsible"),
    ]  # fmt: skip


def test_a_lead_is_settled_after_the_issue_by_who_may_issue(
    ready: PlanVersion, officer: Actor, leader: Actor
) -> None:
    actions.issue_plan(ready, leader)
    task = line(ready, "推进平台")
    with lacking("workplan.issue_plan"):
        actions.settle_lead(task, officer, office=task.offices.get(name="乙处"))
    actions.settle_lead(task, leader, office=task.offices.get(name="乙处"))
    parts = Responsibility.objects.filter(commitment__code="2020/2", until__isnull=True)
    assert [(part.unit.short_name, part.role) for part in parts] == [
        ("乙处", "lead"),
        ("丙处", "responsible"),
    ]


def test_each_permission_is_needed_to_issue(ready: PlanVersion, officer: Actor, person) -> None:
    wanted = ("workplan.issue_plan", "commitments.keep_commitment", "facts.set_target")
    for missing in wanted:
        actor = person(f"缺{missing}", *(one for one in wanted if one != missing))
        with lacking(missing):
            actions.issue_plan(ready, actor)
    assert Entry.objects.filter(outcome="refused", verb="workplan.plan.issued").count() == 3
    assert Commitment.objects.count() == 0


def test_a_draft_corrected_since_it_was_shown_is_not_issued(
    ready: PlanVersion, officer: Actor, leader: Actor
) -> None:
    seen = state_seen(ready)
    actions.accept_item(line(ready, "编制"), officer)
    with pytest.raises(Stale, match="又有改动"):
        actions.issue_plan(ready, leader, seen=seen)
    actions.issue_plan(ready, leader, seen=state_seen(ready))


def test_issuing_twice_is_one_issue(ready: PlanVersion, leader: Actor) -> None:
    actions.issue_plan(ready, leader, idempotency_key="k")
    count = Commitment.objects.count()
    assert actions.issue_plan(ready, leader, idempotency_key="k") == ready
    with pytest.raises(Refused, match="已签发"):
        actions.issue_plan(ready, leader)
    assert Commitment.objects.count() == count


def test_an_issue_that_fails_in_the_middle_opens_nothing(
    ready: PlanVersion, leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kechuang.apps.workplan.actions.tracking.set_target", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.issue_plan(ready, leader)
    ready.refresh_from_db()
    assert (ready.state, Commitment.objects.count()) == ("draft", 0)


def test_discarding_needs_a_reason_and_a_draft(draft: PlanVersion, officer: Actor, stranger: Actor) -> None:
    with pytest.raises(Refused):
        actions.discard_version(draft, stranger, reason="a")
    with pytest.raises(Problem, match="原因"):
        actions.discard_version(draft, officer, reason=" ")
    actions.discard_version(draft, officer, reason="传错")
    with pytest.raises(Refused, match="已作废"):
        actions.discard_version(draft, officer, reason="a")


REVISED = PLAN.replace("突破600家", "突破650家").replace("形成规划初稿", "形成规划送审稿").replace(
    "3.建立对接机制。组织常态化对接活动，建立项目库。（责任处室：丙处）",
    "3.加强人才引进。出台人才政策，引进创新团队。（责任处室：甲处、丙处）",
).replace("（责任处室：乙处、丁处）", "（责任处室：乙处、丁处、甲处）")  # fmt: skip


def test_a_new_version_keeps_what_is_matched_with_its_reports(
    ready: PlanVersion,
    importing: Import,
    officer: Actor,
    leader: Actor,
    system: Actor,
    units: dict[str, Unit],
) -> None:
    first = line(ready, "编制")
    actions.settle_lead(first, officer, office=first.offices.get(name="甲处"))
    actions.issue_plan(ready, leader, due=YEAR_END)
    task = Commitment.objects.get(code="2020/1")
    gone = Commitment.objects.get(code="2020/3")
    for part in task.responsibilities.all():
        report_part(part, system, text="已完成", done=True, files=[("a.txt", b"a")])
    firms = Target.objects.get(name="高新技术企业")

    version = importing(REVISED, plan=ready.plan)
    assert (version.no, version.state) == (2, "draft")
    assert line(version, "编制").commitment == task
    assert [(one.name, one.role, one.suggested) for one in line(version, "编制").offices.all()] == [
        ("甲处", "lead", False), ("乙处", "responsible", False), ("丙处", "responsible", False),
    ]  # fmt: skip
    assert version.items.get(offices__name="丁处").offices.get(name="丁处").unit == units["丙处"]
    assert line(version, "加强人才").commitment is None
    assert item_of(task) == line(ready, "编制")  # a draft says nothing yet
    settle(version, officer)
    told = outcome_of(version, lines_of(version))
    assert gone in told.dropped
    actions.issue_plan(version, leader, due=YEAR_END)

    ready.refresh_from_db()
    assert ready.state == "superseded"
    task.refresh_from_db()
    gone.refresh_from_db()
    firms.refresh_from_db()
    assert "送审稿" in task.text
    assert Report.objects.filter(responsibility__commitment=task).count() == 3
    assert (gone.state, gone.closed_on) == ("dropped", dt.date(2019, 10, 15))
    assert firms.value == 650
    assert Target.objects.filter(name="高新技术企业").count() == 1
    parts = Responsibility.objects.filter(commitment__code="2020/2", until__isnull=True)
    assert [part.unit.short_name for part in parts] == ["乙处", "丙处", "甲处"]
    assert [item.title for item in task_items([version])] == [
        "编制科技创新规划",
        "推进平台建设",
        "加强人才引进",
    ]
    assert item_of(task) == line(version, "编制")
    assert told.revised["task"] == 2
    assert told.opened["task"] == 1
    merge_parts(task, system, text="完成")  # the lead that was settled still leads


def test_what_is_closed_is_not_dropped_with_the_rest(
    ready: PlanVersion, importing: Import, officer: Actor, leader: Actor
) -> None:
    actions.issue_plan(ready, leader)
    Commitment.objects.filter(code="2020/3").update(state="done", closed_on=dt.date(2019, 10, 1))
    version = importing(REVISED, plan=ready.plan)
    settle(version, officer)
    actions.issue_plan(version, leader)
    assert Commitment.objects.get(code="2020/3", title="建立对接机制").state == "done"


def test_a_task_left_out_of_the_new_version_is_dropped(
    ready: PlanVersion, importing: Import, officer: Actor, leader: Actor
) -> None:
    actions.issue_plan(ready, leader)
    version = importing(plan=ready.plan)
    settle(version, officer)
    actions.exclude_item(line(version, "建立"), officer, reason="并入别的工作")
    actions.issue_plan(version, leader)
    states = {one.title: one.state for one in Commitment.objects.filter(kind="task")}
    assert states == {"编制科技创新规划": "open", "推进平台建设": "open", "建立对接机制": "dropped"}
    assert Commitment.objects.get(title="组织常态化对接活动，建立项目库").state == "dropped"
    assert len(task_items([version])) == 2
