# SPDX-License-Identifier: Apache-2.0
"""The lines of a draft as the parser proposes them: areas, tasks, deliverables, targets, promises, offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Area, Item, ItemOffice, ItemTarget, PlanVersion
from kechuang.apps.workplan.queries.offices import folded
from kechuang.commons.commitments.models import Responsibility
from kechuang.commons.facts.models import Indicator, scaled
from kechuang.commons.parties.models import Unit
from kechuang.engines.plandoc import PlanProposal
from kechuang.engines.plandoc.proposal import OfficeMention, Span, Target, Task

_ROLES: Final = {"doer": Responsibility.Role.RESPONSIBLE}
_MOST_SCALED: Final = 2**63
_LONGEST_NAME, _LONGEST_TITLE, _LONGEST_WORD = 60, 200, 20


class DraftLines:
    """Writes what a proposal holds into a version, in bulk."""

    def __init__(
        self, version: PlanVersion, units: Mapping[str, Unit], indicators: Mapping[tuple[str, str], Indicator]
    ) -> None:
        self.version, self.units, self.indicators = version, units, indicators
        self.offices: list[ItemOffice] = []
        self.targets: list[ItemTarget] = []

    def write(self, proposal: PlanProposal) -> None:
        """Areas, then tasks, then what stands under them."""
        areas = Area.objects.bulk_create(
            Area(plan_version=self.version, number=area.number[:20], title=area.title[:200], order=order,
                 start=area.span[0], end=area.span[1])
            for order, area in enumerate(proposal.focus_areas)
        )  # fmt: skip
        tasks = Item.objects.bulk_create(
            self._task(task, order, areas) for order, task in enumerate(proposal.tasks)
        )
        for item, task in zip(tasks, proposal.tasks, strict=True):
            self._name_offices(item, task.offices, suggest=not task.lead)
        lines = [
            *self._deliverables(proposal, tasks),
            *self._targets(proposal, tasks),
            *self._numberless(proposal, tasks),
            *self._promises(proposal, tasks),
        ]
        lines.sort(key=lambda item: item.start)
        for order, item in enumerate(lines):
            item.order = order
        Item.objects.bulk_create(lines)
        ItemTarget.objects.bulk_create(self.targets)
        ItemOffice.objects.bulk_create(self.offices)

    def _line(
        self, kind: str, title: str, text: str, span: Span, parent: Item | None = None, **more: Any
    ) -> Item:
        line = Item(
            plan_version=self.version, kind=kind, read_as=kind, parent=parent, title=title[:_LONGEST_TITLE],
            text=text, start=span[0], end=span[1], **more,
        )  # fmt: skip
        if parent is not None:
            line.area_id = parent.area_id
        return line

    def _task(self, task: Task, order: int, areas: Sequence[Area]) -> Item:
        due = dt.date.fromisoformat(task.due.date) if task.due and task.due.date else None
        return self._line(
            Item.Kind.TASK,
            task.title or task.text or task.number,
            task.text,
            task.span,
            number=task.number[:20],
            area=None if task.area is None else areas[task.area],
            due=due,
            order=order,
        )

    def _name_offices(self, item: Item, mentions: Sequence[OfficeMention], *, suggest: bool) -> None:
        """Each name once, matched to an office; the first of a list without a lead is suggested, only suggested."""
        seen: set[str] = set()
        for mention in mentions:
            name = mention.name[:_LONGEST_NAME]
            if name in seen:
                continue
            suggested = suggest and not seen and not mention.collective
            seen.add(name)
            self.offices.append(
                ItemOffice(
                    item=item,
                    name=name,
                    unit=self.units.get(folded(mention.office or name)) or self.units.get(folded(name)),
                    role=_ROLES.get(mention.role, mention.role),
                    suggested=suggested,
                    order=len(seen) - 1,
                )
            )

    def _deliverables(self, proposal: PlanProposal, tasks: Sequence[Item]) -> Iterator[Item]:
        for item, task in zip(tasks, proposal.tasks, strict=True):
            for deliverable in task.deliverables:
                line = self._line(
                    Item.Kind.DELIVERABLE, deliverable.text, deliverable.text, deliverable.span, item
                )
                self._name_offices(line, deliverable.offices, suggest=False)
                yield line

    def _targets(self, proposal: PlanProposal, tasks: Sequence[Item]) -> Iterator[Item]:
        for target in proposal.targets:
            line = self._line(
                Item.Kind.TARGET,
                target.name or target.text,
                target.text,
                target.span,
                None if target.task is None else tasks[target.task],
            )
            if target.repeats is not None:
                line.state = Item.State.EXCLUDED
                line.reason = _("与主要指标相同，只跟踪一次")
            elif target.stretch is not None:
                line.reason = _("另有争取值 %(value)s%(unit)s") % {
                    "value": target.stretch,
                    "unit": target.unit,
                }
            number = self._number(line, target)
            if number is not None:
                self.targets.append(number)
            yield line

    def _number(self, line: Item, target: Target) -> ItemTarget | None:
        """The number of a target; one too large to keep is left for a person."""
        places = max(scaled(target.value)[1], scaled(target.value_max or Decimal(0))[1])
        least = int(target.value.scaleb(places))
        most = None if target.value_max is None else int(target.value_max.scaleb(places))
        if max(abs(least), abs(most or 0)) >= _MOST_SCALED:
            return None
        return ItemTarget(
            item=line,
            word=target.force[:_LONGEST_WORD],
            comparator=target.comparator,
            scaled=least,
            scaled_max=most,
            places=places,
            unit=target.unit[:_LONGEST_WORD],
            kind=target.kind,
            aspire=target.aspire,
            headline=target.scope == "headline",
            indicator=self.indicators.get((folded(target.name), target.kind)),
        )

    def _numberless(self, proposal: PlanProposal, tasks: Sequence[Item]) -> Iterator[Item]:
        """A target word without a number becomes a target that a person must complete or leave out."""
        for finding in proposal.findings:
            if finding.code == "target-without-number":
                text = self.version.text[slice(*finding.span)]
                yield self._line(
                    Item.Kind.TARGET,
                    text,
                    text,
                    finding.span,
                    _around(tasks, finding.span),
                    reason=_("写了目标词却没有数值"),
                )

    def _promises(self, proposal: PlanProposal, tasks: Sequence[Item]) -> Iterator[Item]:
        for promise in proposal.promises:
            parent = _around(tasks, promise.span) or next(
                (task for task in tasks if promise.task_number and task.number == promise.task_number), None
            )
            yield self._line(
                Item.Kind.PROMISE,
                promise.text,
                promise.sentence or promise.text,
                promise.span,
                parent,
                reason=promise.reason[:200],
            )


def _around(tasks: Sequence[Item], span: Span) -> Item | None:
    return next((task for task in tasks if task.start <= span[0] and span[1] <= task.end), None)
