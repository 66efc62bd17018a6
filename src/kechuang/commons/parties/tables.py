# SPDX-License-Identifier: Apache-2.0
"""The list of organisations."""

from __future__ import annotations

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region
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


def _in_force(day: dt.date) -> QuerySet[Qualification]:
    return Qualification.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=day), valid_from__lte=day, valid_to__gt=day
    )


def _holding(rows: QuerySet[Organization], kind: str) -> QuerySet[Organization]:
    return rows.filter(pk__in=_in_force(clock.today()).filter(kind=kind).values("organization"))


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
        held = _in_force(clock.today()).select_related("kind").order_by("kind_id")
        return Organization.objects.select_related("region").prefetch_related(
            Prefetch("qualifications", held, to_attr="held")
        )
