# SPDX-License-Identifier: Apache-2.0
"""One-time links: shown or mailed once, good once, in time; a lost password gets the same answer for everybody."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from kechuang.commons.access.actions import issue_link, redeem_link
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import OneTimeLink, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db
NEW = "Another-one-2020"
SET = {"password": NEW, "again": NEW}


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_ON = True
    settings.DEFAULT_FROM_EMAIL = "kechuang@example.cn"
    settings.PUBLIC_ADDRESS = "https://kechuang.example.cn"


def follow(token: str, client: Client | None = None) -> Client:
    """A browser that opened the link."""
    browser = client or Client()
    answer = browser.get(f"/access/link/{token}/")
    assert answer["Location"] == "/access/set-password/"
    assert answer["Referrer-Policy"] == "no-referrer"
    return browser


def test_a_link_sets_the_password_once(account: Any, sysadmin: Actor, enter: Any) -> None:
    user = account("zhang")
    link = issue_link(user, sysadmin)
    assert link.token not in str(Entry.objects.values_list("data", flat=True))
    assert OneTimeLink.objects.get().digest != link.token
    browser = follow(link.token)
    assert browser.post("/access/set-password/", SET)["Location"] == "/access/sign-in/"
    enter("zhang", NEW)
    assert browser.get(f"/access/link/{link.token}/").status_code == 410


def test_a_replayed_link_is_refused_even_by_a_browser_that_opened_it_before(
    account: Any, sysadmin: Actor
) -> None:
    link = issue_link(account("zhang"), sysadmin)
    first, second = follow(link.token), follow(link.token)
    first.post("/access/set-password/", SET)
    again = second.post("/access/set-password/", {"password": "Attacker-2020", "again": "Attacker-2020"})
    assert again.status_code == 410
    assert User.objects.get(username="zhang").check_password(NEW)


def test_the_action_itself_refuses_a_used_link(account: Any, sysadmin: Actor) -> None:
    user = account("zhang")
    link = issue_link(user, sysadmin)
    stale = OneTimeLink.objects.get()
    redeem_link(link, actor_of(user), password=NEW)
    with pytest.raises(Refused):
        redeem_link(stale, actor_of(user), password="Attacker-2020")


def test_a_link_that_is_too_old_opens_nothing(account: Any, sysadmin: Actor) -> None:
    link = issue_link(account("zhang"), sysadmin)
    OneTimeLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert Client().get(f"/access/link/{link.token}/").status_code == 410


def test_a_new_link_makes_the_earlier_one_worthless(account: Any, sysadmin: Actor) -> None:
    user = account("zhang")
    first, second = issue_link(user, sysadmin), issue_link(user, sysadmin)
    assert Client().get(f"/access/link/{first.token}/").status_code == 410
    follow(second.token)


def test_the_database_holds_one_open_link_an_account(account: Any, sysadmin: Actor) -> None:
    user = account("zhang")
    issue_link(user, sysadmin)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        OneTimeLink.objects.create(user=user, purpose="reset", digest="x", made_at=now, expires_at=now)


def test_a_guessed_link_opens_nothing() -> None:
    assert Client().get("/access/link/AAAAAAAA/").status_code == 410
    assert Client().get("/access/set-password/").status_code == 410


def test_a_link_of_a_stopped_account_opens_nothing(account: Any, sysadmin: Actor) -> None:
    link = issue_link(account("zhang"), sysadmin)
    User.objects.filter(username="zhang").update(is_active=False)
    assert Client().get(f"/access/link/{link.token}/").status_code == 410


def test_setting_it_ends_every_session_and_forgets_failures(
    account: Any, sysadmin: Actor, enter: Any
) -> None:
    user = account("zhang")
    stolen = enter("zhang")
    for _failure in range(5):
        Client().post("/access/sign-in/", {"username": "zhang", "password": "guess"})
    redeem_link(issue_link(user, sysadmin), actor_of(user), password=NEW)
    assert stolen.get("/desk/").status_code == 302
    enter("zhang", NEW)


def test_a_reset_by_the_administrator_ends_the_sessions_and_asks_for_a_change_of_the_password_that_was(
    account: Any, sysadmin: Actor, enter: Any
) -> None:
    user = account("zhang")
    before = enter("zhang")
    issue_link(user, sysadmin)
    assert before.get("/desk/").status_code == 302
    assert enter("zhang").get("/desk/")["Location"] == "/access/me/password/"


def test_a_password_that_breaks_the_rules_leaves_the_link_good(account: Any, sysadmin: Actor) -> None:
    browser = follow(issue_link(account("zhang"), sysadmin).token)
    assert browser.post("/access/set-password/", {"password": "short", "again": "short"}).status_code == 422
    assert browser.post("/access/set-password/", SET).status_code == 302


def test_links_are_refused_to_those_without_the_permission_and_for_oneself(
    account: Any, secadmin: Actor, sysadmin: Actor
) -> None:
    user = account("zhang")
    for actor in (secadmin, actor_of(user)):
        with pytest.raises(Refused):
            issue_link(user, actor)
    with pytest.raises(Refused):
        issue_link(User.objects.get(pk=sysadmin.id), sysadmin)


def test_the_link_of_an_administrator_is_mailed_and_never_shown(secadmin: Actor, sysadmin: Actor) -> None:
    other = User.objects.get(pk=secadmin.id)
    with pytest.raises(Problem):
        issue_link(other, sysadmin)
    with pytest.raises(Problem):
        issue_link(other, sysadmin, by_mail=True)
    User.objects.filter(pk=other.pk).update(email="sec@example.cn")
    assert issue_link(other, sysadmin, by_mail=True).token


def test_a_lost_password_gets_the_same_answer_whether_or_not_anybody_has_the_address(account: Any) -> None:
    account("zhang", email="zhang@example.cn")
    known = Client().post("/access/lost-password/", {"address": "ZHANG@example.cn"})
    unknown = Client().post("/access/lost-password/", {"address": "nobody@example.cn"})
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert [message.to for message in mail.outbox] == [["zhang@example.cn"]]


def test_the_mailed_link_leads_to_this_site_whatever_host_was_claimed(account: Any) -> None:
    account("zhang", email="zhang@example.cn")
    forged = Client().post(
        "/access/lost-password/", {"address": "zhang@example.cn"}, headers={"host": "evil.example.com"}
    )
    assert forged.status_code == 400
    assert mail.outbox == []
    Client().post(
        "/access/lost-password/",
        {"address": "zhang@example.cn"},
        headers={"x-forwarded-host": "evil.example.com"},
    )
    (address,) = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert address.startswith("https://kechuang.example.cn/access/link/")
    follow(address.removeprefix("https://kechuang.example.cn/access/link/").rstrip("/"))


def test_asking_again_at_once_sends_no_second_mail(account: Any) -> None:
    account("zhang", email="zhang@example.cn")
    for _time in range(3):
        Client().post("/access/lost-password/", {"address": "zhang@example.cn"})
    assert len(mail.outbox) == 1


def test_a_stopped_account_gets_no_mail(account: Any) -> None:
    account("zhang", email="zhang@example.cn", is_active=False)
    account("li", email="zhang@example.cn", ends_on=timezone.localdate())
    Client().post("/access/lost-password/", {"address": "zhang@example.cn"})
    assert mail.outbox == []


def test_without_mail_the_page_names_whom_to_ask(settings: Any) -> None:
    settings.MAIL_ON = False
    page = Client().get("/access/lost-password/").content.decode()
    assert '<input type="email"' not in page
    assert Client().post("/access/lost-password/", {"address": "a@example.cn"}).status_code == 200
    assert mail.outbox == []
