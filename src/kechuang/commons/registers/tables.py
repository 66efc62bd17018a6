# SPDX-License-Identifier: Apache-2.0
"""The list of a register, made from its definition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.access.fieldclasses import masked
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Region
from kechuang.commons.registers.definitions import Field, PublicView, RegisterPiece
from kechuang.commons.registers.dues import DueLine, due_lines
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import named_so, names_in, records_of
from kechuang.commons.registers.values import as_number, unit_of, words_of
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Filter,
    ListPage,
    TextFilter,
    YesNoFilter,
)

MAIN = {"party": "organization.name", "region": "region.name"}
"""The first party and region of a record are joined to it; others are looked up for the rows of a page at once."""
MANY = 5
"""So many columns beside the usual ones leave the name no more room than others."""
CSS = {"party": "kc-name", "region": "kc-fit", "unit": "kc-fit"}


class RecordList(ListPage):
    """Records with the columns and filters that the definition names."""

    order = ("-id",)
    keep = ()

    def __init__(
        self, register: RegisterPiece, *, sensitive: bool, rows: QuerySet[Record] | None = None
    ) -> None:
        self.register, self.given = register, rows
        self.search = (partial(named_so, register.code),)
        self.title, self.subtitle = register.name, register.description
        self.names: dict[tuple[str, str], str] = {}
        keys = register.keys()
        shown = [field for field in register.fields if field.access != "sensitive" or sensitive]
        self.other = [
            field
            for field in shown
            if field.type in {"party", "region", "unit"} and not _is_main(register, field)
        ]
        self.columns = tuple(_columns(register, shown, keys, self.name_of))
        self.filters = tuple(_filters(register, shown, keys))
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]
        self.empty = _("“%(name)s”还没有记录：可以逐条登记，或按模板批量导入。") % {"name": register.name}

    def rows(self, request: HttpRequest) -> QuerySet[Record]:
        """The records of the register, or those given."""
        del request
        return self.given if self.given is not None else records_of(self.register)

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """The names of what the rows of a page name, beside the main party and region."""
        del request
        if self.other:
            self.names |= names_in(self.register.model_copy(update={"fields": tuple(self.other)}), rows)

    def name_of(self, field: Field, record: Record) -> str:
        """What a record names in a field; an export, which has no pages, asks for each thing once."""
        stored = record.data.get(field.code)
        key = (field.type, str(stored))
        if stored is not None and key not in self.names:
            self.names |= names_in(self.register.model_copy(update={"fields": (field,)}), [record])
        return self.names.get(key, "")


def _is_main(register: RegisterPiece, field: Field) -> bool:
    first = next((one for one in register.fields if one.type == field.type), None)
    return field.type in MAIN and first == field


def _address(record: Record) -> str:
    return reverse("registers:record-detail", args=[record.pk])


def _columns(
    register: RegisterPiece,
    fields: Iterable[Field],
    keys: dict[str, str],
    name_of: Callable[[Field, Record], str],
) -> Iterable[Column]:
    told = {due.field for due in register.dues}  # by the column of what falls due
    usual = [
        code for code in register.list or [field.code for field in register.fields[:6]] if code not in told
    ]
    hidden = register.title_field.access == "sensitive"
    if register.numbering and not hidden:
        yield Column("number", _("编号"), sort="number", css="kc-fit")
    yield Column(
        "title",
        _("编号") if hidden else register.title_field.label,
        link=_address,
        sort="title",
        css="kc-main-col" if len(usual) < MANY else "kc-name",
    )
    for field in fields:
        if (hidden or field.code != register.title_field.code) and field.type not in {
            "table",
            "yearly",
            "file",
            "link",
        }:
            optional = field.code not in usual
            if field.type in CSS:
                value: Any = MAIN[field.type] if _is_main(register, field) else partial(name_of, field)
                css = CSS[field.type]
                yield Column(f"f_{field.code}", field.label, value=value, optional=optional, css=css)
            else:
                yield _column(field, keys.get(field.code), optional=optional)
    if register.dues:
        yield _due_column(register)
    yield Column(
        "state",
        _("状态"),
        value=lambda record: register.state(record.state).label,
        cell=lambda record: marks.chip(register.state(record.state).label, register.state(record.state).tone),
        sort="state",
    )
    yield Column("keeper", _("主管处室"), value="unit.short_name", optional=True)
    yield Column("opened_on", _("登记日期"), kind="date", sort="opened_on", optional=True)
    yield Column("demo", _("演示数据"), kind="yes_no", optional=True)


def _due_column(register: RegisterPiece) -> Column:
    """What falls due first, with its light; told in words where it is exported."""

    def first(record: Record) -> DueLine | None:
        return next(iter(due_lines(register, [record], clock.today())), None)

    def words(record: Record) -> str:
        line = first(record)
        return f"{line.day.isoformat()} {line.what}" if line else ""

    def cell(record: Record) -> SafeString | str:
        line = first(record)
        if line is None:
            return "—"
        return format_html(
            '{} <span class="kc-d">{}</span><br><small>{}</small>',
            marks.light(line.light.colour),
            line.day.isoformat(),
            line.what,
        )

    return Column("due", _("到期事项"), value=words, cell=cell, css="kc-fit")


def _column(field: Field, slot: str | None, *, optional: bool) -> Column:
    unit = unit_of(field)
    label = f"{field.label}（{unit}）" if unit and field.type in {"number", "money"} else field.label
    sort: Any = slot or ()
    if field.type == "date":

        def day(record: Record, field: Field = field) -> dt.date | None:
            stored = record.data.get(field.code)
            return dt.date.fromisoformat(stored) if stored else None

        return Column(f"f_{field.code}", label, value=day, kind="date", sort=sort, optional=optional)
    if field.type in {"number", "money"}:

        def number(record: Record, field: Field = field) -> Any:
            stored = record.data.get(field.code)
            return None if stored is None else as_number(field, stored)

        return Column(
            f"f_{field.code}",
            label,
            value=number,
            kind="number",
            places=field.places,
            sort=sort,
            optional=optional,
        )

    def words(record: Record, field: Field = field) -> str:
        return words_of(field, record.data.get(field.code))

    return Column(f"f_{field.code}", label, value=words, sort=sort, optional=optional)


def _filters(register: RegisterPiece, fields: Iterable[Field], keys: dict[str, str]) -> Iterable[Filter]:
    yield ChoiceFilter(
        "state", _("状态"), choices=[(state.code, state.label) for state in register.states], field="state"
    )
    for field in fields:
        slot = keys.get(field.code)
        if _is_main(register, field) and field.type == "region":
            yield ChoiceFilter("region", field.label, choices=_regions, field="region__code")
        elif slot is None:
            continue
        elif field.type == "choice":
            options = [(option.code, option.label) for option in field.options]
            yield ChoiceFilter(f"f_{field.code}", field.label, choices=options, field=slot)
        elif field.type == "yes_no":

            def narrow(rows: QuerySet[Any], yes: bool, slot: str = slot) -> QuerySet[Any]:  # noqa: FBT001
                return rows.filter(**{slot: "1" if yes else "0"})

            yield YesNoFilter(f"f_{field.code}", field.label, narrow=narrow)
        elif field.type == "date":
            yield DateFilter(f"f_{field.code}", field.label, field=slot)
        elif field.type == "text":
            yield TextFilter(f"f_{field.code}", field.label, field=slot)


def _regions(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return list(Region.objects.values_list("code", "name"))


class PublicList(RecordList):
    """What everybody may see of a register: the fields of its public view, masked ones by how they begin and end."""

    template = "registers/public_list.html"

    def __init__(self, register: RegisterPiece, view: PublicView) -> None:
        rows = records_of(register).filter(state__in=view.states)
        super().__init__(register, sensitive=True, rows=rows)
        shown = {"number", "title", *(f"f_{code}" for code in view.fields)}
        secret = {f"f_{code}": mask for code, mask in view.masked.items()}
        self.columns = tuple(
            _masked(column, secret[column.name])
            if column.name in secret
            else replace(column, link=None, optional=False)
            for column in self.columns
            if column.name in shown
        )
        if view.sign_up:
            first = [column.name for column in self.columns].index("title") + 1  # in view on a phone
            self.columns = (*self.columns[:first], _sign_up_column(register), *self.columns[first:])
        open_ones = shown - set(secret) | ({"region"} if self._shows_region(view) else set())
        self.filters = tuple(each for each in self.filters if each.name in open_ones)
        self.known = {column.name: column for column in self.columns}  # type: ignore[misc]

    def _shows_region(self, view: PublicView) -> bool:
        main = next((field.code for field in self.register.fields if field.type == "region"), None)
        return main in view.fields and main not in view.masked


def _sign_up_column(register: RegisterPiece) -> Column:
    """The way to the sessions, while the record takes bookings."""

    def words(record: Record) -> str:
        return _("报名") if record.state in register.sessions else ""

    def page(record: Record) -> str:
        about = str(Ref.of(record))
        return reverse("slots:sign-up-list", args=[about]) if record.state in register.sessions else ""

    return Column("sign_up", _("报名"), value=words, link=page, css="kc-fit")


def _masked(column: Column, mask: str) -> Column:
    """The column of a masked value: nobody sorts by what he may not see."""
    read = column.getter()
    return Column(column.name, column.label, value=lambda record: masked(read(record), mask))
