# SPDX-License-Identifier: Apache-2.0
"""The list of organisations."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationKind,
    OrganizationName,
    OrganizationRole,
    Qualification,
    QualificationKind,
    Region,
)
from kechuang.commons.parties.queries import HOLDER, holding, in_force, survivors
from kechuang.commons.parties.queries.zones import lying_in
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage
from kechuang.engines.linkage.codes import kind_of, plain_code


def _address(organization: Organization) -> str:
    return reverse("parties:organization-detail", args=[organization.pk])


def _kinds(organization: Organization) -> list[str]:
    entries = (organization, *organization.merged)  # type: ignore[attr-defined]
    held: list[Qualification] = [one for entry in entries for one in entry.held]
    return list(dict.fromkeys(qualification.kind.name for qualification in held))


def _chips(organization: Organization) -> SafeString:
    return format_html_join(" ", "{}", ((marks.chip(name, "good"),) for name in _kinds(organization)))


def _regions(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(Region.objects.values_list("code", "name"))


def _qualification_kinds(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(QualificationKind.objects.order_by("code").values_list("code", "name"))


def _organization_kinds(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(OrganizationKind.objects.filter(person=False).values_list("code", "name"))


def _holding(rows: QuerySet[Organization], kind: str) -> QuerySet[Organization]:
    return rows.filter(holding(in_force(clock.today()).filter(kind=kind)))


def _being(rows: QuerySet[Organization], kind: str) -> QuerySet[Organization]:
    day = clock.today()
    roles = OrganizationRole.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), kind=kind, since__lte=day
    )
    return rows.filter(holding(roles))


def _lying(rows: QuerySet[Organization], code: str) -> QuerySet[Organization]:
    return rows.filter(lying_in(code, clock.today()))


def _called(word: str) -> Q:
    """By name, former name, the name of a merged entry, or any code; a whole code by the index alone.

    Each is a query of keys by itself: joined by OR they would be asked of every organisation in turn.
    """
    code, every = plain_code(word), Organization.objects.order_by()
    codes = OrganizationCode.objects.order_by().annotate(holder=HOLDER)
    if kind_of(code):
        found = [every.filter(**{field: code}).values("pk") for field in ("uscc", "inner_code")]
        return Q(pk__in=found[0].union(found[1], codes.filter(value=code).values("holder"), all=True))
    names = OrganizationName.objects.order_by().annotate(holder=HOLDER).filter(name__icontains=word)
    merged = every.filter(merged_into__isnull=False, name__icontains=word)
    present, others = Q(name__icontains=word), [names.values("holder"), merged.values("merged_into")]
    if code.isascii():
        present |= Q(uscc__contains=code)
        others.append(codes.filter(value__startswith=code).values("holder"))
    return Q(pk__in=every.filter(present).values("pk").union(*others, all=True))


class OrganizationList(ListPage):
    """Organisations with the qualifications they hold on the business date; merged entries stand under their own."""

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
        ChoiceFilter("kind", _("持有资质"), choices=_qualification_kinds, narrow=_holding),
        ChoiceFilter("being", _("主体类型"), choices=_organization_kinds, narrow=_being),
        ChoiceFilter("region", _("区县或功能区"), choices=_regions, narrow=_lying),
    )
    search = (_called,)
    order = ("name",)
    empty = _("还没有企业或机构：导入名单或手工登记后，这里列出它们。")
    template = "parties/organization_list.html"

    def rows(self, request: HttpRequest) -> QuerySet[Organization]:
        """All organisations, with what they and the entries merged into them hold today (2 or 3 queries more)."""
        del request
        held = Prefetch(
            "qualifications",
            in_force(clock.today()).select_related("kind").order_by("kind_id"),
            to_attr="held",
        )
        # unordered: sorted by name, SQLite would rather walk every name than look the few up
        entries = Organization.objects.order_by().prefetch_related(held)
        merged = Prefetch("aliases", entries, to_attr="merged")
        return survivors().select_related("region").prefetch_related(held, merged)
