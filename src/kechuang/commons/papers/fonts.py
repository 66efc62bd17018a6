# SPDX-License-Identifier: Apache-2.0
"""Fonts of official papers (公文字体), and the free ones that take their place."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

BODY, HEAD, TITLE, DIGITS = "FangSong", "SimHei", "FZXiaoBiaoSong-B05S", "SimSun"
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"  # under the SIL Open Font License
FREE = {BODY: SERIF, HEAD: SANS, TITLE: SERIF, DIGITS: SERIF}


def name_free_fonts(word: Docx) -> None:
    """Say in the table of fonts which free one stands in where the customary one is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{free}"/><w:charset w:val="86"/></w:font>'
        for name, free in FREE.items()
    )
    table = parse_xml(f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>")
    part = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = serialize_part_xml(table)  # noqa: SLF001 -- python-docx keeps the part as bytes, with no setter
