# SPDX-License-Identifier: Apache-2.0
"""Sensitive values of records: hidden on every page and form, kept, unmasked for a purpose, erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.commons.access.models import PersonalKey, User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import seal_journal
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verification import verify_journal
from kechuang.commons.registers.actions.erasing import erase_record
from kechuang.commons.registers.actions.records import (
    edit_record,
    make_record,
    move_record,
)
from kechuang.commons.registers.models import Record
from register_samples import PILOT, release

pytestmark = pytest.mark.django_db
PROOF = [("验收意见.txt", "通过".encode())]
KEEPER = ("registers.view_record", "registers.keep_record")
Make = Callable[..., Record]


def test_sensitive_values_are_hidden_and_never_public(
    make: Make, keeper: Actor, person: Callable[..., Actor], client: Client
) -> None:
    record = make(area="12", level="city", price="123456.78")
    move_record(record, keeper, to="running", files=PROOF)
    address = reverse("registers:record-detail", args=[record.pk])
    whole = reverse("access:unmask", args=[str(Ref.of(record)), "price"])
    for permissions, may in (
        (("registers.view_record",), False),
        (("registers.view_record", "registers.view_sensitive"), True),
    ):
        actor = person(f"看{may}", *permissions)
        client.force_login(
            User.objects.get(pk=actor.id), backend="kechuang.commons.access.backends.AccountBackend"
        )
        page = client.get(address).content.decode()
        assert ("123,456.78" in page, "***" in page, whole in page) == (False, True, may)
        seen = client.post(whole, {"purpose": "contact"})
        assert (seen.status_code, "123,456.78" in seen.content.decode()) == (
            (200, True) if may else (403, False)
        )
        listed = client.get(reverse("registers:record-list", args=["pilot_base"]), {"cols": "price,area"})
        assert "123,456.78" not in listed.content.decode()
    looks = Entry.objects.filter(verb="access.field.unmasked").order_by("id")
    assert [(look.outcome, look.data.get("field", "")) for look in looks] == [("done", "price")]
    client.logout()
    public = client.get(reverse("registers:public-list", args=["pilot_base"]))
    text = public.content.decode()
    assert public.status_code == 200
    assert "甲基地" in text
    assert "123,456.78" not in text
    assert "registers/records/" not in text


def test_form_shows_no_sensitive_value_and_keeps_what_is_not_touched(
    make: Make, keeper: Actor, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    record = make(price="1234.56", area="10")
    page = reverse("registers:record-edit", args=[record.pk])
    unmask = reverse("access:unmask", args=[str(Ref.of(record)), "price"])
    shown = browser_of(keeper).get(page).content.decode()
    assert ("1234.56" in shown, "123456" in shown, unmask in shown) == (False, False, False)
    trusted = browser_of(person("负责", *KEEPER, "registers.view_sensitive"))
    shown = trusted.get(page).content.decode()
    assert ("1234.56" in shown, unmask in shown) == (False, True)

    def sent(**more: str) -> Any:
        record.refresh_from_db()
        form = {"title": "甲基地", "area": "20", "expected_version": record.version} | more
        assert trusted.post(page, form).status_code == 302
        record.refresh_from_db()
        return record.data.get("price")

    assert sent() == 123456
    assert record.data["area"] == 200
    assert sent(price="99") == 9900
    assert sent(**{"price.clear": "on"}) is None
    told = [entry.data for entry in Entry.objects.filter(verb="registers.record.edited")]
    assert "123456" not in str(told)
    assert "1234.56" not in str(told)


def test_form_adds_lines_and_years_to_sensitive_ones_it_does_not_show(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    hidden = [
        {**one, "access": "sensitive"} if one["code"] in {"lines", "income"} else one
        for one in PILOT["fields"]
    ]
    release({**PILOT, "fields": hidden})
    keeper = person("经办", *KEEPER)
    values = {"title": "甲", "lines": [{"name": "一线", "tons": "5"}], "income": {"2017": "7"}}
    record = make_record(None, keeper, register="pilot_base", values=values)
    page, browser = reverse("registers:record-edit", args=[record.pk]), browser_of(keeper)
    shown = browser.get(page).content.decode()
    assert "一线" not in shown
    added = {"lines.0.name": "二线", "income.0.year": "2018", "income.0.value": "9"}
    assert browser.post(page, {"title": "甲", "expected_version": record.version, **added}).status_code == 302
    record.refresh_from_db()
    assert record.data["lines"] == [{"name": "一线", "tons": 500}, {"name": "二线"}]
    assert record.data["income"] == {"2017": 7, "2018": 9}
    gone = {"title": "甲", "expected_version": record.version, "lines.clear": "on"}
    assert browser.post(page, gone).status_code == 302
    record.refresh_from_db()
    assert ("lines" in record.data, record.data["income"]) == (False, {"2017": 7, "2018": 9})


def test_move_that_needs_a_sensitive_field_neither_shows_nor_loses_it(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    moves = [
        {"to": "running", "label": "投入运行", "of": ["building"], "needs": ["price"]},
        PILOT["moves"][1],
    ]
    release({**PILOT, "moves": moves})
    keeper = person("经办", *KEEPER)
    record = make_record(None, keeper, register="pilot_base", values={"title": "甲", "price": "1234.56"})
    page, browser = reverse("registers:record-move", args=[record.pk, "running"]), browser_of(keeper)
    assert "1234.56" not in browser.get(page).content.decode()
    assert browser.post(page, {"on": clock.today(), "expected_version": record.version}).status_code == 302
    record.refresh_from_db()
    assert (record.state, record.data["price"]) == ("running", 123456)


def test_record_whose_name_is_sensitive_goes_by_its_number(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    fields = [{"code": "title", "label": "姓名", "type": "text", "access": "sensitive"}]
    states = [{"code": "on", "label": "在册", "start": True, "end": True}]
    release(
        {"code": "expert", "name": "专家", "numbering": "专{year}-{seq}", "fields": fields, "states": states}
    )
    record = make_record(None, person("经办", *KEEPER), register="expert", values={"title": "某某某"})
    assert (record.title, record.data["title"]) == ("专2019-1", "某某某")
    client = browser_of(person("看", "registers.view_record"))
    for address in (
        reverse("registers:record-list", args=["expert"]),
        reverse("registers:record-detail", args=[record.pk]),
    ):
        assert "某某某" not in client.get(address).content.decode()
    edit_record(record, Actor.system("test"), values={"title": "另一人"})
    assert record.title == "专2019-1"


def test_sensitive_values_enter_the_journal_as_digests_and_are_erased_without_breaking_its_chain(
    make: Make, keeper: Actor, person: Callable[..., Actor]
) -> None:
    head = person("负责人", *KEEPER, "registers.head_record")
    record = make("甲基地", price="1234567")
    edit_record(record, keeper, values={"title": "甲基地", "price": "7654321"})
    kept = json.dumps(list(Entry.objects.values_list("data", flat=True)), ensure_ascii=False)
    assert "甲基地" in kept
    assert [text for text in ("1234567", "7654321", "123456700", "765432100") if text in kept] == []
    assert kept.count("hmac:") == 3
    seal_journal()
    with pytest.raises(Refused):
        erase_record(record, keeper, reason="应本人要求")
    with pytest.raises(Problem):
        erase_record(record, head, reason=" ")
    erased = erase_record(record, head, reason="应本人要求")
    assert (erased.data, erased.title) == ({"title": "甲基地"}, "甲基地")
    ref = Ref.of(record)
    assert not PersonalKey.objects.filter(ref_kind=ref.kind, ref_id=ref.id).exists()
    seal_journal()
    assert verify_journal().intact
    with pytest.raises(Problem):
        erase_record(record, head, reason="再删")


def test_page_of_a_record_leads_its_head_alone_to_erasing(
    make: Make, person: Callable[..., Actor], client: Client
) -> None:
    record = make("甲基地", price="1234567")
    head = person("负责人", *KEEPER, "registers.head_record")
    client.force_login(
        User.objects.get(pk=head.id), backend="kechuang.commons.access.backends.AccountBackend"
    )
    address = reverse("registers:record-erase", args=[record.pk])
    assert address in client.get(reverse("registers:record-detail", args=[record.pk])).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "应本人要求"}).status_code == 302
    assert address not in client.get(reverse("registers:record-detail", args=[record.pk])).content.decode()


def test_another_office_sees_no_sensitive_value_of_what_an_office_keeps(
    make: Make, person: Callable[..., Actor], office: Callable[[str], Any], browser_of: Any
) -> None:
    record = make(area="12", level="city", price="123456.78")
    mine, other = office("甲处"), office("乙处")
    Record.objects.filter(pk=record.pk).update(unit=mine)
    rights = ("registers.view_record", "registers.view_sensitive")
    whole = reverse("access:unmask", args=[str(Ref.of(record)), "price"])
    page = reverse("registers:record-detail", args=[record.pk])
    viewers = (
        person("本处", *rights, over=mine),
        person("他处", *rights, over=other),
        person("局长", *rights),
    )
    for viewer, may in zip(viewers, (True, False, True), strict=True):
        browser = browser_of(viewer)
        assert (whole in browser.get(page).content.decode()) is may
        assert browser.get(whole).status_code == (200 if may else 403)
