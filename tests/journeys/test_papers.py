# SPDX-License-Identifier: Apache-2.0
"""A brief goes through four hands, is retouched in Word, and comes back with two figures that differ."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from docx.oxml.ns import qn

from harness.visitor import Visitor


@pytest.mark.journey
def test_a_brief_is_issued_by_four_people_and_its_retouched_word_is_compared(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.page
    address, title = draft(visitor)
    visitor.become("政策处长")
    visitor.open("/desk/")
    visitor.follow(title)
    visitor.press("核稿通过")
    visitor.become("高新处长")
    visitor.open(address)
    visitor.follow("会签")
    visitor.press("高新处会签")
    visitor.become("局领导")
    visitor.open(address)
    visitor.press("签发")
    assert "工作月报〔2019〕第6期" in page.locator("main").inner_text()
    check(visitor)

    visitor.become("政策处工作人员")
    visitor.open(address)
    word = download(visitor, "Word", tmp_path / "定稿.docx")
    changed = retouch(word)
    visitor.follow("上传改过的 Word")
    page.get_by_label("定稿文件").set_input_files(word)
    visitor.press("定稿回传")
    assert "有 2 处数据与系统不一致" in page.locator("[role=alert]").inner_text()
    rows = page.locator("table.kc-table tbody tr").all()
    assert [[cell.inner_text().strip() for cell in row.locator("td").all()] for row in rows] == changed
    visitor.open(address)
    assert "处数据与系统不一致" in page.locator("main").inner_text()
    assert "日志完整" in visitor.site.kechuang("journal", "verify")


def draft(visitor: Visitor) -> tuple[str, str]:
    """A monthly brief with a sentence of the drafter's own, handed on; its address and title."""
    page = visitor.page
    visitor.become("政策处工作人员")
    visitor.open("/papers/draft/")
    page.locator("form", has=page.get_by_role("button", name="月报", exact=True)).get_by_label(
        "数据截至"
    ).fill("2019-09-30")
    visitor.press("月报")
    text = page.get_by_label("正文")
    text.fill(text.input_value().replace("（请补充）", "下一步集中力量办理滞后事项。"))
    visitor.press("保存并预览")
    address, title = urlsplit(page.url).path, page.locator("h1").inner_text()
    assert "下一步集中力量办理滞后事项。" in page.locator(".kc-paper").inner_text()
    visitor.follow("送核稿")
    page.get_by_label("高新处", exact=True).check()
    visitor.press("送核稿")
    assert "已送核稿" in visitor.told()
    return address, title


def check(visitor: Visitor) -> None:
    """The public page says that it is genuine."""
    page = visitor.page
    page.locator("dt", has_text="核验页").locator("xpath=following-sibling::dd[1]").locator("a").click()
    page.wait_for_url("**/papers/verify/**")
    assert "现行有效" in page.locator("main").inner_text()
    assert "工作月报〔2019〕第6期" in page.locator("main").inner_text()
    visitor.page.go_back()


def download(visitor: Visitor, link: str, place: Path) -> Path:
    """A file that the page hands out."""
    with visitor.page.expect_download() as handed:
        visitor.page.get_by_role("link", name=link, exact=True).click()
    handed.value.save_as(place)
    return place


def retouch(word: Path) -> list[list[str]]:
    """Change the first two numbers of the system in the text, as a person would; (ours, theirs) of each."""
    document = docx.Document(str(word))
    controls = [
        next(control.iter(qn("w:t")))
        for control in document.element.body.iter(qn("w:sdt"))
        if re.fullmatch(r"\d+", "".join(text.text for text in control.iter(qn("w:t"))))
    ]
    changed = []
    for text in controls[:2]:
        ours = text.text
        text.text = str(int(ours) + 7)
        changed.append([ours, text.text])
    document.paragraphs[6].runs[0].text = "据统计，" + document.paragraphs[6].runs[0].text
    before = hashlib.sha256(word.read_bytes()).digest()
    document.save(str(word))
    assert hashlib.sha256(word.read_bytes()).digest() != before
    return changed
