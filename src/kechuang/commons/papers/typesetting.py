# SPDX-License-Identifier: Apache-2.0
"""A paper as PDF, set by typst in free fonts, with the QR code of its check page (排版)."""

from __future__ import annotations

import functools
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst
from pypdf import PdfReader

from kechuang.commons.papers.layout import column_shares, signature_indents, size_of
from kechuang.commons.papers.letterhead import Letterhead
from kechuang.commons.papers.markup import Block, Heading, Table, shown

SHEET = Path(__file__).with_name("paper.typ")
SCALES = tuple(points / 16 for points in range(16, 8, -1))
"""From 三号 (16 points) as the standard has it down to 小五 (9), the smallest that people read."""


@functools.cache
def _fonts() -> Any:
    return typst.Fonts(
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)], include_system_fonts=False
    )


def fitted(head: Letterhead, blocks: Sequence[Block]) -> Letterhead:
    """With the largest type in which a paper of one page (一页纸) stands on one; others as they are."""
    if not head.one_page:
        return head
    for scale in SCALES:
        head = replace(head, scale=scale)
        if len(PdfReader(io.BytesIO(as_pdf(head, blocks))).pages) == 1:
            break
    return head


def as_pdf(head: Letterhead, blocks: Sequence[Block]) -> bytes:
    """The file. Texts reach the sheet as data, so nothing in them is read as typst."""
    told = {
        "issuer": head.issuer,
        "title": head.title,
        "number": head.number,
        "date": head.date,
        "address": head.check_address,
        "digest": head.digest,
        "wide": head.wide,
        "scale": head.scale,
        "indents": signature_indents(head.issuer, head.date) if head.issuer and head.date else (2, 2),
        "blocks": [_told(block, wide=head.wide) for block in blocks],
    }
    files: dict[str, bytes] = {"main.typ": SHEET.read_bytes(), "paper.json": json.dumps(told).encode()}
    if head.check_address:
        files["check.svg"] = qr_svg(head.check_address)
    made = typst.compile(files, font_paths=_fonts(), format="pdf")
    assert isinstance(made, bytes)
    return made


def qr_svg(address: str) -> bytes:
    """The QR code of an address as SVG."""
    file = io.BytesIO()
    segno.make(address, error="m").save(
        file, kind="svg", scale=3, xmldecl=False, svgclass=None, lineclass=None
    )
    return file.getvalue()


def _told(block: Block, *, wide: bool) -> dict[str, Any]:
    if isinstance(block, Table):
        rows = [[shown(cell) for cell in row] for row in block.rows]
        return {
            "kind": "table",
            "labels": list(block.labels),
            "rows": rows,
            "shares": column_shares(block, wide=wide),
            "size": size_of(block),
        }
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": shown(block.runs)}
    return {"kind": "paragraph", "text": shown(block.runs)}
