# SPDX-License-Identifier: Apache-2.0
"""Numbers of a draft: targets put right, numbered promises decided on (目标与数字承诺)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from kechuang.apps.workplan.models import Item, ItemTarget
from kechuang.apps.workplan.permissions import can_edit_line
from kechuang.commons.facts.models import Indicator, Promised, scaled
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

_MOST_SCALED: Final = 2**63
_MOST_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a target as a person set it."""

    comparator: str
    value: Decimal
    unit: str = ""
    kind: str = "level"
    value_max: Decimal | None = None
    word: str = ""
    aspire: bool = False
    indicator: Indicator | None = None

    def __str__(self) -> str:
        return f"{self.comparator} {self.value}{self.unit}"


@action("workplan.target.corrected", permission=can_edit_line)
def correct_target(item: Item, actor: Actor, *, number: Number) -> Item:
    """Put the number of a target right, or add the one that was missing (更正目标)."""
    del actor
    if item.kind != Item.Kind.TARGET:
        raise Problem(_("这一条不是目标。"), remedy=_("请刷新页面。"))
    before = ItemTarget.objects.filter(item=item).first()
    note(before=str(before) if before else "")
    _set_number(item, number)
    item.state = Item.State.ACCEPTED
    item.save(update_fields=["state"])
    return item


@action("workplan.item.decided", permission=can_edit_line)
def decide_promise(item: Item, actor: Actor, *, kind: str, number: Number | None = None) -> Item:
    """Decide what a numbered promise is (决定): a target with its number, or a deliverable of its task.

    Leaving it out is ``exclude_item``.
    """
    del actor
    if item.kind != Item.Kind.PROMISE:
        raise Problem(
            _("这一条已经决定为“%(kind)s”。") % {"kind": item.get_kind_display()}, remedy=_("请刷新页面。")
        )
    if kind == Item.Kind.TARGET:
        if number is None:
            raise Problem(_("列为目标需要数值。"), remedy=_("请填写数值和单位。"), field="value")
        _set_number(item, number)
    elif kind != Item.Kind.DELIVERABLE:
        raise Problem(_("请选择列为目标或列为举措。"), field="kind")
    elif item.parent_id is None:
        raise Problem(_("不属于任何任务的承诺不能列为举措。"), remedy=_("请先指定所属任务。"), field="kind")
    item.kind, item.state, item.reason = kind, Item.State.ACCEPTED, ""
    item.save(update_fields=["kind", "state", "reason"])
    return item


def _set_number(item: Item, number: Number) -> None:
    most = number.value_max
    if most is not None and most < number.value:
        raise Problem(_("上限小于下限。"), remedy=_("请核对数值。"), field="value_max")
    if number.comparator not in Promised.Comparator.values or number.kind not in Promised.Kind.values:
        raise Problem(_("比较方式或类型无法识别。"), field="comparator")
    places = max(scaled(number.value)[1], scaled(most)[1] if most is not None else 0)
    least, upper = int(number.value.scaleb(places)), None if most is None else int(most.scaleb(places))
    if places > _MOST_PLACES or max(abs(least), abs(upper or 0)) >= _MOST_SCALED:
        raise Problem(_("数值过大，或小数超过 %(places)s 位。") % {"places": _MOST_PLACES}, field="value")
    ItemTarget.objects.update_or_create(
        item=item,
        defaults={
            "word": number.word[:20], "comparator": number.comparator, "scaled": least, "scaled_max": upper,
            "places": places, "unit": number.unit[:20], "kind": number.kind, "aspire": number.aspire,
            "headline": item.parent_id is None, "indicator": number.indicator,
        },
    )  # fmt: skip
