# SPDX-License-Identifier: Apache-2.0
"""Correcting a draft: each act once, by whom it is due, over the version that was read, and only while it is a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from apps.workplan._files import PLAN
from apps.workplan.conftest import Import, line
from house_fixtures import lacking
from kechuang.apps.workplan import actions
from kechuang.apps.workplan.actions import Number, OfficeLine
from kechuang.apps.workplan.models import Area, Item, ItemOffice, ItemTarget, PlanVersion
from kechuang.commons.facts.models import Promised
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
Do = Callable[[PlanVersion, Actor], object]
MANY = Number(">=", Decimal(30), "家")

EVERY_ACT: dict[str, Do] = {
    "accept": lambda draft, actor: actions.accept_item(line(draft, "编制"), actor),
    "edit": lambda draft, actor: actions.edit_item(line(draft, "编制"), actor, title="编制规划", text=""),
    "offices": lambda draft, actor: actions.set_offices(line(draft, "编制"), actor, offices=[]),
    "match": lambda draft, actor: actions.match_office(draft, actor, name="丁处", unit=None),
    "lead": lambda draft, actor: actions.settle_lead(
        line(draft, "编制"), actor, office=line(draft, "编制").offices.get(name="乙处")
    ),
    "target": lambda draft, actor: actions.correct_target(line(draft, "高新技术企业"), actor, number=MANY),
    "decide": lambda draft, actor: actions.decide_promise(line(draft, "“双百"), actor, kind="deliverable"),
    "area": lambda draft, actor: actions.edit_area(draft.areas.get(order=0), actor, title="体系"),
    "add area": lambda draft, actor: actions.add_area(draft, actor, title="保障"),
    "remove area": lambda draft, actor: actions.remove_area(
        draft, actor, area=Area.objects.create(plan_version=draft, title="空")
    ),
    "add": lambda draft, actor: actions.add_item(draft, actor, kind="task", title="新任务"),
    "exclude": lambda draft, actor: actions.exclude_item(line(draft, "建立"), actor, reason="重复"),
    "restore": lambda draft, actor: actions.restore_item(_excluded(draft), actor),
    "split": lambda draft, actor: actions.split_item(
        line(draft, "编制"), actor, pieces=["编制科技创新规划。", "开展前瞻性课题研究，形成规划初稿。"]
    ),
    "merge": lambda draft, actor: actions.merge_item(line(draft, "建立"), actor, into=line(draft, "编制")),
}  # fmt: skip


def _excluded(draft: PlanVersion) -> Item:
    draft.items.filter(title__startswith="建立").update(state="excluded")
    return line(draft, "建立")


@pytest.mark.parametrize("act", EVERY_ACT)
def test_every_correction_needs_the_permission(act: str, draft: PlanVersion, stranger: Actor) -> None:
    with lacking("workplan.edit_plan"):
        EVERY_ACT[act](draft, stranger)
    assert Entry.objects.filter(outcome="refused").count() == 1


@pytest.mark.parametrize("act", EVERY_ACT)
def test_every_correction_is_done_by_who_corrects_and_leaves_an_entry(
    act: str, draft: PlanVersion, officer: Actor
) -> None:
    before = Entry.objects.count()
    EVERY_ACT[act](draft, officer)
    assert Entry.objects.count() == before + 1
    assert Entry.objects.first().actor_name == "校对员"  # type: ignore[union-attr]


@pytest.mark.parametrize("act", [act for act in EVERY_ACT if act != "lead"])
def test_nothing_is_corrected_once_it_is_issued(act: str, draft: PlanVersion, officer: Actor) -> None:
    PlanVersion.objects.filter(pk=draft.pk).update(state="issued")
    with pytest.raises(Refused, match="不能再改动"):
        EVERY_ACT[act](draft, officer)


@pytest.mark.parametrize(
    "act", ["accept", "edit", "offices", "target", "decide", "exclude", "split", "merge"]
)
def test_a_line_left_out_is_taken_back_before_it_is_corrected(
    act: str, draft: PlanVersion, officer: Actor
) -> None:
    draft.items.exclude(title__startswith="推进").update(state="excluded")
    with pytest.raises(Refused, match="请先恢复"):
        EVERY_ACT[act](draft, officer)


def test_the_second_of_two_officers_is_told_and_changes_nothing(draft: PlanVersion, officer: Actor) -> None:
    item = line(draft, "编制")
    actions.edit_item(item, officer, title="先保存的标题", text="", expected_version=1)
    with pytest.raises(Stale, match="已被校对员"):
        actions.edit_item(item, officer, title="后保存的标题", text="", expected_version=1)
    assert line(draft, "先保存的标题").version == 2


def test_two_officers_on_two_tasks_do_not_disturb_each_other(draft: PlanVersion, officer: Actor) -> None:
    actions.accept_item(line(draft, "编制"), officer, expected_version=1)
    actions.accept_item(line(draft, "建立"), officer, expected_version=1)


@pytest.mark.parametrize("act", ["accept", "offices", "split", "merge", "add", "exclude"])
def test_a_double_click_is_one_act(
    act: str, draft: PlanVersion, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {
        "accept": "accept_item", "offices": "set_offices", "split": "split_item", "merge": "merge_item",
        "add": "add_item", "exclude": "exclude_item",
    }  # fmt: skip
    plain = getattr(actions, names[act])
    monkeypatch.setattr(actions, names[act], lambda *args, **more: plain(*args, **more, idempotency_key="k"))
    EVERY_ACT[act](draft, officer)
    items, entries = draft.items.count(), Entry.objects.count()
    if act == "split":
        Item.objects.filter(title="编制科技创新规划").update(
            text="编制科技创新规划。开展前瞻性课题研究，形成规划初稿。"
        )
    EVERY_ACT[act](draft, officer)
    assert (draft.items.count(), Entry.objects.count()) == (items, entries)


def test_accepting_a_task_accepts_what_stands_under_it_but_no_promise(
    draft: PlanVersion, officer: Actor
) -> None:
    task = line(draft, "推进平台建设")
    actions.accept_item(task, officer)
    states = {child.kind: child.state for child in task.children.all()}
    assert states == {"deliverable": "accepted", "target": "accepted", "promise": "proposed"}
    with pytest.raises(Problem, match="数字承诺"):
        actions.accept_item(line(draft, "“双百"), officer)


def test_a_task_moves_between_areas_with_all_that_stands_under_it(draft: PlanVersion, officer: Actor) -> None:
    area = draft.areas.get(order=1)
    task = line(draft, "推进平台建设")
    actions.edit_item(
        task, officer, title="推进平台建设工程", text="x", number="二", area=area, due=dt.date(2020, 9, 30)
    )
    task.refresh_from_db()
    assert (task.title, task.number, task.area, task.due, task.state) == (
        "推进平台建设工程", "二", area, dt.date(2020, 9, 30), "accepted",
    )  # fmt: skip
    assert set(task.children.values_list("area", flat=True)) == {area.pk}


def test_a_target_moves_between_a_task_and_the_headlines(draft: PlanVersion, officer: Actor) -> None:
    target = line(draft, "重点实验室")
    actions.edit_item(target, officer, title="重点实验室", text="", parent=None)
    assert ItemTarget.objects.get(item=target).headline is True
    actions.edit_item(target, officer, title="重点实验室", text="", parent=line(draft, "建立"))
    assert ItemTarget.objects.get(item=target).headline is False


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a", "area": "other"}, "area"),
        ({"title": "a", "parent": "other"}, "parent"),
    ],
)
def test_bad_facts_of_a_line_are_refused_at_their_field(
    facts: dict[str, Any], field: str, draft: PlanVersion, importing: Import, officer: Actor
) -> None:
    other = importing(
        "云山市2020年工作要点\n重点任务\n（一）甲\n1.推进。建设平台。（责任处室：甲处）\n2.编制。开展研究。（责任处室：乙处）\n"
    )
    facts = dict(facts)
    if facts.get("area") == "other":
        facts["area"] = Area.objects.create(plan_version=other, title="别的")
    if facts.get("parent") == "other":
        facts["parent"] = other.items.filter(kind="task").first()
    with pytest.raises(Problem) as caught:
        actions.edit_item(line(draft, "编制"), officer, text="", **facts)
    assert caught.value.field == field


def test_a_deliverable_needs_a_task(draft: PlanVersion, officer: Actor) -> None:
    with pytest.raises(Problem, match="必须属于"):
        actions.edit_item(line(draft, "组织常态化"), officer, title="a", text="", parent=None)


def test_offices_are_set_with_their_roles_and_suggestions_end(
    draft: PlanVersion, officer: Actor, units: dict[str, Unit]
) -> None:
    task = line(draft, "编制")
    lines = [
        OfficeLine("乙处", units["乙处"], "lead"), OfficeLine("甲处", units["甲处"], "co"),
        OfficeLine("云川大学", None, "co", outside=True),
    ]  # fmt: skip
    actions.set_offices(task, officer, offices=lines)
    assert [(one.name, one.unit, one.role, one.outside, one.suggested) for one in task.offices.all()] == [
        ("乙处", units["乙处"], "lead", False, False),
        ("甲处", units["甲处"], "co", False, False),
        ("云川大学", None, "co", True, False),
    ]


@pytest.mark.parametrize(
    "lines",
    [[OfficeLine(" ", None, "co")], [OfficeLine("甲", None, "co")] * 2, [OfficeLine("甲", None, "boss")]],
)
def test_bad_offices_are_refused(lines: list[OfficeLine], draft: PlanVersion, officer: Actor) -> None:
    with pytest.raises(Problem):
        actions.set_offices(line(draft, "编制"), officer, offices=lines)
    assert line(draft, "编制").offices.count() == 3


def test_an_unknown_name_is_matched_wherever_it_stands(
    importing: Import, officer: Actor, units: dict[str, Unit]
) -> None:
    version = importing(PLAN.replace("甲处、乙处、丙处", "甲处、丁处"))
    actions.match_office(version, officer, name="丁处", unit=units["丙处"])
    matched = ItemOffice.objects.filter(item__plan_version=version, name="丁处")
    assert set(matched.values_list("unit", flat=True)) == {units["丙处"].pk}
    assert {one.item.version for one in matched} == {2}
    with pytest.raises(Problem, match="没有待对应"):
        actions.match_office(version, officer, name="丁处", unit=units["丙处"])


def test_a_party_outside_the_bureau_is_kept_and_asked_for_nothing(draft: PlanVersion, officer: Actor) -> None:
    actions.match_office(draft, officer, name="丁处", unit=None)
    office = ItemOffice.objects.get(name="丁处")
    assert (office.unit, office.outside) == (None, True)


def test_a_lead_is_settled_by_a_person(draft: PlanVersion, officer: Actor) -> None:
    task = line(draft, "编制")
    actions.settle_lead(task, officer, office=task.offices.get(suggested=True))
    actions.settle_lead(task, officer, office=task.offices.get(name="丙处"))
    assert [(one.name, one.role, one.suggested) for one in task.offices.all()] == [
        ("甲处", "responsible", False), ("乙处", "responsible", False), ("丙处", "lead", False),
    ]  # fmt: skip
    with pytest.raises(Problem, match="不在这项任务"):
        actions.settle_lead(task, officer, office=line(draft, "推进平台").offices.get(name="丁处"))


def test_numbers_are_put_right(draft: PlanVersion, officer: Actor) -> None:
    number = Number("~", Decimal("2.50"), "%", "share", Decimal("3.125"), "左右", aspire=True)
    actions.correct_target(line(draft, "高新技术企业"), officer, number=number)
    target = ItemTarget.objects.get(item__title="高新技术企业")
    assert (target.comparator, target.value, target.value_max, target.unit, target.kind, target.word, target.aspire) == (
        "~", Decimal("2.500"), Decimal("3.125"), "%", "share", "左右", True,
    )  # fmt: skip
    assert target.written == "2.500—3.125%左右"


@pytest.mark.parametrize(
    ("number", "field"),
    [
        (Number(">=", Decimal(5), value_max=Decimal(4)), "value_max"),
        (Number("!!", Decimal(5)), "comparator"),
        (Number(">=", Decimal(5), kind="mood"), "comparator"),
        (Number(">=", Decimal(10) ** 19), "value"),
        (Number(">=", Decimal("0.0000001")), "value"),
    ],
)
def test_bad_numbers_are_refused(number: Number, field: str, draft: PlanVersion, officer: Actor) -> None:
    with pytest.raises(Problem) as caught:
        actions.correct_target(line(draft, "高新技术企业"), officer, number=number)
    assert caught.value.field == field
    with pytest.raises(Problem, match="不是目标"):
        actions.correct_target(line(draft, "编制"), officer, number=MANY)


def test_a_promise_becomes_a_target_or_a_deliverable(importing: Import, officer: Actor) -> None:
    version = importing(PLAN.replace("建立项目库。", "实现服务全覆盖。"))
    promise = line(version, "“双百")
    actions.decide_promise(promise, officer, kind="target", number=Number("=", Decimal(200), "项"))
    promise.refresh_from_db()
    assert (promise.kind, promise.read_as, promise.state, promise.target.written) == (
        "target",
        "promise",
        "accepted",
        f"{Promised.Comparator.EQUAL.label}200项",
    )
    actions.decide_promise(line(version, "实现服务全覆盖"), officer, kind="deliverable")
    assert version.items.filter(kind="deliverable", read_as="promise").count() == 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [("target", "需要数值"), ("task", "列为目标或列为举措"), ("deliverable", "不属于任何任务")],
)
def test_a_promise_that_cannot_become_so_is_refused(
    kind: str, words: str, draft: PlanVersion, officer: Actor
) -> None:
    promise = line(draft, "“双百")
    if kind == "deliverable":
        Item.objects.filter(pk=promise.pk).update(parent=None)
    with pytest.raises(Problem, match=words):
        actions.decide_promise(promise, officer, kind=kind)
    with pytest.raises(Problem, match="已经决定"):
        actions.decide_promise(line(draft, "编制"), officer, kind=kind)


def test_areas_are_edited_and_removed_only_when_empty(draft: PlanVersion, officer: Actor) -> None:
    area = draft.areas.get(order=0)
    actions.edit_area(area, officer, title="体系", number="1", expected_version=1)
    with pytest.raises(Stale):
        actions.edit_area(area, officer, title="别的", expected_version=1)
    with pytest.raises(Problem, match="还有任务"):
        actions.remove_area(draft, officer, area=area)
    with pytest.raises(Problem):
        actions.edit_area(area, officer, title=" ")
    with pytest.raises(Problem):
        actions.add_area(draft, officer, title=" ")
    made = actions.add_area(draft, officer, title="保障")
    assert made.order == 2
    actions.remove_area(draft, officer, area=made)
    assert [one.title for one in draft.areas.all()] == ["体系", "促进成果转化"]


def test_the_title_is_put_right_until_something_is_in_force(
    draft: PlanVersion, officer: Actor, stranger: Actor
) -> None:
    plan = draft.plan
    actions.correct_plan(plan, officer, title="新标题", issuer="某局", year=2021)
    plan.refresh_from_db()
    assert (plan.title, plan.issuer, plan.year) == ("新标题", "某局", 2021)
    with pytest.raises(Refused):
        actions.correct_plan(plan, stranger, title="a", issuer="", year=2021)
    with pytest.raises(Problem):
        actions.correct_plan(plan, officer, title=" ", issuer="", year=2021)
    PlanVersion.objects.filter(pk=draft.pk).update(state="issued")
    with pytest.raises(Refused, match="已签发"):
        actions.correct_plan(plan, officer, title="a", issuer="", year=2021)


def test_two_plans_do_not_take_one_title(draft: PlanVersion, importing: Import, officer: Actor) -> None:
    other = importing(title="别的计划")
    with pytest.raises(Problem, match="已有同名"):
        actions.correct_plan(other.plan, officer, title=draft.plan.title, issuer=draft.plan.issuer, year=2020)
