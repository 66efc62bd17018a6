# SPDX-License-Identifier: Apache-2.0
"""The lists of the ladder's pages: published lists, and the lines of one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.queries import lists_published_by
from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import QualificationKind
from kechuang.commons.parties.tables.incoming import HANDS, JUDGED, SETTLED_BY, TAKEN_FOR, WAITING
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage

LIST_TONES = {"draft": "warn", "confirmed": "good", "undone": "bad", "discarded": "neutral"}


def _page_of(listed: ListImport) -> str:
    return reverse("ladder:list-detail", args=[listed.pk])


def _page_of_row(row: ListRow) -> str:
    return reverse("ladder:row-settle", args=[row.pk])


def state_chip(listed: ListImport) -> SafeString:
    """The state of a list as a chip."""
    return marks.chip(listed.get_state_display(), LIST_TONES[listed.state])


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(QualificationKind.objects.order_by("code").values_list("code", "name"))


class ListTable(ListPage):
    """The lists published up to the business date."""

    title = _("企业名单")
    columns = (
        Column("title", _("名单"), sort="title", link=_page_of, css="kc-main-col"),
        Column("kind", _("资质类别"), value="kind.name", sort="kind__name"),
        Column("issued_on", _("公告日期"), kind="date", sort="issued_on"),
        Column("document_number", _("文号"), sort="document_number", optional=True),
        Column("state", _("状态"), value="get_state_display", cell=state_chip, sort="state"),
        *WAITING,
        Column("registered", _("登记资质"), kind="number", sort="registered", total="registered"),
        Column("created", _("新建企业"), kind="number", sort="created", total="created"),
        *HANDS,
        Column("demo", _("演示数据"), kind="yes_no", optional=True),
    )
    filters = (
        ChoiceFilter("kind", _("资质类别"), choices=_kinds),
        ChoiceFilter("state", _("状态"), choices=ListImport.State.choices),
    )
    search = ("title", "document_number")
    order = ("-issued_on", "-pk")
    empty = _("还没有名单：请上传公布的企业名单，核对后由另一人确认，有效企业数就会自己变化。")

    def rows(self, request: HttpRequest) -> QuerySet[ListImport]:
        """Each with the number of lines that wait."""
        del request
        return lists_published_by(clock.today())


class RowTable(ListPage):
    """The lines of one list: what was read, what it was taken for, what becomes of it."""

    columns = (
        Column("line", _("行号"), kind="number", sort="line", link=_page_of_row),
        Column("name", _("企业名称"), sort="name", css="kc-main-col"),
        Column("uscc", _("统一社会信用代码"), sort="uscc", css="kc-fit"),
        Column("number", _("编号"), sort="number", css="kc-fit"),
        *JUDGED,
        Column("region_name", _("区县"), sort="region_name", optional=True),
        Column("valid_from", _("有效期自"), kind="date", sort="valid_from", optional=True),
        Column("valid_to", _("有效期至（不含）"), kind="date", sort="valid_to", optional=True),
        TAKEN_FOR,
        SETTLED_BY,
    )
    filters = (
        ChoiceFilter("decision", _("处理"), choices=ListRow.Decision.choices),
        ChoiceFilter("match", _("比对"), choices=ListRow.Match.choices),
    )
    search = ("name", "uscc", "number")
    order = ("line",)
    template = "ladder/list_detail.html"

    def __init__(self, listed: ListImport) -> None:
        self.listed, self.title = listed, listed.title

    def rows(self, request: HttpRequest) -> QuerySet[ListRow]:
        """In the order of the file."""
        del request
        return self.listed.rows.select_related("organization")
