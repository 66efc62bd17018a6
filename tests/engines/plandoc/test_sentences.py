# SPDX-License-Identifier: Apache-2.0
"""Single sentences and the targets a person reads in them (sentences/goals.txt, sentences/measures.txt)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kechuang.engines.plandoc import PlanProposal, parse_plan
from kechuang.engines.plandoc.exchange import plain_number
from kechuang.engines.plandoc.proposal import Target

FILES = Path(__file__).parent / "sentences"
GOALS = (
    "某市科学技术局2020年工作要点\n二、主要目标\n{}\n三、主要任务\n（一）甲\n1.推进工作。（责任处室：甲处）"
)
MEASURES = "某市科学技术局2020年工作要点\n三、主要任务\n（一）甲\n1.推进工作。{}（责任处室：甲处）"


def cases(name: str) -> Iterator[tuple[str, list[str]]]:
    text = (FILES / f"{name}.txt").read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            yield lines[0], sorted(lines[1:])


def told(target: Target) -> str:
    upper = "" if target.value_max is None else f"..{plain_number(target.value_max)}"
    number = f"{target.comparator} {plain_number(target.value)}{upper} {target.unit}"
    return " | ".join((target.name, number, target.kind, *(["aspire"] if target.aspire else [])))


def reading(proposal: PlanProposal) -> list[str]:
    promises = [f"? {promise.text}" for promise in proposal.promises]
    return sorted([*map(told, proposal.targets), *promises])


@pytest.mark.parametrize(("sentence", "expected"), list(cases("goals")))
def test_goals_are_read(sentence: str, expected: list[str]) -> None:
    proposal = parse_plan(GOALS.format(sentence))
    assert reading(proposal) == expected
    assert {target.scope for target in proposal.targets} <= {"headline"}


@pytest.mark.parametrize(("sentence", "expected"), list(cases("measures")))
def test_numbers_inside_tasks_are_read(sentence: str, expected: list[str]) -> None:
    proposal = parse_plan(MEASURES.format(sentence))
    assert reading(proposal) == expected
    assert {(target.scope, target.task_number) for target in proposal.targets} <= {("task", "1")}
