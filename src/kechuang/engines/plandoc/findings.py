# SPDX-License-Identifier: Apache-2.0
"""Remarks on a plan (检查意见): each names the place, the reason and the remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import mark_at
from kechuang.engines.plandoc.proposal import Finding, PlanProposal, Task
from kechuang.engines.plandoc.statements import Statements

_NO_NUMBER: Final = re.compile(
    r"[^，。；\n]{2,30}(?:力争达到|达到|不低于|不少于)(?:[^\d一二三四五六七八九十百千万两半，。；]{0,6})(?=[，。；\n])"
)


def lint(proposal: PlanProposal, manuscript: Manuscript, statements: Statements) -> Iterator[Finding]:
    """All findings, those that stop the import first."""
    if not proposal.tasks:
        yield Finding(
            "no-tasks",
            "error",
            "全文：没有识别出任务，因为找不到编号条目或责任落款；请检查文件是否完整，或在校对页手工划出任务。",
            (0, 0),
        )
    yield from _numbering(proposal)
    for task in proposal.tasks:
        yield from _of_task(task)
    yield from _without_lead(proposal.tasks)
    yield from _parties(proposal)
    yield from _targets(proposal, manuscript)
    yield from _unused_statements(proposal, manuscript, statements)


def _unused_statements(
    proposal: PlanProposal, manuscript: Manuscript, statements: Statements
) -> Iterator[Finding]:
    """Statements that no task took up, and whose offices no task names."""
    offices = [office for task in proposal.tasks for office in (*task.offices, *task.leaders)]
    places, names = {office.span for office in offices}, {office.name for office in offices}
    for statement in statements if proposal.tasks else ():
        spans = [manuscript.span(*party.span) for party in statement.parties]
        named = {manuscript.written(*party.span) for party in statement.parties}
        if spans and not places.intersection(spans) and not names & named:
            words = manuscript.written(statement.start, statement.end)[:40]
            yield Finding(
                "statement-unused",
                "warning",
                f"“{words}”：这处责任落款不属于任何任务；请确认它所在的段落是否应列为任务。",
                manuscript.span(statement.start, statement.end),
            )


def _numbering(proposal: PlanProposal) -> Iterator[Finding]:
    """Duplicates within an area, and gaps in a running count."""
    seen: Counter[tuple[int | None, str]] = Counter()
    running = _runs_on(proposal.tasks)
    before: int | None = None
    for task in proposal.tasks:
        key = (None if running else task.area, task.number)
        seen[key] += 1
        if task.number and seen[key] > 1:
            yield Finding(
                "duplicate-number",
                "error",
                f"任务{_name(task)}：编号“{task.number}”重复出现；请核对原文，改正其中一个编号后再签发。",
                task.span,
            )
        value = int(task.number) if task.number.isdecimal() and task.number.isascii() else None
        if value is not None and before is not None and before + 1 < value:
            missing = f"{before + 1}" if before + 2 == value else f"{before + 1}至{value - 1}"
            yield Finding(
                "gap-in-numbers",
                "warning",
                f"任务{_name(task)}：编号从{before}跳到{value}，缺{missing}；请核对原文是否漏了条目。",
                task.span,
            )
        before = value if value is not None else before


def _runs_on(tasks: tuple[Task, ...]) -> bool:
    """Whether the count runs through the areas: it does not begin again at one."""
    firsts = [task for task in tasks if task.number in {"1", "一"}]
    return len({task.area for task in firsts}) <= 1


def _of_task(task: Task) -> Iterator[Finding]:
    if not task.offices:
        yield Finding(
            "no-owner",
            "warning",
            f"任务{_name(task)}：没有写责任单位；请补上牵头处室，或确认由谁负责。",
            task.span,
        )
    if not task.title:
        yield Finding("no-title", "warning", f"任务“{task.number}”：没有标题；请在校对页补写。", task.span)


def _without_lead(tasks: tuple[Task, ...]) -> Iterator[Finding]:
    """One remark for all tasks that list several offices and no lead."""
    open_tasks = [task for task in tasks if len(task.responsible) > 1 and not task.lead]
    if open_tasks:
        first = open_tasks[0]
        yield Finding(
            "no-lead",
            "note",
            f"任务{_name(first)}等{len(open_tasks)}项：列了多个单位但没有明确牵头；可采纳“首列单位牵头”的建议，或逐项指定。",
            first.span,
        )


def _parties(proposal: PlanProposal) -> Iterator[Finding]:
    reported: set[str] = set()
    for task in proposal.tasks:
        for office in task.offices:
            if office.name in reported:
                continue
            if office.collective:
                reported.add(office.name)
                yield Finding(
                    "collective-party",
                    "note",
                    f"任务{_name(task)}：“{office.name}”是集合称谓；请落实到具体单位，否则无人报送进展。",
                    office.span,
                )
            elif office.known is False:
                reported.add(office.name)
                yield Finding(
                    "unknown-office",
                    "warning",
                    f"任务{_name(task)}：“{office.name}”不在处室名录中；请选择对应处室，或在名录中增加它的名称或别名。",
                    office.span,
                )


def _targets(proposal: PlanProposal, manuscript: Manuscript) -> Iterator[Finding]:
    for match in _NO_NUMBER.finditer(manuscript.read):
        start, end = match.span()
        mark = mark_at(manuscript.read, start, end)
        span = manuscript.span(mark.end if mark else start, end)
        yield Finding(
            "target-without-number",
            "warning",
            f"“{manuscript.written(start, end)[-40:]}”：写了目标词却没有数值；请补上数值，或改为不带目标词的说法。",
            span,
        )
    for target in proposal.targets:
        if target.repeats is not None:
            named = f"{target.name}{target.value}{target.unit}"
            yield Finding(
                "repeated-target",
                "note",
                f"任务{target.task_number}中的“{named}”与总目标相同；只按总目标跟踪一次。",
                target.span,
            )


def _name(task: Task) -> str:
    return f"{task.number}“{task.title[:24]}”"
