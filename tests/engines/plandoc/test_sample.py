# SPDX-License-Identifier: Apache-2.0
"""The sample plan that ships with the product: what it must offer to somebody who tries the import."""

from __future__ import annotations

from pathlib import Path

import pytest

from kechuang.engines.plandoc import OfficeName, PlanProposal, parse_plan
from kechuang.engines.plandoc.exchange import plain_number

SAMPLE = Path(__file__).parents[3] / "content" / "samples" / "yunchuan-2020.txt"
OFFICES = "政策处 创发处 资配处 创服处 人才处 高新处 农村处 社发处 成果处 区域处 国合处 监督处 办公室"


@pytest.fixture(scope="module")
def sample() -> PlanProposal:
    offices = [OfficeName(name) for name in OFFICES.split()]
    return parse_plan(SAMPLE.read_text(encoding="utf-8"), catalogue=offices)


def test_the_sample_is_a_full_length_plan(sample: PlanProposal) -> None:
    assert len(SAMPLE.read_text(encoding="utf-8")) > 5000
    assert (sample.title, sample.issuer, sample.year) == (
        "云川市科学技术局2020年工作要点",
        "云川市科学技术局",
        2020,
    )
    counts = sample.counts
    assert (counts.areas, counts.tasks, counts.responsibilities, counts.unowned_tasks) == (8, 28, 86, 0)
    assert [task.number for task in sample.tasks] == [str(number) for number in range(1, 29)]


def test_the_sample_names_one_office_that_does_not_exist(sample: PlanProposal) -> None:
    unknown = [
        (task.number, office.name) for task in sample.tasks for office in task.offices if not office.known
    ]
    assert unknown == [("8", "科创处")]
    assert [finding.message for finding in sample.findings if finding.code == "unknown-office"] == [
        "任务8“组织实施重大科技专项”：“科创处”不在处室名录中；请选择对应处室，或在名录中增加它的名称或别名。"
    ]
    known = {office.office for task in sample.tasks for office in task.offices if office.office}
    assert known == set(OFFICES.split())


def test_the_sample_promises_ten_numbers_at_its_head(sample: PlanProposal) -> None:
    headline = [t for t in sample.targets if t.scope == "headline"]
    assert [(t.name, t.comparator, plain_number(t.value), t.unit, t.kind) for t in headline] == [
        ("全社会研发投入占地区生产总值比重", "=", 2.6, "%", "share"),
        ("高新技术企业", ">", 600, "家", "level"),
        ("科技型中小企业", "=", 1200, "家", "level"),
        ("高新技术产业增加值", ">=", 12, "%", "growth"),
        ("技术合同成交额", "=", 110, "亿元", "level"),
        ("本地转化占比", ">=", 35, "%", "share"),
        ("创新平台", "=", 180, "家", "level"),
        ("省级以上科技企业孵化器", "=", 12, "家", "level"),
        ("众创空间", "=", 30, "家", "level"),
        ("高层次创新创业人才", "~", 150, "人", "level"),
    ]
    assert [t.name for t in headline if t.aspire] == ["全社会研发投入占地区生产总值比重"]


def test_the_sample_shows_promises_for_a_decision_and_keeps_results_and_grants_out(
    sample: PlanProposal,
) -> None:
    assert [(promise.task_number, promise.text) for promise in sample.promises] == [
        ("8", "“双十工程”"),
        ("12", "五大行动"),
        ("18", "实现外国专家服务全覆盖"),
        ("27", "三年监督评估行动计划"),
    ]
    reasons = {unused.text: unused.reason for unused in sample.unused}
    assert reasons["486家"] == reasons["90亿元"] == "往年结果或现状"
    assert reasons["200万元"] == reasons["20万元"] == "补助或奖励标准"
    assert reasons["5亿元"] == "门槛条件，是名称或资格的一部分"
