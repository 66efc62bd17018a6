# SPDX-License-Identifier: Apache-2.0
"""The pipeline from text to proposal (解析流程): each step is one call to the module that knows it.

tables -> manuscript -> front matter -> statements and rules -> item tree -> outline -> tasks -> targets -> findings
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kechuang.engines.plandoc.accounting import Account, account_for
from kechuang.engines.plandoc.characters import fold_read
from kechuang.engines.plandoc.findings import lint
from kechuang.engines.plandoc.frontmatter import FrontMatter, read_front_matter
from kechuang.engines.plandoc.items import grow_tree
from kechuang.engines.plandoc.manuscript import Manuscript, write_manuscript
from kechuang.engines.plandoc.outline import choose_outline
from kechuang.engines.plandoc.owners import Catalogue, Rules, rules_of
from kechuang.engines.plandoc.proposal import (
    Counts,
    FocusArea,
    OfficeName,
    Outline,
    PlanProposal,
    SchemeScore,
    Table,
    Target,
    Task,
)
from kechuang.engines.plandoc.readings import Reading
from kechuang.engines.plandoc.statements import Statements, find_statements
from kechuang.engines.plandoc.tablerows import TablePlan, read_tables
from kechuang.engines.plandoc.tables import find_tables, locate_tables
from kechuang.engines.plandoc.tasks import task_of


def parse_plan(
    text: str, *, catalogue: Sequence[OfficeName] = (), tables: Sequence[Table] = ()
) -> PlanProposal:
    """Propose the plan that `text` holds. Never raises on any text; what is unclear becomes a finding.

    `tables` are tables of the file; those that also stand in `text` (Table.spans) are read once, as tables.
    """
    located = locate_tables(text, tables)
    located += find_tables(text, [table.span for table in located])
    manuscript = write_manuscript(text, [table.span for table in located], [table.cells for table in located])
    front = read_front_matter(manuscript)
    offices = Catalogue(catalogue)
    rules = rules_of(manuscript)
    statements = find_statements(manuscript, offices.names)
    tree = grow_tree(manuscript, *front.body)
    reading, tried = choose_outline(manuscript, tree, statements)
    table_plan = read_tables(manuscript, [table.headers for table in located], offices, rules, front.year)
    areas, tasks = _areas_and_tasks(manuscript, reading, statements, offices, rules, front, table_plan)
    account = account_for(manuscript, tree, reading, statements, table_plan, tasks, front)
    proposal = _proposal(manuscript, front, reading, tried, rules, areas, tasks, account, table_plan)
    return replace(proposal, findings=tuple(lint(proposal, manuscript, statements)))


def _areas_and_tasks(
    manuscript: Manuscript,
    reading: Reading,
    statements: Statements,
    offices: Catalogue,
    rules: Rules,
    front: FrontMatter,
    table_plan: TablePlan,
) -> tuple[list[FocusArea], list[Task]]:
    """Areas and tasks of the text, followed by those of its tables; rows that repeat tasks of the text give it owners.

    Where a table holds the tasks, numbered text without owners around it is introduction.
    """
    tasks = [task_of(manuscript, draft, statements, offices, rules, front.year) for draft in reading.tasks]
    repeated = table_plan.take_repeats(tasks)
    if table_plan.rows and not repeated and not any(task.offices for task in tasks):
        tasks = []
    tasks = [
        task if task.offices else _owned_by(task, repeated.get(index)) for index, task in enumerate(tasks)
    ]
    areas = [
        FocusArea(manuscript.written(*area.title), area.number, manuscript.span(*area.title))
        for area in reading.areas
        if tasks
    ]
    names = {area.title: index for index, area in enumerate(areas)}
    for row in table_plan.rows:
        area = None if row.area is None else table_plan.areas[row.area]
        if area is not None and area.title not in names:
            names[area.title] = len(areas)
            areas.append(area)
        tasks.append(replace(row.task, area=None if area is None else names[area.title]))
    return areas, tasks


def _owned_by(task: Task, row: Task | None) -> Task:
    """The task with the owners and the deadline that a table gives it."""
    if row is None:
        return task
    return replace(
        task,
        lead=row.lead,
        co=row.co,
        responsible=row.responsible,
        leaders=row.leaders,
        due=task.due or row.due,
    )


def _proposal(
    manuscript: Manuscript,
    front: FrontMatter,
    reading: Reading,
    tried: tuple[SchemeScore, ...],
    rules: Rules,
    areas: list[FocusArea],
    tasks: list[Task],
    account: Account,
    table_plan: TablePlan,
) -> PlanProposal:
    title = manuscript.written(*front.title).replace("\n", "") if front.title else front.quoted_title
    suggested = "" if title else f"{front.issuer}{front.year}年工作要点" if front.year else ""
    scheme = "表格为任务清单" if table_plan.rows and len(table_plan.rows) == len(tasks) else reading.scheme
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
        outline=Outline(scheme, tried, rules.first_is_lead, rules.notes),
        counts=_counts(areas, tasks, account.targets, account),
    )


def _counts(
    areas: list[FocusArea], tasks: list[Task], targets: tuple[Target, ...], account: Account
) -> Counts:
    named = [office for task in tasks for office in task.offices]
    return Counts(
        areas=len(areas),
        tasks=len(tasks),
        responsibilities=len(named),
        offices=len({office.office or fold_read(office.name) for office in named}),
        headline_targets=sum(target.scope == "headline" for target in targets),
        task_targets=sum(target.scope == "task" for target in targets),
        promises=len(account.promises),
        numbers=len(account.numbers),
        unowned_tasks=sum(not task.offices for task in tasks),
    )
