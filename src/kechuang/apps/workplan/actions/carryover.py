# SPDX-License-Identifier: Apache-2.0
"""An unfinished task goes into the next plan (结转): the same commitment, with all that was reported."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.permissions import can_edit_plan
from kechuang.apps.workplan.queries.offices import folded
from kechuang.apps.workplan.queries.unfinished import ALIVE, unfinished
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

MONTH, DAY = 12, 31


@action("workplan.item.carried", permission=can_edit_plan)
def carry_item(version: PlanVersion, actor: Actor, *, line: Item) -> Item:
    """Take an unfinished task of the last year over into a draft; what the draft says of it already stays as it says.

    A line of the same title becomes the one that names it; else a line is added, with its open deliverables. Issuing
    revises the commitment, whose reports, steps and history stay; a date that has passed becomes the end of the year.
    """
    del actor
    if line.pk not in {one.pk for one in unfinished(version)}:
        raise Problem(
            _("“%(line)s”已经办结，或已在这份草稿中。") % {"line": line}, remedy=_("请刷新页面查看最新状态。")
        )
    tasks = version.items.filter(kind=Item.Kind.TASK, commitment__isnull=True)
    same = next((one for one in tasks if folded(one.title) == folded(line.title)), None)
    carried = _line(version, line) if same is None else same
    carried.commitment = line.commitment
    carried.version += 1
    carried.save()
    if same is None:
        _offices(line, carried)
        for number, part in enumerate(_open_deliverables(line)):
            copied = _line(version, part, parent=carried, order=carried.order * 100 + number)
            copied.commitment = part.commitment
            copied.save()
    note(line=line, commitment=line.commitment)
    return carried


def _line(version: PlanVersion, line: Item, *, parent: Item | None = None, order: int | None = None) -> Item:
    last = version.items.filter(kind=line.kind).aggregate(last=Max("order"))["last"]
    area = version.areas.filter(title=line.area.title).first() if line.area else None
    return Item(
        plan_version=version, kind=line.kind, state=Item.State.ACCEPTED, title=line.title, text=line.text,
        parent=parent, area=area, due=_due(version, line), reason=_("上年结转")[:200],
        order=order if order is not None else 0 if last is None else last + 1,
    )  # fmt: skip


def _due(version: PlanVersion, line: Item) -> dt.date | None:
    """The date in force, or the end of the plan's year where that has passed by then."""
    due = line.commitment.due if line.commitment else None
    if due is None or due.year >= version.plan.year:
        return due
    return dt.date(version.plan.year, MONTH, DAY)


def _offices(line: Item, carried: Item) -> None:
    ItemOffice.objects.bulk_create(
        ItemOffice(
            item=carried, name=one.name, unit=one.unit, role=one.role, outside=one.outside, order=one.order
        )
        for one in line.offices.all()
    )


def _open_deliverables(line: Item) -> list[Item]:
    rows = Item.objects.filter(parent=line, kind=Item.Kind.DELIVERABLE, commitment__state__in=ALIVE)
    return list(
        rows.exclude(state=Item.State.EXCLUDED).select_related("commitment", "area").order_by("order")
    )
