# SPDX-License-Identifier: Apache-2.0
"""Word (.docx): paragraphs and tables in the order of the document, numbering written out, deletions left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.oxml.ns import qn

from kechuang.apps.workplan.readers.numbering import Numbering
from kechuang.apps.workplan.readers.packages import checked_package, damaged
from kechuang.apps.workplan.readers.source import SourceText, storable
from kechuang.commons.kernel.problems import Problem
from kechuang.engines.plandoc import Table
from kechuang.engines.plandoc.proposal import Span

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _DELETED, _DRAWN = qn("w:t"), qn("w:del"), qn("w:txbxContent")
_LEFT_OUT: Final = {_DELETED, _DRAWN, qn("w:moveFrom"), qn("w:instrText")}
_SIGNS: Final = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
Cell = tuple[str, Span]


def read_word(data: bytes) -> SourceText:
    """The text with its tables. Raises Problem where the package is locked, damaged or dangerous."""
    package = checked_package(data)
    try:
        document = docx.Document(package)
        page = _Page(Numbering(document))
        page.read(document.element.body)
    except Problem:
        raise
    except Exception:  # noqa: BLE001 -- a damaged package fails in any way at all
        raise damaged() from None
    return SourceText(page.text, tuple(page.tables))


class _Page:
    """Collects the text; tables remember where their cells stand in it."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering, self._pieces, self._length = numbering, list[str](), 0
        self.tables: list[Table] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def read(self, parent: Any) -> None:
        """Paragraphs and tables below an element; frames around them (content controls, insertions) are looked into."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                self._put(f"{self._paragraph(child)}\n")
            elif child.tag == _TABLE:
                self._table(child)
            elif child.tag not in _LEFT_OUT:
                self.read(child)

    def _put(self, text: str) -> Span:
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start, self._length

    def _paragraph(self, paragraph: Any) -> str:
        text, label = storable(_text_of(paragraph)).strip(), self._numbering.label(paragraph)
        gap = " " if label and label[-1].isalnum() else ""
        return f"{label}{gap}{text}" if text else ""

    def _table(self, table: Any) -> None:
        rows: list[tuple[Cell, ...]] = []
        for row in _rows(table):
            cells: list[Cell] = []
            for text in self._cells(row):
                if cells:
                    self._put("\t")
                cells.append((text, self._put(text)))
            self._put("\n")
            rows.append(tuple(cells))
        self.tables.append(
            Table(
                tuple(tuple(text for text, _span in row) for row in rows),
                tuple(tuple(span for _text, span in row) for row in rows),
            )
        )

    def _cells(self, row: Any) -> Iterator[str]:
        """One text for each column of the grid; what a merged cell covers is empty."""
        for cell in _below(row, _CELL):
            properties = cell.find(qn("w:tcPr"))
            span = _number(properties, "w:gridSpan")
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            covered = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
            yield "" if covered else "\n".join(filter(None, map(self._paragraph, cell.iter(_PARAGRAPH))))
            for _more in range(span - 1):
                yield ""


def _rows(table: Any) -> Iterator[Any]:
    yield from _below(table, _ROW)


def _below(parent: Any, tag: str) -> Iterator[Any]:
    """The nearest elements of a tag, looking through content controls and insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT and child.tag != _TABLE:
            yield from _below(child, tag)


def _number(properties: Any, name: str) -> int:
    found = properties.find(qn(name)) if properties is not None else None
    value = found.get(qn("w:val")) if found is not None else ""
    return min(int(value), 100) if value and value.isdecimal() else 1


def _text_of(element: Any) -> str:
    """The text of a paragraph as printed: without what was deleted, and without boxes drawn beside it."""
    pieces: list[str] = []
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        else:
            pieces.append(_text_of(child))
    return "".join(pieces)
