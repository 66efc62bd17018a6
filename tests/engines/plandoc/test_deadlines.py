# SPDX-License-Identifier: Apache-2.0
"""Deadlines: dates worked out by hand, and which of several a task has."""

from __future__ import annotations

import pytest

from kechuang.engines.plandoc import parse_plan
from kechuang.engines.plandoc.deadlines import date_of

TASK = "某市科技局2021年工作要点\n一、重点任务\n1.推进转化。{}"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020年底前", "2020-12-31"),
        ("6月底前", "2021-06-30"),
        ("上半年", "2021-06-30"),
        ("二季度", "2021-06-30"),
        ("2026年6月", "2026-06-30"),
        ("2024年2月", "2024-02-29"),
        ("9月15日前", "2021-09-15"),
        ("2月31日前", "2021-02-28"),
        ("年底前", "2021-12-31"),
        ("2021年3月底前启动，11月底前完成", "2021-11-30"),
        ("13月底前", None),
        ("尽快", None),
    ],
)
def test_a_deadline_is_the_last_day_it_allows(text: str, date: str | None) -> None:
    assert date_of(text, 2021) == date


def test_without_a_year_of_the_plan_only_a_written_year_gives_a_date() -> None:
    assert date_of("6月底前", None) is None
    assert date_of("2022年6月底前", None) == "2022-06-30"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("9月底前完成。（责任处室：甲处；完成时限：10月底）", ("10月底", "2021-10-31")),
        ("（甲处牵头，6月底前出台办法，年内持续推进）", ("6月底前出台办法", "2021-06-30")),
        ("（责任处室：甲处；完成时限：持续推进）", ("持续推进", None)),
        ("上半年启动，11月底前完成验收。（责任处室：甲处）", ("11月底前", "2021-11-30")),
        ("举办对接会20场。（责任处室：甲处）", None),
    ],
)
def test_a_task_has_the_deadline_of_its_field_then_of_its_bracket_then_of_its_text(
    text: str, due: tuple[str, str | None] | None
) -> None:
    source = TASK.format(text)
    (task,) = parse_plan(source).tasks
    assert (None if task.due is None else (task.due.text, task.due.date)) == due
    assert task.due is None or source[slice(*task.due.span)] == task.due.text
    assert [office.name for office in task.offices] == ["甲处"]
