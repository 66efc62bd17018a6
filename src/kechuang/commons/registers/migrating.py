# SPDX-License-Identifier: Apache-2.0
"""Records of one version of a register become records of the next (迁移): what stays, what is read anew, what is lost.

A value whose field did not change is kept as it is stored; where type, decimals, options or columns changed, its words
are read again by the new field, as if somebody had typed them. Stores nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.registers.definitions import Field, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import names_in
from kechuang.commons.registers.reading import Directory, read_field
from kechuang.commons.registers.values import as_number, cell_words, words_of

MEANT = ("type", "places", "target")
ALONE = {"table", "yearly", "file"}
PART = 2000


@dataclass(slots=True)
class Passage:
    """What happens to some records: their new values, what cannot pass, how often a field is lost or left empty."""

    count: int = 0
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: list[tuple[Record, str]] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    wanting: Counter[str] = field(default_factory=Counter)

    @property
    def losses(self) -> list[tuple[str, int]]:
        """Fields that go, with how many records had filled them."""
        return list(self.lost.items())

    @property
    def gaps(self) -> list[tuple[str, int]]:
        """Required fields, with how many records have not filled them."""
        return list(self.wanting.items())


def passage_of(old: RegisterPiece, new: RegisterPiece, records: Iterable[Record]) -> Passage:
    """Bring some records' values over, in memory; a query a kind of thing that changed fields name."""
    rows = list(records)
    found = Passage(len(rows))
    mapping = new.migration
    came_from = {mapping.rename.get(one.code, one.code): one for one in old.fields}
    anew = {
        one.code: one for one in new.fields if one.code in came_from and not _same(came_from[one.code], one)
    }
    names = names_in(old, rows) if anew else {}
    words = {
        row.pk: {code: _words(came_from[code], row.data.get(came_from[code].code), names) for code in anew}
        for row in rows
    }
    directory = Directory.of(new, words.values())
    for row in rows:
        given = {mapping.rename.get(code, code): value for code, value in row.data.items()}
        data = {}
        for one in new.fields:
            try:
                value = given.get(one.code)
                if value is not None and one.code in anew:
                    _require_likeness(came_from[one.code], one)
                    value = read_field(one, words[row.pk][one.code], directory)
            except Problem as problem:
                found.faults.append((row, str(problem)))
                continue
            if value not in (None, "", [], {}):
                data[one.code] = value
            elif one.required:
                found.wanting[one.label] += 1
        for code in mapping.drop:
            gone = old.field(code)
            if gone is not None and row.data.get(code) not in (None, "", [], {}):
                found.lost[gone.label] += 1
        found.values[row.pk] = data
    return found


def older_records(new: RegisterPiece, *, release: str | None = None) -> Iterator[list[Record]]:
    """The records of the versions before, or of one of them, some thousands at a time."""
    last = 0
    rows = Record.objects.filter(register=new.code).exclude(release=new.version).order_by("pk")
    rows = rows if release is None else rows.filter(release=release)
    while part := list(rows.filter(pk__gt=last)[:PART]):
        yield part
        last = part[-1].pk


def passage_of_all(old: RegisterPiece, new: RegisterPiece) -> Passage:
    """What will happen to all records, without their values."""
    found = Passage()
    for part in older_records(new):
        one = passage_of(old, new, part)
        found.count += one.count
        found.faults += one.faults
        found.lost += one.lost
        found.wanting += one.wanting
    return found


def changed_references(old: RegisterPiece, new: RegisterPiece) -> tuple[set[str], set[str]]:
    """Codes of fields whose links are no longer theirs, and of fields whose links must be made anew."""
    before, after = _naming(old.fields), _naming(new.fields)
    return {*before} - {*after}, {*after} - {*before}


def _naming(fields: Sequence[Field]) -> Mapping[str, str]:
    return {one.code: one.type for one in fields if one.type in {"party", "unit", "region", "file", "link"}}


def _same(old: Field, new: Field) -> bool:
    """Whether what is stored for one field means the same in the other."""
    if any(getattr(old, name) != getattr(new, name) for name in MEANT):
        return False
    kept = {one.code for one in new.options}
    cells = {(one.code, one.type) for one in new.columns}
    return all(one.code in kept for one in old.options) and all(
        (one.code, one.type) in cells for one in old.columns
    )


def _require_likeness(old: Field, new: Field) -> None:
    if old.type != new.type and ALONE & {old.type, new.type}:
        raise Problem(
            _("“%(label)s”的内容不能改成这种类型。") % {"label": new.label}, remedy=_("请另加一个字段。")
        )


def _words(one: Field, stored: Any, names: Mapping[tuple[str, str], str]) -> Any:
    """A stored value as somebody would type it."""
    if stored is None:
        return None
    match one.type:
        case "number" | "money":
            return f"{as_number(one, stored):f}"
        case "yearly":
            return {year: f"{as_number(one, value):f}" for year, value in stored.items()}
        case "table":
            return [
                {cell.code: cell_words(cell, row.get(cell.code), names) for cell in one.columns}
                for row in stored
            ]
        case "file":
            return stored
    return words_of(one, stored, names)


def refuse_what_cannot_pass(found: Passage) -> None:
    """Raises Problem naming the first records whose values the new definition cannot hold."""
    if not found.faults:
        return
    told = "；".join(f"{row.number or row.title}：{words}" for row, words in found.faults[:3])
    raise Problem(
        _("有 %(count)s 条记录不能迁移到新定义：%(told)s") % {"count": len(found.faults), "told": told},
        remedy=_("请先修改这些记录，或在新定义中保留原来的类型和选项。"),
        field="migration",
    )
