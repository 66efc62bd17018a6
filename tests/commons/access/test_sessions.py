# SPDX-License-Identifier: Apache-2.0
"""Sessions: fixed by nobody, idle for not too long, listed, ended; a role or an account taken away is gone at once."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kechuang.commons.access import signing
from kechuang.commons.access.actions import disable_account, end_sessions, revoke_grant
from kechuang.commons.access.models import Grant, Session, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Refused

pytestmark = pytest.mark.django_db
PASSWORD = "Long-enough-2019"


def test_a_session_key_set_by_an_attacker_is_not_the_one_signed_in(account: Any) -> None:
    account("zhang")
    attacker = Client()
    attacker.get("/access/unified/")
    fixed = attacker.session.session_key
    victim = Client()
    victim.cookies["sessionid"] = fixed
    victim.post("/access/sign-in/", {"username": "zhang", "password": PASSWORD})
    assert victim.session.session_key != fixed
    assert attacker.get("/desk/").status_code == 302
    invented = Client()
    invented.cookies["sessionid"] = "a" * 32
    invented.post("/access/sign-in/", {"username": "zhang", "password": PASSWORD})
    assert invented.session.session_key != "a" * 32


def test_signing_in_and_out_is_written_down(account: Any, enter: Any) -> None:
    user = account("zhang")
    browser = enter("zhang")
    browser.post("/access/sign-out/")
    verbs = list(
        Entry.objects.filter(ref_id=str(user.pk)).order_by("id").values_list("verb", "data__address")
    )
    assert verbs == [("access.session.opened", "127.0.0.1"), ("access.session.closed", "127.0.0.1")]


def test_an_idle_session_ends_and_a_used_one_lasts(account: Any, enter: Any, settings: Any) -> None:
    account("zhang")
    browser = enter("zhang")
    browser.get("/desk/")
    row = Session.objects.get()
    left = (row.expire_date - timezone.now()).total_seconds()
    assert settings.SESSION_COOKIE_AGE - 60 < left <= settings.SESSION_COOKIE_AGE
    session = browser.session
    session["kc_seen"] = int(time.time()) - 120
    session.save()
    Session.objects.update(expire_date=timezone.now() + dt.timedelta(seconds=30))
    browser.get("/desk/")
    assert (
        Session.objects.get().expire_date - timezone.now()
    ).total_seconds() > settings.SESSION_COOKIE_AGE - 60
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    assert browser.get("/desk/")["Location"].startswith("/access/sign-in/")


def test_a_page_opened_every_moment_writes_the_session_once_a_minute(account: Any, enter: Any) -> None:
    account("zhang")
    browser = enter("zhang")
    browser.get("/access/me/contact/")
    before = Session.objects.get().expire_date
    browser.get("/access/me/contact/")
    assert Session.objects.get().expire_date == before


def test_a_session_ends_after_the_longest_day_however_busy(account: Any, enter: Any, settings: Any) -> None:
    account("zhang")
    browser = enter("zhang")
    session = browser.session
    session["kc_about"] = {**session["kc_about"], "since": time.time() - settings.SESSION_LONGEST - 1}
    session.save()
    assert browser.get("/desk/")["Location"].startswith("/access/sign-in/")
    assert not Session.objects.filter(user__isnull=False).exists()


def test_the_page_lists_the_own_sessions_and_ends_one(account: Any, enter: Any) -> None:
    account("zhang")
    account("li")
    here, there, elsewhere = enter("zhang"), enter("zhang"), enter("li")
    page = here.get("/access/me/")
    lines = page.context["sessions"]
    assert [line["current"] for line in lines].count(True) == 1
    assert len(lines) == 2
    assert there.session.session_key not in page.content.decode()
    mark = next(line["mark"] for line in lines if not line["current"])
    here.post("/access/me/sessions/end/", {"mark": mark})
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 200


def test_ending_the_others_keeps_this_one(account: Any, enter: Any) -> None:
    account("zhang")
    here, others = enter("zhang"), [enter("zhang"), enter("zhang")]
    here.post("/access/me/sessions/end/", {"mark": "others"})
    assert [browser.get("/desk/").status_code for browser in (here, *others)] == [200, 302, 302]
    assert Entry.objects.get(verb="access.session.ended").data == {"ended": 2}


def test_the_session_of_another_cannot_be_ended_by_its_mark_or_key(account: Any, enter: Any) -> None:
    account("zhang")
    user = account("li")
    here, other = enter("zhang"), enter("li")
    mark = other.get("/access/me/").context["sessions"][0]["mark"]
    here.post("/access/me/sessions/end/", {"mark": mark})
    here.post("/access/me/sessions/end/", {"mark": other.session.session_key})
    assert other.get("/desk/").status_code == 200
    with pytest.raises(Refused):
        end_sessions(user, Actor("person", "999999", "他"), keys=[other.session.session_key])


def test_a_role_taken_away_is_gone_at_the_next_request(
    account: Any, role: Any, enter: Any, secadmin: Actor
) -> None:
    account("zhang", role("reader", "access.view_roles"))
    browser = enter("zhang")
    assert browser.get("/access/roles/").status_code == 200
    revoke_grant(Grant.objects.get(user__username="zhang"), secadmin, reason="调岗")
    assert browser.get("/access/roles/").status_code == 403


def test_a_role_whose_content_changed_is_changed_at_the_next_request(
    account: Any, role: Any, enter: Any
) -> None:
    kind = role("reader", "access.view_roles")
    account("zhang", kind)
    browser = enter("zhang")
    kind.permissions = []
    kind.save()
    assert browser.get("/access/roles/").status_code == 403


def test_a_stopped_account_is_out_at_the_next_request(account: Any, enter: Any, sysadmin: Actor) -> None:
    user = account("zhang")
    browser = enter("zhang")
    disable_account(user, sysadmin, reason="调离")
    assert browser.get("/desk/").status_code == 302
    refused = Client().post("/access/sign-in/", {"username": "zhang", "password": PASSWORD})
    assert refused.status_code == 200
    assert "_auth_user_id" not in refused.client.session


def test_an_account_is_out_on_the_day_it_ends(account: Any, enter: Any) -> None:
    today = timezone.localdate()
    account("zhang", ends_on=today + dt.timedelta(days=1))
    browser = enter("zhang")
    assert browser.get("/desk/").status_code == 200
    User.objects.update(ends_on=today)
    assert browser.get("/desk/").status_code == 302
    assert Client().post("/access/sign-in/", {"username": "zhang", "password": PASSWORD}).status_code == 200


def test_a_next_address_elsewhere_is_not_followed(account: Any) -> None:
    account("zhang")
    for target in (
        "https://evil.example.com/",
        "//evil.example.com/",
        "javascript:alert(1)",
        "/\\evil.example.com",
    ):
        answer = Client().post(
            "/access/sign-in/", {"username": "zhang", "password": PASSWORD, "next": target}
        )
        assert answer["Location"] == "/", target


def test_a_forged_host_is_refused() -> None:
    assert Client().get("/access/sign-in/", headers={"host": "evil.example.com"}).status_code == 400


def test_a_form_sent_after_the_session_ended_comes_back_to_its_page(account: Any, enter: Any) -> None:
    account("zhang")
    browser = enter("zhang")
    Session.objects.all().delete()
    answer = browser.post(
        "/access/me/sessions/end/", {"mark": "others"}, headers={"referer": "http://testserver/access/me/"}
    )
    assert answer["Location"] == "/access/sign-in/?next=/access/me/"
    outside = Client().post(
        "/access/me/sessions/end/", {"mark": "x"}, headers={"referer": "http://evil.example.com/access/me/"}
    )
    assert outside["Location"] == "/access/sign-in/?next=/"


def test_one_password_tried_on_many_accounts_from_one_place_is_held_up(
    account: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "MOST_FROM_PLACE", 6)
    account("zhang")
    for number in range(6):
        guess = {"username": f"someone{number}", "password": "Summer-2019"}
        assert Client().post("/access/sign-in/", guess).status_code == 200
    right = {"username": "zhang", "password": PASSWORD}
    assert Client().post("/access/sign-in/", right).status_code == 429
    assert Client().post("/access/sign-in/", right, REMOTE_ADDR="10.9.9.9").status_code == 302


def test_one_account_tried_from_many_places_is_held_up(account: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "MOST_OF_ACCOUNT", 6)
    account("zhang")
    for number in range(6):
        guess = {"username": "zhang", "password": "guess"}
        answer = Client().post("/access/sign-in/", guess, REMOTE_ADDR=f"10.0.0.{number}")
        assert answer.status_code == 200
    right = {"username": "zhang", "password": PASSWORD}
    assert Client().post("/access/sign-in/", right, REMOTE_ADDR="10.9.9.9").status_code == 429
