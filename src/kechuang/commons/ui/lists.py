# SPDX-License-Identifier: Apache-2.0
"""Declarative lists (清单): search, filters, sort, paging, columns and export, all kept in the address.

class TaskList(ListPage):
    title = _("任务清单")
    columns = (Column("number", _("序号"), sort="order"), Column("title", _("任务"), link=task_address))
    filters = (ChoiceFilter("office", _("牵头处室"), choices=office_choices),)
    search = ("title", "number")

    def rows(self, request): return Task.objects.select_related("office")

def task_list(request): return list_response(request, TaskList())
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.ui import exports, list_html
from kechuang.commons.ui.columns import Column, Text
from kechuang.commons.ui.filters import Asked, ChoiceFilter, DateFilter, Filter, TextFilter, YesNoFilter
from kechuang.commons.ui.numbers import cn_date
from kechuang.commons.ui.rows import CHUNK, Rows, Search, rows_of

__all__ = (
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Filter",
    "ListPage",
    "Listing",
    "TextFilter",
    "YesNoFilter",
    "list_response",
)
REGION = "kc-list"
export_mark: Port[Callable[[Listing], str]] = Port("ui.lists.export_mark")
RESERVED = {"q", "page", "sort", "cols", "export"}


class ListPage:
    """What a list shows. Subclass it; what a request brings (a plan) goes to your own ``__init__``."""

    title: Text = ""
    subtitle: Text = ""
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    search: Search = ()
    order: Sequence[str] = ()
    page_size: int = 50
    export: bool = True
    sensitive: bool = False
    wide: bool = False
    keep: Sequence[str] = ()
    empty: Text = gettext_lazy("还没有任何记录。")
    template: str = "ui/list.html"
    known: ClassVar[dict[str, Column]] = {}

    def rows(self, request: HttpRequest) -> QuerySet[Any] | Iterable[Any]:
        """The rows this viewer may see: a queryset with its joins and prefetches, or a sequence."""
        raise NotImplementedError

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """Fetch at once what the cells of one page need beside its rows; an export shows values only."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.known = {column.name: column for column in cls.columns}
        names = [name for each in cls.filters for name in each.names] + list(cls.keep)
        if clash := RESERVED.intersection(names):
            message = f"{cls.__name__}: {sorted(clash)} are the list's own parameters"
            raise TypeError(message)


@dataclass
class Listing:
    """One request's view of a list, read from the address; the database is asked only when needed."""

    request: HttpRequest
    page: ListPage
    asked: Asked = field(init=False)

    def __post_init__(self) -> None:
        self.asked = Asked(self.request, self.request.GET)
        self.chosen = [
            (each, value) for each in self.page.filters if (value := each.read(self.asked)) is not None
        ]
        self.q = self.asked.text("q") if self.page.search else ""
        self.shown = self._shown()
        self.sorted_by, self.descending = self._sorted()

    def _shown(self) -> list[Column]:
        usual = [column for column in self.page.columns if not column.optional]
        names = {name for part in self.request.GET.getlist("cols") for name in part.split(",") if name}
        if not names:
            return usual
        if unknown := names.difference(self.page.known):
            self.asked.notes.append(
                _("没有“%(names)s”这样的列，已忽略。") % {"names": "、".join(sorted(unknown))}
            )
        return [column for column in self.page.columns if column.name in names] or usual

    def _sorted(self) -> tuple[Column | None, bool]:
        name = self.asked.text("sort")
        column = self.page.known.get(name.removeprefix("-"))
        if name and (column is None or not column.order_fields):
            self.asked.notes.append(_("不能按“%(name)s”排序，已按默认顺序显示。") % {"name": name})
            return None, False
        return column, name.startswith("-")

    @cached_property
    def found(self) -> Rows:
        """All rows that fit, in order."""
        rows = rows_of(self.page.rows(self.request)).narrowed(self.q, self.page.search, self.chosen)
        return rows.ordered(self.sorted_by, self.page.order, descending=self.descending)

    @cached_property
    def count(self) -> int:
        """How many rows fit: a first page that is not full says it itself; counted once."""
        if self.asked.text("page") or self.asked.text("export"):
            return self.found.count()
        return len(self._first) if len(self._first) <= self.page.page_size else self.found.count()

    @cached_property
    def _first(self) -> list[Any]:
        """The rows of the first page, and one more if there is another page."""
        return self.found.cut(0, self.page.page_size + 1)

    @property
    def pages(self) -> int:
        """How many pages; an empty list has one."""
        return max(1, -(-self.count // self.page.page_size))

    @cached_property
    def number(self) -> int:
        """The page shown, from 1; a number that cannot be is told and mended."""
        text = self.asked.text("page")
        if not text:
            return 1
        wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
        if not 1 <= wanted <= self.pages:
            number = self.pages if wanted else 1
            self.asked.notes.append(
                _("没有第“%(page)s”页，现在显示第 %(number)s 页。") % {"page": text, "number": number}
            )
            return number
        return wanted

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page."""
        size, start = self.page.page_size, (self.number - 1) * self.page.page_size
        if self.asked.text("page"):
            rows = self.found.cut(start, start + size, self.count) if self.count else []
        else:
            rows = self._first[:size]
        self.page.prepare(rows, self.request)
        return rows

    def stream(self) -> Iterator[Any]:
        """All rows that fit, in pieces, each prepared as a page is."""
        found = self.found.stream()
        while piece := list(islice(found, CHUNK)):
            self.page.prepare(piece, self.request)
            yield from piece

    @cached_property
    def totals(self) -> dict[str, object]:
        """The sums over all pages."""
        return self.found.totals(self.shown)

    @cached_property
    def narrowed(self) -> list[tuple[str, str]]:
        """The parameters of search and filters, and those the list keeps for its page."""
        pairs = [(name, value) for name in self.page.keep if (value := self.asked.text(name))]
        pairs += [("q", self.q)] if self.q else []
        return pairs + [pair for each, value in self.chosen for pair in each.pairs(value)]

    @cached_property
    def sorting(self) -> list[tuple[str, str]]:
        """The parameter of the sort."""
        return [("sort", f"{'-' if self.descending else ''}{self.sorted_by.name}")] if self.sorted_by else []

    @cached_property
    def choosing(self) -> list[tuple[str, str]]:
        """The parameter of the columns, where they are not the usual ones."""
        usual = [column for column in self.page.columns if not column.optional]
        return [] if self.shown == usual else [("cols", ",".join(column.name for column in self.shown))]

    def address(self, *pairs: tuple[str, str]) -> str:
        """The address of this list with these parameters only."""
        return f"{self.request.path}?{urlencode(pairs)}" if pairs else self.request.path

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter holds rows back."""
        return bool(self.q or self.chosen)

    @property
    def toolbar(self) -> SafeString:
        """Search box and filters."""
        return list_html.toolbar(self)

    @property
    def region(self) -> SafeString:
        """Notes, table and paging: what is replaced without loading the page anew."""
        return list_html.region(self)

    def about(self) -> list[tuple[str, str]]:
        """What an export says of itself."""
        lines = [(_("名称"), str(self.page.title)), (_("业务日期"), cn_date(clock.today()))]
        lines += [(_("搜索"), self.q)] if self.q else []
        lines += [(str(each.label), each.words(value, self.asked)) for each, value in self.chosen]
        return [*lines, (_("行数"), str(self.count))]


def list_response(
    request: HttpRequest, page: ListPage, *, context: dict[str, Any] | None = None
) -> HttpResponseBase:
    """The page, only its table (asked by HTMX), or an export. Raises Problem for an export too long."""
    listing = Listing(request, page)
    wanted = request.GET.get("export", "")
    if page.export and wanted in ("xlsx", "csv"):
        return _exported(listing, wanted)
    headers = request.headers
    if headers.get("HX-Target") == REGION and headers.get("HX-History-Restore-Request") != "true":
        response = HttpResponse(listing.region)
    else:
        response = render(request, page.template, {"listing": listing, **(context or {})})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _exported(listing: Listing, wanted: str) -> FileResponse:
    mark = "；".join(of(listing) for of in export_mark.all()) if listing.page.sensitive else ""
    if mark and wanted == "csv":
        raise Problem(_("含个人信息的清单只能导出带水印的 Excel。"), remedy=_("请选择 Excel（.xlsx）。"))
    name = f"{listing.page.title}-{clock.today():%Y%m%d}.{wanted}"
    if wanted == "csv":
        file = exports.write_csv(listing.shown, listing.stream(), listing.totals)
        return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
    file = exports.write_xlsx(listing.shown, listing.stream(), listing.totals, listing.about(), mark)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)
