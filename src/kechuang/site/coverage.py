# SPDX-License-Identifier: Apache-2.0
"""What of the plan the product carries (要点对照): computed from pages that resolve and journeys that passed.

runs      every journey that proves it passed on this very code, and its pages are installed
tracked   the plan's task is an open or closed commitment here (or, for the frame, its pages are installed)
not yet   neither
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, get_resolver, reverse

from kechuang.apps.workplan.queries.tasks import tracked_numbers
from kechuang.site.content import library
from kechuang.site.pieces import MechanismPiece, ScenarioPiece
from kechuang.site.proofs import Proof, proof

RUNS, TRACKED, NOT_YET = "runs", "tracked", "not yet"
FRAME = "0"


@dataclass(frozen=True, slots=True)
class Line:
    """One mechanism or task: what it is, where it is served, how far it is."""

    id: str
    task: str
    title: str
    state: str
    pages: tuple[tuple[str, str], ...]
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
    """Set the plan of the city's pack against what is installed, tracked and proved."""
    tracked, proved = tracked_numbers(), proof()
    scenarios = sorted(library().of(ScenarioPiece), key=lambda piece: int(piece.task))
    named = sorted(library().of(MechanismPiece), key=lambda piece: (int(piece.task), piece.code))
    tasks = [_line(piece, piece.title, (), tracked, proved) for piece in scenarios]
    mechanisms = [_line(piece, piece.term, piece.pages, tracked, proved) for piece in named]
    return Survey(tuple(tasks), tuple(mechanisms), proved.day)


def as_json(found: Survey) -> dict[str, object]:
    """``{"tasks": {"1": state}, "mechanisms": {"1a": state}, "proved_on": day}``."""
    return {
        "tasks": {line.task: line.state for line in found.tasks},
        "mechanisms": {line.id: line.state for line in found.mechanisms},
        "proved_on": found.proved_on,
    }


def _line(
    piece: ScenarioPiece | MechanismPiece,
    title: str,
    pages: tuple[str, ...],
    tracked: set[str],
    proved: Proof,
) -> Line:
    missing = tuple(name for name in piece.journeys if name not in proved.passed)
    installed = all(page_exists(page) for page in pages)
    known = (bool(pages) and installed) if piece.task == FRAME else piece.task in tracked
    runs = bool(piece.journeys) and not missing and installed
    state = RUNS if runs else TRACKED if known else NOT_YET
    addresses = tuple((page, _address(page)) for page in pages)
    return Line(piece.code, piece.task, title, state, addresses, piece.journeys, missing)


def page_exists(name: str) -> bool:
    """Whether an address of this name is installed."""
    space, _, short = name.rpartition(":")
    resolver = get_resolver()
    if space:
        found = resolver.namespace_dict.get(space)
        return found is not None and short in {
            str(key) for key in found[1].reverse_dict if isinstance(key, str)
        }
    return short in {str(key) for key in resolver.reverse_dict if isinstance(key, str)}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
