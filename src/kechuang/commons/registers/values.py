# SPDX-License-Identifier: Apache-2.0
"""A field's value as it is typed, stored, shown and sorted (字段值).

Stored in JSON: texts as they are, numbers as scaled integers (``places`` of the field; money in cents), days as ISO
texts, places as longitude and latitude in millionths of a degree, parties, units, regions, files and records as keys,
tables as lists of rows, yearly figures by year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.parts import Cell, Field

MOST_TEXT, MOST_LONG, MOST_LINES, BIGGEST = 200, 8000, 500, 10**15
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
YES, NO = frozenset({"是", "yes", "true", "1", "y"}), frozenset({"否", "no", "false", "0", "n", ""})


def places_of(field: Field) -> int:
    """How many decimals a field keeps; money keeps cents."""
    return 2 if field.type == "money" else field.places


def read_text(field: Field | Cell, text: str) -> Any:
    """A value typed by a person or standing in a cell, as it is stored; None for nothing. Raises Problem.

    Parties, units, regions, files, links and tables are resolved by whoever knows the database.
    """
    text = text.strip()
    if not text:
        return None
    match field.type:
        case "number" | "money":
            return _number(field, text)
        case "date":
            return _day(field, text)
        case "yes_no":
            return _yes_no(field, text)
        case "choice":
            return _option(field, text)
        case "place":
            return _place(field, text)
        case "choices":
            return [_option(field, part) for part in re.split(r"[、,，;；\s]+", text) if part]
    most = MOST_LONG if field.type == "long" else MOST_TEXT
    if len(text) > most:
        raise _problem(field, _("超过 %(most)s 个字") % {"most": most}, _("请精简。"))
    return text


def _problem(field: Field | Cell, what: str, remedy: str) -> Problem:
    return Problem(f"“{field.label}”{what}。", remedy=remedy, field=field.code)


def _number(field: Field | Cell, text: str) -> int:
    places = places_of(field) if isinstance(field, Field) else 2
    try:
        number = Decimal(text.replace(",", "").replace("，", "").rstrip("%"))
    except InvalidOperation:
        raise _problem(
            field, _("写的是“%(text)s”，不是数字") % {"text": text[:40]}, _("请填写数字。")
        ) from None
    scaled = number.scaleb(places) if number.is_finite() else Decimal("NaN")
    if not number.is_finite() or abs(scaled) > BIGGEST:
        raise _problem(field, _("超出可填的范围"), _("请核对单位。"))
    if scaled != scaled.to_integral_value() and not places:
        raise _problem(field, _("须为整数"), _("请四舍五入。"))
    if scaled != scaled.to_integral_value():
        raise _problem(field, _("最多 %(places)s 位小数") % {"places": places}, _("请四舍五入。"))
    return int(scaled)


def _day(field: Field | Cell, text: str) -> str:
    found = _DAY.fullmatch(text.split(" ", maxsplit=1)[0])
    try:
        day = dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:  # noqa: PLR2004 -- years an office writes
        raise _problem(field, _("写的是“%(text)s”，不是日期") % {"text": text[:40]}, _("请写成 2019-10-15。"))
    return day.isoformat()


def _place(field: Field | Cell, text: str) -> list[int]:
    """Longitude and latitude in millionths of a degree, from "123.43, 41.80"."""
    parts = [part for part in re.split(r"[,，、\s]+", text) if part]
    try:
        longitude, latitude = (Decimal(part) for part in parts)
    except (InvalidOperation, ValueError):
        longitude = latitude = Decimal("NaN")
    if not (longitude.is_finite() and latitude.is_finite() and abs(longitude) <= 180 and abs(latitude) <= 85):  # noqa: PLR2004
        raise _problem(
            field,
            _("写的是“%(text)s”，不是经纬度") % {"text": text[:40]},
            _("请先写经度再写纬度，如 123.43, 41.80。"),
        )
    return [round(part * 10**6) for part in (longitude, latitude)]


def _yes_no(field: Field | Cell, text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise _problem(field, _("写的是“%(text)s”") % {"text": text[:40]}, _("请填写“是”或“否”。"))


def _option(field: Field | Cell, text: str) -> str:
    for option in field.options:
        if text in {option.code, option.label}:
            return option.code
    known = "、".join(option.label for option in field.options)
    raise _problem(
        field, _("没有“%(text)s”这一项") % {"text": text[:40]}, _("可选：%(known)s。") % {"known": known}
    )


def as_number(field: Field, stored: int) -> Decimal:
    """A stored number as a decimal; money in yuan."""
    return Decimal(stored).scaleb(-places_of(field))


def unit_of(field: Field) -> str:
    """What its numbers are counted in; money is in yuan unless said otherwise."""
    return _("元") if field.type == "money" and not field.unit else field.unit


def words_of(  # noqa: C901, PLR0911 -- one line a type
    field: Field, stored: Any, names: Mapping[tuple[str, str], str] | None = None
) -> str:
    """A stored value in plain words; ``names`` gives titles of keys by (type, key)."""
    if stored is None or stored in ("", [], {}):
        return ""
    match field.type:
        case "number" | "money":
            return f"{as_number(field, stored):,f}{unit_of(field)}"
        case "yes_no":
            return _("是") if stored else _("否")
        case "choice":
            return field.option(stored)
        case "choices":
            return "、".join(field.option(one) for one in stored)
        case "party" | "unit" | "region" | "file":
            return (names or {}).get((field.type, str(stored)), str(stored))
        case "link":
            return "、".join((names or {}).get((field.type, str(one)), str(one)) for one in stored)
        case "table":
            return _("%(count)s 行") % {"count": len(stored)}
        case "place":
            return ", ".join(f"{Decimal(part).scaleb(-6).normalize():f}" for part in stored)
        case "yearly":
            return "；".join(
                f"{year}：{as_number(field, value):,f}{field.unit}" for year, value in sorted(stored.items())
            )
    return str(stored)


def cell_words(cell: Cell, stored: Any, names: Mapping[tuple[str, str], str] | None = None) -> str:
    """A stored cell of a table in plain words; numbers of cells keep two decimals."""
    if stored is None:
        return ""
    if cell.type == "unit":
        return (names or {}).get(("unit", str(stored)), str(stored))
    if cell.type == "number":
        number = Decimal(stored).scaleb(-2)
        return f"{number.normalize():,f}" if number % 1 else f"{int(number):,}"
    if cell.type == "choice":
        return next((option.label for option in cell.options if option.code == stored), str(stored))
    return str(stored)


def key_of(field: Field, stored: Any) -> Any:
    """A key field's value as its column holds it: a text, a scaled integer, a day."""
    if field.slot == "amount":
        return stored
    if field.slot == "day":
        return dt.date.fromisoformat(stored) if stored else None
    if field.type == "yes_no":
        return "" if stored is None else ("1" if stored else "0")
    return str(stored or "")[:120]
