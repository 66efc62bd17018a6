# SPDX-License-Identifier: Apache-2.0
"""Letters: asked for by the ladder, numbered, answered by a report in time or late, followed by the next rung."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commons.oversight.conftest import JUNE, Stage
from house_fixtures import Person
from kechuang.commons.commitments.actions import ask_extension, decide_extension, merge_parts, report_part
from kechuang.commons.commitments.models import Commitment, Report
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.searching import sources
from kechuang.commons.oversight.actions import answer_letter, issue_letter, withdraw_letter
from kechuang.commons.oversight.desk import oversight_todos
from kechuang.commons.oversight.letters import asked_on
from kechuang.commons.oversight.models import Letter
from kechuang.commons.search.indexing import rebuild
from kechuang.commons.search.queries import find

pytestmark = pytest.mark.django_db
ONE = dt.timedelta(days=1)


def rungs(day: dt.date) -> list[tuple[str, str, str]]:
    return [(one.item.title, one.rung.code, str(one.unit)) for one in asked_on(day)]


def sent(stage: Stage, day: dt.date, rung: str = "blue") -> Letter:
    with clock.pinned(day):
        letter: Letter = issue_letter(stage.deliverable, stage.leader, rung=rung)
    return letter


def test_a_letter_is_asked_for_from_the_day_after_the_date(stage: Stage) -> None:
    assert rungs(JUNE) == []
    assert rungs(JUNE + ONE) == [("举措一", "blue", "甲处")]
    assert rungs(JUNE + 8 * ONE) == [("举措一", "orange", "甲处")]


def test_a_milestone_asks_the_office_that_set_it(stage: Stage) -> None:
    stage.milestone()
    assert ("形成方案", "blue", "乙处") in rungs(dt.date(2019, 8, 1))


def test_a_letter_is_numbered_and_has_its_own_day_to_answer(stage: Stage) -> None:
    letter = sent(stage, JUNE + ONE)
    assert (letter.year, letter.no, letter.name, letter.unit, letter.due) == (
        2019, 1, "蓝色督办单", stage.unit, JUNE,
    )  # fmt: skip
    assert (letter.reply_due, letter.points) == (JUNE + 6 * ONE, -1)
    assert rungs(JUNE + ONE) == []  # sent
    again = sent(stage, JUNE + 8 * ONE, "orange")
    assert (again.no, again.points) == (2, -2)


def test_a_letter_is_found_by_its_number_and_its_matter(stage: Stage, person: Person) -> None:
    letter = sent(stage, JUNE + ONE)
    [source] = [one for one in sources.all() if one.kind == "oversight.letter"]
    [found] = source.texts([str(letter.pk)])
    assert (found.id, str(letter.number) in found.title, "举措一" in found.title) == (
        str(letter.pk),
        True,
        True,
    )
    assert letter.reason in found.body
    assert source.permission == "oversight.view_letter"
    rebuild()
    [hit] = find("举措一", person("读者", "oversight.view_letter")).hits
    assert hit.ref == Ref.of(letter)
    assert find("举措一", person("旁人", "parties.view_organization")).hits == []


def test_a_rung_not_reached_or_sent_already_is_refused(stage: Stage) -> None:
    for day, rung in ((JUNE, "blue"), (JUNE + ONE, "red")):
        with pytest.raises(Problem):
            sent(stage, day, rung)
    sent(stage, JUNE + ONE)
    with pytest.raises(Problem):
        sent(stage, JUNE + 2 * ONE)
    assert Letter.objects.count() == 1


def test_the_answer_is_a_report_of_the_task_in_time_or_late(stage: Stage) -> None:
    letter = sent(stage, JUNE + ONE)
    assert [letter.state_on(JUNE + n * ONE) for n in (6, 7)] == ["waiting", "overdue"]
    with clock.pinned(JUNE + 7 * ONE):
        answer_letter(letter, stage.staff, text="设备到货延迟，七月底完成")
    report = Report.objects.get()
    assert (letter.report, report.responsibility, report.text) == (
        report,
        stage.lead,
        "设备到货延迟，七月底完成",
    )
    assert [letter.state_on(JUNE + n * ONE) for n in (6, 7)] == ["waiting", "answered-late"]


def test_an_unanswered_letter_brings_the_next_rung_an_answered_one_does_not(stage: Stage) -> None:
    letter = sent(stage, JUNE + 8 * ONE, "orange")
    assert letter.reply_due == JUNE + 13 * ONE
    assert rungs(JUNE + 13 * ONE) == []
    assert rungs(JUNE + 14 * ONE) == [("举措一", "red", "甲处")]
    with clock.pinned(JUNE + 12 * ONE):
        answer_letter(letter, stage.staff, text="已说明")
    assert rungs(JUNE + 14 * ONE) == []


def test_what_is_closed_or_moved_in_time_asks_for_nothing(stage: Stage, system: Actor) -> None:
    with clock.pinned(JUNE - 5 * ONE):
        stage.task.refresh_from_db()
        asked = ask_extension(stage.deliverable, stage.staff, new_due=dt.date(2019, 8, 30), reason="等设备")
        decide_extension(asked, stage.leader, approved=True)
    assert rungs(JUNE + 20 * ONE) == []
    with clock.pinned(dt.date(2019, 8, 20)):
        merge_parts(stage.task, stage.staff, text="完成", delivered=[stage.deliverable.pk])
    assert rungs(dt.date(2019, 9, 30)) == []


def test_who_may_not_neither_sends_nor_answers_nor_withdraws(stage: Stage) -> None:
    with clock.pinned(JUNE + ONE):
        with pytest.raises(Refused):
            issue_letter(stage.deliverable, stage.staff, rung="blue")
        letter = issue_letter(stage.deliverable, stage.leader, rung="blue")
        with pytest.raises(Refused, match="甲处"):
            answer_letter(letter, stage.co_staff, text="与我处无关")
        with pytest.raises(Refused):
            withdraw_letter(letter, stage.staff, reason="不该发")


def test_a_letter_is_answered_once(stage: Stage) -> None:
    letter = sent(stage, JUNE + ONE)
    with clock.pinned(JUNE + 2 * ONE):
        answer_letter(letter, stage.staff, text="已说明")
        with pytest.raises(Problem):
            answer_letter(letter, stage.staff, text="再说明")
    assert Report.objects.count() == 1


def test_a_letter_taken_back_may_be_sent_again_under_a_new_number(stage: Stage) -> None:
    letter = sent(stage, JUNE + ONE)
    with clock.pinned(JUNE + ONE):
        with pytest.raises(Problem):
            withdraw_letter(letter, stage.leader, reason=" ")
        withdraw_letter(letter, stage.leader, reason="发错处室")
        with pytest.raises(Problem):
            answer_letter(letter, stage.staff, text="已说明")
    assert letter.state_on(JUNE + ONE) == "withdrawn"
    assert sent(stage, JUNE + 2 * ONE).no == 2


def test_an_office_that_left_the_task_cannot_answer(stage: Stage) -> None:
    letter = sent(stage, JUNE + ONE)
    stage.lead.until = JUNE + ONE
    stage.lead.save(update_fields=["until"])
    with pytest.raises(Problem, match="甲处"):
        answer_letter(letter, stage.staff, text="已说明")


def test_the_desk_tells_who_sends_and_who_answers(stage: Stage) -> None:
    day = JUNE + ONE
    assert [todo.url for todo in oversight_todos(stage.leader, day)] == [reverse("oversight:letter-issue")]
    letter = sent(stage, day)
    page = reverse("oversight:letter-detail", args=[letter.pk])
    assert [(todo.url, todo.light) for todo in oversight_todos(stage.staff, day)] == [(page, "yellow")]
    assert [todo.light for todo in oversight_todos(stage.staff, day + 10 * ONE)] == ["red"]
    assert list(oversight_todos(stage.co_staff, day)) == []


@pytest.mark.guarantee
def test_a_rung_is_sent_once_and_a_number_given_once(stage: Stage) -> None:
    letter = sent(stage, JUNE + ONE)
    for changes in ({"no": 9}, {"rung": "orange"}):
        letter.pk = None
        for name, value in changes.items():
            setattr(letter, name, value)
        if "no" in changes:
            with pytest.raises(IntegrityError), transaction.atomic():
                letter.save(force_insert=True)
            letter.no = 1
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            letter.save(force_insert=True)


def test_the_pages_send_show_and_answer(stage: Stage, browser_of: Callable[[Actor], Client]) -> None:
    ClockSetting.objects.create(day=JUNE + ONE)
    client = browser_of(stage.leader)
    issue = reverse("oversight:letter-issue")
    assert "举措一" in client.get(issue).content.decode()
    client.post(issue, {"item": f"commitment:{stage.deliverable.pk}", "rung": "blue"})
    letter = Letter.objects.get()
    page = reverse("oversight:letter-detail", args=[letter.pk])
    assert "2019-07-04" in client.get(page).content.decode()
    assert page in client.get(reverse("oversight:letter-list"), {"state": "waiting"}).content.decode()
    assert page not in client.get(reverse("oversight:letter-list"), {"state": "overdue"}).content.decode()
    client = browser_of(stage.staff)
    answer = reverse("oversight:letter-answer", args=[letter.pk])
    assert client.post(answer, {"text": " "}).status_code == 422
    assert client.post(answer, {"text": "七月底完成"})["Location"] == page
    assert "七月底完成" in client.get(page).content.decode()


def test_three_overdue_items_need_the_queries_of_one(stage: Stage) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            asked_on(JUNE + ONE)
        return len(queries)

    cost()  # what the schemes say is read once per process
    one = cost()
    for number in range(2):
        Commitment.objects.create(
            kind="deliverable", code=f"x{number}", title="另一项", start=JUNE, due=JUNE, parent=stage.task
        )
    assert len(asked_on(JUNE + ONE)) == 3
    assert cost() == one


def test_an_answer_counts_as_news_of_the_office(stage: Stage) -> None:
    letter = sent(stage, JUNE + ONE)
    with clock.pinned(JUNE + 2 * ONE):
        report_part(stage.co, stage.co_staff, text="配合")
        answer_letter(letter, stage.staff, text="已说明", files=[("说明.txt", b"x")])
    assert [report.responsibility.unit.short_name for report in Report.objects.order_by("id")] == [
        "乙处",
        "甲处",
    ]
    assert Report.objects.latest("id").evidence.count() == 1
