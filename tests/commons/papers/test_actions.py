# SPDX-License-Identifier: Apache-2.0
"""The way of a paper: four people, one number, nothing skipped."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn

from kechuang.commons.documents.storage import content
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.papers import actions
from kechuang.commons.papers.markup import LEFT_OPEN, Value, flat
from kechuang.commons.papers.models import Paper
from kechuang.commons.papers.queries import digest_of
from kechuang.commons.papers.sources import sources
from kechuang.commons.parties.models import Unit
from kechuang.commons.releases.canonical import digest
from kechuang.commons.releases.models import Release

pytestmark = pytest.mark.django_db
State = Paper.State


@pytest.fixture(autouse=True)
def month() -> Iterator[dict[str, Value]]:
    """A source and a template that uses it."""
    values = {"n": Value("1,836", "高新技术企业", "/x/"), **flat("tasks", [{"title": Value("任务甲")}])}
    sources.fill("test.month", lambda _about, _day, _viewer: dict(values))
    content = {
        "code": "month",
        "name": "月报",
        "values": "test.month",
        "numbering": "演月报〔{year}〕{seq}号",
        "title": "高企{n}家",
        "body": "共{n}家。\n@each tasks: {title}进展正常。",
    }
    Release.objects.create(
        kind="paper_template",
        code="month",
        number="1",
        pack="test",
        sha256=digest(content),
        released_at=clock.now(),
        content=content,
    )
    yield values
    sources._filled.pop("test.month")


@dataclass
class Desk:
    drafter: Actor
    checker: Actor
    office: Actor
    signer: Actor
    unit: Unit
    paper: Paper


@pytest.fixture
def desk(person: Callable[..., Actor], office: Callable[[str], Unit]) -> Desk:
    unit = office("甲处")
    drafter = person("拟稿", "papers.view_paper", "papers.draft_paper")
    checker = person("核稿", "papers.view_paper", "papers.check_paper")
    other = person("会签", "papers.view_paper", "papers.countersign_paper", over=unit)
    signer = person("签发", "papers.view_paper", "papers.sign_paper")
    return Desk(drafter, checker, other, signer, unit, actions.draft_paper(None, drafter, code="month"))


def signed_off(desk: Desk) -> Paper:
    actions.submit_paper(desk.paper, desk.drafter)
    actions.check_paper(desk.paper, desk.checker)
    return actions.issue_paper(desk.paper, desk.signer)


def test_draft_is_filled_with_the_values_of_the_day(desk: Desk) -> None:
    assert desk.paper.title == "高企1,836家"
    assert desk.paper.text == "共{n}家。\n{tasks.0.title}进展正常。\n"
    assert desk.paper.day == clock.today()


def test_what_a_template_leaves_to_be_written_must_be_written_before_the_check(desk: Desk) -> None:
    actions.edit_paper(desk.paper, desk.drafter, title="月报", text=f"共{{n}}家。\n{LEFT_OPEN}\n")
    with pytest.raises(Problem) as problem:
        actions.submit_paper(desk.paper, desk.drafter)
    assert (LEFT_OPEN in str(problem.value), desk.paper.state) == (True, State.DRAFT)
    actions.edit_paper(desk.paper, desk.drafter, title="月报", text="共{n}家。\n")
    actions.submit_paper(desk.paper, desk.drafter)
    assert desk.paper.state == State.CHECKING


def test_whole_way_ends_with_a_number_a_digest_and_frozen_files(desk: Desk) -> None:
    actions.submit_paper(desk.paper, desk.drafter, units=[desk.unit])
    actions.check_paper(desk.paper, desk.checker)
    assert desk.paper.state == State.COUNTERSIGNING
    actions.give_countersign(desk.paper.countersigns.get(), desk.office, agreed=True)
    desk.paper.refresh_from_db()
    assert desk.paper.state == State.SIGNING
    paper = actions.issue_paper(desk.paper, desk.signer)
    assert (paper.number, paper.state, paper.sha256) == ("演月报〔2019〕1号", State.ISSUED, digest_of(paper))
    word = docx.Document(io.BytesIO(content(paper.word.sha256)))
    assert "共1,836家。" in ["".join(t.text for t in p._p.iter(qn("w:t"))) for p in word.paragraphs]
    assert content(paper.pdf.sha256).startswith(b"%PDF-")


def test_numbers_follow_each_other_without_a_gap(desk: Desk) -> None:
    signed_off(desk)
    desk.paper = actions.draft_paper(None, desk.drafter, code="month")
    assert signed_off(desk).number == "演月报〔2019〕2号"


def test_objection_sends_the_paper_back_to_the_drafter_and_needs_an_opinion(desk: Desk) -> None:
    actions.submit_paper(desk.paper, desk.drafter, units=[desk.unit])
    actions.check_paper(desk.paper, desk.checker)
    asked = desk.paper.countersigns.get()
    with pytest.raises(Problem) as told:
        actions.give_countersign(asked, desk.office, agreed=False)
    assert told.value.field == "opinion"
    actions.give_countersign(asked, desk.office, agreed=False, opinion="第二段口径不对")
    desk.paper.refresh_from_db()
    assert desk.paper.state == State.DRAFT


def test_nobody_does_two_steps_of_one_paper(desk: Desk, person: Callable[..., Actor]) -> None:
    able = person("全能", "papers.draft_paper", "papers.check_paper", "papers.sign_paper")
    paper = actions.draft_paper(None, able, code="month")
    actions.submit_paper(paper, able)
    with pytest.raises(Refused):
        actions.check_paper(paper, able)
    actions.check_paper(paper, desk.checker)
    with pytest.raises(Refused):
        actions.issue_paper(paper, able)
    second = person("核签", "papers.check_paper", "papers.sign_paper")
    other = actions.draft_paper(None, able, code="month")
    actions.submit_paper(other, able)
    actions.check_paper(other, second)
    with pytest.raises(Refused):
        actions.issue_paper(other, second)


@pytest.mark.parametrize(
    "act", ["draft", "edit", "submit", "check", "countersign", "issue", "back", "void", "word"]
)
def test_who_lacks_the_permission_is_refused(act: str, desk: Desk, person: Callable[..., Actor]) -> None:
    stranger = person("外人", "papers.view_paper")
    actions.submit_paper(desk.paper, desk.drafter, units=[desk.unit])
    calls = {
        "draft": lambda: actions.draft_paper(None, stranger, code="month"),
        "edit": lambda: actions.edit_paper(desk.paper, stranger, title="x", text="y"),
        "submit": lambda: actions.submit_paper(desk.paper, stranger),
        "check": lambda: actions.check_paper(desk.paper, stranger),
        "countersign": lambda: actions.give_countersign(desk.paper.countersigns.get(), stranger, agreed=True),
        "issue": lambda: actions.issue_paper(desk.paper, stranger),
        "back": lambda: actions.send_back_paper(desk.paper, stranger, reason="x"),
        "void": lambda: actions.void_paper(desk.paper, stranger, reason="x"),
        "word": lambda: actions.return_word(desk.paper, stranger, name="x.docx", data=b"x"),
    }
    with pytest.raises(Refused):
        calls[act]()


def test_drafter_may_not_send_back_what_only_the_checker_may(desk: Desk) -> None:
    actions.submit_paper(desk.paper, desk.drafter)
    with pytest.raises(Refused):
        actions.send_back_paper(desk.paper, desk.drafter, reason="x")
    actions.send_back_paper(desk.paper, desk.checker, reason="缺数据")
    assert desk.paper.state == State.DRAFT


def test_who_signs_may_send_back_instead(desk: Desk) -> None:
    actions.submit_paper(desk.paper, desk.drafter)
    actions.check_paper(desk.paper, desk.checker)
    with pytest.raises(Refused):
        actions.send_back_paper(desk.paper, desk.checker, reason="x")
    actions.send_back_paper(desk.paper, desk.signer, reason="口径不清")
    assert desk.paper.state == State.DRAFT


def test_text_with_an_unknown_slot_is_refused_with_its_line_and_nothing_is_saved(desk: Desk) -> None:
    with pytest.raises(Problem) as told:
        actions.edit_paper(desk.paper, desk.drafter, title="标题", text="好\n共{m}家")
    assert (told.value.field, told.value.line) == ("text", 2)
    desk.paper.refresh_from_db()
    assert desk.paper.text == "共{n}家。\n{tasks.0.title}进展正常。\n"


def test_edit_of_an_overtaken_draft_is_stale(desk: Desk) -> None:
    with pytest.raises(Stale):
        actions.edit_paper(
            desk.paper, desk.drafter, title="甲", text="乙", expected_version=desk.paper.version + 1
        )


def test_steps_out_of_order_are_refused(desk: Desk) -> None:
    for wrong in (
        lambda: actions.check_paper(desk.paper, desk.checker),
        lambda: actions.issue_paper(desk.paper, desk.signer),
        lambda: actions.void_paper(desk.paper, desk.signer, reason="x"),
        lambda: actions.return_word(desk.paper, desk.drafter, name="x.docx", data=b"x"),
    ):
        with pytest.raises(Problem) as told:
            wrong()
        assert not isinstance(told.value, Refused)
    signed_off(desk)
    with pytest.raises(Problem):
        actions.edit_paper(desk.paper, desk.drafter, title="甲", text="乙")


def test_refresh_takes_new_values_and_keeps_the_text(desk: Desk, month: dict[str, Value]) -> None:
    actions.edit_paper(desk.paper, desk.drafter, title="标题", text="现有{n}家。")
    month["n"] = Value("1,900")
    paper = actions.refresh_paper(desk.paper, desk.drafter)
    assert (paper.text, paper.shown_values["n"].text) == ("现有{n}家。", "1,900")


def test_returned_word_is_kept_with_its_differences(desk: Desk) -> None:
    paper = signed_off(desk)
    document = docx.Document(io.BytesIO(content(paper.word.sha256)))
    for text in document.element.body.iter(qn("w:t")):
        text.text = {"1,836": "1,863"}.get(text.text, text.text)
    file = io.BytesIO()
    document.save(file)
    made = actions.return_word(paper, desk.drafter, name="定稿.docx", data=file.getvalue())
    assert made.differing == 1
    assert [(slot["ours"], slot["theirs"]) for slot in made.slots if slot["fate"] != "same"] == [
        ("1,836", "1,863")
    ]


def test_template_of_another_kind_of_thing_is_refused(desk: Desk) -> None:
    from kechuang.commons.kernel.refs import Ref  # noqa: PLC0415

    with pytest.raises(Problem):
        actions.draft_paper(None, desk.drafter, code="month", about=Ref("parties.organization", "1"))


def test_desk_tells_each_person_their_own_step(desk: Desk) -> None:
    def waiting(actor: Actor) -> int:
        return len(
            [todo for todo in todos_for(actor.fresh(), clock.today()) if todo.title == desk.paper.title]
        )

    people = (desk.drafter, desk.checker, desk.office, desk.signer)
    assert [waiting(one) for one in people] == [1, 0, 0, 0]
    actions.submit_paper(desk.paper, desk.drafter, units=[desk.unit])
    assert [waiting(one) for one in people] == [0, 1, 0, 0]
    actions.check_paper(desk.paper, desk.checker)
    assert [waiting(one) for one in people] == [0, 0, 1, 0]
    actions.give_countersign(desk.paper.countersigns.get(), desk.office, agreed=True)
    assert [waiting(one) for one in people] == [0, 0, 0, 1]


def test_pages_show_the_paper_and_its_slots_open(desk: Desk, browser_of: Callable[[Actor], Client]) -> None:
    client = browser_of(desk.drafter)
    page = client.get(reverse("papers:paper-detail", args=[desk.paper.pk])).content.decode()
    assert '<a class="kc-slot" href="/x/"' in page
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(reverse("papers:paper-file", args=[desk.paper.pk, form]))
        assert answer.content.startswith(start)
        assert answer["Content-Disposition"].startswith("attachment")


def test_check_page_is_public_and_tells_void_from_in_force(desk: Desk, client: Client) -> None:
    address = reverse("papers:paper-check", args=[desk.paper.check_code])
    assert client.get(address).status_code == 404
    paper = signed_off(desk)
    page = client.get(address)
    assert page.status_code == 200
    assert paper.sha256 in page.content.decode()
    assert "共" not in page.content.decode().split("kc-facts")[1].split("</dl>")[0]
    actions.void_paper(paper, desk.signer, reason="数据有误")
    assert 'role="alert"' in client.get(address).content.decode()
