# SPDX-License-Identifier: Apache-2.0
"""The lists of parties: organisations, regions, kinds of qualification, units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import (
    Charge,
    Organization,
    Qualification,
    QualificationKind,
    Region,
    Unit,
)
from kechuang.commons.parties.queries import charges_on, holders_by_region, in_force, units_on
from kechuang.commons.parties.wording import term_words, verified_chip
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage


def _address(organization: Organization) -> str:
    return reverse("parties:organization-detail", args=[organization.pk])


def _kinds(organization: Organization) -> list[str]:
    held: list[Qualification] = organization.held  # type: ignore[attr-defined]
    return list(dict.fromkeys(qualification.kind.name for qualification in held))


def _chips(organization: Organization) -> SafeString:
    return format_html_join(" ", "{}", ((marks.chip(name, "good"),) for name in _kinds(organization)))


def _regions(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(Region.objects.values_list("code", "name"))


def _kind_choices(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(QualificationKind.objects.order_by("code").values_list("code", "name"))


def _holding(rows: QuerySet[Organization], kind: str) -> QuerySet[Organization]:
    return rows.filter(pk__in=in_force(clock.today()).filter(kind=kind).values("organization"))


class OrganizationList(ListPage):
    """Organisations with the qualifications they hold on the business date."""

    title = _("企业与机构")
    columns = (
        Column("name", _("名称"), sort="name", link=_address, css="kc-main-col"),
        Column("uscc", _("统一社会信用代码"), sort="uscc", css="kc-fit"),
        Column("region", _("所在区县"), value="region.name", sort="region__code"),
        Column("held", _("有效资质"), value=lambda row: "、".join(_kinds(row)), cell=_chips),
        Column("demo", _("演示数据"), kind="yes_no", sort="demo"),
        Column("source", _("来源"), optional=True),
    )
    filters = (
        ChoiceFilter("kind", _("持有资质"), choices=_kind_choices, narrow=_holding),
        ChoiceFilter("region", _("所在区县"), choices=_regions, field="region__code"),
    )
    search = ("name", "uscc")
    order = ("name",)
    empty = _("还没有企业或机构：导入公告名单后，这里列出名单上的企业。")

    def rows(self, request: HttpRequest) -> QuerySet[Organization]:
        """All organisations, with what they hold today (2 queries more)."""
        del request
        held = in_force(clock.today()).select_related("kind").order_by("kind_id")
        return Organization.objects.select_related("region").prefetch_related(
            Prefetch("qualifications", held, to_attr="held")
        )


def _organizations(**asked: str) -> str:
    return f"{reverse('parties:organization-list')}?{urlencode(asked)}"


class RegionList(ListPage):
    """Regions with the organisations there that hold each kind of qualification on the business date."""

    title = _("区域")
    order = ("code",)
    search = ("name", "code")
    filters = (ChoiceFilter("kind", _("类别"), choices=Region.Kind.choices),)
    empty = _("还没有区域：区域由内容包装载。")

    def __init__(self, kinds: Iterable[QualificationKind]) -> None:
        self.kinds = list(kinds)
        self.columns = (
            Column(
                "name",
                _("名称"),
                sort="name",
                link=lambda row: _organizations(region=row.code),
                css="kc-main-col",
            ),
            Column("code", _("代码"), sort="code"),
            Column("kind", _("类别"), value="get_kind_display", sort="kind"),
            Column("parent", _("上级"), value="parent.name"),
            *(self._held(kind) for kind in self.kinds),
        )
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]

    def rows(self, request: HttpRequest) -> list[Region]:
        """All of them, each with its counts."""
        del request
        counts = holders_by_region(clock.today())
        found = list(Region.objects.select_related("parent"))
        whole = {region.parent_id for region in found if region.kind == Region.Kind.DIVISION}
        for region in found:
            nothing = None if region.pk in whole else 0  # firms stand in the innermost division
            region.holders = {kind.pk: counts.get((region.pk, kind.pk), nothing) for kind in self.kinds}  # type: ignore[attr-defined]
        return found

    def _held(self, kind: QualificationKind) -> Column:
        return Column(
            kind.pk,
            kind.name,
            value=lambda row: row.holders[kind.pk],
            kind="number",
            cell=lambda row: (
                "—"
                if row.holders[kind.pk] is None
                else marks.figure(row.holders[kind.pk], url=_organizations(region=row.code, kind=kind.pk))
            ),
        )


class KindList(ListPage):
    """The kinds of qualification with their basis, and how many organisations hold one on the business date."""

    title = _("资质类别")
    order = ("code",)
    empty = _("还没有资质类别：由内容包装载。")
    columns = (
        Column("name", _("名称"), sort="name", css="kc-main-col"),
        Column("issuer", _("颁发机关"), sort="issuer"),
        Column("basis", _("依据")),
        Column("term", _("有效期"), value=lambda row: term_words(row.term)),
        Column("number_pattern", _("编号格式"), optional=True),
        Column(
            "verified",
            _("依据核实"),
            kind="yes_no",
            sort="verified",
            cell=lambda row: verified_chip(row.verified),
        ),
        Column("release", _("版本"), optional=True),
        Column(
            "holders",
            _("持有机构"),
            value="holders",
            kind="number",
            cell=lambda row: marks.figure(row.holders, url=_organizations(kind=row.pk)),
        ),
    )

    def rows(self, request: HttpRequest) -> list[QualificationKind]:
        """All of them, each with its count."""
        del request
        counts: Counter[str] = Counter()
        for (_region, code), holders in holders_by_region(clock.today()).items():
            counts[code] += holders
        found = list(QualificationKind.objects.all())
        for kind in found:
            kind.holders = counts[kind.pk]  # type: ignore[attr-defined]
        return found


def _charge(unit: Unit) -> Charge | None:
    """The charge in force on the day the list is of."""
    held: list[Charge] = unit.held  # type: ignore[attr-defined]
    return held[0] if held else None


def _leader(unit: Unit) -> str:
    charge = _charge(unit)
    return str(charge.user) if charge else gettext("暂无")


def _assigning(unit: Unit) -> str:
    return reverse("parties:leader-assign", args=[unit.pk])


class UnitList(ListPage):
    """The offices that exist on the business date, and the leader in charge of each."""

    title = _("处室与分管")
    order = ("order", "code")
    search = ("name", "short_name", "code")
    empty = _("还没有处室：由内容包装载。")

    def __init__(self, *, may_assign: bool) -> None:
        self.columns = (
            Column("short_name", _("处室"), sort="order", css="kc-main-col"),
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
