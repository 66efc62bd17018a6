# SPDX-License-Identifier: Apache-2.0
"""The same list as somebody would write it by hand: a table of its own, a page in the same look, an address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path, reverse

from kechuang.commons.access.guards import guarded
from kechuang.commons.parties.models import Organization, Region
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, ListPage, YesNoFilter, list_response

LEVELS = (("national", "国家级"), ("provincial", "省级"), ("city", "市级"))
FIELDS = (("material", "新材料"), ("robot", "机器人"), ("bio", "生物医药"))
STATES = (("building", "建设中"), ("running", "运行"), ("closed", "已停"))


class PilotBase(models.Model):
    """A pilot base with a column for every field."""

    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200, db_index=True)
    host = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=20, choices=LEVELS)
    field = models.CharField(max_length=20, choices=FIELDS)
    open = models.BooleanField()
    area = models.BigIntegerField()
    until = models.DateField(db_index=True)
    state = models.CharField(max_length=20, choices=STATES)

    class Meta:
        app_label = "bench_plain"
        indexes: ClassVar = [
            models.Index(fields=("level", "id"), name="plain_level"),
            models.Index(fields=("field", "id"), name="plain_field"),
            models.Index(fields=("state", "id"), name="plain_state"),
        ]

    def __str__(self) -> str:
        return self.title


def _narrow(rows: QuerySet[Any], yes: bool) -> QuerySet[Any]:  # noqa: FBT001
    return rows.filter(open=yes)


class PlainList(ListPage):
    """What the register's list shows."""

    title = "中试基地"
    columns = (
        Column("number", "编号", sort="number", css="kc-fit"),
        Column(
            "title",
            "基地名称",
            sort="title",
            link=lambda row: reverse("registers:record-detail", args=[row.pk]),
            css="kc-main-col",
        ),
        Column("host", "依托单位", value="host.name"),
        Column("level", "级别", value="get_level_display", sort="level"),
        Column("field", "领域", value="get_field_display", sort="field"),
        Column("area", "面积（平方米）", kind="number", sort="area"),
        Column("until", "协议到期", kind="date", sort="until"),
        Column(
            "state",
            "状态",
            value="get_state_display",
            cell=lambda row: marks.chip(row.get_state_display(), "good"),
            sort="state",
        ),
    )
    filters = (
        ChoiceFilter("state", "状态", choices=STATES, field="state"),
        ChoiceFilter(
            "region",
            "所在区县",
            choices=lambda _request: list(Region.objects.values_list("code", "name")),
            field="region__code",
        ),
        ChoiceFilter("f_level", "级别", choices=LEVELS, field="level"),
        ChoiceFilter("f_field", "领域", choices=FIELDS, field="field"),
        YesNoFilter("f_open", "对外开放", narrow=_narrow),
        DateFilter("f_until", "协议到期", field="until"),
    )
    search = ("title", "number")
    order = ("-id",)

    def rows(self, request: HttpRequest) -> QuerySet[PilotBase]:
        """All of them with what the list shows."""
        del request
        return PilotBase.objects.select_related("host", "region")


@guarded("registers.view_record")
def plain_list(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    return list_response(request, PlainList())


urlpatterns = [path("plain/", plain_list), path("", include("kechuang.site.urls"))]
