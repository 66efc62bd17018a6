# SPDX-License-Identifier: Apache-2.0
"""Papers about an organisation on its page, and the way to a new one (机构页上的文书、会前一页纸)."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.models import Paper
from kechuang.commons.papers.permissions import can_draft_paper
from kechuang.commons.papers.tables import TONES
from kechuang.commons.parties.panels import Panel, Party
from kechuang.commons.ui import marks
from kechuang.commons.ui.columns import Column

MOST = 10


def paper_panel(party: Party, day: dt.date, viewer: Actor) -> Panel | None:
    """The newest papers about the organisation."""
    del day
    if not holds(viewer, "papers.view_paper"):
        return None
    refs = party.refs
    rows = Paper.objects.filter(about_kind=refs[0].kind, about_id__in=[ref.id for ref in refs])
    shown = list(rows.order_by("-pk")[:MOST])
    if not shown:
        return None
    columns = (
        Column("title", _("文书"), link=_page, css="kc-main-col"),
        Column("number", _("文号")),
        Column("day", _("数据截至"), kind="date"),
        Column("state", _("状态"), cell=lambda row: marks.chip(row.get_state_display(), TONES[row.state])),
    )
    total = len(shown) if len(shown) < MOST else rows.count()
    return Panel(_("文书"), columns, shown, total=total, order=40)


def _page(paper: Paper) -> str:
    return reverse("papers:paper-detail", args=[paper.pk])


def brief_lead(ref: Ref, viewer: Actor) -> tuple[str, str] | None:
    """The button that leads to a brief for a meeting about the thing (会前一页纸)."""
    if not can_draft_paper(None, viewer):
        return None
    return _("会前一页纸"), f"{reverse('papers:paper-draft')}?{urlencode({'about': str(ref)})}"
