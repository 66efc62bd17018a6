# SPDX-License-Identifier: Apache-2.0
"""A paper as Word, PDF and Excel; a Word that came back."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.papers.comparison import compare
from kechuang.commons.papers.markup import Value, flat, parsed
from kechuang.commons.papers.typesetting import as_pdf
from kechuang.commons.papers.word import Letterhead, as_word, read_word
from kechuang.commons.papers.workbook import as_workbook

VALUES = {
    "n": Value("1,836", "高新技术企业"),
    "rate": Value("2.64%", "研发投入强度"),
    **flat(
        "tasks",
        [{"no": Value("1"), "title": Value("系统布局")}, {"no": Value("2"), "title": Value("体系建设")}],
    ),
}
TEXT = "# 一、指标\n全市高新技术企业{n}家，研发投入强度{rate}。\n# 二、任务\n@table tasks: 序号={no}; 任务={title}\n"
BLOCKS = parsed(TEXT, VALUES)
HEAD = Letterhead(
    "演示市科学技术局",
    "进展情况的报告",
    "演科〔2019〕1号",
    "2019年10月15日",
    "http://127.0.0.1:8000/papers/verify/abc/",
)


def retouched(data: bytes, **changes: str) -> bytes:
    """The Word with texts replaced, as a person would in an office program."""
    document = docx.Document(io.BytesIO(data))
    for text in document.element.body.iter(qn("w:t")):
        text.text = changes.get(text.text, text.text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def without_controls(data: bytes) -> bytes:
    """The Word as a program leaves it that knows no content controls."""
    document = docx.Document(io.BytesIO(data))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for child in list(control.find(qn("w:sdtContent"))):
            control.addprevious(child)
        control.getparent().remove(control)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_word_has_the_margins_and_type_of_the_official_layout():
    document = docx.Document(io.BytesIO(as_word(HEAD, BLOCKS)))
    section = document.sections[0]
    assert [
        round(side.cm, 1) for side in (section.top_margin, section.bottom_margin, section.left_margin)
    ] == [3.7, 3.5, 2.8]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:2] == ["演科〔2019〕1号", "进展情况的报告"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["序号", "任务"]


def test_untouched_word_comes_back_without_a_difference():
    returned = read_word(as_word(HEAD, BLOCKS))
    found = compare(BLOCKS, returned.text, returned.controls)
    assert len(found.slots) == 6
    assert found.differing == []


@pytest.mark.parametrize(
    "treated", [lambda data: data, without_controls], ids=["controls kept", "controls dropped"]
)
def test_every_changed_value_is_marked_and_no_other(treated):
    data = treated(retouched(as_word(HEAD, BLOCKS), **{"1,836": "1,863", "系统布局": "系统布置"}))
    returned = read_word(data)
    found = compare(BLOCKS, returned.text, returned.controls)
    assert [(one.code, one.ours, one.theirs) for one in found.differing] == [
        ("n", "1,836", "1,863"),
        ("tasks.0.title", "系统布局", "系统布置"),
    ]


def test_reworded_sentence_around_an_unchanged_value_is_no_difference_of_data():
    data = retouched(
        as_word(HEAD, BLOCKS), **{"全市高新技术企业": "截至目前，全市有效期内高企已达", "1,836": "1836"}
    )
    returned = read_word(data)
    assert compare(BLOCKS, returned.text, returned.controls).differing == []


def test_deleted_value_is_told_as_gone():
    data = retouched(as_word(HEAD, BLOCKS), **{"2.64%": ""})
    returned = read_word(data)
    assert [(one.code, one.fate) for one in compare(BLOCKS, returned.text, returned.controls).differing] == [
        ("rate", "gone")
    ]


def test_pdf_holds_the_text_and_embeds_its_fonts():
    reader = PdfReader(io.BytesIO(as_pdf(HEAD, BLOCKS)))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert "全市高新技术企业1,836家，研发投入强度2.64%。" in text
    assert "演科〔2019〕1号" in text
    fonts = [font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert {font.split("+")[-1].split("-")[0] for font in fonts} == {"NotoSerifSC", "NotoSansSC"}


def test_pdf_reads_nothing_in_a_text_as_typst():
    hostile = parsed("#panic[x] $x$ \\ *a* @b\n{x}\n", {"x": Value('"]} #import "/etc/passwd"')})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(HEAD, hostile))).pages)
    assert '#import "/etc/passwd"' in text


def test_workbook_has_a_sheet_a_table_and_only_texts():
    blocks = parsed("# 清单\n@table t: 名称={a}", flat("t", [{"a": Value('=HYPERLINK("http://x")')}]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook("标题", blocks)))
    assert book.sheet_names == ["1 清单"]
    assert book.get_sheet_by_index(0).to_python() == [["名称"], ['=HYPERLINK("http://x")']]


def test_paper_without_a_table_has_no_workbook():
    with pytest.raises(Problem):
        as_workbook("标题", parsed("一段", {}))


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (201 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"no zip", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", bomb()],
    ids=["empty", "text", "broken", "doc", "bomb"],
)
def test_file_that_is_no_word_is_refused_with_a_remedy(data):
    with pytest.raises(Problem) as told:
        read_word(data)
    assert told.value.field == "file"
    assert told.value.remedy
