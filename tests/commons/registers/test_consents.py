# SPDX-License-Identifier: Apache-2.0
"""A joint offer needs both sides: who speaks for which, for what stands there, and nobody for two; offers are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Region, Unit
from kechuang.commons.registers.actions.consents import give_consent
from kechuang.commons.registers.actions.records import edit_record, make_record, move_record
from kechuang.commons.registers.consenting import sides_of
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.desk import side_todos
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.promising import promises_of
from kechuang.commons.registers.queries import registers
from register_samples import release

pytestmark = pytest.mark.django_db
OFFER = {
    "code": "offer",
    "label": "联合支持",
    "type": "table",
    "columns": [
        {"code": "what", "label": "内容"},
        {"code": "office", "label": "处室", "type": "unit"},
        {"code": "by", "label": "时限", "type": "date"},
    ],
}
LEAD: dict[str, Any] = {
    "code": "lead",
    "name": "引进",
    "office": "yunchuan-甲处",
    "owner": "owner",
    "fields": [
        {"code": "title", "label": "对象", "type": "text", "required": True},
        {"code": "owner", "label": "对接处室", "type": "unit"},
        {"code": "where", "label": "区县", "type": "region"},
        OFFER,
    ],
    "states": [
        {"code": "talks", "label": "洽谈", "start": True},
        {"code": "agreed", "label": "签约", "end": True},
    ],
    "moves": [{"to": "agreed", "label": "签约", "of": ["talks"], "needs": ["city", "district"]}],
    "consents": [
        {"code": "city", "label": "市级", "over": ["offer"]},
        {"code": "district", "label": "区县", "over": ["offer"], "by": "region"},
    ],
    "promises": [{"table": "offer", "due": "by", "states": ["agreed"]}],
}
TERMS = {"title": "某研究院", "where": "演示区", "offer": [{"what": "场地三年免租", "by": "2019-12-01"}]}


@pytest.fixture
def people(person: Callable[..., Actor], office: Callable[[str], Unit]) -> dict[str, Actor]:
    """The keeper and the head of the office, another office's keeper, the district, another district."""
    release(LEAD)
    mine, other = office("甲处"), office("乙处")
    found = {
        "keeper": person("经办", "registers.view_record", "registers.keep_record", over=mine),
        "head": person("处长", "registers.view_record", "registers.head_record", over=mine),
        "other": person("他处", "registers.view_record", "registers.keep_record", over=other),
    }
    for number, name in enumerate(("演示区", "别区"), 1):
        region = Region.objects.create(code=f"99010{number}", name=name)
        found[name] = person(f"{name}科技局")
        role = Role.objects.create(
            code=f"district{number}",
            name=name,
            permissions=["registers.view_record", "registers.give_consent"],
        )
        Grant.objects.create(
            user=User.objects.get(pk=found[name].id), role=role, scope="region", over=str(Ref.of(region))
        )
    return found


@pytest.fixture
def lead(people: dict[str, Actor]) -> Record:
    record: Record = make_record(None, people["keeper"], register="lead", values=TERMS)
    return record


def standing(record: Record) -> list[str]:
    return [side.standing for side in sides_of(registers()["lead"], record)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner": "where"},
        {"owner": "nothing"},
        {"consents": [{"code": "title", "label": "一方", "over": ["offer"]}], "moves": []},
        {"consents": [{"code": "city", "label": "一方", "over": ["nothing"]}]},
        {"consents": [LEAD["consents"][0]]},
        {"consents": [*LEAD["consents"], LEAD["consents"][0]]},
    ],
)
def test_sides_and_owners_that_cannot_be_are_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RegisterPiece.model_validate({**LEAD, **wrong, "version": "1"})


def test_signing_needs_the_word_of_both_sides(lead: Record, people: dict[str, Actor]) -> None:
    for side, who in (("city", "head"), ("district", "演示区")):
        with pytest.raises(Problem) as told:
            move_record(lead, people["keeper"], to="agreed")
        assert told.value.field == side
        give_consent(lead, people[who], side=side, agreed=True)
    assert standing(lead) == ["agreed", "agreed"]
    move_record(lead, people["keeper"], to="agreed")
    assert [(one.title, str(one.responsibilities.get().unit)) for one in promises_of(lead)] == [
        ("场地三年免租", "甲处")
    ]


def test_consent_lapses_when_the_offer_changes_and_not_when_something_else_does(
    lead: Record, people: dict[str, Actor]
) -> None:
    give_consent(lead, people["head"], side="city", agreed=True)
    edit_record(lead, people["keeper"], values={**TERMS, "title": "某研究院沈阳分院"})
    assert standing(lead) == ["agreed", "silent"]
    edit_record(lead, people["keeper"], values={**TERMS, "offer": [{"what": "场地五年免租"}]})
    assert standing(lead) == ["lapsed", "silent"]
    with pytest.raises(Problem):
        move_record(lead, people["keeper"], to="agreed")


def test_side_that_declines_says_why_and_may_agree_later(lead: Record, people: dict[str, Actor]) -> None:
    with pytest.raises(Problem) as told:
        give_consent(lead, people["head"], side="city", agreed=False, text=" ")
    assert told.value.field == "text"
    give_consent(lead, people["head"], side="city", agreed=False, text="期限过长")
    assert standing(lead) == ["declined", "silent"]
    give_consent(lead, people["head"], side="city", agreed=True)
    assert standing(lead) == ["agreed", "silent"]


def test_nothing_can_be_agreed_to_that_is_not_written(people: dict[str, Actor]) -> None:
    record = make_record(None, people["keeper"], register="lead", values={"title": "x"})
    with pytest.raises(Problem):
        give_consent(record, people["head"], side="city", agreed=True)


def test_consent_to_an_overtaken_version_is_told(lead: Record, people: dict[str, Actor]) -> None:
    seen = lead.version
    edit_record(lead, people["keeper"], values={**TERMS, "offer": [{"what": "另一份"}]})
    with pytest.raises(Stale):
        give_consent(lead, people["head"], side="city", agreed=True, expected_version=seen)


def test_only_who_speaks_for_a_side_is_heard(lead: Record, people: dict[str, Actor]) -> None:
    for side, who in (
        ("city", "keeper"),
        ("city", "演示区"),
        ("district", "head"),
        ("district", "别区"),
        ("district", "other"),
    ):
        with pytest.raises(Refused):
            give_consent(lead, people[who], side=side, agreed=True)
    assert standing(lead) == ["silent", "silent"]


def test_nobody_speaks_for_two_sides(lead: Record, person: Callable[..., Actor]) -> None:
    both = person("两边", "registers.head_record", "registers.give_consent")
    give_consent(lead, both, side="city", agreed=True)
    with pytest.raises(Refused):
        give_consent(lead, both, side="district", agreed=True)


def test_owner_that_is_named_keeps_the_record_from_then_on(lead: Record, people: dict[str, Actor]) -> None:
    edit_record(lead, people["keeper"], values={**TERMS, "owner": "乙处"})
    assert str(lead.unit) == "乙处"
    with pytest.raises(Refused):
        edit_record(lead, people["keeper"], values=TERMS)
    edit_record(lead, people["other"], values={**TERMS, "owner": "乙处", "title": "改名"})


def test_pages_offer_the_form_to_who_speaks_for_the_side(
    lead: Record, people: dict[str, Actor], browser_of: Callable[[Actor], Client]
) -> None:
    page = reverse("registers:record-detail", args=[lead.pk])
    city, district = (
        reverse("registers:consent-give", args=[lead.pk, side]) for side in ("city", "district")
    )
    for who, shown in (("head", [True, False]), ("演示区", [False, True]), ("keeper", [False, False])):
        text = browser_of(people[who]).get(page).content.decode()
        assert [address in text for address in (city, district)] == shown
    client = browser_of(people["演示区"])
    assert client.get(city).status_code == 403
    assert client.post(district, {"agreed": "no", "text": ""}).status_code == 422
    lead.refresh_from_db()
    assert client.post(district, {"agreed": "yes", "expected_version": lead.version}).status_code == 302
    assert standing(lead) == ["silent", "agreed"]


def asked(actor: Actor) -> list[str]:
    return [todo.why for todo in todos_for(actor, clock.today()) if "parties" not in todo.url]


def test_each_side_finds_on_its_desk_what_it_is_asked_to_agree_to(
    people: dict[str, Actor], lead: Record
) -> None:
    city, district = (_("等%(side)s表态") % {"side": name} for name in ("市级", "区县"))
    assert asked(people["head"]) == [city]
    assert asked(people["演示区"]) == [district]
    assert asked(people["别区"]) == []
    assert asked(people["keeper"]) == []
    give_consent(lead, people["演示区"], side="district", agreed=True)
    assert asked(people["演示区"]) == []
    edit_record(
        lead, people["keeper"], values={**TERMS, "offer": [{"what": "场地五年免租", "by": "2019-12-01"}]}
    )
    assert asked(people["演示区"]) == [district]  # what he agreed to has changed
    edit_record(lead, people["keeper"], values={**TERMS, "offer": []})
    assert asked(people["演示区"]) == []  # nothing to agree to yet


def test_the_desk_of_a_side_costs_the_same_for_one_record_and_for_three(
    people: dict[str, Actor], lead: Record
) -> None:
    counts = []
    for more in (0, 2):
        for number in range(more):
            make_record(None, people["keeper"], register="lead", values={**TERMS, "title": f"第{number}家"})
        with CaptureQueriesContext(connection) as seen:
            found = list(side_todos(people["演示区"].fresh(), clock.today()))
        counts.append((len(found), len(seen)))
    assert [number for number, _queries in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
