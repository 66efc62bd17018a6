# SPDX-License-Identifier: Apache-2.0
"""The list of papers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.papers.models import Paper
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, ListPage

TONES = {
    "draft": "neutral",
    "checking": "active",
    "signing-off": "active",
    "signing": "warn",
    "issued": "done",
    "void": "bad",
}


def _state(paper: Paper) -> SafeString:
    return marks.chip(paper.get_state_display(), TONES[paper.state])


class PaperList(ListPage):
    """Papers with their state and number."""

    title = _("文书")
    columns = (
        Column(
            "title",
            _("标题"),
            link=lambda paper: reverse("papers:paper-detail", args=[paper.pk]),
            sort="title",
            css="kc-main-col",
        ),
        Column("number", _("文号"), sort="number", css="kc-fit"),
        Column("state", _("状态"), value=lambda paper: paper.get_state_display(), cell=_state, sort="state"),
        Column("day", _("数据截至"), kind="date", sort="day"),
        Column("issued_on", _("签发日期"), kind="date", sort="issued_on"),
        Column("drafted_by", _("拟稿人")),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=lambda _request: Paper.State.choices, field="state"),
        DateFilter("day", _("数据截至")),
    )
    search = ("title", "number")
    order = ("-id",)
    empty = _("还没有文书：选择一个模板拟稿，系统数据会自动填好。")

    def rows(self, request: HttpRequest) -> QuerySet[Paper]:
        """All papers."""
        del request
        return Paper.objects.all()
