# SPDX-License-Identifier: Apache-2.0
"""The text of a paper (文书正文): one line a block, ``{code}`` a slot for a value of the system. Pure.

    # heading        ## heading below it        anything else: a paragraph
    @each tasks: {number}. {title}               one paragraph a row; written out when the paper is drafted
    @table tasks: 序号={number}; 任务={title}     a table, one line a row; without rows, one line that says so

A list ``tasks`` of two rows is the values ``tasks.0.number``, ``tasks.0.title``, ``tasks.1.number`` …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LEFT_OPEN = "（请补充）"
"""What a template leaves for a person to write (待补充)."""
SLOT = re.compile(r"\{([\w.]+)\}")
_EACH = re.compile(r"@each\s+(\w+)\s*[:：]\s*(.+)")
_TABLE = re.compile(r"@table\s+(\w+)\s*[:：]\s*(.+)")
_COLUMN = re.compile(r"\s*([^=]+?)\s*=\s*(.+?)\s*")


class MarkupFault(ValueError):  # noqa: N818 -- a person reads it as a fault of their text
    """What is wrong with a line of the text."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line, self.what = line, what


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the system as a paper shows it, what it is, and the page that opens it."""

    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that holds a value: the code and the text shown."""

    code: str
    text: str


Run = str | Slot


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the labels of its columns, and rows of cells."""

    labels: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


Block = Heading | Paragraph | Table


def flat(name: str, rows: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    """A list of rows as single values under ``name.row.column``."""
    return {
        f"{name}.{place}.{column}": value for place, row in enumerate(rows) for column, value in row.items()
    }


def rows_of(values: Mapping[str, Value], name: str) -> int:
    """How many rows a list has."""
    places = [code.split(".")[1] for code in values if code.startswith(f"{name}.")]
    return max((int(place) + 1 for place in places if place.isdigit()), default=0)


def written_out(template: str, values: Mapping[str, Value]) -> str:
    """The text of a draft: every ``@each`` becomes one paragraph a row, so that a person can edit each of them."""
    lines: list[str] = []
    for line in template.splitlines():
        each = _EACH.fullmatch(line.strip())
        if each is None:
            lines.append(line.rstrip())
            continue
        name, text = each.groups()
        lines += [SLOT.sub(rf"{{{name}.{place}.\1}}", text) for place in range(rows_of(values, name))]
    return "\n".join(lines).strip("\n") + "\n"


def parsed(text: str, values: Mapping[str, Value]) -> list[Block]:
    """The blocks of a text with its values filled in. Raises MarkupFault on a slot that has no value."""
    blocks: list[Block] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        table = _TABLE.fullmatch(line)
        if table is not None:
            blocks.append(_table(number, table[1], table[2], values))
        elif line.startswith("@"):
            raise MarkupFault(number, line.split()[0])
        elif line.startswith("## "):
            blocks.append(Heading(2, _runs(number, line[3:], values)))
        elif line.startswith("# "):
            blocks.append(Heading(1, _runs(number, line[2:], values)))
        else:
            blocks.append(Paragraph(_runs(number, line, values)))
    return blocks


def _runs(number: int, text: str, values: Mapping[str, Value], prefix: str = "") -> tuple[Run, ...]:
    runs: list[Run] = []
    cursor = 0
    for found in SLOT.finditer(text):
        code = f"{prefix}{found[1]}"
        if code not in values:
            raise MarkupFault(number, f"{{{code}}}")
        runs += [text[cursor : found.start()], Slot(code, values[code].text)]
        cursor = found.end()
    runs.append(text[cursor:])
    return tuple(run for run in runs if run != "")


def _table(number: int, name: str, columns: str, values: Mapping[str, Value]) -> Table:
    pairs = [_COLUMN.fullmatch(column) for column in columns.split(";") if column.strip()]
    if not pairs or not all(pairs):
        raise MarkupFault(number, columns)
    labels = tuple(pair[1] for pair in pairs if pair)
    cells = [pair[2] for pair in pairs if pair]
    rows = [
        tuple(_runs(number, cell, values, f"{name}.{place}.") for cell in cells)
        for place in range(rows_of(values, name))
    ]
    return Table(labels, tuple(rows) or ((("—",), *[()] * (len(labels) - 1)),))


def cells_of(blocks: Sequence[Block]) -> dict[str, tuple[str, int]]:
    """Of every slot in a table: the label of its column, the number of its row."""
    return {
        run.code: (label, number)
        for block in blocks
        if isinstance(block, Table)
        for number, row in enumerate(block.rows, 1)
        for label, runs in zip(block.labels, row, strict=True)
        for run in runs
        if isinstance(run, Slot)
    }


def texts_of(block: Block) -> Iterator[tuple[Run, ...]]:
    """The lines of runs of a block, in reading order; the labels of a table first."""
    if isinstance(block, Table):
        yield from ((label,) for label in block.labels)
        for row in block.rows:
            yield from row
    else:
        yield block.runs


def shown(runs: Sequence[Run]) -> str:
    """Runs as plain text."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


def slots_of(blocks: Sequence[Block]) -> list[Slot]:
    """Every slot in reading order; one code may stand in several places."""
    return [run for block in blocks for runs in texts_of(block) for run in runs if isinstance(run, Slot)]


def plain_text(blocks: Sequence[Block]) -> str:
    """The paper as lines of text."""
    return "\n".join(shown(runs) for block in blocks for runs in texts_of(block))
