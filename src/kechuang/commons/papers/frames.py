# SPDX-License-Identifier: Apache-2.0
"""What stands around the text of a Word (版头、落款、页码、核验码), in the frame's own style."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.utils.translation import gettext as _
from docx.document import Document as Docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor

from kechuang.commons.papers.fonts import BODY, DIGITS, TITLE
from kechuang.commons.papers.layout import signature_indents
from kechuang.commons.papers.letterhead import Letterhead
from kechuang.commons.papers.lines import CENTER, FRAME, RIGHT, SIZE, fill, line, room_of

RED = RGBColor(0xC0, 0x00, 0x00)


def add_page_numbers(word: Docx) -> None:
    """Odd pages have theirs on the right, even ones on the left, one sign in (GB/T 9704-2012, 7.5)."""
    section: Any = word.sections[0]
    section.footer_distance = section.bottom_margin - Cm(0.7) - Pt(14)
    word.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, None)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        shape = paragraph.paragraph_format
        shape.alignment, shape.space_after = align, Pt(0)
        shape.left_indent = shape.right_indent = Pt(14)
        fill(paragraph, ("— ",), DIGITS, Pt(14))
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        fill(paragraph, ("1",), DIGITS, Pt(14))
        field.append(paragraph.runs[-1]._element)
        fill(paragraph, (" —",), DIGITS, Pt(14))


def add_mark(word: Docx, head: Letterhead) -> None:
    """The mark of the issuer in red, as large as its line holds, the number, the red line below (版头)."""
    if head.issuer:
        size = Pt(min(48, int(room_of(word).pt / len(head.issuer))))
        mark = line(word, (head.issuer,), TITLE, size=size, align=CENTER, frame=True)
        mark.paragraph_format.line_spacing = 1.0
        mark.runs[0].font.color.rgb = RED
        line(word, (), BODY, frame=True)
    number = line(word, (head.number,), BODY, align=CENTER, frame=True)
    number.paragraph_format.space_after = Pt(16)
    below = f'<w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/>'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{below}</w:pBdr>")
    number._p.get_or_add_pPr().find(qn("w:pStyle")).addnext(border)  # where the schema has it


def add_signature(word: Docx, head: Letterhead) -> None:
    """One line below the text: the issuer, and the date (7.3.5.3)."""
    size = Length(int(SIZE * head.scale))
    line(word, (), BODY, size=size, frame=True)
    texts = (head.issuer, head.date)
    for text, indent in zip(texts, signature_indents(*texts) if all(texts) else (2.0, 2.0), strict=True):
        if text:
            made = line(word, (text,), BODY, size=size, align=RIGHT, frame=True).paragraph_format
            made.right_indent, made.keep_together = Length(int(size * indent)), True


def add_check(word: Docx, head: Letterhead) -> None:
    """The QR code of the check page, its address, the beginning of the digest."""
    picture = io.BytesIO()
    segno.make(head.check_address, error="m").save(picture, kind="png", scale=6, border=1)
    picture.seek(0)
    code = word.add_paragraph(style=FRAME)
    code.paragraph_format.space_before, code.paragraph_format.space_after = Pt(12 * head.scale), Pt(0)
    code.paragraph_format.keep_with_next = True
    code.add_run().add_picture(picture, width=Cm(2))
    told = _("核验地址：%(address)s") % {"address": head.check_address}
    digest = _("内容摘要（SHA-256）：%(digest)s") % {"digest": head.digest}
    for text in (told, digest) if head.digest else (told,):
        line(word, (text,), BODY, size=Pt(9), frame=True).paragraph_format.line_spacing = 1.0
