# SPDX-License-Identifier: Apache-2.0
"""Sign-in: one message for every wrong answer, five failures lock, a session that ended loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.models import User

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "一个很长的密码2019", "错的"
ELSEWHERE = {"REMOTE_ADDR": "10.0.0.9"}


@pytest.fixture(autouse=True)
def account() -> User:
    return User.objects.create_user("zhang", password=RIGHT, display_name="张工")


def try_in(client: Client, password: str, username: str = "zhang", **extra: str) -> Any:
    return client.post(reverse("access:sign-in"), {"username": username, "password": password}, **extra)


def test_the_right_password_leads_where_one_was_going(client: Client) -> None:
    sent = client.get("/desk/")
    assert sent["Location"] == "/access/sign-in/?next=/desk/"
    asked = client.get(sent["Location"]).content.decode()
    assert 'name="next" value="/desk/"' in asked
    told = client.post(sent["Location"], {"username": "zhang", "password": RIGHT, "next": "/desk/"})
    assert told["Location"] == "/desk/"


def test_every_wrong_answer_gets_the_same_words(client: Client) -> None:
    User.objects.create_user("gone", password=RIGHT, is_active=False)
    answers = [try_in(client, WRONG), try_in(client, WRONG, "nobody"), try_in(client, RIGHT, "gone")]
    told = {str(answer.context["form"].non_field_errors()) for answer in answers}
    assert len(told) == 1
    assert "15" in told.pop()


def test_five_failures_lock_the_account_from_that_address(client: Client) -> None:
    for _failure in range(4):
        assert try_in(client, WRONG).status_code == 200
    fifth = try_in(client, WRONG)
    assert fifth.status_code == 429
    words = _("登录失败次数过多，账号已临时锁定 15 分钟。请稍后再试，或联系系统管理员。")
    assert words in fifth.content.decode()
    assert try_in(client, RIGHT).status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_lock_holds_neither_other_addresses_nor_other_accounts(client: Client) -> None:
    User.objects.create_user("li", password=RIGHT)
    for _failure in range(5):
        try_in(client, WRONG)
    assert try_in(client, RIGHT, **ELSEWHERE).status_code == 302
    assert try_in(Client(), RIGHT, "li").status_code == 302


def test_signing_in_forgets_earlier_failures(client: Client) -> None:
    for _failure in range(4):
        try_in(client, WRONG)
    assert try_in(client, RIGHT).status_code == 302
    assert not AccessAttempt.objects.filter(username="zhang").exists()


def test_a_failed_password_is_kept_nowhere(client: Client) -> None:
    try_in(client, "这是我的秘密")
    kept = AccessAttempt.objects.get()
    assert "这是我的秘密" not in f"{kept.post_data}{kept.get_data}{kept.path_info}"


def test_a_form_sent_after_the_session_ended_says_that_what_was_typed_is_kept() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/desk/?x=1", {"text": "写了很久"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert 'href="/desk/?x=1"' in page
    assert "data-kc-pause" in page


def test_signing_out_ends_the_session(client: Client, account: User) -> None:
    client.force_login(account, backend="kechuang.commons.access.backends.AccountBackend")
    assert client.get(reverse("access:sign-out")).status_code == 405
    assert client.post(reverse("access:sign-out"))["Location"] == "/access/sign-in/"
    assert client.get("/desk/").status_code == 302
