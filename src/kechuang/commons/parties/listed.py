# SPDX-License-Identifier: Apache-2.0
"""The lists that registered or completed an organisation, on its page (机构页上的机构名单)."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import PartyRow
from kechuang.commons.parties.panels import Panel, Party
from kechuang.commons.ui.columns import Column

MOST = 10


def list_panel(party: Party, day: dt.date, viewer: Actor) -> Panel | None:
    """The newest lines that were taken for the organisation."""
    del day
    if not holds(viewer, "parties.view_organization"):
        return None
    rows = PartyRow.objects.filter(organization__in=party.entries, done=True).select_related("listed")
    shown = list(rows.order_by("-pk")[:MOST])
    if not shown:
        return None
    total = len(shown) if len(shown) < MOST else rows.count()
    return Panel(_("机构名单"), _columns(), shown, total=total, order=45)


def _columns() -> tuple[Column, ...]:
    return (
        Column("listed", _("名单"), value=lambda row: row.listed.title, link=_list, css="kc-main-col"),
        Column("line", _("行号"), kind="number", link=_line),
        Column("said_on", _("数据日期"), value=lambda row: row.listed.said_on, kind="date"),
        Column("decision", _("处理"), value="get_decision_display"),
        Column("confirmed_by", _("确认人"), value=lambda row: row.listed.confirmed_by),
    )


def _list(row: PartyRow) -> str:
    return reverse("parties:list-detail", args=[row.listed_id])


def _line(row: PartyRow) -> str:
    return reverse("parties:row-settle", args=[row.pk])
