# SPDX-License-Identifier: Apache-2.0
"""Accounts: opened, corrected, stopped, restarted, unlocked, erased; by whom, and by whom not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kechuang.commons.access.actions import (
    correct_account,
    correct_own_account,
    create_account,
    disable_account,
    enable_account,
    erase_account,
    issue_link,
    unlock_account,
)
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import GrantRequest, OneTimeLink, PersonalKey, SecondFactor, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import personal_digest, seal_journal
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.kernel.refs import Ref

pytestmark = pytest.mark.django_db
PASSWORD = "Long-enough-2019"
NEW = {"username": "li", "display_name": "李工", "email": "li@example.cn", "phone": "13912345678"}


def test_opening_keeps_the_telephone_sealed_and_the_person_out_of_the_journal(sysadmin: Actor) -> None:
    user = create_account(None, sysadmin, **NEW)
    user.refresh_from_db()
    assert user.phone == "13912345678"
    assert "13912345678" not in user.phone_sealed
    data = Entry.objects.get(verb="access.account.created").data
    assert {name: data[name][:5] for name in NEW} == dict.fromkeys(NEW, "hmac:")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "LI"}, "username"),
        ({"username": "a"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "<script>"}, "username"),
        ({"username": "x" * 61}, "username"),
        ({"username": "new", "display_name": " "}, "display_name"),
        ({"username": "new", "display_name": "长" * 37}, "display_name"),
        ({"username": "new", "email": "not-an-address"}, "email"),
        ({"username": "new", "phone": "12345"}, "phone"),
        ({"username": "new", "phone": "=1+1"}, "phone"),
    ],
)
def test_what_cannot_stand_in_an_account_is_told_at_its_field(
    sysadmin: Actor, account: Any, changed: dict[str, str], field: str
) -> None:
    account("li")
    with pytest.raises(Problem) as told:
        create_account(None, sysadmin, **(NEW | changed))
    assert told.value.field == field
    assert User.objects.count() == 2


def test_two_names_that_differ_in_case_alone_are_one_in_the_database(account: Any) -> None:
    account("zhang")
    with pytest.raises(IntegrityError), transaction.atomic():
        account("ZHANG")


def test_only_the_system_administrator_opens_accounts(secadmin: Actor, account: Any) -> None:
    for actor in (secadmin, actor_of(account("zhang")), Actor("person", "", "")):
        with pytest.raises(Refused):
            create_account(None, actor, **NEW)


def test_stopping_and_restarting(sysadmin: Actor, secadmin: Actor, account: Any) -> None:
    user = account("zhang")
    issue_link(user, sysadmin)
    disable_account(user, sysadmin, reason="调离")
    assert not User.objects.get(pk=user.pk).works_on(timezone.localdate())
    assert OneTimeLink.objects.get().closed_at is not None
    enable_account(user, sysadmin, reason="调回")
    assert User.objects.get(pk=user.pk).works_on(timezone.localdate())
    for actor in (secadmin, actor_of(user)):
        with pytest.raises(Refused):
            disable_account(user, actor, reason="x")


def test_nobody_stops_corrects_or_resets_the_own_account(sysadmin: Actor) -> None:
    own = User.objects.get(pk=sysadmin.id)
    with pytest.raises(Refused):
        disable_account(own, sysadmin, reason="x")
    with pytest.raises(Refused):
        correct_account(own, sysadmin, display_name="别人")
    with pytest.raises(Refused):
        issue_link(own, sysadmin)


def test_correcting_over_a_newer_version_is_told(sysadmin: Actor, account: Any) -> None:
    user = account("zhang")
    correct_account(user, sysadmin, display_name="张工", expected_version=1)
    with pytest.raises(Stale):
        correct_account(user, sysadmin, display_name="章工", expected_version=1)


def test_a_person_corrects_the_own_addresses_and_nobody_elses(account: Any) -> None:
    user, other = account("zhang"), account("li")
    with pytest.raises(Problem) as told:
        correct_own_account(user, actor_of(user), email="z@example.cn", current="guess")
    assert told.value.field == "current"
    own = {"phone": "024-22822233", "current": PASSWORD}
    correct_own_account(user, actor_of(user), email="z@example.cn", **own)
    assert correct_own_account(user, actor_of(user), email="z@example.cn", phone="024-22822233")
    user.refresh_from_db()
    assert (user.email, user.phone) == ("z@example.cn", "024-22822233")
    with pytest.raises(Refused):
        correct_own_account(other, actor_of(user), email="z@example.cn")
    with pytest.raises(Refused):
        correct_own_account(user, actor_of(user, on_behalf_of=other), email="z@example.cn")


def test_fields_that_a_form_does_not_offer_are_not_taken(account: Any, enter: Any) -> None:
    user = account("zhang")
    more = {
        "is_active": "",
        "username": "root",
        "must_change_password": "on",
        "demo": "on",
        "display_name": "局长",
    }
    enter("zhang").post(
        "/access/me/contact/", {"email": "z@example.cn", "phone": "", "current": PASSWORD, **more}
    )
    user.refresh_from_db()
    assert (user.username, user.display_name, user.is_active, user.demo) == ("zhang", "zhang", True, False)
    assert user.email == "z@example.cn"


def test_unlocking_lets_a_person_try_again(
    account: Any, sysadmin: Actor, secadmin: Actor, enter: Any
) -> None:
    user = account("zhang")
    for _failure in range(5):
        Client().post("/access/sign-in/", {"username": "zhang", "password": "guess"})
    with pytest.raises(Refused):
        unlock_account(user, secadmin)
    unlock_account(user, sysadmin)
    enter("zhang")


def test_erasing_destroys_the_values_and_the_key_of_their_digests_and_leaves_the_chain_whole(
    sysadmin: Actor, secadmin: Actor
) -> None:
    from kechuang.commons.kernel.verification import verify_journal  # noqa: PLC0415

    user = create_account(None, sysadmin, **NEW)
    ref = Ref.of(user)
    kept = Entry.objects.get(verb="access.account.created").data["phone"]
    assert kept == personal_digest("13912345678", ref)
    SecondFactor.objects.create(user=user, secret_sealed="x", enrolled_at=timezone.now())
    with pytest.raises(Refused):
        erase_account(user, sysadmin, reason="本人要求")
    disable_account(user, sysadmin, reason="离职")
    with pytest.raises(Refused):
        erase_account(user, secadmin, reason="本人要求")
    seal_journal()
    erase_account(user, sysadmin, reason="本人要求")
    user.refresh_from_db()
    assert (user.username, user.email, user.phone) == (f"erased-{user.pk}", "", "")
    assert "李工" not in user.display_name
    assert not SecondFactor.objects.exists()
    assert not PersonalKey.objects.filter(ref_kind=ref.kind, ref_id=ref.id).exists()
    assert Entry.objects.get(verb="access.account.created").data["phone"] == kept
    assert kept != personal_digest("13912345678", ref)
    seal_journal()
    assert verify_journal().intact


def test_the_page_opens_an_account_asks_for_its_role_and_shows_the_link_once(
    sysadmin: Actor, role: Any, enter: Any
) -> None:
    kind = role("staff", "t.enter_it")
    browser = enter("sys")
    sent = {**NEW, "role": kind.pk, "scope": "all", "deliver": "page", "idempotency_key": "4" * 32}
    shown = browser.post("/access/accounts/new/", sent)
    user = User.objects.get(username="li")
    assert GrantRequest.objects.get().user == user
    assert not user.grants.exists()
    address = shown.context["address"]
    assert address in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    again = browser.post("/access/accounts/new/", sent)
    assert again["Location"] == reverse("access:account-detail", args=[user.pk])
    assert OneTimeLink.objects.count() == 1
    assert Client().get(address[address.index("/access/") :])["Location"] == "/access/set-password/"


def test_a_link_is_mailed_where_mail_is_asked_for(sysadmin: Actor, enter: Any, settings: Any) -> None:
    settings.MAIL_ON = True
    enter("sys").post("/access/accounts/new/", {**NEW, "scope": "all", "deliver": "mail"})
    assert [message.to for message in mail.outbox] == [["li@example.cn"]]


def test_without_mail_it_cannot_be_asked_for(sysadmin: Actor, enter: Any) -> None:
    answer = enter("sys").post("/access/accounts/new/", {**NEW, "scope": "all", "deliver": "mail"})
    assert answer.status_code == 422
    assert not User.objects.filter(username="li").exists()


def test_the_list_shows_values_masked_and_costs_the_same_for_one_account_and_for_three(
    sysadmin: Actor, role: Any, account: Any, enter: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    browser = enter("sys")
    kind = role("staff", "t.enter_it")
    browser.get("/access/accounts/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/access/accounts/")
    for name in ("zhang", "li", "wang"):
        account(name, kind, phone="13812341234", email=f"{name}@example.cn")
    with CaptureQueriesContext(connection) as three:
        page = browser.get("/access/accounts/").content.decode()
    assert len(one) == len(three)
    assert "138****1234" in page
    assert "13812341234" not in page
    assert "z***@example.cn" in page


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("working", {"sys", "zhang"}),
        ("invited", {"new"}),
        ("ending", {"soon"}),
        ("stopped", {"gone", "past"}),
    ],
)
def test_the_list_narrows_by_state(
    sysadmin: Actor, account: Any, enter: Any, state: str, expected: set[str]
) -> None:
    today = timezone.localdate()
    account("zhang")
    account("soon", ends_on=today + dt.timedelta(days=3))
    account("gone", is_active=False)
    account("past", ends_on=today)
    new = account("new")
    new.set_unusable_password()
    new.save()
    listed = enter("sys").get(f"/access/accounts/?state={state}").context["listing"].rows
    assert {user.username for user in listed} == expected


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("account-correct", "sys"),
        ("account-link", "sys"),
        ("account-disable", "sys"),
        ("account-erase", "sys"),
        ("grant-new", "sec"),
        ("hand-over", "sec"),
        ("factor-remove", "sec"),
    ],
)
def test_each_administrators_pages_are_closed_to_the_other(
    sysadmin: Actor, secadmin: Actor, account: Any, enter: Any, page: str, who: str
) -> None:
    user = account("zhang")
    if page == "account-erase":
        User.objects.filter(pk=user.pk).update(is_active=False)
    address = reverse(f"access:{page}", args=[user.pk])
    other = {"sys": "sec", "sec": "sys"}[who]
    assert enter(who).get(address).status_code == 200
    assert enter(other).get(address).status_code == 403
    assert enter(other).post(address, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    "page", ["account-detail", "account-correct", "account-link", "grant-new", "hand-over"]
)
def test_a_guessed_number_is_not_found(sysadmin: Actor, secadmin: Actor, enter: Any, page: str) -> None:
    who = "sec" if page in {"grant-new", "hand-over"} else "sys"
    for number in (987654, 10**30):
        assert enter(who).get(reverse(f"access:{page}", args=[number])).status_code == 404


def test_the_page_of_an_account_tells_what_was_done_to_it(sysadmin: Actor, account: Any, enter: Any) -> None:
    user = account("zhang")
    issue_link(user, sysadmin)
    disable_account(user, sysadmin, reason="调离本局")
    page = enter("sys").get(reverse("access:account-detail", args=[user.pk]))
    assert "调离本局" in page.content.decode()
    assert [entry.verb for entry, _words in page.context["history"]] == [
        "access.account.disabled",
        "access.link.issued",
    ]


def test_correcting_on_the_page_keeps_what_is_left_empty_and_clears_what_is_ticked(
    sysadmin: Actor, account: Any, enter: Any
) -> None:
    user = account("zhang", phone="13812341234", email="z@example.cn")
    address = reverse("access:account-correct", args=[user.pk])
    browser = enter("sys")
    page = browser.get(address).content.decode()
    assert "13812341234" not in page
    browser.post(address, {"display_name": "张工", "email": "", "phone": ""})
    user.refresh_from_db()
    assert (user.display_name, user.phone, user.email) == ("张工", "13812341234", "z@example.cn")
    browser.post(address, {"display_name": "张工", "clear": ["phone"], "last": "2099-12-31"})
    user.refresh_from_db()
    assert (user.phone, user.email, user.ends_on) == ("", "z@example.cn", dt.date(2100, 1, 1))


def test_the_address_of_an_administrator_is_moved_by_himself_alone(
    sysadmin: Actor, secadmin: Actor, enter: Any, settings: Any
) -> None:
    settings.MAIL_ON = True
    sec = User.objects.get(pk=secadmin.id)
    sec.email = "sec@example.cn"
    sec.save()
    with pytest.raises(Problem) as told:
        correct_account(sec, sysadmin, display_name="安全员", email="mine@example.cn")
    assert told.value.field == "email"
    assert correct_account(sec, sysadmin, display_name="安全员二", email="sec@example.cn")
    given = {"email": "new@example.cn", "phone": "", "current": PASSWORD}
    assert enter("sec").post("/access/me/contact/", given).status_code == 302
    assert [message.to for message in mail.outbox] == [["sec@example.cn"]]  # the earlier address is told


def test_guessing_the_password_of_the_contact_page_locks_like_guessing_at_sign_in(
    account: Any, enter: Any
) -> None:
    user = account("zhang")
    browser = enter("zhang")
    given = {"email": "thief@example.cn", "phone": "", "current": "guess"}
    answers = [browser.post("/access/me/contact/", given).status_code for _try in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    user.refresh_from_db()
    assert user.email == ""


def test_erasing_forgets_failed_attempts_under_the_name(account: Any, sysadmin: Actor) -> None:
    user = account("zhang")
    Client().post("/access/sign-in/", {"username": "zhang", "password": "guess"})
    assert AccessAttempt.objects.filter(username="zhang").exists()
    erase_account(disable_account(user, sysadmin, reason="离职"), sysadmin, reason="本人要求")
    assert not AccessAttempt.objects.filter(username="zhang").exists()


def test_an_erased_account_stays_erased_and_offers_nothing(account: Any, sysadmin: Actor, enter: Any) -> None:
    user = erase_account(
        disable_account(account("zhang"), sysadmin, reason="离职"), sysadmin, reason="本人要求"
    )
    with pytest.raises(Problem):
        enable_account(user, sysadmin, reason="误删")
    page = enter("sys").get(reverse("access:account-detail", args=[user.pk])).content.decode()
    for name in ("account-enable", "account-erase", "account-link", "account-correct"):
        assert reverse(f"access:{name}", args=[user.pk]) not in page
