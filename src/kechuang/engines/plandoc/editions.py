# SPDX-License-Identifier: Apache-2.0
"""An edition (一版要点): what two versions of a plan are compared by, made from a proposal or from stored lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kechuang.engines.plandoc.proposal import PlanProposal, Target, Task
from kechuang.engines.plandoc.wording import likeness

_TITLE, _TEXT, _PLACE = 0.5, 0.4, 0.05
"""Weights of title, text, and each of number and area in the likeness of two tasks."""
_SAME_PROMISE: Final = 0.2
"""What an unchanged number adds to the likeness of two targets."""


@dataclass(frozen=True, slots=True)
class EditionTarget:
    """A target of an edition. `key` is the caller's own (an index, the id of a stored line)."""

    key: str
    name: str
    comparator: str
    value: Decimal
    unit: str
    value_max: Decimal | None = None
    aspire: bool = False

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two targets the same at first sight."""
        return self.name, self.unit

    @property
    def promised(self) -> tuple[object, ...]:
        """What is promised, without its name."""
        return self.comparator, self.value, self.value_max, self.unit, self.aspire

    def likeness(self, other: EditionTarget) -> float:
        """A name may change a little, or more where the promise stayed the same."""
        return likeness(self.name, other.name) + _SAME_PROMISE * (self.promised == other.promised)


@dataclass(frozen=True, slots=True)
class EditionTask:
    """A task of an edition; `offices` are (name, role) in order, the role any code of the caller's."""

    key: str
    number: str
    title: str
    area: str
    text: str
    offices: tuple[tuple[str, str], ...] = ()
    targets: tuple[EditionTarget, ...] = ()

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two tasks the same at first sight."""
        return self.title, self.number

    def likeness(self, other: EditionTask) -> float:
        """Title and text count most; number and area only help to choose between equals."""
        place = (self.number == other.number) + (self.area == other.area)
        title, text = likeness(self.title, other.title), likeness(self.text, other.text)
        return _TITLE * title + _TEXT * text + _PLACE * place


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a plan: its tasks in order and its headline targets."""

    tasks: tuple[EditionTask, ...]
    targets: tuple[EditionTarget, ...] = ()


def edition_of(proposal: PlanProposal) -> Edition:
    """The edition that a proposal holds; keys are indexes into its tasks and targets."""
    keyed = [(str(index), target) for index, target in enumerate(proposal.targets)]
    tasks = tuple(_task(proposal, index, task, keyed) for index, task in enumerate(proposal.tasks))
    return Edition(tasks, tuple(_target(key, target) for key, target in keyed if target.task is None))


def _task(proposal: PlanProposal, index: int, task: Task, keyed: Sequence[tuple[str, Target]]) -> EditionTask:
    area = "" if task.area is None else proposal.focus_areas[task.area].title
    offices = tuple((office.name, office.role) for office in task.offices)
    targets = tuple(_target(key, target) for key, target in keyed if target.task == index)
    return EditionTask(str(index), task.number, task.title, area, task.text, offices, targets)


def _target(key: str, target: Target) -> EditionTarget:
    return EditionTarget(
        key, target.name, target.comparator, target.value, target.unit, target.value_max, target.aspire
    )
