# SPDX-License-Identifier: Apache-2.0
"""From what was typed or stands in a sheet to what is stored: references resolved, every fault named (读取)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kechuang.commons.calendar.queries import add_working_days
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.journal import Personal
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Region, Unit
from kechuang.commons.parties.queries import organizations_named
from kechuang.commons.registers.definitions import Cell, Field, Map, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.values import MOST_LINES, key_of, read_text

REFERENCES = ("party", "unit", "region", "link")


@dataclass(slots=True)
class Directory:
    """Keys of the things that rows name, by type and by the text that names them; ambiguous texts have several."""

    known: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, register: RegisterPiece, rows: Iterable[Mapping[str, Any]]) -> Directory:
        """Look up everything that some rows name: one query a kind of thing."""
        wanted: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            for one in register.fields:
                given = row.get(one.code)
                if one.type in REFERENCES and given:
                    named = given if isinstance(given, list) else _parts(one, str(given))
                    wanted.setdefault((one.type, one.target or ""), set()).update(map(str, named))
                if one.type == "table" and given:
                    for cell in (cell for cell in one.columns if cell.type == "unit"):
                        texts = {str(line.get(cell.code) or "").strip() for line in given} - {""}
                        wanted.setdefault(("unit", ""), set()).update(texts)
        made = cls()
        for (kind, register_code), texts in wanted.items():
            for key, names in _named(kind, register_code, texts):
                for name in names:
                    made.known.setdefault((kind, register_code, name), []).append(key)
        return made

    def key(self, one: Field | Cell, text: str) -> int:
        """The one thing a text names. Raises Problem where there is none or several."""
        target = one.target or "" if isinstance(one, Field) else ""
        found = list(dict.fromkeys(self.known.get((one.type, target, text), ())))
        if len(found) == 1:
            return found[0]
        words = {"label": one.label, "text": text[:60], "count": len(found)}
        if found:
            raise Problem(
                _("“%(label)s”写的“%(text)s”对应 %(count)s 个。") % words,
                remedy=_("请改用代码或编号。"),
                field=one.code,
            )
        raise Problem(
            _("“%(label)s”写的“%(text)s”在系统中不存在。") % words,
            remedy=_("请核对，或先登记。"),
            field=one.code,
        )


def _parts(one: Field, text: str) -> list[str]:
    if one.type == "link":
        return [
            part.strip() for part in text.replace("；", "、").replace(";", "、").split("、") if part.strip()
        ]
    return [text.strip()] if text.strip() else []


def _named(kind: str, register: str, texts: set[str]) -> Iterable[tuple[int, list[str]]]:
    keys = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12]  # noqa: PLR2004
    if kind == "party":
        return list(organizations_named(texts, keys).items())
    if kind == "unit":
        units = Unit.objects.filter(
            Q(short_name__in=texts) | Q(name__in=texts) | Q(code__in=texts) | Q(pk__in=keys)
        )
        return [(row.pk, [str(row.pk), row.short_name, row.name, row.code]) for row in units]
    if kind == "region":
        regions = Region.objects.filter(Q(name__in=texts) | Q(code__in=texts) | Q(pk__in=keys))
        return [(row.pk, list({str(row.pk), row.name, row.code})) for row in regions]
    records = Record.objects.filter(
        Q(title__in=texts) | Q(number__in=texts) | Q(pk__in=keys), register=register
    )
    return [(row.pk, [str(row.pk), row.title, *([row.number] if row.number else [])]) for row in records]


def read_record(
    register: RegisterPiece,
    given: Mapping[str, Any],
    directory: Directory,
    kept: Mapping[str, Any] | None = None,
    since: dt.date | None = None,
) -> dict[str, Any]:
    """What a record stores, from texts by field code. Raises Problem for the first field at fault.

    ``kept``: what is stored of fields that stay as they are, but for lines and years that are added. ``since``: the day
    it was made, by default today.
    """
    data, faults = tried_record(register, given, directory, kept, since)
    if faults:
        raise faults[0]
    return data


def tried_record(
    register: RegisterPiece,
    given: Mapping[str, Any],
    directory: Directory,
    kept: Mapping[str, Any] | None = None,
    since: dt.date | None = None,
) -> tuple[dict[str, Any], list[Problem]]:
    """The same, with what is wrong with every field (逐项试读)."""
    data: dict[str, Any] = {}
    faults = []
    for one in register.fields:
        try:
            stored = read_field(one, given.get(one.code), directory)
            if kept and one.code in kept:
                stored = _with(kept[one.code], stored)
            if stored is None and one.workdays:
                stored = add_working_days(since or clock.today(), one.workdays).isoformat()
            _require_sound(register, one, stored)
        except Problem as problem:
            faults.append(problem)
        else:
            if stored not in (None, [], {}):
                data[one.code] = stored
    return data, faults


def _require_sound(register: RegisterPiece, one: Field, stored: Any) -> None:
    """Raises Problem where a required field says nothing, or a place lies outside the map."""
    empty = stored in (None, [], {})
    if one.required and empty:
        raise Problem(_("请填写“%(label)s”。") % {"label": one.label}, remedy=one.help, field=one.code)
    if one.type == "place" and register.map is not None and not empty:
        _require_inside(one, register.map, stored)


def _with(kept: Any, added: Any) -> Any:
    """What is kept, with the lines or years that were added to it."""
    if isinstance(kept, dict):
        return {**kept, **(added or {})}
    return [*kept, *added] if isinstance(kept, list) and added and isinstance(added[0], dict) else kept


def _require_inside(one: Field, frame: Map, place: list[int]) -> None:
    longitude, latitude = (part / 10**6 for part in place)
    if not (frame.west <= longitude <= frame.east and frame.south <= latitude <= frame.north):
        raise Problem(
            _("“%(label)s”不在地图范围内（东经 %(west)s–%(east)s，北纬 %(south)s–%(north)s）。")
            % {"label": one.label, **frame.model_dump()},
            remedy=_("请先写经度再写纬度，并核对数字。"),
            field=one.code,
        )


def read_field(one: Field, given: Any, directory: Directory) -> Any:
    """What one field stores of what was given for it. Raises Problem."""
    if given is None or given == "":
        return None
    if one.type in {"party", "unit", "region"}:
        return directory.key(one, str(given).strip())
    if one.type == "link":
        texts = given if isinstance(given, list) else _parts(one, str(given))
        return list(dict.fromkeys(directory.key(one, str(text)) for text in texts))
    if one.type == "file":
        return int(given)
    if one.type == "table":
        return _table(one, given, directory)
    if one.type == "yearly":
        return _yearly(one, given)
    return read_text(one, given if isinstance(given, str) else str(given))


def _table(one: Field, given: Any, directory: Directory) -> list[dict[str, Any]]:
    rows = []
    for row in given:
        read = {
            column.code: _read_cell(column, str(row.get(column.code) or "").strip(), directory)
            for column in one.columns
        }
        if any(value is not None for value in read.values()):
            rows.append({code: value for code, value in read.items() if value is not None})
    if len(rows) > MOST_LINES:
        raise Problem(
            _("“%(label)s”超过 %(most)s 行。") % {"label": one.label, "most": MOST_LINES},
            remedy=_("请拆分。"),
            field=one.code,
        )
    return rows


def _read_cell(column: Cell, text: str, directory: Directory) -> Any:
    if column.type == "unit":
        return directory.key(column, text) if text else None
    return read_text(column, text)


def _yearly(one: Field, given: Mapping[str, str]) -> dict[str, int]:
    number = one.model_copy(update={"type": "number"})
    found = {}
    for year, text in given.items():
        value = read_text(number, str(text))
        if value is not None:
            if not (year.isdigit() and 1990 <= int(year) <= 2100):  # noqa: PLR2004 -- years an office reports
                raise Problem(
                    _("“%(label)s”的年份“%(year)s”不对。") % {"label": one.label, "year": year[:10]},
                    remedy=_("请写四位年份。"),
                    field=one.code,
                )
            found[year] = value
    return found


def place(record: Record, register: RegisterPiece, data: dict[str, Any]) -> None:
    """Put a record's values where they belong: the JSON, the key columns, the title, the main party and region."""
    record.data, record.release = data, register.version
    for slot in ("key1", "key2", "key3", "key4"):
        setattr(record, slot, "")
    for slot in ("amount1", "amount2", "day1", "day2"):
        setattr(record, slot, None)
    for code, slot in register.keys().items():
        one = register.field(code)
        assert one is not None
        setattr(record, slot, key_of(one, data.get(code)))
    record.organization_id = data.get(_first(register, "party"))
    record.region_id = data.get(_first(register, "region"))
    record.longitude, record.latitude = data.get(_first(register, "place")) or (None, None)
    if register.owner and data.get(register.owner):
        record.unit_id = data[register.owner]


def as_journaled(piece: RegisterPiece, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the journal keeps them: sensitive ones as digests, so that they can be erased."""
    hidden = {field.code for field in piece.fields if field.access == "sensitive"}
    return {
        code: Personal(value) if value not in (None, "") and code in hidden else value
        for code, value in values.items()
    }


def _first(register: RegisterPiece, kind: str) -> str:
    return next((one.code for one in register.fields if one.type == kind), "")


def links_of(register: RegisterPiece, data: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(field, kind, key) of everything a record names."""
    kinds = {
        "party": "parties.organization",
        "unit": "parties.unit",
        "region": "parties.region",
        "link": "registers.record",
        "file": "documents.document",
    }
    found = []
    for one in register.fields:
        stored = data.get(one.code)
        if stored is not None and one.type in kinds:
            keys = stored if isinstance(stored, list) else [stored]
            found += [(one.code, kinds[one.type], str(key)) for key in keys]
    return found
