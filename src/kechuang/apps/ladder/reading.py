# SPDX-License-Identifier: Apache-2.0
"""A published list as lines (读名单): every line kept under its number, what is no firm told apart, nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from stdnum.cn import uscc

from kechuang.apps.ladder.headings import HEADINGS, WORDS
from kechuang.commons.documents.cells import (
    Cell,
    code_of,
    day_of,
    lost_digits,
    plain,
    span_of,
    text_of,
    years_of,
)
from kechuang.commons.documents.headings import Head, is_total
from kechuang.commons.documents.sheets import Line, Sheet, read_sheets
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.queries import ends_of_term

LONGEST_NAME, LONGEST_NUMBER, LONGEST_REGION, LONGEST_KEPT = 120, 60, 60, 500


@dataclass(slots=True)
class Entry:
    """One firm of a list, as read; ``problems`` say what could not be understood."""

    line: int
    name: str
    uscc: str
    uscc_valid: bool
    number: str
    valid_from: dt.date
    valid_to: dt.date
    region_name: str
    raw: list[str]
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no firm: its number, why, what it says."""

    line: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class PublishedList:
    """What a file holds: the title above the head, the labels, the firms, the lines left out, and notes."""

    title: str
    labels: list[str]
    entries: list[Entry]
    skipped: list[Skipped]
    notes: list[str]


def read_list(name: str, data: bytes, *, issued_on: dt.date, term: str) -> PublishedList:
    """Read a list published on a day, of a kind with this term. Raises Problem where there is no list in the file."""
    sheets = read_sheets(name, data)
    sheet, head = _sheet_with_head(sheets)
    found = _Reader(head, issued_on, term).read(sheet.lines)
    if not found.entries:
        raise Problem(
            _("表头（第 %(line)s 行）之下没有企业。") % {"line": sheet.lines[head.place].number},
            remedy=_("请检查上传的是否是名单本身。"),
            field="file",
        )
    others = [other.name for other in sheets if other is not sheet and other.lines]
    if others:
        found.notes.append(
            _("只读取了工作表“%(name)s”；未读取：%(others)s。")
            % {"name": sheet.name, "others": "、".join(others)}
        )
    if sheet.blank:
        found.notes.append(_("空行 %(count)s 行。") % {"count": sheet.blank})
    return found


def _sheet_with_head(sheets: Sequence[Sheet]) -> tuple[Sheet, Head]:
    """The first sheet with lines below its head; else the first with a head, of which it is told that it has none."""
    found = [
        (sheet, head) for sheet in sheets if (head := HEADINGS.find([line.cells for line in sheet.lines]))
    ]
    filled = [(sheet, head) for sheet, head in found if len(sheet.lines) > head.place + 1]
    if found:
        return (filled or found)[0]
    raise Problem(
        _("前 20 行里没有找到表头：需要有“企业名称”一列，以及代码、编号、日期等至少一列。"),
        remedy=_("请下载模板对照，或在名单第一行写上列名。"),
        field="file",
    )


class _Reader:
    """Reads the lines under one head."""

    def __init__(self, head: Head, issued_on: dt.date, term: str) -> None:
        self.head, self.issued_on, self.term = head, issued_on, term

    def read(self, lines: Sequence[Line]) -> PublishedList:
        above, below = lines[: self.head.place], lines[self.head.place + 1 :]
        titles = [" ".join(filter(None, map(text_of, line.cells))) for line in above]
        skipped = [
            Skipped(line.number, _("表头以上"), text[:LONGEST_KEPT])
            for line, text in zip(above, titles, strict=True)
        ]
        entries: list[Entry] = []
        for line in below:
            why = self._why_skipped(line.cells)
            if why:
                text = " ".join(filter(None, map(text_of, line.cells)))
                skipped.append(Skipped(line.number, why, text[:LONGEST_KEPT]))
            else:
                entries.append(self._entry(line))
        labels = [text_of(label) for label in lines[self.head.place].cells]
        return PublishedList(next(iter(titles), ""), labels, entries, skipped, [])

    def _why_skipped(self, cells: Sequence[Cell]) -> str:
        if is_total(cells):
            return _("合计行")
        if HEADINGS.head_of(0, cells).columns == self.head.columns:
            return _("重复的表头")
        named = self._text(cells, "name") or self._text(cells, "uscc") or self._text(cells, "number")
        filled = sum(bool(text_of(cell)) for cell in cells)
        return _("分组或说明") if not named and filled == 1 else ""

    def _cell(self, cells: Sequence[Cell], name: str) -> Cell:
        column = self.head.columns.get(name)
        return cells[column] if column is not None and column < len(cells) else None

    def _text(self, cells: Sequence[Cell], name: str) -> str:
        return text_of(self._cell(cells, name))

    def _entry(self, line: Line) -> Entry:
        cells, problems = line.cells, list[str]()
        name = _cut(self._text(cells, "name"), LONGEST_NAME, "name", problems)
        number = _cut(plain(self._cell(cells, "number")), LONGEST_NUMBER, "number", problems)
        code = self._code(cells, problems)
        valid_from, valid_to = self._validity(cells, problems)
        return Entry(
            line.number,
            name,
            code[:LONGEST_NUMBER],
            bool(code) and uscc.is_valid(code),
            number,
            valid_from,
            valid_to,
            self._text(cells, "region")[:LONGEST_REGION],
            [text_of(cell)[:LONGEST_KEPT] for cell in cells],
            problems,
        )

    def _code(self, cells: Sequence[Cell], problems: list[str]) -> str:
        cell = self._cell(cells, "uscc")
        code = code_of(cell)
        if lost_digits(cell):
            problems.append(_("统一社会信用代码被存成了数字，末几位已丢失；请在文件中改为文本格式。"))
        elif code and not uscc.is_valid(code):
            problems.append(_("统一社会信用代码“%(code)s”校验不通过。") % {"code": code[:40]})
        return code

    def _validity(self, cells: Sequence[Cell], problems: list[str]) -> tuple[dt.date, dt.date]:
        """From and to (exclusive): the printed last day counts as valid; without one the kind's term does.

        A printed last day that is the very anniversary is the end of the term, which no certificate outlasts.
        """
        span = _quiet(span_of, self._cell(cells, "term")) or _quiet(span_of, self._cell(cells, "valid_to"))
        start = self._day(cells, "valid_from", problems) or (span[0] if span else self.issued_on)
        last = span[1] if span else self._day(cells, "valid_to", problems)
        years = years_of(self._cell(cells, "term"))
        ends = ends_of_term(f"years:{years}" if years else self.term, start)
        if last is not None and last >= start:
            return start, ends if last == ends else last + dt.timedelta(days=1)
        if last is not None:
            problems.append(
                _("有效期至 %(end)s 早于有效期自 %(start)s。")
                % {"end": last.isoformat(), "start": start.isoformat()}
            )
        return start, ends

    def _day(self, cells: Sequence[Cell], name: str, problems: list[str]) -> dt.date | None:
        cell = self._cell(cells, name)
        try:
            return day_of(cell)
        except (ValueError, OverflowError):
            if name == "valid_to" and years_of(cell):
                return None
            problems.append(
                _("“%(column)s”写的是“%(text)s”，不是日期；如登记，将按公告日期和规定年限计算。")
                % {"column": _word(self.head, name), "text": text_of(cell)[:40]}
            )
            return None


def _quiet(
    read: Callable[[Cell], tuple[dt.date, dt.date] | None], cell: Cell
) -> tuple[dt.date, dt.date] | None:
    try:
        return read(cell)
    except (ValueError, OverflowError):
        return None


def _word(head: Head, name: str) -> str:
    return head.labels[head.columns[name]] or WORDS[name]


def _cut(text: str, most: int, name: str, problems: list[str]) -> str:
    if len(text) > most:
        problems.append(_("“%(column)s”超过 %(most)s 个字，已截短。") % {"column": WORDS[name], "most": most})
    return text[:most]
