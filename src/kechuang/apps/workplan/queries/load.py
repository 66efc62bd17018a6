# SPDX-License-Identifier: Apache-2.0
"""The load of the offices: 125 responsibilities as a table of tasks and offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kechuang.apps.workplan.queries.tasks import TaskLine
from kechuang.commons.commitments.models import Responsibility
from kechuang.commons.parties.models import Unit


@dataclass(frozen=True, slots=True)
class OfficeLoad:
    """One office: how many tasks, how many as lead, how many parts done, how many reports owed."""

    unit: Unit
    tasks: int
    leads: int
    done: int
    owed: int


@dataclass(frozen=True, slots=True)
class LoadTable:
    """Offices across, tasks down; a cell is the office's part or None."""

    offices: tuple[OfficeLoad, ...]
    rows: tuple[tuple[TaskLine, tuple[Responsibility | None, ...]], ...]
    total: int


def load_table(lines: Sequence[TaskLine]) -> LoadTable:
    """Count the parts of each office over the tasks read by ``task_lines``."""
    units: dict[int, Unit] = {}
    tasks: Counter[int] = Counter()
    leads: Counter[int] = Counter()
    done: Counter[int] = Counter()
    owed: Counter[int] = Counter()
    for line in lines:
        for part in line.parts:
            units.setdefault(part.unit_id, part.unit)
            tasks[part.unit_id] += 1
            leads[part.unit_id] += part.role == Responsibility.Role.LEAD
            done[part.unit_id] += part.state == Responsibility.State.DONE
        for part in line.standing.owing:
            owed[part.unit_id] += 1
    order = sorted(units, key=lambda pk: (-tasks[pk], units[pk].order))
    offices = tuple(OfficeLoad(units[pk], tasks[pk], leads[pk], done[pk], owed[pk]) for pk in order)
    rows = []
    for line in lines:
        parts = {part.unit_id: part for part in line.parts}
        rows.append((line, tuple(parts.get(pk) for pk in order)))
    return LoadTable(offices, tuple(rows), sum(tasks.values()))
