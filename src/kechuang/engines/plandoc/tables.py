# SPDX-License-Identifier: Apache-2.0
"""Finding tables in a text (文中的表格): rows with tabs or bars, one blank between cells, or one cell per line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc.characters import fold_read
from kechuang.engines.plandoc.headers import Column, column_of, columns_of
from kechuang.engines.plandoc.parties import TIME_WORDS
from kechuang.engines.plandoc.proposal import Span, Table

_LINE: Final = re.compile(r"[^\n\r]+")
_PAGE_MARK: Final = re.compile(r"[—-]+ ?\d{1,4} ?[—-]+|第 ?\d{1,4} ?页.*")
_LONGEST_MARK: Final = 30
_RULE_CELL: Final = re.compile(r"[\s:\-—=]*")
_FEWEST_HEADINGS, _HEADER_DEPTH, _LONGEST_ROW = 3, 3, 600
Cell = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Located:
    """A table with the meaning of its columns; `cells` are the rows below the header; `span` covers it in the text."""

    span: Span
    headers: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]


def locate_tables(text: str, tables: Sequence[Table]) -> list[Located]:
    """Tables of the file whose header is understood, each cell with its place in the text ((0, 0) without one)."""
    found: list[Located] = []
    for table in tables:
        rows = []
        for place, row in enumerate(table.rows):
            spans = table.spans[place] if place < len(table.spans) else ()
            rows.append(tuple((cell, _checked(text, cell, spans, i)) for i, cell in enumerate(row)))
        located = _with_header(rows)
        if located is not None:
            found.append(located)
    return found


def _checked(text: str, cell: str, spans: Sequence[Span], place: int) -> Span:
    span = spans[place] if place < len(spans) else (0, 0)
    return span if 0 <= span[0] <= span[1] and text[span[0] : span[1]] == cell else (0, 0)


def _with_header(rows: Sequence[tuple[Cell, ...]]) -> Located | None:
    """The table below the first row, among the first three, that reads as a header."""
    for depth, row in enumerate(rows[:_HEADER_DEPTH]):
        headings, taken = _headings(rows, depth)
        headers = columns_of(headings)
        if headers is None:
            continue
        body = tuple(row for row in rows[depth + taken :] if any(cell.strip() for cell, _ in row))
        places = [span for row in rows for _, span in row if span[1] > span[0]]
        span = (min(s for s, _ in places), max(e for _, e in places)) if places else (0, 0)
        return Located(span, headers, body)
    return None


def _headings(rows: Sequence[tuple[Cell, ...]], depth: int) -> tuple[list[str], int]:
    """The folded headings of row `depth`, refined by a second row of headings below (责任单位: 牵头 | 配合)."""
    first = [fold_read(cell) for cell, _ in rows[depth]]
    second = [fold_read(cell).strip() for cell, _ in rows[depth + 1]] if depth + 1 < len(rows) else []
    refines = any(second) and all(column_of(heading) is not None for heading in second if heading)
    if not refines or len(second) != len(first):
        return first, 1
    return [below or above for above, below in zip(first, second, strict=True)], 2


def find_tables(text: str, taken: Sequence[Span]) -> list[Located]:
    """Tables pasted into the text itself, outside the places already taken."""
    lines = [m.span() for m in _LINE.finditer(text) if text[m.start() : m.end()].strip()]
    lines = [line for line in lines if not any(start <= line[0] < end for start, end in taken)]
    lines = [
        line
        for line in lines
        if not _PAGE_MARK.fullmatch(fold_read(text[slice(*line)].strip()[:_LONGEST_MARK]))
    ]
    found: list[Located] = []
    place = 0
    while place < len(lines):
        for reader in (_separated, _spaced, _stacked):
            located, used = reader(text, lines, place)
            if located is not None:
                found.append(located)
                place += used - 1
                break
        place += 1
    return found


def _separated(text: str, lines: Sequence[Span], place: int) -> tuple[Located | None, int]:
    """Consecutive lines with tabs or bars, the first a header."""
    header = _split(text, lines[place])
    if len(header) < _FEWEST_HEADINGS - 1 or columns_of([fold_read(cell) for cell, _ in header]) is None:
        return None, 0
    rows = [tuple(header)]
    used = 1
    while place + used < len(lines) and len(cells := _split(text, lines[place + used])) > 1:
        if not all(_RULE_CELL.fullmatch(cell) for cell, _ in cells):
            rows.append(tuple(cells))
        used += 1
    return (_with_header(rows), used) if len(rows) > 1 else (None, 0)


def _split(text: str, line: Span) -> list[Cell]:
    start, end = line
    mark = (
        "\t"
        if "\t" in text[start:end]
        else "|"
        if "|" in text[start:end]
        else "｜"
        if "｜" in text[start:end]
        else ""
    )
    if not mark:
        return []
    if mark != "\t":
        while start < end and text[start] in " |｜":
            start += 1
        while end > start and text[end - 1] in " |｜":
            end -= 1
    cells: list[Cell] = []
    begin = start
    for piece in text[start:end].split(mark):
        cells.append(_trimmed(text, begin, begin + len(piece)))
        begin += len(piece) + 1
    return cells


def _trimmed(text: str, start: int, end: int) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return text[start:end], (start, end)


def _spaced(text: str, lines: Sequence[Span], place: int) -> tuple[Located | None, int]:
    """One blank between cells: 序号 工作任务 责任处室; surplus words of a row belong to its task."""
    header = _words(text, lines[place])
    if len(header) < _FEWEST_HEADINGS or any(column_of(fold_read(cell)) is None for cell, _ in header):
        return None, 0
    columns = columns_of([fold_read(cell) for cell, _ in header])
    if columns is None or columns[0] != "number":
        return None, 0
    rows = [tuple(header)]
    used = 1
    while place + used < len(lines):
        words = _words(text, lines[place + used])
        if len(words) < len(header) or not fold_read(words[0][0]).isdigit():
            break
        rows.append(tuple(_fitted(text, words, columns)))
        used += 1
    return (_with_header(rows), used) if len(rows) > 1 else (None, 0)


def _words(text: str, line: Span) -> list[Cell]:
    offset, words = line[0], re.finditer(r"\S+", text[line[0] : min(line[1], line[0] + _LONGEST_ROW)])
    return [(word[0], (word.start() + offset, word.end() + offset)) for word in words]


def _stacked(text: str, lines: Sequence[Span], place: int) -> tuple[Located | None, int]:
    """One cell per line: the headings one below the other, then rows that begin with 1, 2, 3 and so on."""
    header, used = _stacked_header(text, lines, place)
    size = len(header)
    columns = columns_of([fold_read(cell) for cell, _ in header]) if size >= _FEWEST_HEADINGS else None
    if columns is None:
        return None, 0
    rows = [tuple(header)]
    cursor = place + used
    while cursor < len(lines) and _number_of(text, lines[cursor]) == len(rows):
        stop = cursor + 1
        while (
            stop < min(len(lines), cursor + size + _WRAPPED)
            and _number_of(text, lines[stop]) != len(rows) + 1
        ):
            stop += 1
        if stop == len(lines) or _number_of(text, lines[stop]) != len(rows) + 1:
            stop = min(len(lines), cursor + size)
        rows.append(tuple(_fitted(text, [_trimmed(text, *line) for line in lines[cursor:stop]], columns)))
        cursor = stop
    return (_with_header(rows), cursor - place) if len(rows) > 1 else (None, 0)


def _stacked_header(text: str, lines: Sequence[Span], place: int) -> tuple[list[Cell], int]:
    """Headings from line `place` on and the lines they take; one that is no heading may be half of one (起|止年限)."""
    header: list[Cell] = []
    used = 0
    while place + used < len(lines) and len(header) < _LONGEST_HEADING:
        for taken in (1, 2):
            last = place + used + taken - 1
            if last >= len(lines):
                break
            start, end = lines[place + used][0], lines[last][1]
            words = "".join(text[start:end].split()) if end - start <= 2 * _LONGEST_HEADING else ""
            column = column_of(fold_read(words))
            if column is not None and (header or column == "number"):
                header.append((words if taken > 1 else _trimmed(text, start, end)[0], (start, end)))
                used += taken
                break
        else:
            break
        if last >= len(lines):
            break
    return header, used


def _number_of(text: str, line: Span) -> int | None:
    """The number that is all of a line."""
    if line[1] - line[0] > _LONGEST_HEADING:
        return None
    word = fold_read(text[slice(*line)].strip())
    return int(word) if word.isdecimal() and word.isascii() else None


def _merged(text: str, cells: Sequence[Cell]) -> Cell:
    """Cells as one; a line break between them becomes an invisible character, so that places stay."""
    start, end = cells[0][1][0], cells[-1][1][1]
    return text[start:end].replace("\n", "\u200b").replace("\r", "\u200b"), (start, end)


def _unwrapped(text: str, cells: Sequence[Cell]) -> list[Cell]:
    """A cell that ends in 、 or ， goes on in the next."""
    whole: list[Cell] = []
    for cell in cells:
        if whole and whole[-1][0].endswith(("、", "，", ",")):
            whole[-1] = _merged(text, [whole[-1], cell])
        else:
            whole.append(cell)
    return whole


def _fitted(text: str, cells: list[Cell], columns: Sequence[Column]) -> list[Cell]:
    """As many cells as columns: surplus lines are wraps of the task, missing cells are merged or empty ones.

    A merged area stands only in its first row; where something else is missing, a date still belongs to its column.
    """
    size = len(columns)
    cells = _unwrapped(text, cells) if len(cells) > size else cells
    surplus = len(cells) - size
    if surplus > 0:
        place = columns.index("task") if "task" in columns else 1
        merged = _merged(text, cells[place : place + surplus + 1])
        return [*cells[:place], merged, *cells[place + surplus + 1 :]]
    empty: list[Cell] = [("", (0, 0))] * -surplus
    if "area" in columns:
        place = columns.index("area")
    elif "due" in columns and TIME_WORDS.search(fold_read(cells[-1][0])):
        place = max(0, len(cells) - (size - columns.index("due")))
    else:
        place = len(cells)
    return [*cells[:place], *empty, *cells[place:]]


_LONGEST_HEADING, _WRAPPED = 12, 4
