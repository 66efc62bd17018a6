# SPDX-License-Identifier: Apache-2.0
"""Passwords: rules, change, forced change, age."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kechuang.commons.access.actions import change_password
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.access.passwords import set_password
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db
OLD, NEW = "Long-enough-2019", "Another-one-2020"


@pytest.mark.parametrize(
    "password",
    ["Short-201", "alllowercase2019", "123456789012", "password1234", "Zhang-zhang-zhang"],
)
def test_a_password_that_breaks_a_rule_is_refused(account: Any, password: str) -> None:
    user = account("zhang-zhang-zhang", display_name="张")
    with pytest.raises(Problem) as told:
        set_password(user, password)
    assert told.value.field == "password"
    assert user.check_password(OLD)


@pytest.mark.parametrize("password", ["Long-but-new-1", "一个很长的密码A2020", "correct horse 9 BATTERY"])
def test_a_password_of_three_kinds_of_marks_is_taken(account: Any, password: str) -> None:
    user = account("zhang")
    set_password(user, password)
    assert User.objects.get().check_password(password)


def test_the_last_three_passwords_do_not_come_back(account: Any) -> None:
    user = account("zhang")
    for password in (NEW, "The-third-2021"):
        set_password(user, password)
    for used in (OLD, NEW, "The-third-2021"):
        with pytest.raises(Problem):
            set_password(user, used)
    set_password(user, "The-fourth-2022")
    set_password(user, OLD)
    assert user.check_password(OLD)


def test_changing_asks_for_the_current_password_and_keeps_it_out_of_the_journal(account: Any) -> None:
    user = account("zhang")
    with pytest.raises(Problem) as told:
        change_password(user, actor_of(user), current="wrong", password=NEW)
    assert told.value.field == "current"
    change_password(user, actor_of(user), current=OLD, password=NEW)
    assert User.objects.get().check_password(NEW)
    entry = Entry.objects.get(verb="access.password.changed")
    assert entry.data == {}


def test_an_account_without_a_password_gets_one_by_a_link_alone(account: Any) -> None:
    user = account("zhang")
    user.set_unusable_password()
    user.save()
    with pytest.raises(Problem):
        change_password(user, actor_of(user), current="", password=NEW)
    assert not User.objects.get().has_usable_password()


def test_nobody_changes_the_password_of_another(account: Any, sysadmin: Any) -> None:
    with pytest.raises(Refused):
        change_password(account("zhang"), sysadmin, current=OLD, password=NEW)
    assert Entry.objects.get(outcome="refused").verb == "access.password.changed"


def test_the_page_changes_it_and_ends_the_other_sessions_under_a_new_key(account: Any, enter: Any) -> None:
    account("zhang")
    here, there = enter("zhang"), enter("zhang")
    assert there.get("/desk/").status_code == 200
    key = here.session.session_key
    sent = {"current": OLD, "password": NEW, "again": NEW}
    assert here.post("/access/me/password/", sent).status_code == 302
    assert here.session.session_key != key
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


def test_two_different_entries_are_told_and_nothing_changes(account: Any, enter: Any) -> None:
    user = account("zhang")
    sent = {"current": OLD, "password": NEW, "again": NEW + "x"}
    assert enter("zhang").post("/access/me/password/", sent).status_code == 422
    user.refresh_from_db()
    assert user.check_password(OLD)


def test_guessing_the_current_password_locks_like_guessing_at_sign_in(account: Any, enter: Any) -> None:
    account("zhang")
    browser = enter("zhang")
    sent = {"current": "guess", "password": NEW, "again": NEW}
    answers = [browser.post("/access/me/password/", sent).status_code for _try in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert browser.post("/access/me/password/", sent | {"current": OLD}).status_code == 429
    assert User.objects.get().check_password(OLD)


def test_whoever_must_change_the_password_does_nothing_before(account: Any, enter: Any) -> None:
    account("zhang", must_change_password=True)
    browser = enter("zhang")
    assert browser.get("/desk/")["Location"] == "/access/me/password/"
    assert browser.post("/access/me/sessions/end/", {"mark": "others"})["Location"] == "/access/me/password/"
    browser.post("/access/me/password/", {"current": OLD, "password": NEW, "again": NEW})
    assert browser.get("/desk/").status_code == 200


def test_a_password_older_than_the_site_allows_must_be_changed(
    account: Any, enter: Any, settings: Any
) -> None:
    settings.PASSWORD_DAYS = 90
    account("zhang", password_set_at=timezone.now() - dt.timedelta(days=89))
    account("li", password_set_at=timezone.now() - dt.timedelta(days=91))
    assert enter("zhang").get("/desk/").status_code == 200
    assert enter("li").get("/desk/")["Location"] == "/access/me/password/"


def test_the_address_of_the_change_page_is_closed_to_strangers() -> None:
    assert Client().get("/access/me/password/")["Location"].startswith("/access/sign-in/")


@pytest.mark.usefixtures("plain_words")
@pytest.mark.parametrize("password", ["Ab1!", "password123", "12345678901234", "zhang-san-01"])
def test_what_is_wrong_with_a_password_is_told_in_chinese(password: str, account: Any) -> None:
    with pytest.raises(Problem) as told:
        set_password(account("zhang-san"), password)
    letters = re.sub(r"Password123", "", told.value.what)
    assert re.search(r"[A-Za-z]{4,}", letters) is None, told.value.what
