# SPDX-License-Identifier: Apache-2.0
"""A column of a list: where its value comes from, how it is shown, how it is sorted (列)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kechuang.commons.ui.escaping import safe
from kechuang.commons.ui.numbers import EMPTY, iso_date, iso_moment, percent, thousands, yuan

Text = str | Promise
Row = Any
Kind = Literal["text", "number", "percent", "yuan", "date", "moment", "yes_no"]
Draw = Callable[[Row], str]

_CLASSES = {"number": "kc-n", "percent": "kc-n", "yuan": "kc-n", "date": "kc-d", "moment": "kc-d"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``name`` stands in the address. ``value`` is an attribute path (``office.name``,
    ``get_state_display``) or a function of the row, by default the attribute ``name``; it is what is
    exported. ``kind`` says how it is written: ``percent`` takes a ratio, ``yuan`` integer cents.
    ``sort`` is one or more order fields; without it the column cannot be sorted. ``link`` gives the
    address the text leads to. ``cell`` draws the HTML instead: a function of the row (return
    ``marks.…`` or ``format_html``), or the path of a template that is given ``row``. ``optional``
    columns are hidden until chosen. ``total`` is the field summed under the column.
    """

    name: str
    label: Text
    value: str | Callable[[Row], Any] = ""
    kind: Kind = "text"
    sort: str | tuple[str, ...] = ()
    link: Callable[[Row], str] | None = None
    cell: Callable[[Row], Any] | str | None = None
    places: int | None = None
    optional: bool = False
    total: str = ""
    css: str = ""

    @property
    def order_fields(self) -> tuple[str, ...]:
        """The order fields, none where the column cannot be sorted."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    @property
    def css_class(self) -> str:
        """The class of the column's cells and head."""
        return " ".join(filter(None, (_CLASSES.get(self.kind, ""), self.css)))

    def getter(self) -> Callable[[Row], Any]:
        """A function that reads the value from a row."""
        return self.value if callable(self.value) else reader(self.value or self.name)

    def written(self, value: object) -> str:
        """The value in plain words."""
        if value is None or value == "":
            return EMPTY
        if self.kind == "number":
            return f"{value:,}" if type(value) is int else thousands(value, self.places)
        if self.kind == "percent":
            return percent(value, 1 if self.places is None else self.places)
        if self.kind == "yes_no":
            return _("是") if value else _("否")
        plain: Callable[[object], str] = {"yuan": yuan, "date": iso_date, "moment": iso_moment}.get(
            self.kind, str
        )
        return plain(value)

    def drawer(self) -> Draw:
        """A function that draws the inner HTML of a cell, made once for a page of rows."""
        inner = self._inner()
        link = self.link
        if link is None:
            return inner

        def linked(row: Row) -> str:
            url = link(row)
            return f'<a href="{safe(url)}">{inner(row)}</a>' if url else inner(row)

        return linked

    def _inner(self) -> Draw:
        cell = self.cell
        if isinstance(cell, str):
            template = get_template(cell)
            return lambda row: template.render({"row": row})
        if cell is not None:
            return lambda row: safe(cell(row))
        get, written = self.getter(), self.written
        if self.kind != "text":
            return lambda row: safe(written(get(row)))

        def text(row: Row) -> str:
            value = get(row)
            return EMPTY if value is None or value == "" else safe(value)

        return text


def reader(path: str) -> Callable[[Row], Any]:
    """Read ``office.name`` or ``office__name``; methods are called; nothing on the way gives None."""
    steps = path.replace("__", ".").split(".")

    def read(row: Row) -> Any:
        value: Any = row
        for step in steps:
            if value is None:
                return None
            value = value.get(step) if isinstance(value, dict) else getattr(value, step)
        return value() if callable(value) else value

    return read


def draw_rows(columns: list[Column], rows: list[Row]) -> str:
    """The rows as ``<tr>`` elements."""
    cells = [
        (f'<td class="{css}">' if (css := column.css_class) else "<td>", column.drawer())
        for column in columns
    ]
    return "".join(f"<tr>{''.join([f'{td}{draw(row)}</td>' for td, draw in cells])}</tr>" for row in rows)
