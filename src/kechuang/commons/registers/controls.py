# SPDX-License-Identifier: Apache-2.0
"""The controls of a field (控件): one for most, one a cell for a table or a yearly figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.models import Region, Unit
from kechuang.commons.registers.definitions import Cell, Field
from kechuang.commons.registers.values import as_number, unit_of, words_of

TABLE_LINES, YEARS_ADDED = 5, 2
LINED = ("table", "yearly")
Names = Mapping[tuple[str, str], str]
Told = dict[str, Any]
NONE = ("", "—")
Choices = list[tuple[str, Any]]


def controls_of(field: Field, stored: Any, names: Names) -> dict[str, forms.Field]:
    """The controls of a field by name, showing what is stored."""
    unit = unit_of(field)
    label = f"{field.label}（{unit}）" if unit else field.label
    if field.type in LINED:
        return _table(field, lines_of(field, stored))
    limit = _now("不填则为登记后第 %(days)s 个工作日。") % {"days": field.workdays} if field.workdays else ""
    told: Told = {
        "label": label,
        "required": field.required and not field.workdays,
        "help_text": field.help or limit,
    }
    if field.type in {"party", "link"}:
        return {field.code: _reference(field, stored, names, told)}
    if field.type == "file":
        return {field.code: forms.FileField(**(told | {"required": field.required and stored is None}))}
    make = _MAKERS.get(field.type, _text)
    return {field.code: make(field, stored, told)}


def columns_of(field: Field) -> tuple[Cell, ...]:
    """The columns in which a field is written line by line: those of a table, year and value of a yearly figure."""
    if field.type != "yearly":
        return field.columns
    return (
        Cell(code="year", label=_now("年度")),
        Cell(code="value", label=field.unit or _now("数值")),
    )


def lines_of(field: Field, stored: Any) -> list[dict[str, Any]]:
    """What is stored, line by line."""
    if field.type != "yearly":
        return list(stored or [])
    years = sorted((stored or {}).items())
    return [{"year": year, "value": f"{as_number(field, value):f}"} for year, value in years]


def line_count(field: Field, stored: Any) -> int:
    """How many lines the form shows: what is stored and some to be filled."""
    return len(stored or ()) + (YEARS_ADDED if field.type == "yearly" else TABLE_LINES)


def masked_controls(field: Field, page: str) -> dict[str, forms.Field]:
    """The controls of a sensitive field that is filled: empty, so that what stays untouched stays as it is.

    ``page`` is where it is seen whole, by who may, for a purpose. Lines of a table and years are added to those kept.
    """
    added = field.type in LINED
    told = (
        _now("已填写，脱敏不显示；新填的添在后面。")
        if added
        else _now("已填写，脱敏不显示；不填则保持不变。")
    )
    found = controls_of(field.model_copy(update={"required": False}), None, {})
    first = next(iter(found.values()))
    first.help_text = format_html('{} <a href="{}">{}</a>', told, page, _now("查看原文")) if page else told
    if not field.required:
        clear = forms.BooleanField(label=_now("清空“%(label)s”") % {"label": field.label}, required=False)
        found[f"{field.code}.clear"] = clear
    return found


def _text(field: Field, stored: Any, told: Told) -> forms.Field:
    del field
    return forms.CharField(max_length=200, initial=stored, **told)


def _long(field: Field, stored: Any, told: Told) -> forms.Field:
    del field
    return forms.CharField(widget=forms.Textarea, max_length=8000, initial=stored, **told)


def _number(field: Field, stored: Any, told: Told) -> forms.Field:
    initial = None if stored is None else f"{as_number(field, stored):f}"
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.CharField(max_length=30, initial=initial, widget=widget, **told)


def _place(field: Field, stored: Any, told: Told) -> forms.Field:
    return forms.CharField(max_length=60, initial=words_of(field, stored), **told)


def _date(field: Field, stored: Any, told: Told) -> forms.Field:
    del field
    return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), initial=stored, **told)


def _yes_no(field: Field, stored: Any, told: Told) -> forms.Field:
    del field
    initial = None if stored is None else "yes" if stored else "no"
    return forms.ChoiceField(choices=(NONE, ("yes", _("是")), ("no", _("否"))), initial=initial, **told)


def _choice(field: Field, stored: Any, told: Told) -> forms.Field:
    choices = [NONE, *((option.code, option.label) for option in field.options)]
    return forms.ChoiceField(choices=choices, initial=stored, **told)


def _choices(field: Field, stored: Any, told: Told) -> forms.Field:
    options = [(option.code, option.label) for option in field.options]
    return forms.MultipleChoiceField(
        choices=options, initial=stored, widget=forms.CheckboxSelectMultiple, **told
    )


def _unit(field: Field, stored: Any, told: Told) -> forms.Field:
    del field
    return forms.ModelChoiceField(queryset=Unit.objects.order_by("order", "pk"), initial=stored, **told)


def _region(field: Field, stored: Any, told: Told) -> forms.Field:
    del field
    return forms.ModelChoiceField(queryset=Region.objects.all(), initial=stored, **told)


_MAKERS: dict[str, Callable[[Field, Any, Told], forms.Field]] = {
    "long": _long,
    "number": _number,
    "money": _number,
    "date": _date,
    "place": _place,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "unit": _unit,
    "region": _region,
}


def _reference(field: Field, stored: Any, names: Names, told: Told) -> forms.Field:
    """A thing named by its name, code or number; several records are separated by 、."""
    keys = stored if isinstance(stored, list) else [stored] if stored else []
    shown = "、".join(names.get((field.type, str(key)), str(key)) for key in keys)
    hint = _("名称、代码或编号；多个用“、”分开。") if field.type == "link" else _("名称或统一社会信用代码。")
    return forms.CharField(max_length=1000, initial=shown, **(told | {"help_text": field.help or hint}))


def _table(field: Field, stored: list[dict[str, Any]]) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    columns = columns_of(field)
    offices = _offices() if any(column.type == "unit" for column in columns) else []
    for line in range(line_count(field, stored)):
        row = stored[line] if line < len(stored) else {}
        for column in columns:
            told: Told = {"label": f"{field.label} {line + 1} {column.label}", "required": False}
            cell = _cell(column, row.get(column.code), told, offices)
            cell.widget.attrs["aria-label"] = told["label"]  # the head of the column stands above
            found[f"{field.code}.{line}.{column.code}"] = cell
    return found


def _offices() -> Choices:
    return [
        NONE,
        *(
            (str(pk), name)
            for pk, name in Unit.objects.order_by("order", "pk").values_list("pk", "short_name")
        ),
    ]


def _cell(column: Cell, stored: Any, told: Told, offices: Choices) -> forms.Field:
    if column.type == "unit":
        return forms.ChoiceField(choices=offices, initial=stored, **told)
    if column.type == "choice":
        choices = [NONE, *((option.code, option.label) for option in column.options)]
        return forms.ChoiceField(choices=choices, initial=stored, **told)
    if column.type == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), initial=stored, **told)
    if stored is not None and column.type == "number":
        stored = f"{stored / 100:f}".rstrip("0").rstrip(".")
    return forms.CharField(max_length=200, initial=stored, **told)
