# SPDX-License-Identifier: Apache-2.0
"""Shenyang's published plan of 2019, counted by hand. The document is not kept here: KECHUANG_REAL_PLAN names the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kechuang.engines.plandoc import PlanProposal, parse_plan
from kechuang.engines.plandoc.exchange import plain_number

FILE = os.environ.get("KECHUANG_REAL_PLAN", "")
pytestmark = pytest.mark.skipif(not FILE, reason="KECHUANG_REAL_PLAN names no file")


@pytest.fixture(scope="module")
def plan() -> PlanProposal:
    return parse_plan(Path(FILE).read_text(encoding="utf-8"))


def test_its_counts_are_those_of_the_document(plan: PlanProposal) -> None:
    counts = plan.counts
    assert (counts.areas, counts.tasks, counts.responsibilities, counts.offices) == (8, 31, 125, 14)
    assert (plan.issuer, plan.year) == ("沈阳市科学技术局", 2019)
    assert [task.number for task in plan.tasks] == [str(number) for number in range(1, 32)]
    assert [sum(task.area == area for task in plan.tasks) for area in range(8)] == [3, 5, 4, 3, 5, 3, 3, 5]


def test_its_targets_are_nine_at_the_head_and_three_in_tasks(plan: PlanProposal) -> None:
    assert [
        (t.task_number, t.name, t.comparator, plain_number(t.value), t.unit, t.kind, t.aspire)
        for t in plan.targets
    ] == [
        (None, "R&D投入占比", "=", 2.8, "%", "share", True),
        (None, "高新技术产品增加值", "=", 15.8, "%", "growth", False),
        (None, "技术合同交易额", ">=", 15, "%", "growth", False),
        (None, "本地成交额占比", ">=", 40, "%", "share", False),
        (None, "科技型中小企业", "=", 3000, "家", "level", False),
        (None, "高新技术企业", ">", 1500, "家", "level", False),
        (None, "新型研发机构", "=", 20, "家", "level", False),
        (None, "双创孵化载体面积", "=", 500, "万平方米", "level", False),
        (None, "创新创业人员", ">=", 15, "万人", "level", False),
        ("4", "“卡脖子”重大技术问题清单", "=", 100, "项", "level", False),
        ("29", "基金投向初创期、成长期科技型企业", "=", 50, "%", "share", False),
        ("29", "优质企业", "=", 100, "家", "level", False),
    ]


def test_its_other_numbered_promises_are_shown_for_a_decision(plan: PlanProposal) -> None:
    assert [(promise.task_number, promise.text) for promise in plan.promises] == [
        ("4", "“双百工程”"),
        ("9", "八大科技产业园区"),
        ("13", "“双百工程”"),
        ("24", "24项评价指标"),
        ("24", "六大工程"),
        ("24", "三年行动计划"),
        ("27", "实现对外国高端人才联系服务全覆盖"),
    ]
    assert [unused.text for unused in plan.unused] == ["2019年", "606所", "2030", "二届", "2019", "2019年"]
