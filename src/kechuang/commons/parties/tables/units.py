# SPDX-License-Identifier: Apache-2.0
"""The list of units."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Charge, Unit
from kechuang.commons.parties.queries.units import charges_on, units_on
from kechuang.commons.ui.lists import Column, ListPage


def _charge(unit: Unit) -> Charge | None:
    """The charge in force on the day the list is of."""
    held: list[Charge] = unit.held  # type: ignore[attr-defined]
    return held[0] if held else None


def _leader(unit: Unit) -> str:
    charge = _charge(unit)
    return str(charge.user) if charge else gettext("暂无")


def _assigning(unit: Unit) -> str:
    return reverse("parties:leader-assign", args=[unit.pk])


def _detail(unit: Unit) -> str:
    return reverse("parties:unit-detail", args=[unit.pk])


class UnitList(ListPage):
    """The offices that exist on the business date, and the leader in charge of each."""

    title = _("处室与分管")
    order = ("order", "code")
    search = ("name", "short_name", "code")
    empty = _("还没有处室：由内容包装载。")

    def __init__(self, *, may_assign: bool) -> None:
        self.columns = (
            Column("short_name", _("处室"), sort="order", link=_detail, css="kc-main-col"),
            Column("name", _("全称"), sort="name"),
            Column("organization", _("机构"), value="organization.name"),
            Column("leader", _("分管领导"), value=_leader, link=_assigning if may_assign else None),
            Column("since", _("自"), value=lambda unit: getattr(_charge(unit), "since", None), kind="date"),
        )
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]

    def rows(self, request: HttpRequest) -> QuerySet[Unit]:
        """All of them (one query more for who leads)."""
        del request
        held = Prefetch("charges", charges_on(clock.today()), to_attr="held")
        return units_on(clock.today()).select_related("organization").prefetch_related(held)
