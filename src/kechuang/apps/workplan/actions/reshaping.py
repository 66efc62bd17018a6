# SPDX-License-Identifier: Apache-2.0
"""Reshaping a draft: lines added, left out and taken back, split and merged (增、删、拆、并)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Max
from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Area, Item, ItemOffice, PlanVersion
from kechuang.apps.workplan.permissions import can_edit_line, can_edit_plan
from kechuang.apps.workplan.spans import NOWHERE, place_of
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("workplan.item.added", permission=can_edit_plan)
def add_item(
    version: PlanVersion,
    actor: Actor,
    *,
    kind: str,
    title: str,
    text: str = "",
    number: str = "",
    area: Area | None = None,
    parent: Item | None = None,
) -> Item:
    """Add what the parser did not find (添加条目); text that stands in the document keeps its place there."""
    del actor
    title, text = title.strip(), text.strip()
    if not title:
        raise Problem(_("请填写标题。"), field="title")
    if kind not in {Item.Kind.TASK, Item.Kind.DELIVERABLE, Item.Kind.TARGET}:
        raise Problem(_("请选择类别。"), field="kind")
    if parent is not None and (parent.plan_version_id != version.pk or parent.kind != Item.Kind.TASK):
        raise Problem(_("所属任务不属于这一版。"), field="parent")
    if area is not None and area.plan_version_id != version.pk:
        raise Problem(_("重点领域不属于这一版。"), field="area")
    if kind == Item.Kind.DELIVERABLE and parent is None:
        raise Problem(_("举措必须属于一项任务。"), remedy=_("请选择所属任务。"), field="parent")
    is_task = kind == Item.Kind.TASK
    start, end = place_of(text or title, version.text)
    last = version.items.filter(kind=kind).aggregate(last=Max("order"))["last"]
    return Item.objects.create(
        plan_version=version, kind=kind, state=Item.State.ACCEPTED, title=title[:200], text=text or title,
        number=number.strip()[:20] if is_task else "", parent=None if is_task else parent,
        area=area if is_task else parent.area if parent else None,
        order=0 if last is None else last + 1, start=start, end=end,
    )  # fmt: skip


@action("workplan.item.excluded", permission=can_edit_line)
def exclude_item(item: Item, actor: Actor, *, reason: str) -> Item:
    """Leave a line out, with the reason (不纳入); it stays visible, and what stands under it goes with it."""
    del actor
    if not reason.strip():
        raise Problem(_("请写明不纳入的原因。"), field="reason")
    note(before=item.state)
    item.state, item.reason = Item.State.EXCLUDED, reason.strip()[:200]
    item.save(update_fields=["state", "reason"])
    return item


@action("workplan.item.restored", permission=can_edit_plan)
def restore_item(item: Item, actor: Actor) -> Item:
    """Take a line back that was left out (恢复)."""
    del actor
    if item.state != Item.State.EXCLUDED:
        raise Problem(_("这一条没有被排除。"), remedy=_("请刷新页面。"))
    note(reason=item.reason)
    item.state, item.reason = Item.State.PROPOSED, ""
    item.save(update_fields=["state", "reason"])
    return item


@action("workplan.item.split", permission=can_edit_line)
def split_item(item: Item, actor: Actor, *, pieces: Sequence[str]) -> Item:
    """Split a line where its text was parted (拆分); words may not change, only be parted.

    The first piece stays this line; each other becomes a line behind it with the same offices, and takes along what
    stands in its part of the document.
    """
    del actor
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    if item.kind == Item.Kind.PROMISE:
        raise Problem(_("数字承诺不能拆分。"), field="text")
    if len(pieces) < 2:  # noqa: PLR2004 -- one piece is not split
        raise Problem(_("没有分开。"), remedy=_("请在要拆开的地方插入一个空行。"), field="text")
    if _bare("".join(pieces)) != _bare(item.text):
        raise Problem(
            _("拆分时文字有改动。"), remedy=_("拆分只能断开，不能改字；请先拆分，再逐条修改。"), field="text"
        )
    version = item.plan_version
    places = _places(version.text, item, pieces)
    offices = list(item.offices.all())
    behind = version.items.filter(kind=item.kind, parent=item.parent, order__gt=item.order)
    behind.update(order=F("order") + len(pieces) - 1)
    made = [item]
    for place, (piece, (start, end)) in enumerate(zip(pieces, places, strict=True)):
        if place:
            line = Item.objects.create(
                plan_version=version, kind=item.kind, parent=item.parent, area=item.area, due=item.due,
                title=_first_sentence(piece), text=piece, order=item.order + place, start=start, end=end,
            )  # fmt: skip
            ItemOffice.objects.bulk_create(_copied(office, line) for office in offices)
            made.append(line)
        else:
            item.title, item.text, item.start, item.end = _first_sentence(piece), piece, start, end
    item.state = Item.State.PROPOSED
    item.save(update_fields=["title", "text", "start", "end", "state"])
    _share_children(item, made)
    note(into=[line.pk for line in made])
    return item


def _bare(text: str) -> str:
    return "".join(text.split())


def _first_sentence(text: str) -> str:
    return text.split("。", 1)[0].split("\n", 1)[0][:200] or text[:200]


def _copied(office: ItemOffice, line: Item) -> ItemOffice:
    return ItemOffice(
        item=line, name=office.name, unit=office.unit, role=office.role, suggested=office.suggested,
        outside=office.outside, order=office.order,
    )  # fmt: skip


def _places(source: str, item: Item, pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Where each piece stands in the document, one behind the other."""
    found, cursor = [], item.start
    for piece in pieces:
        place = place_of(piece, source, cursor, item.end)
        found.append((item.start, item.end) if place == NOWHERE else place)
        cursor = max(cursor, place[1])
    return found


def _share_children(item: Item, lines: Sequence[Item]) -> None:
    """What stands under the line goes to the piece whose place in the document holds it."""
    for child in item.children.all():
        owner = next((line for line in lines if line.start <= child.start < line.end), item)
        if owner is not item:
            child.parent, child.version = owner, child.version + 1
            child.save(update_fields=["parent", "version"])


@action("workplan.item.merged", permission=can_edit_line)
def merge_item(item: Item, actor: Actor, *, into: Item) -> Item:
    """Merge a line into another of its kind (合并): text, offices and what stands under it go over; it is left out."""
    del actor
    into = Item.objects.select_for_update().get(pk=into.pk)
    if into.pk == item.pk or into.kind != item.kind or into.plan_version_id != item.plan_version_id:
        raise Problem(_("只能与同一版中同类的另一条合并。"), field="into")
    if item.kind not in {Item.Kind.TASK, Item.Kind.DELIVERABLE}:
        raise Problem(_("只有任务和举措可以合并。"), field="into")
    if into.state == Item.State.EXCLUDED:
        raise Problem(_("要并入的那一条已不纳入。"), remedy=_("请先恢复它，或另选一条。"), field="into")
    known = {office.name for office in into.offices.all()}
    named = list(item.offices.all())
    fresh = [_copied(office, into) for office in named if office.name not in known]
    for place, office in enumerate(fresh):
        office.order, office.suggested = len(known) + place, False
    ItemOffice.objects.bulk_create(fresh)
    base = into.children.aggregate(last=Max("order"))["last"] or 0
    item.children.update(parent=into, area=into.area, order=F("order") + base + 1, version=F("version") + 1)
    into.text = f"{into.text}\n{item.text}".strip()
    if (into.end and into.end <= item.start) or (item.end and item.end <= into.start):
        into.start, into.end = min(into.start, item.start), max(into.end, item.end)
    into.version += 1
    into.save(update_fields=["text", "start", "end", "version"])
    item.state, item.reason = Item.State.EXCLUDED, (_("已并入：%(into)s") % {"into": into})[:200]
    item.save(update_fields=["state", "reason"])
    return item
