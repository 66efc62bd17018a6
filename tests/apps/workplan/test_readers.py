# SPDX-License-Identifier: Apache-2.0
"""Reading files: every encoding and container that offices use, and a clear word for each that cannot be read."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from apps.workplan._files import PLAN, part_of, pdf, saved, with_part, word
from kechuang.apps.workplan.readers import MOST_BYTES, check_size, packages, read_source
from kechuang.apps.workplan.readers.numbering import numeral
from kechuang.commons.kernel.problems import Problem
from kechuang.engines.plandoc import parse_plan

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def refused(name: str, data: bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        read_source(name, data)
    assert caught.value.field == "file"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "gb18030", "gbk"]
)
def test_text_is_read_in_every_encoding_offices_use(encoding: str) -> None:
    assert read_source("要点.txt", PLAN.encode(encoding)).text == PLAN


def test_what_a_file_is_does_not_depend_on_its_name() -> None:
    assert read_source("要点.docx", PLAN.encode("gb18030")).text == PLAN
    assert "编制规划" in read_source("要点.txt", word("编制规划")).text


def test_line_ends_become_one_kind_and_signs_nobody_can_store_go() -> None:
    text = "一\r\n二\r三\x0b四\ufeff\x01五" + "推进平台建设。" * 40
    assert read_source("a.txt", text.encode()).text.startswith("一\n二\n三\n四五推进")


def test_four_byte_characters_of_gb18030_are_kept() -> None:
    text = "推进𠮷祥企业技术创新中心建设，完善创新体系"
    assert read_source("a.txt", text.encode("gb18030")).text == text


def test_traditional_text_in_gbk_is_read() -> None:
    text = "優化創新創業環境，推動科技成果轉化，提升企業技術創新能力，加強人才隊伍建設。"
    assert read_source("a.txt", text.encode("gbk")).text == text


def test_text_in_another_encoding_is_refused_by_name_of_those_that_work() -> None:
    problem = refused("要點.txt", "優化創新環境，推動科技成果轉化，提升企業能力".encode("big5") * 3)
    assert "GB18030" in problem.what
    assert "UTF-8" in problem.remedy


def test_truncated_utf_16_is_refused() -> None:
    assert "GB18030" in refused("a.txt", PLAN.encode("utf-16")[:-1]).what


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"\x00" * 4000, b"\x7fELF\x02\x01\x01" + bytes(300)]
)
def test_binary_is_refused(data: bytes) -> None:
    assert "文本" in refused("a.txt", data).what


def test_empty_and_blank_files_are_refused() -> None:
    assert "是空的" in refused("空.txt", b"").what
    assert "没有文字" in refused("空.txt", b" \n\t\xe3\x80\x80\n").what
    assert "没有文字" in refused("空.docx", word()).what


def test_a_file_too_large_is_refused_by_its_length_alone() -> None:
    check_size("a.txt", MOST_BYTES)
    with pytest.raises(Problem, match=r"50 MB.*20 MB"):
        check_size("大.txt", 50 * 1024 * 1024)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        (OLE + "Workbook".encode("utf-16-le"), "表格"),
        (OLE, "旧版 Office"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        (b"<!DOCTYPE html><html><body>1</body></html>", "网页"),
    ],
)
def test_other_kinds_of_files_are_called_by_their_names(data: bytes, words: str) -> None:
    assert words in refused("a.docx", data).what


def test_word_gives_paragraphs_and_tables_in_the_order_of_the_page() -> None:
    document = docx.Document()
    document.add_paragraph("前言")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "甲", "乙"
    document.add_paragraph("结尾")
    source = read_source("a.docx", saved(document))
    assert source.text == "前言\n甲\t乙\n结尾\n"
    assert source.tables[0].rows == (("甲", "乙"),)
    assert [source.text[slice(*span)] for span in source.tables[0].spans[0]] == ["甲", "乙"]


def test_numbers_that_word_counts_are_written_out() -> None:
    data = word(
        ("主要目标", 0), ("重点任务", 0), ("完善体系", 1), ("编制规划", 2), ("推进平台", 2), ("成果转化", 1),
        ("建立机制", 2), ("保障", 0), ("另起", 0, "8"), "不编号",
    )  # fmt: skip
    assert read_source("a.docx", data).text.split("\n")[:-1] == [
        "一、主要目标", "二、重点任务", "（一）完善体系", "1.编制规划", "2.推进平台", "（二）成果转化",
        "3.建立机制", "三、保障", "五、另起", "不编号",
    ]  # fmt: skip


def test_numbers_of_a_style_are_written_out_too() -> None:
    document = docx.Document()
    plain = docx.Document(io.BytesIO(word()))
    document.part.numbering_part._element = plain.part.numbering_part._element
    style = document.styles.add_style("条", 1)
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="2"/><w:numId w:val="7"/></w:numPr>')
    )
    based = document.styles.add_style("细条", 1)
    based.base_style = style
    for name in ("条", "细条"):
        document.add_paragraph("推进", style=name)
    assert read_source("a.docx", saved(document)).text == "1.推进\n2.推进\n"


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (10, "chineseCounting", "十"), (21, "chineseCounting", "二十一"), (105, "chineseCounting", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"), (2019, "ideographDigital", "二〇一九"),
        (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"), (3, "decimalFullWidth", "３"), (7, "unknownForm", "7"),
    ],
)  # fmt: skip
def test_numerals_are_written_as_word_writes_them(number: int, form: str, written: str) -> None:
    assert numeral(number, form) == written


def test_deleted_text_is_left_out_and_inserted_text_is_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("建设")
    ns = nsdecls("w")
    paragraph._p.append(
        parse_xml(f'<w:del {ns} w:id="1" w:author="a"><w:r><w:delText>十个</w:delText></w:r></w:del>')
    )
    paragraph._p.append(
        parse_xml(f'<w:ins {ns} w:id="2" w:author="a"><w:r><w:t>八个园区</w:t></w:r></w:ins>')
    )
    assert read_source("a.docx", saved(document)).text == "建设八个园区\n"


def test_text_inside_content_controls_is_read() -> None:
    document = docx.Document()
    xml = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>推进平台建设</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(xml))
    assert read_source("a.docx", saved(document)).text == "推进平台建设\n"


def test_merged_cells_keep_the_columns_in_line() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("序号", "任务", "处室"), ("1", "甲事", "一处"), ("2", "乙事", "")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    source = read_source("a.docx", saved(document))
    assert source.tables[0].rows == (("序号", "任务", "处室"), ("1", "甲事", "一处"), ("2", "乙事", ""))


def test_a_plan_in_a_word_table_is_parsed_with_places_in_the_text() -> None:
    rows = [
        ("序号", "工作任务", "责任处室"),
        ("1", "编制科技创新规划", "甲处"),
        ("2", "推进平台建设", "乙处、丙处"),
    ]
    source = read_source("a.docx", word("云川市2020年工作要点", tables=[rows]))
    proposal = parse_plan(source.text, tables=source.tables)
    assert [(task.number, task.title) for task in proposal.tasks] == [
        ("1", "编制科技创新规划"), ("2", "推进平台建设"),
    ]  # fmt: skip
    assert source.text[slice(*proposal.tasks[1].title_span)] == "推进平台建设"


def test_a_damaged_package_is_refused() -> None:
    whole = word("编制规划")
    assert "损坏" in refused("a.docx", whole[: len(whole) // 2]).what
    assert "损坏" in refused("a.docx", with_part(whole, "word/document.xml", b"<w:document")).what
    assert "损坏" in refused("a.docx", with_part(whole, "[Content_Types].xml", b"")).what


def test_other_packages_are_called_by_their_names() -> None:
    def package(*names: str) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as made:
            for name in names:
                made.writestr(name, "x")
        return file.getvalue()

    assert "表格" in refused("a.xlsx", package("xl/workbook.xml")).what
    assert "演示文稿" in refused("a.pptx", package("ppt/presentation.xml")).what
    assert "压缩包" in refused("a.zip", package("要点.txt")).what


def test_a_package_locked_by_a_password_is_told() -> None:
    whole = bytearray(word("编制规划"))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        cursor = whole.find(sign)
        while cursor >= 0:
            whole[cursor + place] |= 1
            cursor = whole.find(sign, cursor + 4)
    assert "打开密码" in refused("a.docx", bytes(whole)).what


def test_a_package_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(word("编制规划"), "word/media/image1.bin", bytes(packages.MOST_UNPACKED + 1))
    assert len(bomb) < 1024 * 1024
    begun = time.perf_counter()
    assert "展开后超过" in refused("a.docx", bomb).what
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_package_with_entities_is_refused(encoding: str) -> None:
    whole = word("编制规划")
    body = part_of(whole, "word/document.xml").decode()
    body = body.split("?>", 1)[1]
    trap = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{body}'
    assert "外部内容" in refused("a.docx", with_part(whole, "word/document.xml", trap.encode(encoding))).what


def test_pdf_gives_its_text_page_by_page() -> None:
    source = read_source("a.pdf", pdf("1.编制科技创新规划。\n开展课题研究。", "2.推进平台建设。"))
    assert source.text == "1.编制科技创新规划。\n开展课题研究。\n2.推进平台建设。"
    assert source.tables == ()


def test_radicals_that_stand_for_characters_are_read_as_characters() -> None:
    assert read_source("a.pdf", pdf("推进⼯业⽣产技术创新")).text == "推进工业生产技术创新"


def test_a_scanned_pdf_is_told_from_one_with_text() -> None:
    assert "扫描件" in refused("扫描.pdf", pdf("", "")).what


def test_a_locked_pdf_is_refused_and_one_locked_against_changes_only_is_read() -> None:
    def locked(user: str) -> bytes:
        writer, file = PdfWriter(PdfReader(io.BytesIO(pdf("推进平台建设。编制规划。")))), io.BytesIO()
        writer.encrypt(user_password=user, owner_password="o", algorithm="RC4-128")
        writer.write(file)
        return file.getvalue()

    assert "打开密码" in refused("a.pdf", locked("secret")).what
    assert read_source("a.pdf", locked("")).text == "推进平台建设。编制规划。"


def test_a_damaged_pdf_is_refused() -> None:
    whole = pdf("推进平台建设。编制规划。")
    assert "损坏" in refused("a.pdf", whole[:40]).what
    assert "损坏" in refused("a.pdf", b"%PDF-1.7\n" + bytes(500)).what


def test_one_line_of_two_megabytes_is_read_and_parsed() -> None:
    line = PLAN.replace("\n", "") * 3
    text = "推进平台建设，完善创新体系。" * (2 * 1024 * 1024 // 42) + line
    data = text.encode()
    assert len(data) > 2 * 1024 * 1024
    source = read_source("长.txt", data)
    assert source.text == text
    assert parse_plan(source.text).tasks
