# SPDX-License-Identifier: Apache-2.0
"""Files as offices hand them in, made on the spot: Word with numbering and tables, PDF with Chinese text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

PLAN = """云川市科学技术局2020年工作要点
一、主要目标
高新技术企业突破600家；技术合同成交额增长12%以上。
二、重点任务
（一）完善区域创新体系
1.编制科技创新规划。开展前瞻性课题研究，形成规划初稿。（责任处室：甲处、乙处、丙处）
2.推进平台建设。新建重点实验室5家以上。部署“双百工程”重大科技研发项目。（责任处室：乙处、丁处）
（二）促进成果转化
3.建立对接机制。组织常态化对接活动，建立项目库。（责任处室：丙处）
"""

_NUMBERING = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="（%2）"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%3."/><w:lvlRestart w:val="0"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def word(
    *lines: str | tuple[str, int] | tuple[str, int, str], tables: Sequence[Sequence[Sequence[str]]] = ()
) -> bytes:
    """A .docx: plain lines, lines numbered by Word as (text, level) or (text, level, list), then tables."""
    document = docx.Document()
    part = document.part.numbering_part
    part._element = parse_xml(_NUMBERING.format(ns=nsdecls("w")))
    for line in lines:
        text, level, number = (line, None, "") if isinstance(line, str) else (*line, "7")[:3]
        paragraph = document.add_paragraph(text)
        if level is not None:
            xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(xml))
    for rows in tables:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """The package with one part put in or replaced."""
    source, target = zipfile.ZipFile(io.BytesIO(package)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in source.infolist():
            if part.filename != name:
                made.writestr(part, source.read(part))
        made.writestr(name, content)
    return target.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(package)).read(name)


def pdf(*pages: str) -> bytes:
    """A PDF whose pages hold the lines as text, drawn with a font that names its signs (ToUnicode)."""
    signs = sorted(set("".join(pages)) - {"\n"})
    codes = {sign: f"{place:04X}" for place, sign in enumerate(signs, 1)}
    mapping = "\n".join(
        f"<{code}> <{sign.encode('utf-16-be').hex().upper()}>" for sign, code in codes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    contents = []
    for page in pages:
        lines = [f"<{''.join(codes[sign] for sign in line)}> Tj T*" for line in page.split("\n") if line]
        contents.append(f"BT /F1 12 Tf 14 TL 50 780 Td {' '.join(lines)} ET" if lines else "")
    kids = " ".join(f"{7 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /CIDSystemInfo 6 0 R >>",
        _stream(cmap),
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
    ]
    for place, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {8 + 2 * place} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(_stream(content))
    return _file(objects)


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


__all__ = ["PLAN", "part_of", "pdf", "qn", "saved", "with_part", "word"]
