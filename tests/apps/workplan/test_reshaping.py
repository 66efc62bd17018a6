# SPDX-License-Identifier: Apache-2.0
"""Lines added, left out, split and merged: no word is lost, and every line keeps its place in the document."""

from __future__ import annotations

import pytest

from apps.workplan._files import PLAN
from apps.workplan.conftest import Import, line
from kechuang.apps.workplan import actions
from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.spans import NOWHERE, place_of
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

pytestmark = pytest.mark.django_db


def test_a_line_added_from_the_text_knows_its_place(draft: PlanVersion, officer: Actor) -> None:
    task = line(draft, "建立")
    made = actions.add_item(
        draft, officer, kind="deliverable", title="对接活动", text="组织常态化对接活动", parent=task
    )
    assert draft.text[made.start : made.end] == "组织常态化对接活动"
    assert (made.area, made.read_as, made.state) == (task.area, "", "accepted")
    elsewhere = actions.add_item(draft, officer, kind="task", title="文中没有的任务", number="4")
    assert (elsewhere.start, elsewhere.end, elsewhere.order) == (0, 0, 3)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "task", "title": " "}, "title"),
        ({"kind": "promise", "title": "a"}, "kind"),
        ({"kind": "deliverable", "title": "a"}, "parent"),
    ],
)
def test_a_bad_line_is_not_added(
    facts: dict[str, str], field: str, draft: PlanVersion, officer: Actor
) -> None:
    before = draft.items.count()
    with pytest.raises(Problem) as caught:
        actions.add_item(draft, officer, **facts)
    assert caught.value.field == field
    assert draft.items.count() == before


def test_a_line_of_another_version_is_no_parent(
    draft: PlanVersion, importing: Import, officer: Actor
) -> None:
    other = importing(PLAN.replace("云川市", "云山市"))
    for facts in (
        {"parent": line(other, "建立"), "kind": "target"},
        {"area": other.areas.first(), "kind": "task"},
    ):
        with pytest.raises(Problem, match="不属于这一版"):
            actions.add_item(draft, officer, title="a", **facts)


def test_a_line_left_out_stays_visible_with_its_reason_and_can_come_back(
    draft: PlanVersion, officer: Actor
) -> None:
    item = line(draft, "建立")
    with pytest.raises(Problem, match="原因"):
        actions.exclude_item(item, officer, reason=" ")
    with pytest.raises(Problem, match="没有被排除"):
        actions.restore_item(item, officer)
    actions.exclude_item(item, officer, reason="已并入别的工作")
    assert (line(draft, "建立").state, line(draft, "建立").reason) == ("excluded", "已并入别的工作")
    actions.restore_item(item, officer)
    assert (line(draft, "建立").state, line(draft, "建立").reason) == ("proposed", "")


def test_a_task_is_split_at_a_place_in_its_text(draft: PlanVersion, officer: Actor) -> None:
    task = line(draft, "推进平台建设")
    assert task.text == "推进平台建设。新建重点实验室5家以上。部署“双百工程”重大科技研发项目。"
    actions.split_item(
        task, officer, pieces=["推进平台建设。新建重点实验室5家以上。", "部署“双百工程”重大科技研发项目。"]
    )
    first, second, last = draft.items.filter(kind="task", order__gte=1)
    assert (first.pk, first.title, first.number, first.state) == (task.pk, "推进平台建设", "2", "proposed")
    assert (second.title, second.number, second.order, second.area) == (
        "部署“双百工程”重大科技研发项目", "", 2, task.area,
    )  # fmt: skip
    assert (last.title, last.order) == ("建立对接机制", 3)
    assert draft.text[second.start : second.end] == "部署“双百工程”重大科技研发项目。"
    assert [one.name for one in second.offices.all()] == ["乙处", "丁处"]
    assert line(draft, "重点实验室").parent == first
    assert line(draft, "“双百").parent == second


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (["编制科技创新规划。开展前瞻性课题研究，形成规划初稿。"], "没有分开"),
        (["编制科技创新规划。", "开展课题研究，形成规划初稿。"], "文字有改动"),
        ([" ", ""], "没有分开"),
    ],
)
def test_a_split_that_changes_words_is_refused(
    pieces: list[str], words: str, draft: PlanVersion, officer: Actor
) -> None:
    with pytest.raises(Problem, match=words) as caught:
        actions.split_item(line(draft, "编制"), officer, pieces=pieces)
    assert caught.value.field == "text"
    assert draft.items.filter(kind="task").count() == 3


def test_a_promise_is_not_split(draft: PlanVersion, officer: Actor) -> None:
    with pytest.raises(Problem, match="不能拆分"):
        actions.split_item(line(draft, "“双百"), officer, pieces=["a", "b"])


def test_merged_tasks_keep_text_offices_and_what_stands_under_them(
    draft: PlanVersion, officer: Actor
) -> None:
    gone, into = line(draft, "建立"), line(draft, "编制")
    under = set(gone.children.values_list("pk", flat=True))
    actions.merge_item(gone, officer, into=into)
    gone.refresh_from_db()
    into.refresh_from_db()
    assert gone.state == "excluded"
    assert str(into) in gone.reason
    assert into.text.endswith(gone.text)
    assert under <= set(into.children.values_list("pk", flat=True))
    assert [one.name for one in into.offices.all()] == ["甲处", "乙处", "丙处"]
    assert (into.start, into.end) == (into.start, gone.end)
    assert into.version == 2


def test_only_lines_of_one_kind_and_version_are_merged(
    draft: PlanVersion, importing: Import, officer: Actor
) -> None:
    task, other = line(draft, "编制"), importing(PLAN.replace("云川市", "云山市"))
    for into in (task, line(draft, "组织常态化"), line(other, "建立")):
        with pytest.raises(Problem, match="同一版中同类"):
            actions.merge_item(task, officer, into=into)
    with pytest.raises(Problem, match="只有任务和举措"):
        actions.merge_item(line(draft, "高新技术企业"), officer, into=line(draft, "技术合同"))
    Item.objects.filter(pk=line(draft, "建立").pk).update(state="excluded")
    with pytest.raises(Problem, match="已不纳入"):
        actions.merge_item(task, officer, into=line(draft, "建立"))


def test_a_piece_is_found_whatever_blanks_stand_in_it() -> None:
    source = "一、推进\n成果 转化，\n建设平台。二、推进成果转化"
    assert source[slice(*place_of("推进成果转化", source, 0, 12))] == "推进\n成果 转化"
    assert source[slice(*place_of("推进成果转化", source, 12))] == "推进成果转化"
    assert place_of("没有的话", source) == NOWHERE
    assert place_of(" ", source) == NOWHERE
    long = "建设创新平台" * 800
    assert place_of(long.replace("台建", "台\n建"), f"前{long}后") == (1, 1 + len(long))
