# SPDX-License-Identifier: Apache-2.0
"""The facts of a content pack as a plan in force (装载计划)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.apps.workplan.actions.issuing import issue_plan
from kechuang.apps.workplan.models import Area, Item, ItemOffice, ItemTarget, Plan, PlanVersion
from kechuang.apps.workplan.permissions import can_install_plan
from kechuang.apps.workplan.pieces import PlannedTarget, PlannedTask, PlanPiece
from kechuang.apps.workplan.queries.plans import base_of, plan_like
from kechuang.commons.commitments.models import Responsibility
from kechuang.commons.facts.models import Indicator, scaled
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Unit


@action("workplan.plan.installed", permission=can_install_plan)
def install_plan_facts(piece: PlanPiece, actor: Actor) -> PlanVersion:
    """Bring in a plan as facts and issue it; one that is in force already is left as it is.

    Tasks without a deadline are due at the end of the year. Raises Problem on an office that does not exist.
    """
    plan = Plan(title=piece.title, issuer=piece.issuer, year=piece.year)
    known = plan_like(plan)
    in_force = base_of(known) if known is not None else None
    if in_force is not None:
        return in_force
    if known is None:
        plan.save()
    version = PlanVersion.objects.create(plan=known or plan, no=(known.versions.count() if known else 0) + 1)
    _Facts(version).write(piece)
    note(plan=plan, release=piece.version)
    issued: PlanVersion = issue_plan(version, actor, due=dt.date(piece.year, 12, 31))
    return issued


class _Facts:
    """Writes a piece into a version."""

    def __init__(self, version: PlanVersion) -> None:
        self.version = version
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}

    def write(self, piece: PlanPiece) -> None:
        for order, target in enumerate(piece.targets):
            self._target(target, None, order)
        place = 0
        for area_order, planned in enumerate(piece.areas):
            area = Area.objects.create(
                plan_version=self.version, number=planned.number, title=planned.title, order=area_order
            )
            for task in planned.tasks:
                self._task(task, area, place)
                place += 1

    def _line(
        self, kind: str, title: str, order: int, *, area: Area | None, parent: Item | None = None, **more: Any
    ) -> Item:
        return Item.objects.create(
            plan_version=self.version, kind=kind, state=Item.State.ACCEPTED, parent=parent, area=area,
            title=title[:200], text=title, order=order, **more,
        )  # fmt: skip

    def _task(self, task: PlannedTask, area: Area, order: int) -> None:
        item = self._line(Item.Kind.TASK, task.title, order, area=area, number=task.number, due=task.due)
        roles = Responsibility.Role
        by_role = ((roles.LEAD, task.lead), (roles.CO, task.co), (roles.RESPONSIBLE, task.responsible))
        named = [(code, role) for role, codes in by_role for code in codes]
        ItemOffice.objects.bulk_create(self._offices(item, named))
        for place, title in enumerate(task.deliverables):
            self._line(Item.Kind.DELIVERABLE, title, place, area=area, parent=item)
        for place, target in enumerate(task.targets):
            self._target(target, item, len(task.deliverables) + place)

    def _offices(self, item: Item, named: Sequence[tuple[str, str]]) -> list[ItemOffice]:
        unknown = [code for code, _role in named if code not in self.units]
        if unknown:
            raise Problem(
                _("任务 %(task)s 的处室 %(codes)s 不存在。") % {"task": item, "codes": "、".join(unknown)},
                remedy=_("请在内容包中更正处室代码。"),
            )
        leads = any(role == Responsibility.Role.LEAD for _code, role in named)
        return [
            ItemOffice(
                item=item,
                name=self.units[code].short_name,
                unit=self.units[code],
                role=role,
                suggested=not leads and order == 0,
                order=order,
            )
            for order, (code, role) in enumerate(named)
        ]

    def _target(self, target: PlannedTarget, task: Item | None, order: int) -> None:
        area = task.area if task is not None else None
        item = self._line(Item.Kind.TARGET, target.name, order, area=area, parent=task)
        places = max(
            scaled(target.value)[1], scaled(target.value_max)[1] if target.value_max is not None else 0
        )
        ItemTarget.objects.create(
            item=item,
            word=target.word,
            comparator=target.comparator,
            scaled=int(target.value.scaleb(places)),
            scaled_max=None if target.value_max is None else int(target.value_max.scaleb(places)),
            places=places,
            unit=target.unit,
            kind=target.kind,
            aspire=target.aspire,
            headline=task is None,
            indicator=self.indicators.get(target.indicator or ""),
        )
