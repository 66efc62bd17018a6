# SPDX-License-Identifier: Apache-2.0
"""Rounds of reporting: they open and close by the calendar, ask each office once, and know what came late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commons.commitments._year import FILES, Year
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.commitments.actions import Part, open_commitment, open_round, report_part
from kechuang.commons.commitments.models import Call, Responsibility, Round
from kechuang.commons.commitments.rounds import Called, called, late_reports, tallies, to_answer
from kechuang.commons.commitments.tasks import turn_rounds
from kechuang.commons.facts.actions import set_target
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.models import ClockSetting, Entry
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.events import _rounds
from kechuang.commons.parties.actions import dissolve_unit
from kechuang.commons.parties.models import Unit
from kechuang.commons.releases.models import Release
from kechuang.engines.progress.rounds import Window

pytestmark = pytest.mark.django_db
DAY = dt.date
OPENS, DUE, AFTER = DAY(2019, 9, 16), DAY(2019, 9, 25), DAY(2019, 9, 26)


def release(number: str, **rhythm: Any) -> None:
    """A scheme whose rounds are monthly, due on the 25th, open for nine days."""
    told = {"code": "month", "name": "月报", "every": "1", "day": "25", "open_days": "9", **rhythm}
    content = {"code": "default", "version": number, "name": "测试办法", "source": "测试", "rounds": [told]}
    Release.objects.create(
        kind="progress_scheme", code="default", number=number, pack="test", sha256=number * 64,
        released_at=clock.now(), content=content,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def rhythm(db: None) -> None:
    release("1", receivers=[{"name": "局领导", "paper": "monthly_brief"}])


def turn(day: dt.date) -> int:
    with clock.pinned(day):
        return turn_rounds()


def report(part: Responsibility, actor: Actor, day: dt.date, **more: Any) -> None:
    with clock.pinned(day):
        report_part(part, actor, text="在做", **more)


def answers(day: dt.date) -> dict[str, str]:
    return {str(one.part.unit): one.answer for one in called(Call.objects.all(), day)}


def test_a_round_opens_and_closes_by_the_calendar_once(year: Year) -> None:
    assert [turn(day) for day in (DAY(2019, 9, 15), OPENS, OPENS, DUE, AFTER, AFTER)] == [0, 1, 0, 0, 1, 0]
    [opened] = Round.objects.all()
    assert (opened.no, opened.window, opened.closed_on) == (9, Window(2019, 9, OPENS, DUE), AFTER)
    assert opened.receivers == [{"name": "局领导", "paper": "monthly_brief"}]
    assert set(opened.calls.values_list("responsibility", flat=True)) == {year.lead.pk, year.co.pk}
    verbs = Entry.objects.filter(verb__startswith="commitments.round").order_by("id")
    assert [entry.verb.rpartition(".")[2] for entry in verbs] == ["opened", "closed"]


def test_a_round_that_nobody_opened_while_it_ran_is_not_asked_for_afterwards(year: Year) -> None:
    assert year
    assert turn(AFTER) == 0


def test_a_clock_set_back_neither_asks_again_nor_forgets(year: Year) -> None:
    turn(OPENS)
    report(year.lead, year.lead_staff, DAY(2019, 9, 20))
    turn(AFTER)
    assert turn(DAY(2019, 9, 18)) == 0
    assert answers(DAY(2019, 9, 18)) == {"甲处": "waiting", "乙处": "waiting"}  # as it was known then
    assert answers(AFTER) == {"甲处": "on-time", "乙处": "missing"}
    report(year.co, year.co_staff, DAY(2019, 9, 18))  # handed in on the day that the clock says
    assert answers(AFTER) == {"甲处": "on-time", "乙处": "on-time"}


def test_what_the_scheme_said_when_it_opened_stays(year: Year) -> None:
    assert year
    turn(OPENS)
    release("2", day="28")
    assert turn(DAY(2019, 9, 20)) == 0
    assert Round.objects.get().due_on == DUE
    assert turn(DAY(2019, 10, 25)) == 2  # that one closes, the next opens by the new rule
    assert Round.objects.order_by("-no")[0].due_on == DAY(2019, 10, 28)


def test_due_in_the_national_holiday_it_is_due_on_the_first_day_after(year: Year) -> None:
    assert year
    release("2", day="2", open_days="5")
    turn(DAY(2019, 10, 7))
    assert Round.objects.get().window == Window(2019, 10, DAY(2019, 9, 27), DAY(2019, 10, 8))


def test_a_report_answers_in_time_or_late_or_not_at_all(year: Year) -> None:
    turn(OPENS)
    report(year.lead, year.lead_staff, DUE)
    report(year.co, year.co_staff, DAY(2019, 9, 28))
    assert answers(DAY(2019, 9, 27)) == {"甲处": "on-time", "乙处": "missing"}
    assert answers(DAY(2019, 9, 28)) == {"甲处": "on-time", "乙处": "late"}
    assert [str(one) for one in late_reports(year.task, DAY(2019, 9, 30)).values()] == [
        str(Round.objects.get())
    ]
    [first, second] = tallies(called(Call.objects.all(), DAY(2019, 9, 30)))
    assert (first.asked, first.on_time, second.asked, second.late) == (1, 1, 1, 1)


def test_what_comes_in_the_next_round_no_longer_answers_the_last(year: Year) -> None:
    turn(OPENS)
    turn(DAY(2019, 10, 16))
    report(year.co, year.co_staff, DAY(2019, 10, 16))
    found = [
        (one.call.round.no, one.answer)
        for one in called(Call.objects.all(), DAY(2019, 10, 17))
        if one.part == year.co
    ]
    assert found == [(9, "missing"), (10, "on-time")]


def test_finished_parts_guides_and_other_schemes_are_not_asked(
    year: Year, office: Callable[[str], Unit], system: Actor
) -> None:
    report(year.co, year.co_staff, DAY(2019, 9, 1), done=True, files=FILES)
    common = {"kind": "task", "start": DAY(2019, 1, 1), "source": Ref("workplan.item", "2"), "due": None}
    open_commitment(None, system, code="2", title="任务二", parts=[Part(office("丙处"), "guide")], **common)
    open_commitment(
        None, system, code="3", title="任务三", scheme="other", parts=[Part(office("丁处"), "lead")], **common
    )
    turn(OPENS)
    assert list(Call.objects.values_list("responsibility__unit__short_name", flat=True)) == ["甲处"]


def test_an_office_dissolved_in_the_middle_of_a_round_passes_on_what_was_asked(
    year: Year, office: Callable[[str], Unit], system: Actor
) -> None:
    heir = office("丙处")
    turn(DAY(2019, 8, 16))
    turn(OPENS)
    dissolve_unit(year.co.unit, system, successor=heir, on=DAY(2019, 9, 20), reason="机构改革")
    found = {(one.call.round.no, str(one.part.unit)): one.answer for one in called(Call.objects.all(), AFTER)}
    assert found[9, "丙处"] == "missing"
    assert (9, "乙处") not in found
    assert found[8, "丙处"] == "missing"  # so does what had been left unanswered
    part = Responsibility.objects.get(unit=heir)
    report(part, system, DAY(2019, 9, 24))
    assert {
        (str(one.part.unit), one.answer) for one in called(Round.objects.get(no=9).calls.all(), AFTER)
    } == {
        ("甲处", "missing"),
        ("丙处", "on-time"),
    }


def test_an_office_that_left_the_task_has_nothing_to_answer(year: Year) -> None:
    turn(OPENS)
    Responsibility.objects.filter(pk=year.co.pk).update(until=DAY(2019, 9, 20))
    assert answers(AFTER) == {"甲处": "missing"}
    assert answers(DAY(2019, 9, 19)) == {"甲处": "waiting", "乙处": "waiting"}


def test_asked_in_time_late_and_missing_are_events_of_the_year(year: Year) -> None:
    turn(OPENS)
    report(year.co, year.co_staff, DAY(2019, 9, 28))
    found = sorted(
        (unit, event.day, event.kind) for unit, event in _rounds(DAY(2019, 1, 1), DAY(2019, 9, 30))
    )
    lead, co = year.lead.unit_id, year.co.unit_id
    assert found == [
        (lead, OPENS, "report-asked"),
        (lead, DUE, "report-missing"),
        (co, OPENS, "report-asked"),
        (co, DAY(2019, 9, 28), "report-late"),
    ]
    early = [event.kind for _unit, event in _rounds(DAY(2019, 1, 1), DAY(2019, 9, 20))]
    assert early == ["report-asked", "report-asked"]


def test_only_the_program_turns_rounds(year: Year) -> None:
    window = Window(2019, 9, OPENS, DUE)
    with pytest.raises(Refused):
        open_round(None, year.leader, scheme="default", code="month", title="月报", window=window)
    assert not Round.objects.exists()


def _visitor(year: Year, browser_of: Callable[[Actor], Client], day: dt.date) -> Client:
    ClockSetting.objects.update_or_create(id=1, defaults={"day": day})
    role, _made = Role.objects.get_or_create(
        code="sees", defaults={"name": "看", "permissions": ["workplan.view_plan", "oversight.view_letter"]}
    )
    Grant.objects.get_or_create(user=User.objects.get(pk=year.co_staff.id), role=role, scope="all")
    return browser_of(year.co_staff)


def test_a_report_after_the_round_has_closed_is_late_and_says_so(
    year: Year, browser_of: Callable[[Actor], Client]
) -> None:
    turn(OPENS)
    turn(AFTER)
    client = _visitor(year, browser_of, AFTER)
    address = reverse("commitments:part-report", args=[year.co.pk])
    assert "kc-note-bad" in client.get(address).content.decode()
    told = client.post(address, {"text": "补报"}, follow=True)
    assert [message.level_tag for message in told.context["messages"]] == ["success", "warning"]
    assert len(late_reports(year.task, AFTER)) == 1
    assert "kc-note-bad" not in client.get(address).content.decode()  # only once


def test_the_desk_says_what_an_open_round_still_wants(year: Year) -> None:
    turn(OPENS)
    address = reverse("oversight:round-detail", args=[Round.objects.get().pk])
    [todo] = [one for one in todos_for(year.co_staff.fresh(), OPENS) if one.url == address]
    assert (todo.due, todo.light, todo.group) == (DUE, "yellow", "乙处")
    assert [one.light for one in todos_for(year.co_staff.fresh(), AFTER) if one.url == address] == ["red"]
    report(year.co, year.co_staff, DAY(2019, 9, 20))
    assert address not in {one.url for one in todos_for(year.co_staff.fresh(), DAY(2019, 9, 20))}


def test_the_pages_ask_as_much_for_one_round_as_for_three(
    year: Year, browser_of: Callable[[Actor], Client]
) -> None:
    turn(OPENS)
    client = _visitor(year, browser_of, DAY(2019, 12, 1))
    pages = [
        reverse("oversight:round-list"),
        reverse("oversight:round-detail", args=[Round.objects.get().pk]),
    ]

    def asked() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    one = asked()
    turn(DAY(2019, 10, 20))
    turn(DAY(2019, 11, 20))
    assert asked() == one


def test_what_waits_is_read_in_few_queries(year: Year) -> None:
    turn(OPENS)
    with CaptureQueriesContext(connection) as queries:
        found: list[Called] = to_answer([year.co.unit_id], AFTER)
    assert ([one.part for one in found], len(queries)) == ([year.co], 4)


def test_a_target_corrected_after_three_rounds_leaves_what_was_asked_and_answered(
    year: Year, system: Actor
) -> None:
    told = {"name": "实验室", "year": 2019, "comparator": ">=", "unit": "家", "kind": "level"}
    target = set_target(None, system, value=Decimal(10), **told)
    number = open_commitment(
        None, system, kind="target", code="2019/1.1", title="实验室", start=DAY(2019, 1, 1), source=Ref("workplan.item", "9"),
        parent=year.task, target=target,
    )  # fmt: skip
    for month in (7, 8, 9):
        turn(DAY(2019, month, 16))
        report(year.lead, year.lead_staff, DAY(2019, month, 20))
    before = [
        (one.call.round.no, str(one.part.unit), one.answer) for one in called(Call.objects.all(), AFTER)
    ]
    set_target(target, system, value=Decimal(12), **told)
    number.refresh_from_db()
    assert (number.target, number.target.value) == (target, Decimal(12))
    after = [(one.call.round.no, str(one.part.unit), one.answer) for one in called(Call.objects.all(), AFTER)]
    assert after == before
    assert {no for no, _unit, answer in after if answer == "on-time"} == {7, 8, 9}
    entry = Entry.objects.filter(verb="facts.target.set").latest("id")
    assert (entry.ref_id, entry.outcome) == (str(target.pk), "done")
