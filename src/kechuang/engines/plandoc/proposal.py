# SPDX-License-Identifier: Apache-2.0
"""What the parser proposes: frozen records, each with the span of source text it came from.

A span is (start, end) into the text passed to `parse_plan`; where a hard wrap or a page mark cuts a thing,
`text[start:end]` contains the cut too. (0, 0) means: from a table whose cell is not in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Span = tuple[int, int]
Role = Literal["lead", "co", "responsible", "guide", "doer", "leader"]
Kind = Literal["growth", "share", "level"]
Comparator = Literal["=", ">=", ">", "<=", "~"]
Scope = Literal["headline", "task"]
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class OfficeName:
    """An entry of the office catalogue (处室名录): the name and how else people write it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cell texts; `spans` has the same shape when the cells also stand in the text."""

    rows: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[Span, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """A party named beside a task: name as written, role, the verb that gave the role."""

    name: str
    span: Span
    role: Role
    verb: str = ""
    known: bool | None = None
    office: str | None = None
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline (完成时限) as written; `date` is ISO, None for 持续推进 and the like."""

    text: str
    date: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A clause that promises something (举措), with the offices of its own bracket."""

    text: str
    span: Span
    offices: tuple[OfficeMention, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusArea:
    """A focus area (重点领域): the heading tasks stand under."""

    title: str
    number: str
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """A task (任务) with the parties named for it. `area` is an index into `focus_areas`."""

    number: str
    title: str
    text: str
    span: Span
    title_span: Span
    area: int | None
    lead: tuple[OfficeMention, ...]
    co: tuple[OfficeMention, ...]
    responsible: tuple[OfficeMention, ...]
    leaders: tuple[OfficeMention, ...]
    deliverables: tuple[Deliverable, ...]
    due: Due | None

    @property
    def offices(self) -> tuple[OfficeMention, ...]:
        """All offices of the task, leads first."""
        return (*self.lead, *self.co, *self.responsible)


@dataclass(frozen=True, slots=True)
class Target:
    """A numeric target (目标): name, word of force, comparator, value in the written unit.

    `value` is the lower end of a range; `stretch` is the second number of 确保6000、争取7000.
    `verb` keeps 新增, 新建, 下降…; `numbers` are the spans of every number it uses; `repeats` is the index of the
    headline target that the same number in a task repeats.
    """

    name: str
    force: str
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None
    stretch: Decimal | None
    unit: str
    kind: Kind
    aspire: bool
    scope: Scope
    task: int | None
    task_number: str | None
    verb: str
    text: str
    span: Span
    numbers: tuple[Span, ...]
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A numbered promise that is no numeric target: a person decides."""

    text: str
    span: Span
    reason: str
    task_number: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Unused:
    """A number that is not a target, and why."""

    text: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """One line of the account of numbers: every number found has one fate."""

    text: str
    span: Span
    fate: Literal["target", "promise", "unused"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark on the document: where, what, and the remedy, in Chinese."""

    code: str
    severity: Severity
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class SchemeScore:
    """How well one reading of the outline explains the document."""

    scheme: str
    score: float
    tasks: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The reading that won, all that were tried (best first), and the rules said once."""

    scheme: str
    tried: tuple[SchemeScore, ...]
    first_is_lead: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Totals that a person compares with the document."""

    areas: int
    tasks: int
    responsibilities: int
    offices: int
    headline_targets: int
    task_targets: int
    promises: int
    numbers: int
    unowned_tasks: int


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """A work plan (工作要点) as proposed by the parser, for a person to correct."""

    title: str
    suggested_title: str
    issuer: str
    year: int | None
    focus_areas: tuple[FocusArea, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    promises: tuple[Promise, ...]
    unused: tuple[Unused, ...]
    numbers: tuple[FoundNumber, ...]
    findings: tuple[Finding, ...]
    outline: Outline
    counts: Counts
