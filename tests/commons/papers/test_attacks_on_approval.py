# SPDX-License-Identifier: Apache-2.0
"""Between looking and signing (签发) the world may change: what is approved is what was seen, by who still may, once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from commons.papers.test_actions import Desk, State, desk, month, signed_off
from house_fixtures import Person
from kechuang.commons.access.models import Grant
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.papers import actions
from kechuang.commons.papers.models import NumberSeries, Paper

__all__ = ["desk", "month"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.guarantee]
Browser = Callable[[Actor], Client]


def to_be_signed(desk: Desk) -> Paper:
    """The paper of the desk, checked."""
    actions.submit_paper(desk.paper, desk.drafter)
    return actions.check_paper(desk.paper, desk.checker)


def form_of(client: Client, paper: Paper) -> dict[str, str]:
    """What the button on the page sends."""
    page = client.get(reverse("papers:paper-detail", args=[paper.pk])).content.decode()
    start = page.index(reverse("papers:paper-issue", args=[paper.pk]))
    form = page[start : page.index("</form>", start)]
    return {
        name: form.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("expected_version", "idempotency_key")
    }


def test_a_text_changed_after_the_signer_looked_is_not_signed(desk: Desk, browser_of: Browser) -> None:
    paper = to_be_signed(desk)
    client = browser_of(desk.signer)
    seen = form_of(client, paper)
    actions.send_back_paper(paper, desk.signer, reason="改一处")
    actions.edit_paper(paper, desk.drafter, title="另一个标题", text="另一篇文字")
    to_be_signed(desk)
    answer = client.post(reverse("papers:paper-issue", args=[paper.pk]), seen)
    assert answer.status_code == 409
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (State.SIGNING, None)


def test_a_right_taken_away_after_the_page_was_opened_signs_nothing(desk: Desk, browser_of: Browser) -> None:
    paper = to_be_signed(desk)
    client = browser_of(desk.signer)
    seen = form_of(client, paper)
    Grant.objects.filter(user_id=desk.signer.id).delete()
    answer = client.post(reverse("papers:paper-issue", args=[paper.pk]), seen)
    assert answer.status_code == 403
    paper.refresh_from_db()
    assert (paper.state, Document.objects.count()) == (State.SIGNING, 0)


def test_fields_that_no_form_offers_change_nothing(desk: Desk, browser_of: Browser) -> None:
    client = browser_of(desk.drafter)
    extra = {
        "title": "标题", "text": "一段", "state": "issued", "number": "演月报〔2019〕99号", "drafted_by_id": "1",
        "checked_by_id": "1", "sha256": "0", "values": "{}", "issuer": "别的局", "check_code": "x", "version": "77",
    }  # fmt: skip
    before = Paper.objects.values().get()
    answer = client.post(reverse("papers:paper-edit", args=[desk.paper.pk]), extra)
    assert answer.status_code == 302
    after = Paper.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == {"title", "text", "version"}
    assert after["version"] == before["version"] + 1


def at_once(*acts: Callable[[], object]) -> list[str]:
    """How each ended, having begun together."""
    gate, ends = threading.Barrier(len(acts)), ["?"] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            ends[place] = "done"
        except Problem:
            ends[place] = "refused"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(ends)


def test_two_who_sign_at_once_give_one_number(desk: Desk, person: Person) -> None:
    paper = to_be_signed(desk)
    other = person("另一签发", "papers.sign_paper")

    def sign(actor: Actor) -> Callable[[], object]:
        return lambda: actions.issue_paper(Paper.objects.get(pk=paper.pk), actor)

    assert at_once(sign(desk.signer), sign(other)) == ["done", "refused"]
    assert NumberSeries.objects.get().last == 1
    assert Document.objects.count() == 2
    assert Entry.objects.filter(verb="papers.paper.issued", outcome=Entry.Outcome.DONE).count() == 1


def test_signed_and_sent_back_at_once_is_one_of_both(desk: Desk, person: Person) -> None:
    paper = to_be_signed(desk)
    other = person("另一签发", "papers.sign_paper")
    ends = at_once(
        lambda: actions.issue_paper(Paper.objects.get(pk=paper.pk), desk.signer),
        lambda: actions.send_back_paper(Paper.objects.get(pk=paper.pk), other, reason="不同意"),
    )
    assert ends == ["done", "refused"]
    paper.refresh_from_db()
    assert (paper.state, bool(paper.number)) in {(State.ISSUED, True), (State.DRAFT, False)}


def test_a_check_code_is_not_guessed_from_another(desk: Desk, person: Person, client: Client) -> None:
    first = signed_off(desk)
    able = person("再拟", "papers.draft_paper")
    second = actions.draft_paper(None, able, code="month")
    assert first.check_code != second.check_code
    assert len(first.check_code) == 16  # 96 random bits
    for guess in (first.check_code[:-1], first.check_code.swapcase(), str(first.pk), second.check_code):
        assert client.get(reverse("papers:paper-check", args=[guess])).status_code == 404
