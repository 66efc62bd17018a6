# SPDX-License-Identifier: Apache-2.0
"""Which level holds the tasks (大纲假设): every reading of the outline is tried and scored, the best one wins.

A mark means nothing by itself: （五） is a task in one document and an area in the next. So each level is read as
the task level once, unnumbered paragraphs and 一是…二是… as well, and the readings are scored by

    owned    share of its tasks that carry a statement of responsibility, or inherit it    weight 4
    caught   share of the document's statements that its tasks hold                       weight 3
    single   share of tasks whose statements stand in one place                           weight 3
    covers   share of the text that might be tasks that its tasks hold                    weight 2
    says     share of tasks that say more than a heading, or have nothing below           weight 1.5
    counts   share of numbers that continue the count or begin it again                   weight 1
    grouped  its tasks stand under two areas or more                                      weight 1
    depth    a level deeper than needed                                                   minus 0.05 each
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kechuang.engines.plandoc.items import Tree
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.proposal import SchemeScore
from kechuang.engines.plandoc.readings import Reading, TaskDraft, readings_of
from kechuang.engines.plandoc.statements import Statement, Statements

_OWNED, _CAUGHT, _SINGLE, _COVERS, _SAYS, _COUNTS, _GROUPED, _DEPTH = 4.0, 3.0, 3.0, 2.0, 1.5, 1.0, 1.0, 0.05
_SAYS_MUCH: Final = 60


def choose_outline(
    manuscript: Manuscript, tree: Tree, statements: Statements
) -> tuple[Reading, tuple[SchemeScore, ...]]:
    """The best reading, and the scores of all, best first. A document without any task gives an empty reading."""
    readings = [reading for reading in readings_of(manuscript, tree, statements) if reading.tasks]
    room = _room(tree)
    scored = [(score_reading(manuscript, reading, statements, room), reading) for reading in readings]
    scored.sort(key=lambda pair: -pair[0])
    tried = tuple(
        SchemeScore(reading.scheme, round(score, 3), len(reading.tasks)) for score, reading in scored
    )
    return (scored[0][1] if scored else Reading("没有识别出任务", (), (), 0)), tried


def score_reading(manuscript: Manuscript, reading: Reading, statements: Statements, room: int) -> float:
    """Score of a reading, as the module explains."""
    tasks = reading.tasks
    number = len(tasks)
    held = [_owning(statements.within(task.start, task.own_end) or task.inherited) for task in tasks]
    score = _SAYS * sum(map(_says_something, [manuscript] * number, tasks, held)) / number
    score += _COUNTS * _counting(tasks) - _DEPTH * reading.depth
    score += _SINGLE * sum(_one_place(manuscript, inside) for inside in held) / number
    score += _COVERS * min(1.0, sum(task.end - task.start for task in tasks) / max(1, room))
    score += _GROUPED * (len(reading.areas) > 1)
    if everything := _owning(statements):
        caught = sum(len(_owning(statements.within(task.start, task.end))) for task in tasks)
        caught += len({statement.start for task in tasks for statement in _owning(task.inherited)})
        score += _OWNED * sum(map(bool, held)) / number
        score += _CAUGHT * min(1.0, caught / len(everything))
    return score


def _room(tree: Tree) -> int:
    """Characters of the marked text outside preface, goals and tail."""
    return sum(
        block.end - block.start
        for item in tree.items
        if tree.section_of(item) not in {"preface", "goals", "tail"}
        for block in tree.blocks[item.block : item.direct_end]
    )


def _owning(statements: Sequence[Statement]) -> list[Statement]:
    """Statements that name an office: a leader alone (牵头领导：某) may stand beside an area."""
    return [s for s in statements if any(party.role != "leader" for party in s.parties)]


def _one_place(manuscript: Manuscript, inside: Sequence[Statement]) -> bool:
    """Whether the statements of a task stand in one paragraph or in field lines that follow each other."""
    closing = [statement.start for statement in inside if not statement.is_field]
    return all(manuscript.read.find("\n", one, two) < 0 for one, two in pairwise(closing))


def _says_something(manuscript: Manuscript, task: TaskDraft, held: Sequence[Statement]) -> bool:
    """A task says more than a heading; one that owns a statement or has nothing below it always does."""
    if not task.has_children or held:
        return True
    words = manuscript.read[task.title[1] : task.own_end]
    return len(words) > _SAYS_MUCH or "。" in words.strip("。\n ")


def _counting(tasks: Sequence[TaskDraft]) -> float:
    """Share of steps that go on by one, or begin again at one."""
    values = [task.value for task in tasks]
    good = sum(after == before + 1 or (after == 1 and before > 1) for before, after in pairwise(values))
    return (good + (values[0] == 1)) / len(values)
