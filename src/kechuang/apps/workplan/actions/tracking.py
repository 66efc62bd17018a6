# SPDX-License-Identifier: Apache-2.0
"""Lines of a version as commitments and targets: opened, or brought in line with what the earlier version opened."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.queries.openings import numbers_run_on, tracked
from kechuang.apps.workplan.queries.outcomes import commitments_gone
from kechuang.commons.commitments.actions import Part, drop_commitment, open_commitment, revise_commitment
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.facts.actions import set_target
from kechuang.commons.facts.models import Target
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref

_LAST_ORDER: Final = 32767


class Tracking:
    """Opens, revises and drops the commitments of one version; ``counts`` says how many of each."""

    def __init__(self, version: PlanVersion, actor: Actor, day: dt.date, due: dt.date | None) -> None:
        self.version, self.actor, self.day, self.due = version, actor, day, due
        self.kept: dict[int, Commitment] = {}
        self.counts: Counter[str] = Counter(opened=0, revised=0, dropped=0, targets=0)

    @staticmethod
    def parts_of(offices: Iterable[ItemOffice]) -> list[Part]:
        """Each office once, with the first role it is named in; parties outside the bureau are asked for nothing."""
        parts: dict[int, Part] = {}
        for office in offices:
            if office.unit is not None and not office.outside:
                parts.setdefault(office.unit.pk, Part(office.unit, office.role))
        return list(parts.values())

    def track(self, lines: Sequence[Item]) -> None:
        """Tasks first, then what stands under them."""
        lines = tracked(lines)
        tasks = [line for line in lines if line.kind == Item.Kind.TASK]
        running = numbers_run_on(tasks)
        codes: dict[int | None, str] = {None: f"{self.version.plan.year}"}
        for place, task in enumerate(tasks, 1):
            number = task.number or f"#{place}"
            inside = "" if running or task.area is None else f"{task.area.order + 1}-"
            codes[task.pk] = f"{codes[None]}/{inside}{number}"[:40]
            self._keep(task, codes[task.pk], task.due or self._kept_due(task) or self.due)
        below: Counter[int | None] = Counter()
        for line in lines:
            if line.kind in {Item.Kind.DELIVERABLE, Item.Kind.TARGET}:
                below[line.parent_id] += 1
                code = f"{codes[line.parent_id][:32]}.{below[line.parent_id]}"
                self._keep(line, code, line.due or self._kept_due(line))
        Item.objects.bulk_update(lines, ["commitment"])

    def _kept_due(self, line: Item) -> dt.date | None:
        return line.commitment.due if line.commitment is not None else None

    def _keep(self, line: Item, code: str, due: dt.date | None) -> None:
        known = line.commitment
        target = self._target(line, known)
        parts, order = self.parts_of(line.offices.all()), min(line.order, _LAST_ORDER)
        if known is None:
            line.commitment = open_commitment(
                None, self.actor, kind=line.kind, code=code, title=line.title, text=line.text, start=self.day,
                source=Ref.of(line), parent=self.kept.get(line.parent_id or 0), target=target, due=due,
                parts=parts, order=order, scheme=self.version.plan.scheme,
            )  # fmt: skip
        else:
            line.commitment = revise_commitment(
                known, self.actor, title=line.title, text=line.text, due=due, source=Ref.of(line), parts=parts,
                order=order,
            )  # fmt: skip
        self.counts["opened" if known is None else "revised"] += 1
        self.kept[line.pk] = line.commitment

    def _target(self, line: Item, known: Commitment | None) -> Target | None:
        if line.kind != Item.Kind.TARGET:
            return None
        promised = line.target
        self.counts["targets"] += 1
        made: Target = set_target(
            known.target if known is not None else None, self.actor, name=line.title,
            year=self.version.plan.year, comparator=promised.comparator, value=promised.value,
            value_max=promised.value_max, word=promised.word, unit=promised.unit, kind=promised.kind,
            aspire=promised.aspire, headline=promised.headline, indicator=promised.indicator,
        )  # fmt: skip
        return made

    def drop_what_is_gone(self) -> None:
        """Commitments that earlier versions of the plan opened and this one no longer names."""
        kept = [commitment.pk for commitment in self.kept.values()]
        for commitment in commitments_gone(self.version, kept):
            drop_commitment(
                commitment, self.actor, reason=_("%(version)s不再列入") % {"version": self.version}
            )
            self.counts["dropped"] += 1
