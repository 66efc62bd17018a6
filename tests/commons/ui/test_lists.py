# SPDX-License-Identifier: Apache-2.0
"""Lists: search, filters, sort, paging and columns from the address, and what an unfriendly address does."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from kechuang.commons.ui import marks
from kechuang.commons.ui.list_html import table
from kechuang.commons.ui.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Listing,
    ListPage,
    TextFilter,
    YesNoFilter,
    list_response,
)

pytestmark = pytest.mark.usefixtures("plain_words")


class PermissionList(ListPage):
    title = "权限清单"
    columns = (
        Column("name", "名称", sort="name", link=lambda row: f"/p/{row.codename}/"),
        Column("codename", "代码", sort="codename"),
        Column("kind", "对象", value="content_type.model", sort="content_type__model"),
        Column("id", "编号", kind="number", sort="-id", optional=True),
    )
    filters = (
        ChoiceFilter("kind", "对象", field="content_type__model", choices=lambda _request: [("a", "甲"), ("b", "乙")]),
        YesNoFilter("view", "查看", narrow=lambda rows, yes: rows.filter(codename__contains="view") if yes else rows.exclude(codename__contains="view")),
        TextFilter("code", "代码含", field="codename"),
    )  # fmt: skip
    search = ("name", "codename")
    order = ("codename",)
    page_size = 2
    keep = ("tab",)
    empty = "还没有权限。请先建立角色。"

    def rows(self, _request: Any) -> Any:
        return Permission.objects.filter(codename__startswith="kc_").select_related("content_type")


@pytest.fixture
def permissions(db: None) -> None:
    kinds = [ContentType.objects.create(app_label="x", model=model) for model in ("a", "b")]
    for place, (code, name) in enumerate(
        [("kc_view_plan", "查看计划"), ("kc_edit_plan", "修改计划"), ("kc_issue_plan", "签发 100% 计划"), ("kc_view_task", "查看<任务>"), ("kc_edit_task", "修改任务")]
    ):  # fmt: skip
        Permission.objects.create(codename=code, name=name, content_type=kinds[place % 2])


def listing(address: str = "", page: ListPage | None = None) -> Listing:
    found = Listing(RequestFactory().get(f"/list/{address}"), page or PermissionList())
    str(found.region)
    return found


def codes(found: Listing) -> list[str]:
    return [row.codename.removeprefix("kc_") for row in found.rows]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ["edit_plan", "edit_task"]),
        ("?page=3", ["view_task"]),
        ("?q=计划 签发", ["issue_plan"]),
        ("?q=100%25", ["issue_plan"]),
        ("?q=KC_VIEW", ["view_plan", "view_task"]),
        ("?kind=b", ["edit_plan", "view_task"]),
        ("?kind=b&view=yes", ["view_task"]),
        ("?view=no&page=2", ["issue_plan"]),
        ("?code=task", ["edit_task", "view_task"]),
        ("?sort=-codename", ["view_task", "view_plan"]),
        ("?sort=kind", ["view_plan", "issue_plan"]),
        ("?sort=id", ["edit_task", "view_task"]),
        ("?sort=-id", ["view_plan", "edit_plan"]),
        ("?q=%00%00", ["edit_plan", "edit_task"]),
    ],
)
def test_address_narrows_and_sorts(permissions: None, address: str, expected: list[str]) -> None:
    found = listing(address)
    assert codes(found) == expected
    assert found.asked.notes == []


@pytest.mark.parametrize(
    ("address", "shown", "note"),
    [
        ("?page=0", 1, "没有第“0”页，现在显示第 1 页。"),
        ("?page=x", 1, "没有第“x”页，现在显示第 1 页。"),
        ("?page=-2", 1, "没有第“-2”页，现在显示第 1 页。"),
        ("?page=²", 1, "没有第“²”页，现在显示第 1 页。"),
        ("?page=99", 3, "没有第“99”页，现在显示第 3 页。"),
        ("?page=99999999999999999999", 1, "没有第“99999999999999999999”页，现在显示第 1 页。"),
        ("?kind=zz", 1, "筛选“对象”没有“zz”这一项，已忽略。"),
        ("?view=maybe", 1, "筛选“查看”没有“maybe”这一项，已忽略。"),
        ("?sort=secret", 1, "不能按“secret”排序，已按默认顺序显示。"),
        ("?cols=name,secret", 1, "没有“secret”这样的列，已忽略。"),
    ],
)
def test_address_that_cannot_be_understood_is_told_and_mended(
    permissions: None, address: str, shown: int, note: str
) -> None:
    found = listing(address)
    assert (found.number, found.asked.notes) == (shown, [note])
    assert note in found.region


def test_columns_are_chosen_in_the_address(permissions: None) -> None:
    assert [column.name for column in listing().shown] == ["name", "codename", "kind"]
    assert [column.name for column in listing("?cols=id,name").shown] == ["name", "id"]
    assert [column.name for column in listing("?cols=id&cols=name").shown] == ["name", "id"]
    assert [column.name for column in listing("?cols=,").shown] == ["name", "codename", "kind"]


def test_links_keep_everything_else_in_the_address(permissions: None) -> None:
    region = listing("?q=计划&sort=-codename&cols=name,codename&tab=x&page=2").region
    kept = "tab=x&amp;q=%E8%AE%A1%E5%88%92"
    assert f'<a id="kc-by-name" href="/list/?{kept}&amp;sort=name&amp;cols=name%2Ccodename">' in region
    assert (
        f'<a id="kc-page-1" href="/list/?{kept}&amp;sort=-codename&amp;cols=name%2Ccodename">1</a>' in region
    )
    assert f'href="/list/?{kept}&amp;sort=-codename&amp;cols=name%2Ccodename&amp;export=xlsx"' in region
    assert '<input form="kc-filters" type="hidden" name="sort" value="-codename">' in region


def test_head_says_how_it_is_sorted_and_turns_round(permissions: None) -> None:
    region = listing("?sort=name").region
    assert '<th scope="col" aria-sort="ascending"><a id="kc-by-name" href="/list/?sort=-name">' in region
    assert 'aria-sort="descending"' in listing("?sort=-name").region


def test_cells_are_escaped_and_linked(permissions: None) -> None:
    region = listing("?q=view_task").region
    assert '<td><a href="/p/kc_view_task/">查看&lt;任务&gt;</a></td><td>kc_view_task</td><td>b</td>' in region
    assert "<script" not in listing("?q=<script>").toolbar


def test_toolbar_shows_what_is_chosen(permissions: None) -> None:
    toolbar = listing("?q=计划&kind=b&view=no&tab=x").toolbar
    assert 'name="q" value="计划"' in toolbar
    assert '<option value="b" selected>乙</option>' in toolbar
    assert '<option value="no" selected>否</option>' in toolbar
    assert '<input type="hidden" name="tab" value="x">' in toolbar
    assert all(f'for="{one}"' in toolbar for one in ("f-q", "f-kind", "f-view", "f-code"))


def test_empty_list_says_why_and_what_to_do(permissions: None) -> None:
    assert "没有符合当前搜索和筛选条件的记录" in listing("?q=nothing&tab=x").region
    assert '<a class="btn" href="/list/?tab=x">清除条件</a>' in listing("?q=nothing&tab=x").region
    Permission.objects.filter(codename__startswith="kc_").delete()
    assert "还没有权限。请先建立角色。" in listing().region


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(permissions: None, rows: int) -> None:
    class Longer(PermissionList):
        page_size = 50

        def rows(self, request: Any) -> Any:
            first = Permission.objects.filter(codename__startswith="kc_").values_list("pk", flat=True)[:rows]
            return super().rows(request).filter(pk__in=list(first))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(listing("?sort=kind&q=kc", Longer()).rows) == rows
    assert len(asked) == 2  # the fixture's own, and a page that is not full: it says how many there are


def test_a_full_page_is_counted_and_the_next_begins_where_it_ends(permissions: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        first = listing()
    assert (len(first.rows), first.count, first.pages, len(asked)) == (2, 5, 3, 2)  # the page, the count
    last = listing("?page=3")
    assert (len(last.rows), last.count, last.number) == (1, 5, 3)
    assert [*codes(first), *codes(listing("?page=2")), *codes(last)] == sorted(
        ["view_plan", "edit_plan", "issue_plan", "view_task", "edit_task"]
    )


@pytest.mark.parametrize(
    "order", [("-codename",), ("content_type__model",), (), ("-content_type__app_label",)]
)
@pytest.mark.parametrize("sort", ["", "kind", "-kind", "name", "-name"])
def test_a_page_far_down_is_the_page_that_counting_from_the_start_gives(
    permissions: None, monkeypatch: pytest.MonkeyPatch, order: tuple[str, ...], sort: str
) -> None:
    """From either end, between equals too, and where a row went since they were counted."""
    monkeypatch.setattr("kechuang.commons.ui.rows.FAR", 1)
    page = PermissionList()
    page.order = order
    found = listing(f"?sort={sort}", page).found
    every = [row.pk for row in found.stream()]
    assert len(every) == 5
    for start in range(7):
        for size in (1, 2, 5):
            with CaptureQueriesContext(connection) as asked:
                cut = [row.pk for row in found.cut(start, start + size, 5)]
            assert cut == every[start : start + size] == [row.pk for row in found.cut(start, start + size)]
            assert len(asked) <= 2
    Permission.objects.filter(pk=every[2]).delete()
    assert [row.pk for row in found.cut(4, 6, 5)] == every[4:]


def test_htmx_is_given_only_the_table(permissions: None) -> None:
    headers = {"HX-Request": "true", "HX-Target": "kc-list"}
    answer = list_response(RequestFactory().get("/list/", headers=headers), PermissionList())
    assert answer.content.startswith(b'<div id="kc-list"')  # type: ignore[attr-defined]
    assert answer["Vary"] == "HX-Request, HX-Target"


class Firm:
    def __init__(self, name: str, staff: int | None, since: dt.date | None, listed: bool) -> None:
        self.name, self.staff, self.since, self.listed = name, staff, since, listed


class FirmList(ListPage):
    title = "企业"
    columns = (
        Column("name", "名称", sort="name"),
        Column("staff", "人数", kind="number", sort="staff", total="staff"),
        Column("since", "成立", kind="date", sort="since"),
        Column("listed", "上市", kind="yes_no", cell=lambda firm: marks.chip("是" if firm.listed else "否")),
    )
    filters = (
        DateFilter("since", "成立"),
        YesNoFilter("listed", "上市"),
        ChoiceFilter("name", "名称", choices=[("乙", "乙")]),
    )
    search = ("name",)

    def rows(self, _request: Any) -> Any:
        return [
            Firm("甲", 1200, dt.date(2010, 5, 1), listed=True),
            Firm("乙", None, dt.date(2012, 1, 1), listed=False),
            Firm("丙", 30, None, listed=False),
        ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "甲乙丙"),
        ("?sort=staff", "丙甲乙"),
        ("?sort=-staff", "甲丙乙"),
        ("?sort=-since", "乙甲丙"),
        ("?since_from=2011-01-01", "乙"),
        ("?since_to=2010-05-01", "甲"),
        ("?since_from=2010-05-01&since_to=2012-01-01", "甲乙"),
        ("?listed=no", "乙丙"),
        ("?name=乙", "乙"),
        ("?q=甲", "甲"),
    ],
)
def test_rows_worked_out_in_memory_are_listed_alike(address: str, expected: str) -> None:
    assert "".join(firm.name for firm in listing(address, FirmList()).rows) == expected


def test_bad_and_reversed_days_are_told() -> None:
    assert listing("?since_from=2019-13-40", FirmList()).asked.notes == [
        "筛选“成立”的日期“2019-13-40”不是 2019-10-15 这样的日期，已忽略。"
    ]
    found = listing("?since_from=2019-02-01&since_to=2019-01-01", FirmList())
    assert (found.count, found.asked.notes) == (0, ["筛选“成立”的起始日晚于截止日，因此没有结果。"])


def test_sums_stand_under_their_column() -> None:
    region = listing("", FirmList()).region
    assert (
        '<tfoot><tr><th scope="row" colspan="1">合计（3 项）</th><td class="kc-n">1,230</td><td class="kc-d"></td><td></td></tr></tfoot>'
        in region
    )


def test_sums_of_the_database(permissions: None) -> None:
    class Summed(PermissionList):
        columns = (Column("name", "名称"), Column("id", "编号", kind="number", total="id"))

    expected = sum(Permission.objects.filter(codename__startswith="kc_").values_list("id", flat=True))
    assert listing("", Summed()).totals == {"id": expected}


def test_filter_may_not_take_a_parameter_of_the_list() -> None:
    with pytest.raises(TypeError, match="page"):

        class Clash(ListPage):
            filters = (TextFilter("page", "页"),)


def test_plain_table_has_caption_and_scopes() -> None:
    drawn = table((Column("a", "甲", kind="number"), Column("b", "乙")), [{"a": 1000, "b": None}], "表一")
    assert '<caption class="visually-hidden">表一</caption>' in drawn
    assert '<th scope="col" class="kc-n">甲</th><th scope="col">乙</th>' in drawn
    assert re.search(r'<td class="kc-n">1,000</td><td>—</td>', drawn)
