# SPDX-License-Identifier: Apache-2.0
"""Offices of the lines of a draft (处室): set line by line, or a name matched wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.permissions import can_edit_line, can_edit_plan
from kechuang.commons.commitments.models import Responsibility
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Unit


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office of a line as a person set it: the name written, the office meant, its role, or a party outside."""

    name: str
    unit: Unit | None
    role: str
    outside: bool = False

    def __str__(self) -> str:
        return f"{self.name}={self.unit or '?'}:{self.role}"


@action("workplan.offices.set", permission=can_edit_line)
def set_offices(item: Item, actor: Actor, *, offices: Sequence[OfficeLine]) -> Item:
    """Set the offices of a line and their roles (设定处室); a person's word ends every suggestion."""
    del actor
    names = [line.name.strip() for line in offices]
    if not all(names):
        raise Problem(_("请填写处室的写法。"), field="offices")
    if len(set(names)) < len(names):
        raise Problem(_("同一个处室写了两次。"), remedy=_("请保留一行。"), field="offices")
    if any(line.role not in Responsibility.Role.values for line in offices):
        raise Problem(_("处室的角色无法识别。"), field="offices")
    note(before=[f"{one.name}={one.unit or '?'}:{one.role}" for one in item.offices.select_related("unit")])
    item.offices.all().delete()
    ItemOffice.objects.bulk_create(
        ItemOffice(
            item=item,
            name=line.name.strip()[:60],
            unit=None if line.outside else line.unit,
            role=line.role,
            outside=line.outside,
            order=order,
        )
        for order, line in enumerate(offices)
    )
    return item


@action("workplan.office.matched", permission=can_edit_plan)
def match_office(version: PlanVersion, actor: Actor, *, name: str, unit: Unit | None) -> int:
    """Say which office a name means wherever the draft writes it (对应处室); ``None``: a party outside the bureau."""
    del actor
    offices = ItemOffice.objects.filter(item__plan_version=version, name=name, unit__isnull=True)
    items = list(offices.values_list("item_id", flat=True))
    if not items:
        raise Problem(
            _("草稿中没有待对应的“%(name)s”。") % {"name": name}, remedy=_("请刷新页面。"), field="unit"
        )
    offices.update(unit=unit, outside=unit is None)
    Item.objects.filter(pk__in=items).update(version=F("version") + 1)
    note(lines=len(items))
    return len(items)
