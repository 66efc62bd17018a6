# SPDX-License-Identifier: Apache-2.0
"""Correcting a draft (校对): its title, its lines accepted and edited, its areas."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Area, Item, ItemTarget, Plan, PlanVersion
from kechuang.apps.workplan.permissions import can_correct_plan, can_edit_line, can_edit_plan
from kechuang.apps.workplan.queries.plans import plan_like
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("workplan.plan.corrected", permission=can_correct_plan)
def correct_plan(plan: Plan, actor: Actor, *, title: str, issuer: str, year: int) -> Plan:
    """Put title, issuer and year right while nothing of the plan is in force (更正标题)."""
    del actor
    if not title.strip():
        raise Problem(_("请填写标题。"), field="title")
    note(before=[plan.title, plan.issuer, plan.year])
    plan.title, plan.issuer, plan.year = title.strip()[:200], issuer.strip()[:120], year
    known = plan_like(plan)
    if known is not None and known.pk != plan.pk:
        raise Problem(
            _("已有同名的计划“%(plan)s”。") % {"plan": known},
            remedy=_("如果是同一份计划的新版本，请作废这份草稿后重新导入。"),
            field="title",
        )
    plan.save(update_fields=["title", "issuer", "year"])
    return plan


@action("workplan.item.accepted", permission=can_edit_line)
def accept_item(item: Item, actor: Actor) -> Item:
    """A person has checked the line against the text (核对无误), and with a task what stands under it.

    Promises stay open: they need a decision of their own.
    """
    del actor
    if item.kind == Item.Kind.PROMISE:
        raise Problem(_("这是数字承诺，请决定列为目标、列为举措，或不纳入。"))
    below = item.children.filter(state=Item.State.PROPOSED).exclude(kind=Item.Kind.PROMISE)
    below.update(state=Item.State.ACCEPTED, version=F("version") + 1)
    item.state = Item.State.ACCEPTED
    item.save(update_fields=["state"])
    return item


@action("workplan.item.edited", permission=can_edit_line)
def edit_item(
    item: Item,
    actor: Actor,
    *,
    title: str,
    text: str,
    number: str = "",
    area: Area | None = None,
    parent: Item | None = None,
    due: dt.date | None = None,
) -> Item:
    """Put a line right (修改); a task moves between areas with all that stands under it."""
    del actor
    if not title.strip():
        raise Problem(_("请填写标题。"), field="title")
    _require_own(item, area, parent)
    note(
        before={
            "title": item.title,
            "number": item.number,
            "area": item.area,
            "parent": item.parent,
            "due": item.due,
        }
    )
    if item.kind == Item.Kind.TASK:
        item.number, item.area = number.strip()[:20], area
        item.children.update(area=area)
    else:
        if parent is None and item.kind == Item.Kind.DELIVERABLE:
            raise Problem(_("举措必须属于一项任务。"), field="parent")
        item.parent, item.area = parent, parent.area if parent else None
        ItemTarget.objects.filter(item=item).update(headline=parent is None)
    item.title, item.text, item.due = title.strip()[:200], text.strip(), due
    item.state = Item.State.ACCEPTED if item.kind != Item.Kind.PROMISE else item.state
    item.save(update_fields=["title", "text", "number", "area", "parent", "due", "state"])
    return item


def _require_own(item: Item, area: Area | None, parent: Item | None) -> None:
    """What a line is put under belongs to the same version; nothing stands under itself."""
    if area is not None and area.plan_version_id != item.plan_version_id:
        raise Problem(_("重点领域不属于这一版。"), field="area")
    if parent is not None and (
        parent.plan_version_id != item.plan_version_id
        or parent.kind != Item.Kind.TASK
        or parent.pk == item.pk
    ):
        raise Problem(_("所属任务不属于这一版。"), field="parent")


@action("workplan.area.edited", permission=can_edit_plan)
def edit_area(area: Area, actor: Actor, *, title: str, number: str = "") -> Area:
    """Put a focus area right (修改重点领域)."""
    del actor
    if not title.strip():
        raise Problem(_("请填写标题。"), field="title")
    note(before=area.title)
    area.title, area.number = title.strip()[:200], number.strip()[:20]
    area.save(update_fields=["title", "number"])
    return area


@action("workplan.area.added", permission=can_edit_plan)
def add_area(version: PlanVersion, actor: Actor, *, title: str, number: str = "") -> Area:
    """Add a focus area at the end (添加重点领域)."""
    del actor
    if not title.strip():
        raise Problem(_("请填写标题。"), field="title")
    return Area.objects.create(
        plan_version=version,
        title=title.strip()[:200],
        number=number.strip()[:20],
        order=version.areas.count(),
    )


@action("workplan.area.removed", permission=can_edit_plan)
def remove_area(version: PlanVersion, actor: Actor, *, area: Area) -> PlanVersion:
    """Remove a focus area under which nothing stands (删除重点领域)."""
    del actor
    if area.items.exists():
        raise Problem(
            _("“%(area)s”下还有任务，不能删除。") % {"area": area}, remedy=_("请先把任务移到别的领域。")
        )
    note(title=area.title)
    version.areas.filter(pk=area.pk).delete()
    return version
