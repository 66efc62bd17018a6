# SPDX-License-Identifier: Apache-2.0
"""What a new version keeps of the one before: the commitments behind its lines, and what persons have settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kechuang.apps.workplan.models import Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.queries.editions import edition_of_version, lines_of
from kechuang.apps.workplan.queries.offices import folded
from kechuang.commons.commitments.models import Responsibility
from kechuang.commons.parties.models import Unit
from kechuang.engines.plandoc import compare
from kechuang.engines.plandoc.comparison import TargetChange
from kechuang.engines.plandoc.editions import EditionTarget
from kechuang.engines.plandoc.wording import likeness

_SAME_CLAUSE = 0.5


class Carrying:
    """Matches the lines of a new version to those of ``base``, task by task."""

    def __init__(self, base: PlanVersion) -> None:
        self.base = base
        self.lines = {line.pk: line for line in lines_of(base)}

    def settled_names(self) -> dict[str, Unit]:
        """The offices that persons found behind the names of the earlier version."""
        named = (office for line in self.lines.values() for office in line.offices.all())
        return {folded(office.name): office.unit for office in named if office.unit is not None}

    def carry_to(self, version: PlanVersion) -> None:
        """Commitments follow what is matched; a lead that was settled stays where the document names none."""
        lines = {line.pk: line for line in lines_of(version)}
        changed: list[Item] = []
        for old, new in self._pairs(version, lines):
            if old.commitment_id is not None:
                new.commitment_id = old.commitment_id
                changed.append(new)
            if new.kind == Item.Kind.TASK:
                _keep_lead(old, new)
        Item.objects.bulk_update(changed, ["commitment"])

    def _pairs(self, version: PlanVersion, lines: dict[int, Item]) -> Iterator[tuple[Item, Item]]:
        before, after = edition_of_version(self.base), edition_of_version(version)
        found = compare(before, after)
        pairs = list(_matched_targets(before.targets, after.targets, found.targets))
        tasks: list[tuple[Item, Item]] = []
        for change in found.tasks:
            if change.before is None or change.after is None:
                continue
            tasks.append((self.lines[int(change.before.key)], lines[int(change.after.key)]))
            pairs += _matched_targets(change.before.targets, change.after.targets, change.targets)
        yield from tasks
        yield from ((self.lines[int(old)], lines[int(new)]) for old, new in pairs)
        old_clauses, new_clauses = _clauses(self.lines.values()), _clauses(lines.values())
        for old_task, new_task in tasks:
            yield from _alike(old_clauses[old_task.pk], new_clauses[new_task.pk])


def _matched_targets(
    before: Sequence[EditionTarget], after: Sequence[EditionTarget], changes: Sequence[TargetChange]
) -> Iterator[tuple[str, str]]:
    """Keys of targets that are the same promise: those that changed, and those that did not."""
    changed = {one.key for change in changes for one in (change.before, change.after) if one is not None}
    for change in changes:
        if change.before is not None and change.after is not None:
            yield change.before.key, change.after.key
    left = [one for one in after if one.key not in changed]
    for old in before:
        new = next((one for one in left if one.identity == old.identity), None)
        if old.key not in changed and new is not None:
            left.remove(new)
            yield old.key, new.key


def _clauses(lines: Iterable[Item]) -> dict[int | None, list[Item]]:
    found: dict[int | None, list[Item]] = defaultdict(list)
    for line in lines:
        if line.kind == Item.Kind.DELIVERABLE and line.state != Item.State.EXCLUDED:
            found[line.parent_id].append(line)
    return found


def _alike(before: list[Item], after: list[Item]) -> Iterator[tuple[Item, Item]]:
    """Deliverables of one task, the most alike first, each once."""
    scored = sorted(
        (
            (likeness(old.text or old.title, new.text or new.title), old, new)
            for old in before
            for new in after
        ),
        key=lambda one: -one[0],
    )
    taken: set[int] = set()
    for score, old, new in scored:
        if score >= _SAME_CLAUSE and not {old.pk, new.pk} & taken:
            taken |= {old.pk, new.pk}
            yield old, new


def _keep_lead(old: Item, new: Item) -> None:
    leads = {one.unit_id for one in old.offices.all() if one.role == Responsibility.Role.LEAD and one.unit_id}
    offices = list(new.offices.all())
    if not leads or any(one.role == Responsibility.Role.LEAD for one in offices):
        return
    for office in offices:
        if office.unit_id in leads:
            office.role = Responsibility.Role.LEAD
    if any(one.role == Responsibility.Role.LEAD for one in offices):
        for office in offices:
            office.suggested = False
        ItemOffice.objects.bulk_update(offices, ["role", "suggested"])
