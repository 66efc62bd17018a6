# SPDX-License-Identifier: Apache-2.0
"""A version as Word, read back."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from apps.workplan._files import PLAN
from apps.workplan.conftest import Import, line
from kechuang.apps.workplan import actions, printing
from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.queries.drafts import draft_of
from kechuang.apps.workplan.readers import read_source
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit
from kechuang.engines.plandoc import parse_plan

pytestmark = pytest.mark.django_db


def printed(version: PlanVersion) -> docx.document.Document:
    return docx.Document(io.BytesIO(printing.as_word(draft_of(version))))


def test_title_areas_tasks_and_offices_stand_as_in_the_plan(
    draft: PlanVersion, officer: Actor, units: dict[str, Unit]
) -> None:
    task = line(draft, "编制")
    actions.settle_lead(task, officer, office=task.offices.get(name="甲处"))
    Item.objects.filter(pk=task.pk).update(due=dt.date(2020, 9, 30))
    actions.exclude_item(line(draft, "建立"), officer, reason="重复")
    assert [line.text for line in printed(draft).paragraphs] == [
        "云川市科学技术局2020年工作要点",
        "（第 1 版，草稿，未签发）",
        "一、主要指标",
        "高新技术企业突破600家；技术合同成交额增长12%以上。",
        "二、主要任务",
        "（一）完善区域创新体系",
        "1.编制科技创新规划。开展前瞻性课题研究，形成规划初稿。",
        "（牵头处室：甲处；责任处室：乙处、丙处；完成时限：2020年9月30日）",
        "2.推进平台建设。新建重点实验室5家以上。部署“双百工程”重大科技研发项目。",
        "（责任处室：乙处、丁处）",
        "（二）促进成果转化",
        "云川市科学技术局",
    ]


def test_an_issued_plan_bears_number_and_date(draft: PlanVersion) -> None:
    PlanVersion.objects.filter(pk=draft.pk).update(
        state="issued", number="云科发〔2020〕6号", issued_on=dt.date(2020, 2, 18)
    )
    draft.refresh_from_db()
    texts = [line.text for line in printed(draft).paragraphs]
    assert texts[1] == "云科发〔2020〕6号"
    assert texts[-2:] == ["云川市科学技术局", "2020年2月18日"]


def test_the_page_is_laid_out_as_official_papers_are(draft: PlanVersion) -> None:
    paper = printed(draft)
    page = paper.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [
        round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    ] == [37, 35, 28, 26]
    title, body = paper.paragraphs[0], paper.paragraphs[6]
    assert title.runs[0].font.size == Pt(22)
    assert title.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == printing.TITLE_FONT
    assert body.runs[0].font.size == Pt(16)
    assert body.paragraph_format.line_spacing == Pt(28)
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert [paper.paragraphs[place].style.name for place in (0, 2, 5, 6)] == [
        "Title",
        "Heading 1",
        "Heading 2",
        "Normal",
    ]
    footer = page.footer.paragraphs[0]._element
    assert footer.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert abs(page.left_margin - Mm(28)) < Mm(1)


def test_a_printed_plan_is_read_back_as_the_same_plan(draft: PlanVersion, importing: Import) -> None:
    source = read_source("a.docx", printing.as_word(draft_of(draft)))
    first, again = parse_plan(PLAN), parse_plan(source.text)
    assert [(task.number, task.title, [one.name for one in task.offices]) for task in again.tasks] == [
        (task.number, task.title, [one.name for one in task.offices]) for task in first.tasks
    ]  # fmt: skip
    assert [(target.name, target.value, target.unit) for target in again.targets] == [
        (target.name, target.value, target.unit) for target in first.targets
    ]  # fmt: skip
    assert [area.title for area in again.focus_areas] == [area.title for area in first.focus_areas]


def test_a_plan_from_facts_is_printed_with_its_deliverables(draft: PlanVersion) -> None:
    Item.objects.filter(kind="task").update(text="")
    Item.objects.filter(kind="target", title="技术合同成交额").update(text="技术合同成交额")
    texts = [line.text for line in printed(draft).paragraphs]
    assert "3.建立对接机制。组织常态化对接活动，建立项目库。" in texts
    assert "高新技术企业突破600家；技术合同成交额增长12%以上。" in texts


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_areas_are_counted_in_chinese(number: int, written: str) -> None:
    assert printing._counted(number) == written
