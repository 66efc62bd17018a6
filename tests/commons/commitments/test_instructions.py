# SPDX-License-Identifier: Apache-2.0
"""A leader's instruction on anything becomes a commitment of the offices it names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.commons.comments.actions import edit_comment, give_instruction, withdraw_comment
from kechuang.commons.comments.models import Comment, Instruction
from kechuang.commons.comments.threads import thread_of
from kechuang.commons.commitments.actions import report_part
from kechuang.commons.commitments.desk import instruction_todos
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.commitments.subscribers import open_instructed
from kechuang.commons.kernel.models import ClockSetting, Entry, OutboxMessage
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref

LEAD = (
    "comments.view_comment", "comments.give_instruction", "parties.view_organization", "workplan.view_plan",
    "commitments.view_instruction", "commitments.confirm_closure",
)  # fmt: skip
DUE = dt.date(2019, 11, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def units(office):
    return office("创新处"), office("资管处")


@pytest.fixture
def instruct(bureau, units, person, django_capture_on_commit_callbacks):
    leader = person("局领导", *LEAD)

    def give(actor=leader, **changed):
        terms = {
            "text": "请摸清这家企业的研发投入。一个月内报告。",
            "due": DUE,
            "offices": [Ref.of(unit) for unit in units],
            **changed,
        }
        with django_capture_on_commit_callbacks(execute=True):
            return give_instruction(Comment.on(Ref.of(bureau)), actor, **terms)

    return give


def test_an_instruction_opens_a_commitment_of_its_offices(instruct, units):
    comment = instruct()
    task = Commitment.objects.get()
    assert (task.kind, task.title, task.due, task.start) == (
        "instruction", "请摸清这家企业的研发投入", DUE, dt.date(2019, 10, 15),
    )  # fmt: skip
    assert task.code == f"PS2019-{comment.pk:04}"
    assert [source.ref for source in task.sources.all()] == [Ref.of(comment)]
    assert list(task.responsibilities.values_list("unit", "role")) == [
        (units[0].pk, "lead"),
        (units[1].pk, "co"),
    ]
    assert not OutboxMessage.objects.filter(delivered_at__isnull=True).exists()


def test_following_twice_opens_once(instruct):
    instruct()
    open_instructed(Entry.objects.get(verb="comments.instruction.given"))
    assert Commitment.objects.count() == 1


def test_the_leader_sees_what_became_of_it(instruct, person, bureau):
    instruct()
    (line,) = thread_of(Ref.of(bureau), person("副局长", *LEAD)).lines
    assert line.offices == "创新处、资管处"
    assert [outcome.url for outcome in line.outcomes] == [
        reverse("workplan:task-detail", args=[Commitment.objects.get().pk])
    ]
    (line,) = thread_of(
        Ref.of(bureau), person("只看企业", "comments.view_comment", "parties.view_organization")
    ).lines
    assert line.outcomes == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": " "}, "text"),
        ({"offices": []}, "lead"),
        ({"offices": [Ref("parties.unit", "999999")]}, "lead"),
        ({"due": dt.date(2019, 10, 14)}, "due"),
    ],
)
def test_an_instruction_that_cannot_be_carried_out_is_told(instruct, changed, field):
    with pytest.raises(Problem) as told:
        instruct(**changed)
    assert told.value.field == field
    assert not Comment.objects.exists()
    assert not Instruction.objects.exists()


def test_only_who_may_instruct_does(instruct, person):
    with pytest.raises(Refused):
        instruct(
            actor=person(
                "工作人员", "comments.view_comment", "comments.post_comment", "parties.view_organization"
            )
        )
    with pytest.raises(Refused):
        instruct(actor=person("外单位领导", "comments.view_comment", "comments.give_instruction"))


def test_an_instruction_stands(instruct, person):
    leader = person("一把手", *LEAD)
    comment = instruct(actor=leader)
    with pytest.raises(Refused):
        edit_comment(comment, leader, text="算了")
    with pytest.raises(Refused):
        withdraw_comment(comment, leader)


def test_the_offices_find_it_on_their_desk_until_they_are_done(instruct, person, units):
    instruct()
    staff = person("创新处干事", "commitments.report_part", over=units[0])
    other = person("农村处干事", "commitments.report_part", over=None)
    day = dt.date(2019, 10, 15)
    (todo,) = instruction_todos(staff, day)
    assert (todo.due, todo.group, todo.light) == (DUE, "创新处", "green")
    assert [todo.light for todo in instruction_todos(staff, dt.date(2019, 12, 2))] == ["red"]
    assert list(instruction_todos(other, day)) == []
    part = Responsibility.objects.get(unit=units[0])
    report_part(part, staff, text="已摸清。", done=True, files=[("报告.txt", b"x")])
    assert list(instruction_todos(staff.fresh(), day)) == []


def test_what_names_it_stands_beside_it_for_who_may_open_it(instruct, person, units, browser_of, plain_words):
    instruct()
    rights = ("commitments.report_part", "commitments.receive_part", "commitments.view_instruction")
    may = person("知情干事", *rights, "comments.view_comment", "parties.view_organization", over=units[0])
    stranger = person("生手", *rights, over=units[0])
    day, named = dt.date(2019, 10, 15), "局领导批示：云川市科学技术局"
    assert [todo.group for todo in instruction_todos(may, day)] == [f"{named} · 创新处"]
    assert [todo.group for todo in instruction_todos(stranger, day)] == ["创新处"]
    addresses = (reverse("commitments:instruction-list"), reverse("commitments:receipt-list"))
    assert [browser_of(may).get(one).content.decode().count(named) for one in addresses] == [1, 1]
    assert [browser_of(stranger).get(one).content.decode().count(named) for one in addresses] == [0, 0]


def test_a_closing_waits_on_the_desk_of_the_leader(instruct, person):
    instruct()
    Commitment.objects.update(state="awaiting")
    assert len(list(instruction_todos(person("副局长", *LEAD), dt.date(2019, 10, 15)))) == 1


def test_instructions_are_listed_with_the_same_number_of_queries(instruct, person, browser_of):
    ClockSetting.objects.create(day=dt.date(2019, 10, 15))
    browser = browser_of(person("副局长", *LEAD))
    address = reverse("commitments:instruction-list")
    browser.get(address)
    counts = []
    for more in (1, 2):
        for _number in range(more):
            instruct()
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(address)
        counts.append(len(queries))
    assert page.context["listing"].count == 3
    assert counts[0] == counts[1]


def test_the_way_to_its_page_is_open_to_who_may_see_it(instruct, person, browser_of):
    instruct()
    pk = Commitment.objects.get().pk
    opened = browser_of(person("副局长", *LEAD)).get(reverse("commitments:commitment-open", args=[pk]))
    assert opened["Location"] == reverse("workplan:task-detail", args=[pk])
    assert browser_of(person("副局长二", *LEAD)).get(opened["Location"]).status_code == 200
    closed = browser_of(person("外人", "commitments.view_instruction"))
    assert closed.get(reverse("commitments:commitment-open", args=[pk])).status_code == 404


def test_an_instruction_is_given_on_its_page(bureau, units, person, browser_of):
    browser = browser_of(person("局领导", *LEAD))
    address = reverse("comments:instruction-give", args=[str(Ref.of(bureau))])
    given = {
        "text": "请摸清。", "lead": str(Ref.of(units[1])), "others": [str(Ref.of(units[0]))], "due": "2099-12-31",
    }  # fmt: skip
    assert browser.get(address).status_code == 200
    assert browser.post(address, {**given, "lead": ""}).status_code == 422
    assert browser.post(address, given).status_code == 302
    assert Instruction.objects.get().office_refs == [Ref.of(units[1]), Ref.of(units[0])]
