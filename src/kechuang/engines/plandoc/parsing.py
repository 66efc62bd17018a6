# SPDX-License-Identifier: Apache-2.0
"""The pipeline from text to proposal (解析流程): each step is one call to the module that knows it.

tables -> manuscript -> front matter -> statements and rules -> item tree -> outline -> tasks -> targets -> findings
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kechuang.engines.plandoc.accounting import Account, account_for
from kechuang.engines.plandoc.characters import fold_read
from kechuang.engines.plandoc.evidence import Evidence
from kechuang.engines.plandoc.findings import lint
from kechuang.engines.plandoc.frontmatter import read_front_matter
from kechuang.engines.plandoc.items import grow_tree
from kechuang.engines.plandoc.manuscript import write_manuscript
from kechuang.engines.plandoc.outline import choose_outline
from kechuang.engines.plandoc.owners import Catalogue, rules_of
from kechuang.engines.plandoc.proposal import (
    Counts,
    FocusArea,
    OfficeName,
    Outline,
    PlanProposal,
    Table,
    Task,
)
from kechuang.engines.plandoc.statements import find_statements
from kechuang.engines.plandoc.tablerows import read_tables
from kechuang.engines.plandoc.tables import find_tables, locate_tables
from kechuang.engines.plandoc.tasks import task_of


def parse_plan(
    text: str, *, catalogue: Sequence[OfficeName] = (), tables: Sequence[Table] = ()
) -> PlanProposal:
    """Propose the plan that `text` holds. Never raises on any text; what is unclear becomes a finding.

    `tables` are tables of the file; those that also stand in `text` (Table.spans) are read once, as tables.
    """
    evidence = _read(text, catalogue, tables)
    areas, tasks = _areas_and_tasks(evidence)
    account = account_for(evidence, tasks)
    proposal = _proposal(evidence, areas, tasks, account)
    return replace(proposal, findings=tuple(lint(proposal, evidence.manuscript, evidence.statements)))


def _read(text: str, catalogue: Sequence[OfficeName], tables: Sequence[Table]) -> Evidence:
    located = locate_tables(text, tables)
    located += find_tables(text, [table.span for table in located])
    manuscript = write_manuscript(text, [table.span for table in located], [table.cells for table in located])
    front = read_front_matter(manuscript)
    offices, rules = Catalogue(catalogue), rules_of(manuscript)
    statements = find_statements(manuscript, offices.names)
    tree = grow_tree(manuscript, *front.body)
    reading, tried = choose_outline(manuscript, tree, statements)
    rows = read_tables(manuscript, [table.headers for table in located], offices, rules, front.year)
    return Evidence(manuscript, front, offices, rules, statements, tree, reading, tried, rows)


def _areas_and_tasks(evidence: Evidence) -> tuple[list[FocusArea], list[Task]]:
    """Areas and tasks of the text, followed by those of its tables; rows that repeat tasks of the text give it owners.

    Where a table holds the tasks, numbered text without owners around it is introduction.
    """
    manuscript, tables = evidence.manuscript, evidence.tables
    tasks = [task_of(evidence, draft) for draft in evidence.reading.tasks]
    repeated = tables.take_repeats(tasks)
    if any(task.offices for task in tasks):
        tables.drop_unowned()
    if tables.rows and not repeated and not any(task.offices for task in tasks):
        tasks = []
    tasks = [
        task if task.offices else _owned_by(task, repeated.get(index)) for index, task in enumerate(tasks)
    ]
    areas = [
        FocusArea(manuscript.written(*area.title), area.number, manuscript.span(*area.title))
        for area in evidence.reading.areas
        if tasks
    ]
    names = {area.title: index for index, area in enumerate(areas)}
    for row in tables.rows:
        area = None if row.area is None else tables.areas[row.area]
        if area is not None and area.title not in names:
            names[area.title] = len(areas)
            areas.append(area)
        tasks.append(replace(row.task, area=None if area is None else names[area.title]))
    return areas, tasks


def _owned_by(task: Task, row: Task | None) -> Task:
    """The task with the owners and the deadline that a table gives it."""
    if row is None:
        return task
    due = task.due or row.due
    return replace(task, lead=row.lead, co=row.co, responsible=row.responsible, leaders=row.leaders, due=due)


def _proposal(
    evidence: Evidence, areas: list[FocusArea], tasks: list[Task], account: Account
) -> PlanProposal:
    front, rows = evidence.front, evidence.tables.rows
    title = front.quoted_title
    if front.title:
        title = evidence.manuscript.written(*front.title).replace("\n", "")
    suggested = "" if title else f"{front.issuer}{front.year}年工作要点" if front.year else ""
    scheme = "表格为任务清单" if rows and len(rows) == len(tasks) else evidence.reading.scheme
    return PlanProposal(
        title=title,
        suggested_title=suggested,
        issuer=front.issuer,
        year=front.year,
        focus_areas=tuple(areas),
        tasks=tuple(tasks),
        targets=account.targets,
        promises=account.promises,
        unused=account.unused,
        numbers=account.numbers,
        findings=(),
        outline=Outline(scheme, evidence.tried, evidence.rules.first_is_lead, evidence.rules.notes),
        counts=_counts(areas, tasks, account),
    )


def _counts(areas: list[FocusArea], tasks: list[Task], account: Account) -> Counts:
    named = [office for task in tasks for office in task.offices]
    return Counts(
        areas=len(areas),
        tasks=len(tasks),
        responsibilities=len(named),
        offices=len({office.office or fold_read(office.name) for office in named}),
        headline_targets=sum(target.scope == "headline" for target in account.targets),
        task_targets=sum(target.scope == "task" for target in account.targets),
        promises=len(account.promises),
        numbers=len(account.numbers),
        unowned_tasks=sum(not task.offices for task in tasks),
    )
