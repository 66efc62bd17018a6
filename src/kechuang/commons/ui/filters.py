# SPDX-License-Identifier: Apache-2.0
"""Filters of a list; what they hold stands in the address (筛选)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.ui.columns import reader
from kechuang.commons.ui.numbers import as_day, iso_date

Text = str | Promise
Choices = Iterable[tuple[object, Text]]
Narrow = Callable[[QuerySet[Any], Any], QuerySet[Any]]
MAX_TEXT = 100


@dataclass(slots=True)
class Asked:
    """One request to a list: its parameters, and notes on what could not be understood."""

    request: HttpRequest
    params: QueryDict
    notes: list[str] = field(default_factory=list)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A parameter without what no text needs."""
        return self.params.get(name, "").replace("\x00", "").strip()[:MAX_TEXT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter on ``field`` (by default ``name``), or by ``narrow(queryset, value)``."""

    name: str = field(kw_only=False)
    label: Text = field(kw_only=False)
    field: str = ""
    narrow: Narrow | None = None

    @property
    def path(self) -> str:
        """The field it looks at."""
        return self.field or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Its parameters in the address."""
        return (self.name,)

    def read(self, asked: Asked) -> Any:
        """The value asked for, None where there is none."""
        return asked.text(self.name) or None

    def apply(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that fit."""
        return self.narrow(rows, value) if self.narrow else self.default(rows, value)

    def default(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that fit by ``field``."""
        return rows.filter(**{self.path: value})

    def keeps(self, row: object, value: Any) -> bool:
        """Whether a row that is not from the database fits."""
        return str(reader(self.path)(row)) == str(value)

    def pairs(self, value: Any) -> list[tuple[str, str]]:
        """The value as it stands in the address."""
        return [(self.name, str(value))]

    def words(self, value: Any, asked: Asked) -> str:
        """The value in words."""
        return str(value) if asked else ""

    def control(self, value: Any, asked: Asked) -> SafeString:
        """The control, with a label."""
        raise NotImplementedError


def _labelled(name: str, label: Text, control: SafeString) -> SafeString:
    return format_html('<div class="kc-filter"><label for="f-{}">{}</label>{}</div>', name, label, control)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFilter(Filter):
    """One of a list of values; ``choices`` are pairs or a function of the request that gives pairs."""

    choices: Choices | Callable[[HttpRequest], Choices] = ()

    def options(self, asked: Asked) -> list[tuple[str, str]]:
        """The choices, worked out once a request."""
        if self.name not in asked.choices:
            given = self.choices(asked.request) if callable(self.choices) else self.choices
            asked.choices[self.name] = [(str(value), str(label)) for value, label in given]
        return asked.choices[self.name]

    def read(self, asked: Asked) -> str | None:
        """The value if it is one of the choices; otherwise a note."""
        value = asked.text(self.name)
        if not value or any(value == known for known, _label in self.options(asked)):
            return value or None
        asked.notes.append(
            _("筛选“%(label)s”没有“%(value)s”这一项，已忽略。") % {"label": self.label, "value": value}
        )
        return None

    def words(self, value: str, asked: Asked) -> str:
        """The label of the choice."""
        return dict(self.options(asked)).get(value, value)

    def control(self, value: str | None, asked: Asked) -> SafeString:
        """A select."""
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (each, SafeString(" selected") if each == value else "", label)
                for each, label in [("", _("全部")), *self.options(asked)]
            ),
        )
        select = format_html(
            '<select class="form-select kc-auto" id="f-{0}" name="{0}">{1}</select>', self.name, options
        )
        return _labelled(self.name, self.label, select)


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoFilter(ChoiceFilter):
    """Yes or no; ``narrow`` is given True or False."""

    def options(self, asked: Asked) -> list[tuple[str, str]]:
        """Yes and no."""
        return asked.choices.setdefault(self.name, [("yes", _("是")), ("no", _("否"))])

    def apply(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows for which it is so, or is not."""
        return Filter.apply(self, rows, value == "yes")

    def keeps(self, row: object, value: str) -> bool:
        """Whether the row is so, or is not."""
        return bool(reader(self.path)(row)) == (value == "yes")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFilter(Filter):
    """Rows whose field contains the text."""

    def default(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Contains, whatever the case."""
        return rows.filter(**{f"{self.path}__icontains": value})

    def keeps(self, row: object, value: str) -> bool:
        """Contains, whatever the case."""
        return value.lower() in str(reader(self.path)(row) or "").lower()

    def control(self, value: str | None, asked: Asked) -> SafeString:  # noqa: ARG002 -- one shape for all filters
        """A text input."""
        control = format_html(
            '<input class="form-control" id="f-{0}" name="{0}" value="{1}" maxlength="{2}">',
            self.name,
            value or "",
            MAX_TEXT,
        )
        return _labelled(self.name, self.label, control)


Span = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFilter(Filter):
    """Days from … to …, both included; ``moment`` where the field is a moment, not a day."""

    moment: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Two parameters."""
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, asked: Asked) -> Span | None:
        """The days understood; a note for each that is none."""
        days: list[dt.date | None] = []
        for name in self.names:
            text = asked.text(name)
            try:
                days.append(dt.date.fromisoformat(text) if text else None)
            except ValueError:
                days.append(None)
                asked.notes.append(
                    _("筛选“%(label)s”的日期“%(value)s”不是 2019-10-15 这样的日期，已忽略。")
                    % {"label": self.label, "value": text}
                )
        first, last = days
        if first and last and first > last:
            asked.notes.append(_("筛选“%(label)s”的起始日晚于截止日，因此没有结果。") % {"label": self.label})
        return (first, last) if first or last else None

    def default(self, rows: QuerySet[Any], value: Span) -> QuerySet[Any]:
        """Between the days."""
        path = f"{self.path}__date" if self.moment else self.path
        asked = {f"{path}__gte": value[0], f"{path}__lte": value[1]}
        return rows.filter(**{lookup: day for lookup, day in asked.items() if day})

    def keeps(self, row: object, value: Span) -> bool:
        """Between the days."""
        day = as_day(reader(self.path)(row))
        return day is not None and (value[0] or day) <= day <= (value[1] or day)

    def pairs(self, value: Span) -> list[tuple[str, str]]:
        """The days as they stand in the address."""
        return [(name, day.isoformat()) for name, day in zip(self.names, value, strict=True) if day]

    def words(self, value: Span, asked: Asked) -> str:  # noqa: ARG002 -- one shape for all filters
        """From … to …."""
        return _("%(first)s 至 %(last)s") % {"first": iso_date(value[0]), "last": iso_date(value[1])}

    def control(self, value: Span | None, asked: Asked) -> SafeString:  # noqa: ARG002 -- one shape for all filters
        """Two date inputs."""
        inputs = format_html_join(
            SafeString('<span aria-hidden="true">–</span>'),
            '<input type="date" class="form-control kc-auto" name="{}" value="{}" aria-label="{}">',
            (
                (name, day.isoformat() if day else "", words)
                for name, day, words in zip(
                    self.names, value or (None, None), (_("从"), _("到")), strict=True
                )
            ),
        )
        return format_html(
            '<div class="kc-filter kc-filter-days" role="group" aria-label="{0}">'
            "<span>{0}</span><div>{1}</div></div>",
            self.label,
            inputs,
        )
