# SPDX-License-Identifier: Apache-2.0
"""Lines and tables of a Word, their runs in official fonts, each slot in a content control (段落与表格)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from kechuang.commons.papers.fonts import BODY, HEAD
from kechuang.commons.papers.layout import column_shares, size_of
from kechuang.commons.papers.markup import Run, Slot, Table

TAG, FRAME, CELL = "kc:", "Kechuang frame", "Kechuang cell"
LINE, SIZE, LEAST = Pt(28.95), Pt(16), 0.7  # the least scale of a table, smaller than the text already
CENTER, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def room_of(word: Docx) -> Length:
    """How wide the text may be."""
    section: Any = word.sections[0]
    return Length(section.page_width - section.left_margin - section.right_margin)


def line(
    word: Docx,
    runs: Sequence[Run],
    font: str,
    *,
    size: Length = SIZE,
    align: Any = None,
    bold: bool = False,
    frame: bool = False,
) -> DocxParagraph:
    """A paragraph of official line distance; ``frame``: it stands around the text."""
    paragraph = word.add_paragraph(style=FRAME if frame else None)
    shape = paragraph.paragraph_format
    pitch = max(LINE, Pt(size.pt * 1.5)) if size >= SIZE else Length(int(LINE * size / SIZE))
    shape.line_spacing, shape.space_after, shape.alignment = pitch, Pt(0), align
    fill(paragraph, runs, font, size, bold=bold)
    return paragraph


def fill(
    paragraph: DocxParagraph, runs: Sequence[Run], font: str, size: Length, *, bold: bool = False
) -> None:
    """Put runs into a paragraph."""
    for run in runs:
        made = paragraph.add_run(run if isinstance(run, str) else run.text)
        made.font.name, made.font.size, made.font.bold = font, size, bold
        made._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if isinstance(run, Slot):
            _control(made._element, run.code)


def _control(element: Any, code: str) -> None:
    """Put a run into a content control of its own."""
    control, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    for name in ("w:alias", "w:tag"):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), f"{TAG}{code}")
        properties.append(mark)
    properties.append(OxmlElement("w:text"))
    element.addprevious(control)
    content.append(element)
    control.extend((properties, content))


def table(word: Docx, block: Table, scale: float = 1.0) -> None:
    """As wide as the text; a column is as wide as what stands in it asks; rows are not torn, the head is repeated."""
    room, size = room_of(word), Pt(size_of(block) * max(scale, LEAST))
    made = word.add_table(rows=1, cols=len(block.labels))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    wide = word.sections[0].orientation == WD_ORIENT.LANDSCAPE
    widths = [Length(int(room * share)) for share in column_shares(block, wide=wide)]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    style = _cell_style(word, size)
    for place, row in enumerate([tuple((label,) for label in block.labels), *block.rows]):
        cells = (made.rows[0] if place == 0 else made.add_row()).cells
        made.rows[place]._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for cell, runs, width in zip(cells, row, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.style, paragraph.alignment = style, None if place else CENTER
            fill(paragraph, runs, BODY if place else HEAD, size)


def _cell_style(word: Docx, size: Length) -> Any:
    """The style of cells: some programs give a lone content control the type of its paragraph."""
    name = f"{CELL} {size.pt:g}"
    if name in word.styles:
        return word.styles[name]
    style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.font.size = word.styles["Normal"], size
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = 1.0, Pt(0)
    return style
