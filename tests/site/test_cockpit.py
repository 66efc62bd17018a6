# SPDX-License-Identifier: Apache-2.0
"""Cockpit and desk: one plan on one day, every number opens, a constant number of queries, to each his own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kechuang.apps.workplan.actions import install_plan_facts
from kechuang.apps.workplan.pieces import PlannedArea, PlannedTarget, PlannedTask, PlanPiece
from kechuang.commons.commitments.actions import (
    Part,
    drop_commitment,
    merge_parts,
    open_commitment,
    report_part,
)
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.facts.models import Indicator
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Unit
from kechuang.site.overview import Overview, overview

pytestmark = pytest.mark.django_db
SPRING, DUE, AUTUMN = dt.date(2019, 3, 1), dt.date(2019, 5, 31), dt.date(2019, 10, 15)
SEES = ("workplan.view_plan", "figures.view_figure", "parties.view_organization")
Install = Callable[..., None]


@pytest.fixture(autouse=True)
def _autumn(db: None) -> None:
    """The day that the pages live on."""
    ClockSetting.objects.create(day=AUTUMN)


@pytest.fixture
def units(office: Callable[[str], Unit]) -> dict[str, Unit]:
    return {name: office(name) for name in ("甲处", "乙处")}


@pytest.fixture
def install(units: dict[str, Unit], system: Actor) -> Install:
    """Put a plan of so many tasks in force, each led by 甲处 with 乙处, and a promise of 3 high-tech firms."""
    Indicator.objects.create(
        code="firms", name="高新技术企业", unit="家", kind="stock", figure="ladder.high_tech_firms"
    )

    def make(count: int = 1) -> None:
        lead, co = (units[name].code for name in ("甲处", "乙处"))
        tasks = tuple(
            PlannedTask(
                number=str(n), title=f"任务{n}", lead=(lead,), co=(co,), due=DUE, deliverables=("举措",)
            )
            for n in range(1, count + 1)
        )
        promised = PlannedTarget(
            name="高新技术企业", comparator="=", value=Decimal(3), unit="家", indicator="firms"
        )
        piece = PlanPiece(
            code="p", version="1", title="云川市2019年工作要点", issuer="云川市科学技术局", year=2019,
            targets=(promised,), areas=(PlannedArea(title="领域", tasks=tasks),),
        )  # fmt: skip
        with clock.pinned(SPRING):
            install_plan_facts(piece, system)

    return make


@pytest.fixture
def certify(db: None) -> Callable[[str, dt.date], None]:
    """Give a firm a certificate of three years from a day."""
    kind = QualificationKind.objects.create(code="high_tech_firm", name="高新技术企业", term="years:3")

    def make(name: str, day: dt.date) -> None:
        firm = Organization.objects.create(name=name)
        Qualification.objects.create(
            organization=firm, kind=kind, number=name, valid_from=day, valid_to=day.replace(year=day.year + 3)
        )

    return make


def on(day: dt.date) -> Overview:
    with clock.pinned(day):
        return overview(day, Actor.system("test"))


def lights(found: Overview) -> dict[str, int]:
    return {colour: count for colour, count in found.colours if count}


def test_without_a_plan_the_cockpit_says_what_to_do(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    page = browser_of(person("甲", *SEES)).get("/cockpit/")
    assert page.status_code == 200
    assert page.context["overview"].version is None
    assert "kc-empty" in page.content.decode()


def test_a_task_is_red_from_the_day_after_it_was_due(install: Install) -> None:
    install()
    assert "red" not in lights(on(DUE))
    after = on(DUE + dt.timedelta(days=1))
    assert lights(after) == {"red": 1}
    assert [row.line.number for row in after.attention] == ["1"]
    assert "1" in after.attention[0].reason


def test_what_happened_later_does_not_change_an_earlier_day(
    install: Install, units: dict[str, Unit], person: Callable[..., Actor]
) -> None:
    install()
    task = Commitment.objects.get(kind="task")
    with clock.pinned(DUE + dt.timedelta(days=10)):
        for part in Responsibility.objects.filter(commitment=task):
            staff = person(f"{part.unit}员", "commitments.report_part", over=part.unit)
            report_part(part, staff, text="完成", done=True, files=[("总结.txt", b"x")])
        lead = person("甲长", "commitments.merge_parts", over=units["甲处"])
        merge_parts(task, lead, text="完成", delivered=[task.parts.get(kind="deliverable").pk])
    assert lights(on(DUE + dt.timedelta(days=1))) == {"red": 1}
    assert on(DUE + dt.timedelta(days=1)).attention[0].line.standing.delivered == 0
    assert on(DUE + dt.timedelta(days=10)).attention[0].line.standing.delivered == 1


def promise(unit: Unit, due: dt.date, actor: Actor) -> Commitment:
    """A clause of an agreement that the office owes by a day."""
    with clock.pinned(SPRING):
        clause: Commitment = open_commitment(
            None, actor, kind=Commitment.Kind.CLAUSE, code="协议2019-001-1", title="共建实验室",
            text="与云川大学合作：共建实验室", start=SPRING, due=due, source=Ref.of(unit),
            parts=[Part(unit, Responsibility.Role.LEAD)],
        )  # fmt: skip
    return clause


def test_clause_past_its_day_stands_in_the_cockpit_with_who_owes_it(
    install: Install,
    units: dict[str, Unit],
    system: Actor,
    person: Callable[..., Actor],
    browser_of: Callable[[Actor], Client],
) -> None:
    install()
    clause = promise(units["乙处"], DUE, system)
    kept = promise(units["甲处"], AUTUMN, system)
    assert on(DUE).promises == ()
    (late,) = on(DUE + dt.timedelta(days=1)).promises
    assert (late.line.task, [str(part.unit) for part in late.line.parts]) == (clause, ["乙处"])
    told = {change.title for change in on(DUE + dt.timedelta(days=1)).changes}
    assert clause.text in told
    client = browser_of(person("领导", *SEES, "commitments.view_instruction"))
    assert "与云川大学合作：共建实验室" in client.get("/cockpit/").content.decode()
    listed = client.get("/commitments/clauses/?late=yes").context["listing"].rows
    assert ([one.pk for one in listed], kept.due) == ([clause.pk], AUTUMN)
    with clock.pinned(DUE + dt.timedelta(days=3)):
        drop_commitment(clause, system, reason="协议终止")
    assert len(on(DUE + dt.timedelta(days=2)).promises) == 1
    assert on(AUTUMN).promises == ()


def test_who_may_not_see_clauses_is_shown_none(
    install: Install, units: dict[str, Unit], system: Actor, person: Callable[..., Actor]
) -> None:
    install()
    promise(units["乙处"], DUE, system)
    assert overview(AUTUMN, person("甲", *SEES)).promises == ()


def test_offices_are_counted_by_what_they_owe(install: Install, person: Callable[..., Actor]) -> None:
    install(2)
    part = Responsibility.objects.filter(unit__name="甲处").earliest("id")
    with clock.pinned(AUTUMN - dt.timedelta(days=3)):
        report_part(part, person("甲员", "commitments.report_part", over=part.unit), text="正在推进")
    found = {row.name: row.owed for row in on(AUTUMN).offices}
    assert found == {"乙处": 2, "甲处": 1}


def test_a_number_of_the_cockpit_opens_to_as_many_records(
    install: Install,
    certify: Callable[[str, dt.date], None],
    person: Callable[..., Actor],
    browser_of: Callable[[Actor], Client],
) -> None:
    install()
    certify("云川一号公司", dt.date(2018, 6, 1))
    certify("云川二号公司", dt.date(2019, 6, 1))
    certify("云川过期公司", dt.date(2016, 10, 15))
    client = browser_of(person("甲", *SEES))
    line = client.get("/cockpit/").context["overview"].headline[0]
    assert (line.target.value, line.reading.value, line.percent) == (3, 2, 66)
    opened = client.get(line.reading.url)
    assert opened.context["value"] == 2
    page = opened.content.decode()
    assert "云川一号公司" in page
    assert "云川二号公司" in page
    assert "云川过期公司" not in page  # valid up to and not including the day three years later


def test_every_linked_number_of_the_cockpit_answers(
    install: Install, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    install(3)
    client = browser_of(person("甲", *SEES))
    links = re.findall(r'<a class="kc-figure"[^>]*href="([^"]+)"', client.get("/cockpit/").content.decode())
    assert links
    assert {client.get(link).status_code for link in links} == {200}


def test_three_tasks_and_clauses_cost_no_more_queries_than_one(
    install: Install,
    units: dict[str, Unit],
    system: Actor,
    person: Callable[..., Actor],
    browser_of: Callable[[Actor], Client],
) -> None:
    def cost() -> int:
        client.get("/cockpit/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/cockpit/")
        return len(queries)

    client = browser_of(person("甲", *SEES, "commitments.confirm_closure", "commitments.view_instruction"))
    install(1)
    promise(units["甲处"], DUE, system)
    one = cost()
    for unit in units.values():
        promise(unit, DUE, system)
    Commitment.objects.filter(kind="task").update(code="2019/x")
    _add_tasks(2)
    assert cost() == one


def _add_tasks(count: int) -> None:
    """More tasks in the plan in force, with the same offices."""
    from kechuang.apps.workplan.models import Item  # noqa: PLC0415 - only here

    item = Item.objects.get(kind="task")
    parts = list(Responsibility.objects.filter(commitment=item.commitment_id))
    for number in range(count):
        task = Commitment.objects.create(
            kind="task", code=f"2019/y{number}", title="另一项", start=SPRING, due=DUE
        )
        Commitment.objects.create(
            kind="deliverable", code=f"2019/y{number}.1", title="举措", start=SPRING, parent=task
        )
        for part in parts:
            part.pk, part.commitment = None, task
            part.save(force_insert=True)
        item.pk, item.commitment, item.number = None, task, f"y{number}"
        item.save(force_insert=True)


def desk_of(client: Client) -> list[tuple[str, str]]:
    return [(todo.title, todo.group) for todo in client.get("/desk/").context["todos"]]


def test_the_desk_shows_each_office_its_own(
    install: Install,
    units: dict[str, Unit],
    person: Callable[..., Actor],
    browser_of: Callable[[Actor], Client],
) -> None:
    install()
    mine = person("甲员", "commitments.report_part", over=units["甲处"])
    assert desk_of(browser_of(mine)) == [("1. 任务1", "甲处")]
    assert desk_of(browser_of(person("路人", "workplan.view_plan"))) == []


def test_a_leader_starts_at_the_cockpit_and_everyone_else_at_the_desk(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    assert browser_of(person("局长", "site.start_at_cockpit")).get("/")["Location"] == "/cockpit/"
    assert browser_of(person("员")).get("/")["Location"] == "/desk/"


def test_the_desk_of_nobody_is_empty_and_says_so(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    page = browser_of(person("员")).get("/desk/")
    assert page.context["todos"] == []
    assert "kc-empty" in page.content.decode()


def test_every_count_of_lights_opens_to_as_many_tasks(
    install: Install, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    install(3)
    client = browser_of(person("甲", *SEES))
    for day in (SPRING, DUE + dt.timedelta(days=1), AUTUMN):
        page = client.get("/cockpit/", {"day": day.isoformat()})
        counts = re.findall(
            r'class="kc-count-of" href="([^"]+)" aria-label="[^"]*? (\d+)"', page.content.decode()
        )
        assert len(counts) >= 4
        for link, count in counts:
            listing = client.get(link.replace("&amp;", "&")).context["listing"]
            assert (listing.asked.notes, listing.count) == ([], int(count)), link


def test_reports_owed_by_an_office_open_to_the_tasks_they_are_owed_for(
    install: Install, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    install(2)
    part = Responsibility.objects.filter(unit__name="甲处").earliest("id")
    with clock.pinned(AUTUMN - dt.timedelta(days=3)):
        report_part(part, person("甲员", "commitments.report_part", over=part.unit), text="正在推进")
    client = browser_of(person("甲", *SEES))
    listing = client.get("/cockpit/tasks/", {"owing": part.unit_id}).context["listing"]
    assert [line.number for line in listing.rows] == ["2"]
    assert f"/cockpit/tasks/?owing={part.unit_id}" in client.get("/cockpit/").content.decode()


def test_several_plans_stand_side_by_side_and_each_opens(
    install: Install, person: Callable[..., Actor], browser_of: Callable[[Actor], Client], system: Actor
) -> None:
    install(2)
    task = PlannedTask(
        number="1", title="另一市的任务", lead=("yunchuan-甲处",), due=DUE, deliverables=("举措",)
    )
    other = PlanPiece(
        code="q", version="1", title="雨川市2019年工作要点", issuer="雨川市科学技术局", year=2019,
        targets=(), areas=(PlannedArea(title="领域", tasks=(task,)),),
    )  # fmt: skip
    with clock.pinned(SPRING):
        install_plan_facts(other, system)
    client = browser_of(person("甲", *SEES))
    page = client.get("/cockpit/")
    found = page.context["overview"]
    assert [(row.version.plan.title, dict(row.colours)["red"]) for row in found.plans] == [
        ("云川市2019年工作要点", 2),
        ("雨川市2019年工作要点", 1),
    ]
    assert dict(found.colours)["red"] == 3
    for row in found.plans:
        address = f"/cockpit/?plan={row.version.plan_id}"
        assert address in page.content.decode()
        one = client.get(address).context["overview"]
        assert (one.version, dict(one.colours)) == (row.version, dict(row.colours))


def test_screen_of_the_meeting_room_shows_numbers_then_red_tasks_then_leaders(
    install: Install, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    install(8)
    page = browser_of(person("甲", *SEES)).get("/cockpit/screen/")
    slides = [(kind, len(rows)) for kind, _title, rows in page.context["slides"]]
    assert slides == [("targets", 1), ("tasks", 6), ("tasks", 2), ("leaders", 2)]
    body = page.content.decode()
    assert "<button" not in body
    assert body.count("kc-slide") - body.count("data-kc-slides") == 4


def test_screen_is_refused_to_who_may_not_see_the_plan(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    assert browser_of(person("无权")).get("/cockpit/screen/").status_code == 403
