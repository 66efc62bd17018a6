# SPDX-License-Identifier: Apache-2.0
"""Two versions of a plan side by side (版本对照): what was added, dropped, reworded, moved, re-owned, re-targeted.

Tasks are matched by number and title first, then by likeness of title and text: a task may be renumbered, moved to
another area and reworded at once and is still the same task. What is matched is then compared part by part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, Protocol, TypeVar

from kechuang.engines.plandoc.editions import Edition, EditionTarget, EditionTask
from kechuang.engines.plandoc.wording import Segment, wording

ChangeKind = Literal["added", "dropped", "reworded", "moved", "reowned", "retargeted", "unchanged"]
_SAME_TASK: Final = 0.4
_SAME_TARGET: Final = 0.5
"""Least likeness of two versions of one thing."""


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """An office whose part changed: a role is "" where it had or has none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target added (`before` None), dropped (`after` None), or promised differently."""

    before: EditionTarget | None
    after: EditionTarget | None


@dataclass(frozen=True)
class TaskChange:
    """A task in both versions, or in one: `before` is None when it was added, `after` when it was dropped."""

    before: EditionTask | None
    after: EditionTask | None

    @property
    def kinds(self) -> frozenset[ChangeKind]:
        """All that happened to the task; never empty."""
        old, new = self.before, self.after
        if old is None or new is None:
            return frozenset({"added" if old is None else "dropped"})
        found: dict[ChangeKind, bool] = {
            "reworded": (old.title, old.text) != (new.title, new.text),
            "moved": (old.number, old.area) != (new.number, new.area),
            "reowned": bool(self.offices),
            "retargeted": bool(self.targets),
        }
        return frozenset(kind for kind, happened in found.items() if happened) or frozenset({"unchanged"})

    @cached_property
    def title(self) -> tuple[Segment, ...]:
        """Difference of the titles, for `{% diff %}`."""
        return wording(self.before.title if self.before else "", self.after.title if self.after else "")

    @cached_property
    def text(self) -> tuple[Segment, ...]:
        """Difference of the texts, for `{% diff %}`."""
        return wording(self.before.text if self.before else "", self.after.text if self.after else "")

    @cached_property
    def offices(self) -> tuple[OfficeChange, ...]:
        """Offices that came, went or changed their role: those of the old version first, in its order."""
        old = dict(self.before.offices) if self.before else {}
        new = dict(self.after.offices) if self.after else {}
        parts = (OfficeChange(name, old.get(name, ""), new.get(name, "")) for name in {**old, **new})
        return tuple(part for part in parts if part.before != part.after)

    @cached_property
    def targets(self) -> tuple[TargetChange, ...]:
        """Targets of the task that came, went or changed."""
        old, new = self.before, self.after
        return changed_targets(old.targets if old else (), new.targets if new else ())


@dataclass(frozen=True, slots=True)
class Comparison:
    """All tasks of both versions in the order of the new one, dropped ones behind their former neighbour."""

    tasks: tuple[TaskChange, ...]
    targets: tuple[TargetChange, ...]
    """Headline targets that came, went or changed."""

    def of(self, kind: ChangeKind) -> tuple[TaskChange, ...]:
        """The tasks to which `kind` happened."""
        return tuple(change for change in self.tasks if kind in change.kinds)

    @property
    def unchanged(self) -> bool:
        """The two versions say the same."""
        return not self.targets and len(self.of("unchanged")) == len(self.tasks)


def compare(before: Edition, after: Edition) -> Comparison:
    """Match the tasks of two editions and compare them."""
    old_of = {new: old for old, new in _matched(before.tasks, after.tasks, _SAME_TASK)}
    changes = [
        TaskChange(before.tasks[old_of[new]] if new in old_of else None, task)
        for new, task in enumerate(after.tasks)
    ]
    kept = frozenset(old_of.values())
    for index, task in enumerate(before.tasks):
        if index not in kept:
            neighbour = before.tasks[index - 1] if index else None
            place = next(
                (p for p, change in enumerate(changes) if neighbour and change.before is neighbour), -1
            )
            changes.insert(place + 1, TaskChange(task, None))
    return Comparison(tuple(changes), changed_targets(before.targets, after.targets))


def changed_targets(
    before: Sequence[EditionTarget], after: Sequence[EditionTarget]
) -> tuple[TargetChange, ...]:
    """Targets dropped or promised differently, in the old order, then those added."""
    new_of = dict(_matched(before, after, _SAME_TARGET))
    taken = frozenset(new_of.values())
    changes: list[TargetChange] = []
    for index, old in enumerate(before):
        new = after[new_of[index]] if index in new_of else None
        if new is None or new.promised != old.promised:
            changes.append(TargetChange(old, new))
    return (*changes, *(TargetChange(None, new) for index, new in enumerate(after) if index not in taken))


class _Comparable(Protocol):
    @property
    def identity(self) -> tuple[str, str]: ...

    def likeness(self, other: Any, /) -> float: ...


T = TypeVar("T", bound=_Comparable)


def _matched(before: Sequence[T], after: Sequence[T], least: float) -> list[tuple[int, int]]:
    """Pairs of indexes: first those of one identity, then the most alike of the rest."""
    pairs = _identical(before, after)
    old_taken, new_taken = {one for one, _ in pairs}, {two for _, two in pairs}
    scored = [
        (-old.likeness(new), abs(one - two), one, two)
        for one, old in enumerate(before)
        if one not in old_taken
        for two, new in enumerate(after)
        if two not in new_taken
    ]
    for score, _, one, two in sorted(scored):
        if -score >= least and one not in old_taken and two not in new_taken:
            old_taken.add(one)
            new_taken.add(two)
            pairs.append((one, two))
    return pairs


def _identical(before: Sequence[T], after: Sequence[T]) -> list[tuple[int, int]]:
    """Pairs whose identity stands exactly once on either side."""
    counts = [Counter(thing.identity for thing in side) for side in (before, after)]
    new_place = {thing.identity: place for place, thing in enumerate(after)}
    return [
        (place, new_place[thing.identity])
        for place, thing in enumerate(before)
        if thing.identity[0] and all(count[thing.identity] == 1 for count in counts)
    ]
