# SPDX-License-Identifier: Apache-2.0
"""Who came or went between two days (增减名单): the members of one part of a bridge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.models import Organization
from kechuang.commons.ui.lists import Column, ListPage

CHUNK = 5000
PARTS: dict[str, str | Promise] = {
    "new": _("新增"),
    "renewed": _("重新取得"),
    "expired": _("到期"),
    "revoked": _("撤销"),
}


@dataclass(slots=True)
class Movement:
    """On a day an organisation came or went; it is fetched when its row is shown."""

    key: int
    day: dt.date
    organization: Organization | None = None


def _page(row: Movement) -> str:
    return reverse("parties:organization-detail", args=[row.key])


class MovementList(ListPage):
    """The movements, by day."""

    columns = (
        Column("organization", _("机构"), value="organization.name", link=_page, css="kc-main-col"),
        Column("uscc", _("统一社会信用代码"), value="organization.uscc", css="kc-fit"),
        Column("region", _("所在区县"), value="organization.region.name"),
        Column("day", _("日期"), kind="date", sort="day"),
    )
    order = ("day",)
    keep = ("kind", "part", "day", "since", "region")
    empty = _("这段时间内没有。")

    def __init__(self, title: str, subtitle: str, found: Sequence[tuple[int, dt.date]]) -> None:
        self.title, self.subtitle, self.found = title, subtitle, found

    def rows(self, request: HttpRequest) -> list[Movement]:
        """All of them; their organisations are fetched for what is shown, in an export for all."""
        found = [Movement(key, day) for key, day in self.found]
        if request.GET.get("export"):
            for start in range(0, len(found), CHUNK):
                self.prepare(found[start : start + CHUNK], request)
        return found

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """Fetch the organisations of a page at once."""
        del request
        known = Organization.objects.select_related("region").in_bulk({row.key for row in rows})
        for row in rows:
            row.organization = known[row.key]
