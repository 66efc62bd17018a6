# SPDX-License-Identifier: Apache-2.0
"""The papers of the year: filled from the plan as of a day, each value opens, a differing figure is marked on return."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from kechuang.commons.access.pieces import RolePiece
from kechuang.commons.commitments.pieces import ProgressSchemePiece
from kechuang.commons.documents.storage import content
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.actions import answer_letter, issue_letter
from kechuang.commons.oversight.models import Letter
from kechuang.commons.oversight.scoring import sheets_of
from kechuang.commons.papers import actions
from kechuang.commons.papers.markup import LEFT_OPEN, Table
from kechuang.commons.papers.models import Paper
from kechuang.commons.papers.pieces import PaperTemplatePiece
from kechuang.commons.papers.queries import blocks_of, letterhead_of
from kechuang.commons.papers.word import as_word
from kechuang.commons.papers.workbook import as_workbook
from kechuang.commons.releases.canonical import content_of, digest
from kechuang.commons.releases.models import Release
from kechuang.commons.ui.numbers import cn_date
from kechuang.site.content import library
from plan_story import JUNE, Story, autumn, spring, story, summer

__all__ = ["story"]
pytestmark = pytest.mark.django_db
AUGUST, DECEMBER, JANUARY = dt.date(2019, 8, 31), dt.date(2019, 12, 20), dt.date(2020, 1, 5)
PLAN_PAPERS = ("monthly_brief", "half_year_bulletin", "task_ledger", "indicator_table")


@pytest.fixture(autouse=True)
def released(db: None) -> None:
    """The templates and schemes that ship."""
    for piece in (*library().of(PaperTemplatePiece), *library().of(ProgressSchemePiece)):
        kind = "paper_template" if isinstance(piece, PaperTemplatePiece) else "progress_scheme"
        Release.objects.create(
            kind=kind, code=piece.code, number=piece.version, pack="national", sha256=digest(content_of(piece)),
            released_at=clock.now(), content=piece.model_dump(mode="json"),
        )  # fmt: skip


@pytest.fixture
def clerk(person: Callable[..., Actor]) -> Actor:
    """Everything that a head or a staff member of an office may do, everywhere."""
    roles = {role.code: role.permissions for role in library().of(RolePiece)}
    return person("拟稿人", *{*roles["office_staff"], *roles["office_head"]})


@pytest.fixture
def told(story: Story) -> Story:
    spring(story)
    summer(story)
    return story


def drafted(clerk: Actor, code: str, today: dt.date, day: dt.date | None = None) -> Paper:
    with clock.pinned(today):
        paper: Paper = actions.draft_paper(None, clerk, code=code, issuer="云川市科学技术局", day=day)
    return paper


def texts(paper: Paper) -> dict[str, str]:
    return {code: value.text for code, value in paper.shown_values.items()}


@pytest.mark.parametrize("code", PLAN_PAPERS)
def test_a_paper_of_an_earlier_day_says_what_it_would_have_said_then(
    code: str, told: Story, clerk: Actor
) -> None:
    then = drafted(clerk, code, AUGUST)
    autumn(told)
    later = drafted(clerk, code, dt.date(2021, 2, 1), AUGUST)
    assert (later.title, later.text, later.day) == (then.title, then.text, AUGUST)
    assert later.shown_values == then.shown_values


def test_the_brief_counts_names_and_quotes(told: Story, clerk: Actor) -> None:
    paper = drafted(clerk, "monthly_brief", DECEMBER)
    found = texts(paper)
    assert paper.title.startswith("2019年12月")
    assert [found[code] for code in ("task_count", "red", "yellow", "closed_count", "report_count")] == [
        "2", "1", "1", "0", "0",
    ]  # fmt: skip
    assert (found["headline.1.name"], found["headline.1.value"]) == ("技术合同交易额（修订）", "-3.57%")
    assert (found["attention.0.title"], found["attention.1.title"]) == ("任务二（修订）", "任务一（修订）")
    october = texts(drafted(clerk, "monthly_brief", dt.date(2019, 10, 20)))
    assert (october["changes.0.day"], october["changes.0.title"]) == (
        cn_date(dt.date(2019, 10, 1)),
        "2. 任务二（修订）",
    )
    assert "changes.0.day" not in found
    assert (found["upcoming.0.due"], found["upcoming.0.title"]) == (
        cn_date(dt.date(2019, 12, 31)),
        "1. 任务一（修订）",
    )
    assert (found["offices.0.name"], found["offices.0.tasks"], found["offices.0.red"]) == ("甲处", "2", "1")


def test_the_bulletin_names_what_is_behind(told: Story, clerk: Actor) -> None:
    found = texts(drafted(clerk, "half_year_bulletin", DECEMBER))
    assert (found["behind_count"], found["behind.0.title"]) == ("1", "任务二（修订）")
    classes = {
        found[f"classes.{n}.name"]: (found[f"classes.{n}.count"], found[f"classes.{n}.share"])
        for n in range(6)
    }
    assert (classes["滞后"], classes["预警"]) == (("1", "50%"), ("1", "50%"))


def test_the_ledger_has_a_line_for_each_task_in_word_and_excel(told: Story, clerk: Actor) -> None:
    paper = drafted(clerk, "task_ledger", DECEMBER)
    blocks = blocks_of(paper)
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert len(table.rows) == 2
    word = docx.Document(io.BytesIO(as_word(letterhead_of(paper), blocks)))
    assert len(word.tables[0].rows) == 3
    assert word.sections[0].page_width > word.sections[0].page_height
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(paper.title, blocks))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert [row[1] for row in rows[1:]] == ["任务一（修订）", "任务二（修订）"]
    assert rows[1][6] == cn_date(dt.date(2019, 12, 31))


def test_every_value_opens(told: Story, clerk: Actor, browser_of: Callable[[Actor], Client]) -> None:
    ClockSetting.objects.create(day=DECEMBER)
    client = browser_of(clerk)
    urls = {
        value.url
        for code in (*PLAN_PAPERS, "year_scores")
        for value in drafted(clerk, code, DECEMBER).shown_values.values()
        if value.url
    }
    assert len(urls) > 10
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def issued(told: Story) -> Letter:
    """The first task was due at the end of the year."""
    letter: Letter = issue_letter(told.task("1"), told.one, rung="blue")
    return letter


def test_a_figure_changed_in_the_returned_word_is_marked(
    told: Story, clerk: Actor, person: Callable[..., Actor]
) -> None:
    checker, signer = person("核稿", "papers.check_paper"), person("签发", "papers.sign_paper")
    paper = drafted(clerk, "monthly_brief", DECEMBER)
    actions.edit_paper(paper, clerk, title=paper.title, text=paper.text.replace(LEFT_OPEN, "抓好落实。"))
    actions.submit_paper(paper, clerk)
    actions.check_paper(paper, checker)
    with clock.pinned(DECEMBER):
        paper = actions.issue_paper(paper, signer)
    assert paper.number == "工作月报〔2019〕第1期"
    assert paper.word is not None
    word = docx.Document(io.BytesIO(content(paper.word.sha256)))
    changed = next(
        control for control in word.element.body.iter(qn("w:sdt"))
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == "kc:red"
    )  # fmt: skip
    next(changed.iter(qn("w:t"))).text = "0"
    file = io.BytesIO()
    word.save(file)
    returned = actions.return_word(paper, clerk, name="定稿.docx", data=file.getvalue())
    (differing,) = (slot for slot in returned.slots if slot["fate"] != "same")
    assert (differing["code"], differing["ours"], differing["theirs"]) == ("red", "1", "0")


def test_a_letter_is_printed_with_its_slip_and_its_answer(told: Story, clerk: Actor) -> None:
    with clock.pinned(JANUARY):
        letter = issued(told)
        paper = actions.draft_paper(None, clerk, code="supervision_letter", about=Ref.of(letter))
        found = texts(paper)
        assert (found["number"], found["unit"], found["reply"]) == (letter.number, letter.unit.name, "")
        assert found["reply_due"] == cn_date(dt.date(2020, 1, 10))
        answer_letter(letter, told.one, text="一月底完成")
        paper = actions.refresh_paper(paper, clerk)
    assert texts(paper)["reply"] == "一月底完成"


def test_the_score_paper_holds_the_sheets(told: Story, clerk: Actor) -> None:
    autumn(told)
    found = texts(drafted(clerk, "year_scores", dt.date(2020, 1, 10), dt.date(2019, 12, 31)))
    with clock.pinned(dt.date(2020, 1, 10)):
        sheets = sheets_of(told.units.values(), 2019, dt.date(2019, 12, 31))
    totals = {name: sheets[unit.pk].total for name, unit in told.units.items()}
    assert {found[f"units.{n}.name"]: found[f"units.{n}.total"] for n in range(2)} == {
        name: f"{float(total):g}" for name, total in totals.items()
    }
    lines = [code for code in found if code.startswith("lines.") and code.endswith(".points")]
    telling = [item for sheet in sheets.values() for item in sheet.items if item.event is None or item.points]
    assert len(lines) == len(telling) < sum(len(sheet.items) for sheet in sheets.values())


@pytest.mark.parametrize(("day", "ranked"), [(JUNE, ["1 100", "1 100"]), (DECEMBER, ["1 100", "2 60"])])
def test_equal_scores_share_a_place(told: Story, clerk: Actor, day: dt.date, ranked: list[str]) -> None:
    found = texts(drafted(clerk, "year_scores", day))
    assert [f"{found[f'units.{n}.place']} {found[f'units.{n}.total']}" for n in range(2)] == ranked


def test_a_target_without_a_number_says_so(told: Story, clerk: Actor, plain_words: None) -> None:
    found = texts(drafted(clerk, "half_year_bulletin", DECEMBER))
    standing = [text for code, text in found.items() if code.endswith(".standing")]
    assert standing.count("尚无数据") == 1
    assert "—" not in "".join(standing)


def test_only_a_day_that_has_come_and_only_where_the_template_knows_earlier_days(
    told: Story, clerk: Actor
) -> None:
    with pytest.raises(Problem) as later:
        drafted(clerk, "monthly_brief", AUGUST, DECEMBER)
    with clock.pinned(JANUARY):
        letter = issued(told)
        with pytest.raises(Problem) as only_today:
            actions.draft_paper(None, clerk, code="supervision_letter", about=Ref.of(letter), day=JUNE)
    assert (later.value.field, only_today.value.field) == ("day", "day")


def test_before_any_plan_there_is_nothing_to_tell(told: Story, clerk: Actor) -> None:
    with pytest.raises(Problem):
        drafted(clerk, "monthly_brief", DECEMBER, dt.date(2019, 2, 1))


@pytest.mark.parametrize("code", ["monthly_brief", "year_scores"])
def test_who_may_not_see_the_plan_drafts_no_paper_of_it(
    code: str, told: Story, person: Callable[..., Actor]
) -> None:
    with pytest.raises(Refused):
        drafted(person("只会拟稿", "papers.draft_paper"), code, DECEMBER)


def test_the_page_drafts_as_of_the_day_asked(
    told: Story, clerk: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    ClockSetting.objects.create(day=dt.date(2019, 10, 12))
    client, address = browser_of(clerk), reverse("papers:paper-draft")
    assert 'name="day"' in client.get(address).content.decode()
    client.post(address, {"template": "monthly_brief", "day": "2019-09-30"})
    assert Paper.objects.get().day == dt.date(2019, 9, 30)
    assert client.post(address, {"template": "monthly_brief", "day": "九月"}).status_code == 422
