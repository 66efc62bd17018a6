# SPDX-License-Identifier: Apache-2.0
"""What must hold for any text: nothing raises, places are inside, every number has one fate, twice the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.plandoc import scoring
from kechuang.engines.plandoc import OfficeName, PlanProposal, Table, parse_plan, proposal_as_json
from kechuang.engines.plandoc.characters import fold_shown
from kechuang.engines.plandoc.proposal import Span

WORDS = st.sampled_from(
    [
        *(
            "一、",
            "（一）",
            "1.",
            "1．",
            "2.",
            "①",
            "一是",
            "二是",
            "——",
            "第一章 ",
            "1.1 ",
            "附件",
            "\n",
            "\n\n",
            "\r\n",
            "\f",
            " ",
            "　",
        ),
        *(
            "主要目标",
            "重点任务",
            "保障措施",
            "总体要求",
            "高新技术企业",
            "技术合同成交额",
            "新增",
            "引进",
            "达到",
            "突破",
            "力争",
            "分别",
            "均",
        ),
        *(
            "不低于",
            "增长",
            "以上",
            "左右",
            "以内",
            "20",
            "１５",
            "3,000",
            "2.8",
            "百",
            "五千亿",
            "8—10",
            "%",
            "家",
            "亿元",
            "万人",
            "年",
            "月底前",
        ),
        *(
            "（责任处室：甲处、乙处）",
            "（甲局牵头，乙局配合）",
            "责任单位：",
            "完成时限：",
            "（",
            "）",
            "(",
            ")",
            "，",
            "。",
            "；",
            "、",
            "：",
            "|",
            "\t",
        ),
        *(
            "序号",
            "工作任务",
            "牵头单位",
            "2020年",
            "去年",
            "给予",
            "奖励",
            "最高",
            "的企业",
            "级",
            "双百工程",
            "全覆盖",
            "由",
            "至",
            "《",
            "》",
            "“",
            "”",
        ),
        *(
            "責任單位",
            "達到",
            "家以上",
            "市科技局",
            "办公室",
            "— 3 —",
            "\u200b",
            "\ufeff",
            "\x00",
            "😀",
            "A",
            "R&D",
            "+",
            "百分之",
            "每万人",
        ),
    ]
)
CHARACTERS = st.characters(exclude_categories=("Cs",))
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=300),
    st.lists(WORDS, max_size=80).map("".join),
    st.lists(st.one_of(WORDS, st.text(CHARACTERS, max_size=5)), max_size=60).map("".join),
)
CELLS = st.lists(WORDS, max_size=6).map("".join)
TABLES = st.lists(
    st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=6).map(lambda rows: Table(tuple(rows))),
    max_size=2,
)
OFFICES = st.lists(st.builds(OfficeName, CELLS, st.lists(CELLS, max_size=2).map(tuple)), max_size=3)
LONG = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans_of(proposal: PlanProposal) -> Iterator[tuple[str, Span]]:
    for area in proposal.focus_areas:
        yield "area", area.span
    for task in proposal.tasks:
        yield from (("task", task.span), ("task title", task.title_span))
        yield from (("office", office.span) for office in (*task.offices, *task.leaders))
        for deliverable in task.deliverables:
            yield "deliverable", deliverable.span
            yield from (("office", office.span) for office in deliverable.offices)
        if task.due:
            yield "due", task.due.span
    for target in proposal.targets:
        yield "target", target.span
        yield from (("number", span) for span in target.numbers)
    yield from (("promise", promise.span) for promise in proposal.promises)
    yield from (("unused", unused.span) for unused in proposal.unused)
    yield from (("number", number.span) for number in proposal.numbers)
    yield from (("finding", finding.span) for finding in proposal.findings)


@LONG
@given(TEXTS, TABLES, OFFICES)
def test_any_text_is_read_without_an_error_and_every_place_lies_in_it(
    text: str, tables: list[Table], offices: list[OfficeName]
) -> None:
    proposal = parse_plan(text, catalogue=offices, tables=tables)
    wrong = [(kind, span) for kind, span in spans_of(proposal) if not 0 <= span[0] <= span[1] <= len(text)]
    assert wrong == []
    json.dumps(proposal_as_json(proposal), ensure_ascii=False)


@LONG
@given(TEXTS)
def test_every_number_has_one_fate(text: str) -> None:
    proposal = parse_plan(text)
    places = [number.span for number in proposal.numbers]
    assert len(places) == len(set(places))
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    fates = {number.span: number.fate for number in proposal.numbers}
    used = {span for target in proposal.targets for span in target.numbers}
    assert {span for span, fate in fates.items() if fate == "target"} == used
    unused = {unused.span for unused in proposal.unused}
    assert {span for span, fate in fates.items() if fate == "unused"} == unused
    assert sum(fate == "promise" for fate in fates.values()) <= len(proposal.promises)


@LONG
@given(TEXTS)
def test_tasks_stand_one_behind_the_other_and_hold_what_is_theirs(text: str) -> None:
    proposal = parse_plan(text)
    places = [task.span for task in proposal.tasks if task.span != (0, 0)]
    assert all(one[1] <= two[0] for one, two in pairwise(sorted(places)))
    for task in proposal.tasks:
        for start, end in (task.title_span, *(deliverable.span for deliverable in task.deliverables)):
            assert (
                (start, end) == (0, 0) or task.span == (0, 0) or task.span[0] <= start <= end <= task.span[1]
            )
    for target in proposal.targets:
        if target.task is not None and target.span != (0, 0) and proposal.tasks[target.task].span != (0, 0):
            outer = proposal.tasks[target.task].span
            assert outer[0] <= target.span[0] <= target.span[1] <= outer[1]


@given(TEXTS)
def test_the_same_text_gives_the_same_proposal(text: str) -> None:
    assert parse_plan(text) == parse_plan(text)


@pytest.mark.parametrize("name", scoring.names())
def test_spans_of_a_document_spell_what_they_stand_for(name: str) -> None:
    text = scoring.text_of(name)
    proposal = parse_plan(text)

    def spelt(span: Span) -> str:
        return "".join(fold_shown(text[slice(*span)]).split())

    for task in proposal.tasks:
        assert task.title_span == (0, 0) or "".join(task.title.split()) in spelt(task.title_span)
        for office in task.offices:
            assert office.span == (0, 0) or spelt(office.span) == office.name
    for number in proposal.numbers:
        assert "".join(number.text.split()) in spelt(number.span)


def test_an_empty_text_proposes_nothing_and_says_so() -> None:
    proposal = parse_plan("")
    assert (proposal.title, proposal.tasks, proposal.targets, proposal.year) == ("", (), (), None)
    assert [finding.code for finding in proposal.findings] == ["no-tasks"]
