# SPDX-License-Identifier: Apache-2.0
"""Lists of organisations, their lines, and entries that may be one."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.models import OrganizationPair, PartyList, PartyRow
from kechuang.commons.parties.queries.lists import pairs_open
from kechuang.commons.parties.tables.incoming import HANDS, JUDGED, SETTLED_BY, TAKEN_FOR, WAITING
from kechuang.commons.parties.wording import reason_words
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage

STATES = {
    PartyList.State.READING: "active",
    PartyList.State.DRAFT: "warn",
    PartyList.State.SETTLING: "active",
    PartyList.State.TAKING: "active",
    PartyList.State.TAKEN: "good",
    PartyList.State.UNDOING: "active",
    PartyList.State.UNDONE: "bad",
    PartyList.State.DROPPED: "neutral",
}


def state_chip(listed: PartyList) -> SafeString:
    """Where a list stands."""
    return marks.chip(listed.get_state_display(), STATES[PartyList.State(listed.state)])


class PartyLists(ListPage):
    """Every list of organisations that came in."""

    title = _("机构名单")
    columns = (
        Column(
            "title",
            _("标题"),
            sort="title",
            link=lambda row: reverse("parties:list-detail", args=[row.pk]),
            css="kc-main-col",
        ),
        Column("said_on", _("数据日期"), kind="date", sort="said_on"),
        Column("state", _("状态"), value="get_state_display", cell=state_chip, sort="state"),
        *WAITING,
        Column("created", _("新建机构"), kind="number", sort="created"),
        *HANDS,
    )
    filters = (ChoiceFilter("state", _("状态"), choices=PartyList.State.choices),)
    search = ("title",)
    order = ("-pk",)
    empty = _("还没有名单：请下载模板，填好后上传；核对后由另一人确认登记。")
    template = "parties/list_list.html"

    def rows(self, request: HttpRequest) -> QuerySet[PartyList]:
        """Each with the number of lines that wait."""
        del request
        waiting = Q(rows__decision=PartyRow.Decision.OPEN)
        return PartyList.objects.annotate(open_count=Count("rows", filter=waiting))


def _settle(row: PartyRow) -> str:
    return reverse("parties:row-settle", args=[row.pk])


class PartyRows(ListPage):
    """The lines of one list."""

    columns = (
        Column("line", _("行号"), kind="number", sort="line", link=_settle),
        Column("name", _("名称"), sort="name", css="kc-main-col"),
        Column("uscc", _("统一社会信用代码"), sort="uscc", css="kc-fit"),
        *JUDGED,
        TAKEN_FOR,
        Column("done", _("已登记"), kind="yes_no", sort="done", optional=True),
        SETTLED_BY,
    )
    filters = (
        ChoiceFilter("decision", _("处理"), choices=PartyRow.Decision.choices),
        ChoiceFilter("match", _("比对"), choices=PartyRow.Match.choices),
    )
    search = ("name", "uscc")
    order = ("line",)
    template = "parties/list_detail.html"

    def __init__(self, listed: PartyList) -> None:
        self.listed, self.title = listed, listed.title

    def rows(self, request: HttpRequest) -> QuerySet[PartyRow]:
        """In the order of the file."""
        del request
        return self.listed.rows.select_related("organization")


def _reasons(pair: OrganizationPair) -> SafeString:
    chips = [marks.chip(words, "good" if fits else "warn") for words, fits in reason_words(pair.reasons)]
    return SafeString(" ".join(chips))


def _two(pair: OrganizationPair) -> SafeString:
    survivor, absorbed = (
        (pair.one, pair.other) if pair.one.uscc or not pair.other.uscc else (pair.other, pair.one)
    )
    page = reverse("parties:merge-compare", args=[absorbed.pk, survivor.pk])
    return format_html('<a href="{}">{} ～ {}</a>', page, pair.one.name, pair.other.name)


class PairList(ListPage):
    """Entries that may be one organisation, the likeliest first."""

    title = _("疑似重复")
    subtitle = _("逐对并排核对：是同一家就合并（可以撤销），不是就注明，不再提示")
    columns = (
        Column("pair", _("两条"), value=lambda pair: f"{pair.one.name} ～ {pair.other.name}", cell=_two),
        Column(
            "codes",
            _("代码"),
            value=lambda pair: "／".join(one.uscc or "—" for one in (pair.one, pair.other)),
        ),
        Column("likeness", _("可能性"), kind="number", sort="likeness"),
        Column(
            "reasons",
            _("依据"),
            value=lambda pair: "、".join(words for words, _fits in reason_words(pair.reasons)),
            cell=_reasons,
        ),
        Column(
            "apart",
            _("办理"),
            value=lambda _pair: "",
            cell=lambda pair: format_html(
                '<a href="{}">{}</a>', reverse("parties:pair-apart", args=[pair.pk]), _("不是同一家")
            ),
        ),
    )
    search = ("one__name", "other__name")
    order = ("-likeness",)
    empty = _("没有待核对的疑似重复。可以按“查找疑似重复”重新比对全部机构。")
    template = "parties/pair_list.html"

    def rows(self, request: HttpRequest) -> QuerySet[OrganizationPair]:
        """Those that wait."""
        del request
        return pairs_open()
