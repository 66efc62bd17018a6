# SPDX-License-Identifier: Apache-2.0
"""A paper as Word, PDF and Excel; a Word that came back."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.papers.comparison import compare
from kechuang.commons.papers.layout import column_shares, signature_indents, width_of
from kechuang.commons.papers.letterhead import Letterhead
from kechuang.commons.papers.markup import Value, flat, parsed, plain_text
from kechuang.commons.papers.reading import read_word
from kechuang.commons.papers.typesetting import as_pdf, fitted
from kechuang.commons.papers.word import as_word
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
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[:4] == ["演示市科学技术局", "演科〔2019〕1号", "进展情况的报告", "一、指标"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["序号", "任务"]
    assert document.core_properties.author == "演示市科学技术局"


def test_word_numbers_odd_pages_on_the_right_and_even_ones_on_the_left():
    document = docx.Document(io.BytesIO(as_word(HEAD, BLOCKS)))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (section.footer, section.even_page_footer)]
    assert sides == [WD_ALIGN_PARAGRAPH.RIGHT, None]
    for footer in (section.footer, section.even_page_footer):
        fields = list(footer._element.iter(qn("w:fldSimple")))
        assert [field.get(qn("w:instr")) for field in fields] == ["PAGE"]


def test_word_names_a_free_font_beside_every_customary_one():
    with zipfile.ZipFile(io.BytesIO(as_word(HEAD, BLOCKS))) as package:
        fonts, body = package.read("word/fontTable.xml").decode(), package.read("word/document.xml").decode()
    used = set(re.findall(r'w:eastAsia="([^"]+)"', body))
    assert used == {"FangSong", "SimHei", "FZXiaoBiaoSong-B05S"}
    assert [name for name in used if f'<w:font w:name="{name}"><w:altName w:val="Noto' not in fonts] == []


def test_word_keeps_the_order_of_the_schema_where_office_programs_ask_for_it():
    order = ["pStyle", "keepNext", "keepLines", "pBdr", "spacing", "ind", "jc"]
    document = docx.Document(io.BytesIO(as_word(HEAD, BLOCKS)))
    for properties in document.element.body.iter(qn("w:pPr")):
        names = [child.tag.split("}")[1] for child in properties if child.tag.split("}")[1] in order]
        assert names == sorted(names, key=order.index)


def test_word_shows_the_code_of_the_check_page_and_the_digest():
    document = docx.Document(io.BytesIO(as_word(replace(HEAD, digest="ab12" * 16), BLOCKS)))
    assert len(document.inline_shapes) == 1
    assert [HEAD.check_address in document.paragraphs[-2].text, "ab12" in document.paragraphs[-1].text] == [
        True,
        True,
    ]


def test_columns_share_the_width_by_what_stands_in_them():
    rows = [{"a": Value("1"), "b": Value("增长 15.3%"), "c": Value("一段很长的说明" * 12)}]
    [table] = parsed("@table t: 序号={a}; 现值={b}; 说明={c}", flat("t", rows))
    shares = column_shares(table, wide=False)
    assert sum(shares) == pytest.approx(1, abs=0.001)
    assert shares[0] < shares[1] < shares[2]
    assert shares[1] * 442 / 12 > width_of("15.3%") + 1  # a number is not broken


@pytest.mark.parametrize(
    ("issuer", "date", "indents"),
    [
        ("演示市科学技术局办公室", "2019年10月1日", (2.0, 4.5)),
        ("科技局", "2019年10月15日", (8.0, 2.0)),
    ],
    ids=["longer than the date", "shorter than the date"],
)
def test_issuer_and_date_stand_as_the_standard_has_them(issuer, date, indents):
    assert signature_indents(issuer, date) == indents


def test_untouched_word_comes_back_without_a_difference():
    returned = read_word(as_word(HEAD, BLOCKS))
    found = compare(BLOCKS, returned.text, returned.controls)
    assert len(found.slots) == 6
    assert found.differing == []


def test_frame_of_the_word_is_no_difference_of_wording_and_its_title_is_compared():
    returned = read_word(as_word(HEAD, BLOCKS))
    found = compare(BLOCKS, returned.text, returned.controls, title=HEAD.title)
    assert [op for op, _text in found.segments] == ["equal"]
    renamed = read_word(retouched(as_word(HEAD, BLOCKS), 进展情况的报告="进展情况的通报"))
    found = compare(BLOCKS, renamed.text, renamed.controls, title=HEAD.title)
    assert [text for op, text in found.segments if op != "equal"] == ["通", "告"]
    assert found.differing == []


def test_long_text_is_compared_in_a_moment():
    blocks = parsed("".join(f"第{n}段的文字。\n" for n in range(4000)), {})
    theirs = plain_text(blocks).replace("第2000段的文字", "第二千段的话")
    began = time.perf_counter()
    found = compare(blocks, theirs, {})
    assert time.perf_counter() - began < 5
    assert [text for op, text in found.segments if op == "insert"] == ["二千", "话"]


def test_two_long_texts_that_share_nothing_are_not_set_sign_against_sign():
    found = compare(parsed("甲" * 50_000, {}), "乙" * 50_000, {})
    assert [op for op, _text in found.segments] == ["delete", "insert"]


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


@pytest.mark.parametrize(
    "treated", [lambda data: data, without_controls], ids=["controls kept", "controls dropped"]
)
@pytest.mark.parametrize(
    ("beside", "code", "ours", "theirs"),
    [
        ({"家，研发投入强度": "0家，研发投入强度"}, "n", "1,836", "1,8360"),
        ({"家，研发投入强度": "万家，研发投入强度"}, "n", "1,836", "1,836万"),
        ({"家，研发投入强度": ".5家，研发投入强度"}, "n", "1,836", "1,836.5"),
        ({"全市高新技术企业": "全市高新技术企业2"}, "n", "1,836", "21,836"),
        ({"家，研发投入强度": "家，研发投入强度-"}, "rate", "2.64%", "-2.64%"),
    ],
)
def test_figure_that_grew_at_its_edge_is_marked(treated, beside, code, ours, theirs):
    returned = read_word(treated(retouched(as_word(HEAD, BLOCKS), **beside)))
    found = compare(BLOCKS, returned.text, returned.controls)
    assert [(one.code, one.ours, one.theirs) for one in found.differing] == [(code, ours, theirs)]


def test_unit_taken_from_behind_a_figure_is_marked():
    blocks = parsed("投入{n}万元。\n", VALUES)
    found = compare(blocks, "投入1,836元。", {"n": ["1,836"]})
    assert [(one.ours, one.theirs) for one in found.differing] == [("1,836万", "1,836")]


def test_comma_after_a_figure_is_no_difference_of_data():
    found = compare(parsed("现有{n}，其中\n", VALUES), "现有1,836。其中", {})
    assert found.differing == []


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


def test_pdf_has_the_signature_on_the_right():
    page = PdfReader(io.BytesIO(as_pdf(HEAD, BLOCKS))).pages[0]
    places: dict[str, float] = {}
    page.extract_text(visitor_text=lambda text, at, _m, _f, _s: places.setdefault(text.strip(), at[4]))
    middle = float(page.mediabox.width) / 2
    assert next(at for text, at in places.items() if text.startswith("2019 年")) > middle


def test_paper_of_one_page_takes_the_largest_type_that_fits():
    plain = replace(HEAD, number="", check_address="")
    short, long = parsed("一段。\n" * 4, {}), parsed("一段。\n" * 30, {})
    brief = replace(plain, one_page=True)
    assert [fitted(brief, blocks).scale for blocks in (short, long)] == [1.0, 0.625]
    assert fitted(plain, long) == plain
    pages = [len(PdfReader(io.BytesIO(as_pdf(head, long))).pages) for head in (plain, fitted(brief, long))]
    assert pages == [2, 1]


def test_word_of_one_page_has_the_type_of_its_pdf():
    document = docx.Document(io.BytesIO(as_word(replace(HEAD, scale=0.75), BLOCKS)))
    body = next(one for one in document.paragraphs if one.text.startswith("全市"))
    assert (body.runs[0].font.size, body.paragraph_format.first_line_indent) == (Pt(12), Pt(24))
    assert body.paragraph_format.line_spacing == pytest.approx(Pt(28.95 * 0.75), rel=0.001)


def pages_of(rows: list[str], title: str = "台账") -> list[str]:
    """The texts of the pages of a PDF whose table has so many rows."""
    lines = [{"no": Value(str(place)), "text": Value(text)} for place, text in enumerate(rows)]
    blocks = parsed("@table rows: 序号={no}; 进展={text}\n", flat("rows", lines))
    made = PdfReader(io.BytesIO(as_pdf(Letterhead("", title, "", ""), blocks))).pages
    return [re.sub(r"\s", "", page.extract_text()) for page in made]


def test_row_of_a_table_stands_on_one_page_unless_none_could_hold_it():
    pages = pages_of([f"甲{place}始{'进展顺利' * 60}乙{place}终" for place in range(12)])
    assert len(pages) > 2
    for place in range(12):
        (page,) = (one for one in pages if f"甲{place}始" in one)
        assert f"乙{place}终" in page
    endless = "".join(pages_of([f"始{'进展顺利' * 900}终"]))
    assert endless.count("顺") == 900
    assert endless.count("终") == 1


def test_day_in_brackets_at_the_end_of_a_title_is_not_torn_in_two():
    title = "关于二〇一九年重点任务进展情况的通报（截至2019年10月15日）"
    made = PdfReader(io.BytesIO(as_pdf(Letterhead("", title, "", ""), BLOCKS))).pages[0]
    lines = [re.sub(r"\s", "", line) for line in made.extract_text().splitlines()]
    assert "（截至2019年10月15日）" in lines


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


def test_word_of_endless_text_is_refused():
    document = docx.Document()
    document.add_paragraph("字" * 300_001)
    file = io.BytesIO()
    document.save(file)
    with pytest.raises(Problem) as told:
        read_word(file.getvalue())
    assert told.value.field == "file"


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
