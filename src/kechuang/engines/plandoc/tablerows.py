# SPDX-License-Identifier: Apache-2.0
"""Rows of tables as tasks and targets (表格行): columns give the roles that sentences give in running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kechuang.engines.plandoc.characters import fold_read
from kechuang.engines.plandoc.deadlines import date_of
from kechuang.engines.plandoc.deliverables import deliverables_of
from kechuang.engines.plandoc.headers import Column
from kechuang.engines.plandoc.indicatorrows import indicator_row
from kechuang.engines.plandoc.items import title_of
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import mark_at
from kechuang.engines.plandoc.owners import Catalogue, Rules, by_rule, mention_of
from kechuang.engines.plandoc.parties import Party, parties_of
from kechuang.engines.plandoc.proposal import (
    Due,
    FocusArea,
    FoundNumber,
    OfficeMention,
    Role,
    Span,
    Target,
    Task,
)

_NO_TASKS: Final = "不是任务表"
_REPEATED: Final = "表格重复了正文中的任务"


@dataclass(frozen=True, slots=True)
class Row:
    """A task from a row; `searched` are the cells whose numbers are looked at."""

    task: Task
    area: int | None
    searched: tuple[Span, ...]


@dataclass(slots=True)
class TablePlan:
    """Everything the tables of a document give."""

    areas: list[FocusArea] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    numbers: list[FoundNumber] = field(default_factory=list)
    unused_cells: list[tuple[Span, str]] = field(default_factory=list)

    def take_repeats(self, tasks: Sequence[Task]) -> dict[int, Task]:
        """Take out the rows that repeat a task of the text (same title, same number if any): {index of task: row}."""
        places = {
            (fold_read(task.title), task.number): index for index, task in enumerate(tasks) if task.title
        }
        repeated = {
            places[key]: row
            for row in self.rows
            if (key := (fold_read(row.task.title), row.task.number)) in places
        }
        if 2 * len(repeated) < len(self.rows):
            return {}
        taken = {id(row) for row in repeated.values()}
        self.rows = [row for row in self.rows if id(row) not in taken]
        self.unused_cells += [(span, _REPEATED) for row in repeated.values() for span in row.searched]
        return {index: row.task for index, row in repeated.items()}

    def drop_unowned(self) -> None:
        """Beside tasks with owners a table without any is a list of projects or figures, not of tasks."""
        if not any(row.task.offices for row in self.rows):
            self.unused_cells += [(span, _NO_TASKS) for row in self.rows for span in row.searched]
            self.rows = []


def read_tables(
    manuscript: Manuscript,
    headers: Sequence[tuple[Column, ...]],
    offices: Catalogue,
    rules: Rules,
    year: int | None,
) -> TablePlan:
    """Read the cells appended to the manuscript, table by table."""
    plan = TablePlan()
    for columns, cells in zip(headers, manuscript.cells, strict=True):
        if "indicator" in columns:
            for row in cells:
                targets, numbers, unused = indicator_row(manuscript, columns, row)
                plan.targets += targets
                plan.numbers += numbers
                plan.unused_cells += unused
        else:
            _Rows(manuscript, plan, columns, offices, rules, year).read(cells)
    return plan


class _Rows:
    """Reads the rows of one task table; merged cells stand only in the first row they cover."""

    def __init__(
        self,
        manuscript: Manuscript,
        plan: TablePlan,
        columns: Sequence[Column],
        offices: Catalogue,
        rules: Rules,
        year: int | None,
    ) -> None:
        self._page, self._plan, self._columns = manuscript, plan, columns
        self._offices, self._rules, self._year = offices, rules, year
        self._area: int | None = None
        self._owners: list[OfficeMention] = []

    def read(self, rows: Sequence[Sequence[Span]]) -> None:
        for row in rows:
            filled = {self._page.read[start:end] for start, end in row if end > start}
            if len(filled) == 1 and not next(iter(filled)).isdigit():
                self._open_area(next(span for span in row if span[1] > span[0]))
            elif filled:
                self._task(row)

    def _open_area(self, span: Span) -> None:
        mark = mark_at(self._page.read, *span)
        start = mark.end if mark else span[0]
        start, end = title_of(self._page.read, start, span[1])
        title = self._page.written(start, end)
        titles = [area.title for area in self._plan.areas]
        if title not in titles:
            self._plan.areas.append(
                FocusArea(title, mark.number if mark else "", self._page.span(start, end))
            )
            titles.append(title)
        self._area = titles.index(title)

    def _task(self, row: Sequence[Span]) -> None:
        cells: dict[Column, Span] = {}
        for column, span in zip(self._columns, row, strict=False):
            if span[1] > span[0] and column not in cells:
                cells[column] = span
        if "area" in cells:
            self._open_area(cells["area"])
        content = [cells[column] for column in ("content", "goal") if column in cells]
        if "task" not in cells:
            if not content:
                return
            cells["task"] = content[0]
        owners = self._mentions(row) or self._owners
        self._owners = owners
        start, end = cells["task"]
        mark = mark_at(self._page.read, start, end)
        number = mark.number if mark else ""
        if "number" in cells:
            number = self._page.written(*cells["number"]).strip("（）().、． ")
        title = title_of(self._page.read, mark.end if mark else start, end)
        searched = tuple(dict.fromkeys([cells["task"], *content]))
        deliverables = tuple(
            d for span in searched for d in deliverables_of(self._page, span, [], self._offices)
        )
        task = Task(
            number=number,
            title=self._page.written(*title),
            text="\n".join(self._page.written(*span) for span in searched),
            span=self._page.span(start, end),
            title_span=self._page.span(*title),
            area=None,
            lead=tuple(m for m in owners if m.role == "lead"),
            co=tuple(m for m in owners if m.role == "co"),
            responsible=tuple(m for m in owners if m.role in {"responsible", "guide", "doer"}),
            leaders=tuple(m for m in owners if m.role == "leader"),
            deliverables=deliverables,
            due=self._due(cells.get("due")),
        )
        self._plan.rows.append(Row(task, self._area, searched))

    def _mentions(self, row: Sequence[Span]) -> list[OfficeMention]:
        """The parties of all columns of owners; a heading may stand over several (责任单位 merged)."""
        found: dict[str, OfficeMention] = {}
        alone = "co" in self._columns and "lead" not in self._columns
        roles: dict[Column, Role] = {"lead": "lead", "co": "co", "leader": "leader"}
        roles["responsible"] = "lead" if alone else "responsible"
        for column, span in zip(self._columns, row, strict=False):
            role = roles.get(column)
            if role is None or span[1] <= span[0]:
                continue
            parties = [self._in_column(party, role) for party in parties_of(self._page.read, *span)]
            for party in by_rule(parties, self._rules):
                mention = mention_of(self._page, party, self._offices)
                if mention.name not in found or mention.role == "lead":
                    found[mention.name] = mention
        return list(found.values())

    @staticmethod
    def _in_column(party: Party, role: Role) -> Party:
        return replace(party, role=role) if party.role == "responsible" and not party.verb else party

    def _due(self, span: Span | None) -> Due | None:
        if span is None:
            return None
        written = self._page.written(*span)
        return Due(written, date_of(self._page.read[slice(*span)], self._year), self._page.span(*span))
