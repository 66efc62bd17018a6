# SPDX-License-Identifier: Apache-2.0
"""What of the plan the product carries (要点对照): computed from pages that resolve and journeys that passed.

runs      every journey that proves it passed on this very code, and its pages are installed
tracked   the plan's task is a commitment here; for the frame, its targets are, or else its pages are installed
not yet   neither
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from kechuang.apps.workplan.pieces import PlanPiece
from kechuang.apps.workplan.queries.tasks import tracked_indicators, tracked_tasks
from kechuang.commons.registers.pieces import RegisterPiece
from kechuang.site.addresses import page_names
from kechuang.site.content import library
from kechuang.site.pieces import FRAME, MechanismPiece, ScenarioPiece
from kechuang.site.proofs import proof

RECORDS = "registers:record-list"
RUNS, TRACKED, NOT_YET = "runs", "tracked", "not yet"


class Door(NamedTuple):
    """A page or a register that serves a mechanism: the page's name and arguments, what is shown, its address."""

    page: str
    title: str
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address, nothing where it is not installed or needs arguments."""
        try:
            return reverse(self.page, args=self.args)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, slots=True)
class Line:
    """One mechanism or task: what it is, where it is served, how far it is."""

    id: str
    task: str
    title: str
    state: str
    doors: tuple[Door, ...]
    journeys: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The whole table."""

    tasks: tuple[Line, ...]
    mechanisms: tuple[Line, ...]
    proved_on: str

    def count(self, state: str) -> tuple[int, int]:
        """How many tasks and mechanisms are in a state."""
        return (
            sum(line.state == state for line in self.tasks),
            sum(line.state == state for line in self.mechanisms),
        )

    @property
    def counts(self) -> list[tuple[str, int, int]]:
        """Each state with its counts."""
        return [(state, *self.count(state)) for state in (RUNS, TRACKED, NOT_YET)]


def survey() -> Survey:
    """Set what the city's pack says of its plan against what is installed, tracked and proved (2 queries a plan)."""
    content = library()
    tracked, measured = set[str](), set[str]()
    for plan in content.of(PlanPiece):
        here = tracked_tasks(plan.year)
        tracked |= {task.number for task in plan.tasks if (task.number, task.title) in here}
        measured |= tracked_indicators(plan.year)
    tasks = [_task(piece, tracked=piece.task in tracked) for piece in content.of(ScenarioPiece)]
    mechanisms = [
        _mechanism(piece, tracked=piece.task in tracked or _frame_stands(piece, measured))
        for piece in content.of(MechanismPiece)
    ]
    return Survey(tuple(tasks), tuple(mechanisms), proof().day)


def as_json(found: Survey) -> dict[str, object]:
    """``{"tasks": {"1": state}, "mechanisms": {"1a": state}, "proved_on": day}``."""
    return {
        "tasks": {line.task: line.state for line in found.tasks},
        "mechanisms": {line.id: line.state for line in found.mechanisms},
        "proved_on": found.proved_on,
    }


def _frame_stands(piece: MechanismPiece, measured: set[str]) -> bool:
    """Whether what belongs to no single task is tracked."""
    if piece.task != FRAME:
        return False
    if piece.indicators:
        return measured.issuperset(piece.indicators)
    return bool(piece.pages) and page_names().issuperset(piece.pages)


def _task(piece: ScenarioPiece, *, tracked: bool) -> Line:
    missing = _missing(piece.journeys)
    state = _state(proved=bool(piece.journeys) and not missing, tracked=tracked)
    return Line(piece.code, piece.task, piece.title, state, (), piece.journeys, missing)


def _mechanism(piece: MechanismPiece, *, tracked: bool) -> Line:
    missing = _missing(piece.journeys)
    proved = bool(piece.journeys) and not missing and page_names().issuperset(piece.pages)
    state = _state(proved=proved, tracked=tracked)
    return Line(piece.code, piece.task, piece.term, state, tuple(_doors(piece)), piece.journeys, missing)


def _doors(piece: MechanismPiece) -> Iterator[Door]:
    for page in piece.pages:
        yield Door(page, page)
    names = {register.code: register.name for register in library().of(RegisterPiece)}
    for code in piece.registers:
        yield Door(RECORDS, names[code], (code,))


def _missing(journeys: Sequence[str]) -> tuple[str, ...]:
    """The journeys that did not pass on this code."""
    return tuple(name for name in journeys if name not in proof().passed)


def _state(*, proved: bool, tracked: bool) -> str:
    return RUNS if proved else TRACKED if tracked else NOT_YET
