# SPDX-License-Identifier: Apache-2.0
"""Two versions of a plan side by side: hand-worked editions, and what must hold for any two."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.plandoc import compare, edition_of, parse_plan
from kechuang.engines.plandoc.comparison import OfficeChange, TargetChange, TaskChange
from kechuang.engines.plandoc.editions import Edition, EditionTarget, EditionTask

TRANSFER = EditionTask(
    "a",
    "1",
    "推进科技成果转化",
    "成果转化",
    "建设概念验证中心，举办对接会20场。",
    (("成果处", "lead"), ("高新处", "co")),
    (EditionTarget("t1", "对接会", "=", Decimal(20), "场"),),
)
TALENT = EditionTask(
    "b", "2", "引育科技人才", "人才", "实施青年人才计划，建立人才信息库。", (("人才处", "responsible"),)
)
FINANCE = EditionTask(
    "c", "3", "深化科技金融", "金融", "设立种子基金，推广科技保险。", (("资配处", "responsible"),)
)
BEFORE = Edition((TRANSFER, TALENT, FINANCE), (EditionTarget("h", "高新技术企业", ">=", Decimal(500), "家"),))


def only(change: TaskChange, *kinds: str) -> bool:
    return change.kinds == frozenset(kinds)


def test_the_same_edition_is_unchanged() -> None:
    comparison = compare(BEFORE, BEFORE)
    assert comparison.unchanged
    assert [change.before for change in comparison.tasks] == [TRANSFER, TALENT, FINANCE]


def test_a_task_renumbered_moved_and_reworded_is_the_same_task() -> None:
    moved = replace(
        TRANSFER,
        key="z",
        number="9",
        area="开放合作",
        title="加快科技成果转化",
        text="建设概念验证中心，举办对接会25场。",
    )
    after = Edition((TALENT, FINANCE, moved), BEFORE.targets)
    change = compare(BEFORE, after).tasks[2]
    assert (change.before, change.after) == (TRANSFER, moved)
    assert only(change, "reworded", "moved")
    assert change.title == (("delete", "推进"), ("insert", "加快"), ("equal", "科技成果转化"))
    assert change.text == (
        ("equal", "建设概念验证中心，举办对接会"),
        ("delete", "20"),
        ("insert", "25"),
        ("equal", "场。"),
    )


def test_added_and_dropped_tasks_stand_where_they_stood() -> None:
    new = EditionTask("n", "4", "建设实验动物平台", "平台", "完善实验动物资源库。")
    comparison = compare(BEFORE, Edition((TRANSFER, FINANCE, new), BEFORE.targets))
    assert [(c.before and c.before.key, c.after and c.after.key) for c in comparison.tasks] == [
        ("a", "a"),
        ("b", None),
        ("c", "c"),
        (None, "n"),
    ]
    assert [c.before for c in comparison.of("dropped")] == [TALENT]
    assert [c.after for c in comparison.of("added")] == [new]


def test_offices_that_came_went_or_changed_their_role_are_told() -> None:
    reowned = replace(TRANSFER, offices=(("高新处", "lead"), ("区域处", "co")))
    change = compare(BEFORE, Edition((reowned, TALENT, FINANCE), BEFORE.targets)).tasks[0]
    assert only(change, "reowned")
    assert change.offices == (
        OfficeChange("成果处", "lead", ""),
        OfficeChange("高新处", "co", "lead"),
        OfficeChange("区域处", "", "co"),
    )


def test_targets_of_tasks_and_of_the_plan_are_compared_by_name() -> None:
    twenty = TRANSFER.targets[0]
    thirty = replace(twenty, key="x", name="成果对接会", value=Decimal(30))
    forum = EditionTarget("y", "院士论坛", "=", Decimal(1), "场")
    head = replace(BEFORE.targets[0], value=Decimal(600))
    after = Edition((replace(TRANSFER, targets=(thirty, forum)), TALENT, FINANCE), (head,))
    comparison = compare(BEFORE, after)
    assert only(comparison.tasks[0], "retargeted")
    assert comparison.tasks[0].targets == (TargetChange(twenty, thirty), TargetChange(None, forum))
    assert comparison.targets == (TargetChange(BEFORE.targets[0], head),)


def test_two_tasks_of_one_title_are_told_apart_by_their_text() -> None:
    one = EditionTask("1", "1", "加强统筹", "甲", "建立人才工作专班，按月调度。")
    two = EditionTask("2", "1", "加强统筹", "乙", "完善科技计划管理制度。")
    changes = compare(Edition((one, two)), Edition((two, one))).tasks
    assert [(c.before, c.after) for c in changes] == [(two, two), (one, one)]


def test_an_edition_is_made_from_a_proposal() -> None:
    text = "二、主要目标\n高新技术企业达到50家。\n三、主要任务\n（一）转化\n1.推进转化。举办对接会20场。（责任处室：成果处）"
    edition = edition_of(parse_plan(text))
    assert [(t.name, t.value) for t in edition.targets] == [("高新技术企业", 50)]
    task = edition.tasks[0]
    assert (task.key, task.number, task.title, task.area) == ("0", "1", "推进转化", "转化")
    assert task.offices == (("成果处", "responsible"),)
    assert [(t.name, t.value, t.unit) for t in task.targets] == [("对接会", 20, "场")]


NAMES = st.sampled_from(["推进转化", "引育人才", "深化金融", "推进成果转化", "加强统筹", ""])
TASKS = st.builds(EditionTask, st.text(max_size=3), st.sampled_from("123"), NAMES, NAMES, NAMES)
EDITIONS = st.builds(Edition, st.lists(TASKS, max_size=7).map(tuple))


@given(EDITIONS, EDITIONS)
def test_every_task_of_both_versions_stands_in_the_comparison_once(before: Edition, after: Edition) -> None:
    changes = compare(before, after).tasks
    assert [c.after for c in changes if c.after] == list(after.tasks)
    old = sorted(id(c.before) for c in changes if c.before)
    assert old == sorted(id(task) for task in before.tasks)
    assert all(change.kinds for change in changes)
