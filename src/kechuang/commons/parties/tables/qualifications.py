# SPDX-License-Identifier: Apache-2.0
"""The lists of qualifications in force on a day, and of their kinds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Qualification, QualificationKind, Region
from kechuang.commons.parties.queries import holders_by_region, in_force
from kechuang.commons.parties.queries.bridges import PLACE
from kechuang.commons.parties.tables.addresses import organizations_address
from kechuang.commons.parties.wording import term_words, verified_chip
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage


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
            cell=lambda row: marks.figure(row.holders, url=organizations_address(kind=row.pk)),
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


def _holder(row: Qualification) -> str:
    return reverse("parties:organization-detail", args=[row.organization_id])


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(QualificationKind.objects.order_by("code").values_list("code", "name"))


def _regions(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(Region.objects.values_list("code", "name"))


def _in_region(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    regions = Region.objects.filter(code=code).values("pk")
    found: QuerySet[Any] = rows.annotate(place=PLACE).filter(place__in=regions)
    return found


class QualificationList(ListPage):
    """Qualifications in force on a day, with who holds them."""

    title = _("有效资质名单")
    columns = (
        Column(
            "organization",
            _("机构"),
            value="organization.name",
            sort="organization__name",
            link=_holder,
            css="kc-main-col",
        ),
        Column("uscc", _("统一社会信用代码"), value="organization.uscc"),
        Column("kind", _("资质类别"), value="kind.name", sort="kind__name"),
        Column("number", _("编号"), sort="number", css="kc-fit"),
        Column("region", _("颁发时所在区县"), value="region.name", sort="region__code"),
        Column("valid_from", _("有效期自"), kind="date", sort="valid_from"),
        Column("valid_to", _("有效期至（不含）"), kind="date", sort="valid_to"),
        Column("revoked_on", _("撤销日期"), kind="date", optional=True),
    )
    filters = (
        ChoiceFilter("kind", _("资质类别"), choices=_kinds),
        ChoiceFilter("region", _("机构所在区县"), choices=_regions, narrow=_in_region),
    )
    search = ("number", "organization__name", "organization__uscc")
    order = ("organization__name", "-valid_to")
    keep = ("day",)
    empty = _("这一天没有有效的资质。")
    template = "parties/qualification_list.html"

    def __init__(self, day: dt.date) -> None:
        self.day = day

    def rows(self, request: HttpRequest) -> QuerySet[Qualification]:
        """Those in force on the day."""
        del request
        return in_force(self.day).select_related("organization", "kind", "region")
