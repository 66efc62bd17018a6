# SPDX-License-Identifier: Apache-2.0
"""A record as a Word page (记录打印页): its fields, tables, promises and states; sensitive values stay out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kechuang.commons.papers.letterhead import Letterhead
from kechuang.commons.papers.markup import Block, Heading, Table
from kechuang.commons.papers.queries import bureau_name
from kechuang.commons.papers.word import as_word
from kechuang.commons.registers.computing import computed_lines
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.promising import lights_by_side, promise_lines
from kechuang.commons.registers.queries import names_in, shown_fields
from kechuang.commons.registers.values import cell_words
from kechuang.commons.ui.marks import light_words


def record_word(piece: RegisterPiece, record: Record, day: dt.date) -> bytes:
    """The file."""
    date = _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}
    title = f"{piece.name}：{record.title}"
    return as_word(Letterhead(bureau_name(), title, date=date), list(_blocks(piece, record, day)))


def _blocks(piece: RegisterPiece, record: Record, day: dt.date) -> Iterator[Block]:
    names = names_in(piece, [record])
    rows = [(_("编号"), record.number)] if record.number else []
    rows += [(_("状态"), piece.state(record.state).label), (_("主管处室"), str(record.unit or "—"))]
    rows += [(field.label, words) for field, words in shown_fields(piece, record, names=names)]
    rows += computed_lines(piece, record, day)
    yield from _section(_("内容"), (_("项目"), _("内容")), rows)
    for field in piece.fields:
        if field.type == "table" and field.access != "sensitive":
            lines = [
                tuple(cell_words(column, row.get(column.code), names) for column in field.columns)
                for row in record.data.get(field.code) or []
            ]
            yield from _section(field.label, tuple(column.label for column in field.columns), lines)
    if piece.promises:
        promises = promise_lines(record, day)
        sides = [
            (
                one.side,
                str(one.promised),
                str(one.kept),
                "、".join(f"{light_words(colour)} {count}" for colour, count in one.lights),
            )
            for one in lights_by_side(promises)
        ]
        yield from _section(_("各方亮灯"), (_("承诺方"), _("约定"), _("已办结"), _("亮灯")), sides)
        promised = [
            (
                line.commitment.title,
                line.offices,
                str(line.commitment.due or "—"),
                str(light_words(line.colour)),
            )
            for line in promises
        ]
        yield from _section(_("约定事项"), (_("事项"), _("责任处室"), _("时限"), _("亮灯")), promised)
    spans = [
        (piece.state(span.state).label, span.since.isoformat(), span.by, span.reason or "—")
        for span in record.spans.all()
    ]
    yield from _section(_("状态经过"), (_("状态"), _("自"), _("办理人"), _("原因")), spans)


def _section(title: str, labels: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[Block]:
    cells = tuple(tuple((cell or "—",) for cell in row) for row in rows)
    if cells:
        yield Heading(1, (title,))
        yield Table(labels, cells)
