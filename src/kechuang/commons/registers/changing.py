# SPDX-License-Identifier: Apache-2.0
"""What each edit of a record changed (修改对照), read from the journal; of sensitive fields only that they changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kechuang.commons.kernel.journal import history_of
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.definitions import Field, RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.queries import names_in
from kechuang.commons.registers.values import cell_words, words_of
from kechuang.engines.plandoc.wording import Segment, wording

MOST = 100
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Change:
    """A field that an edit changed, with what went and what came; no segments where it must not be shown."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit: when, by whom, what it changed."""

    at: dt.datetime
    by: str
    changes: tuple[Change, ...]


def edits_of(piece: RegisterPiece, record: Record) -> list[Edit]:
    """The edits of a record, the newest first: walked back from what it says now."""
    entries = history_of(Ref.of(record)).filter(outcome=Entry.Outcome.DONE, data__has_key="was")[:MOST]
    steps, now = [], record.data
    for entry in entries:
        before = {code: value for code, value in (now | entry.data["was"]).items() if value is not None}
        steps.append((entry, before, now))
        now = before
    names = names_in(_plain(piece), [Record(data=data) for _entry, *both in steps for data in both])
    return [
        Edit(
            entry.at,
            entry.actor_name,
            tuple(_change(field, before, now, names) for field in _changed(piece, entry)),
        )
        for entry, before, now in steps
    ]


def _plain(piece: RegisterPiece) -> RegisterPiece:
    """The definition without what is never shown: of such fields the journal holds digests."""
    shown = tuple(field for field in piece.fields if field.access != "sensitive")
    return piece.model_copy(update={"fields": shown})


def _changed(piece: RegisterPiece, entry: Entry) -> list[Field]:
    return [field for field in piece.fields if field.code in entry.data["was"]]


def _change(field: Field, before: Mapping[str, Any], now: Mapping[str, Any], names: Names) -> Change:
    if field.access == "sensitive":
        return Change(field.label, ())
    old, new = (_words(field, data.get(field.code), names) for data in (before, now))
    return Change(field.label, wording(old, new))


def _words(field: Field, stored: Any, names: Names) -> str:
    """The value in words; of a table, its lines one beneath another."""
    if field.type != "table":
        return words_of(field, stored, names)
    lines = [[cell_words(one, row.get(one.code), names) for one in field.columns] for row in stored or ()]
    return "\n".join("，".join(filter(None, line)) for line in lines)
