# SPDX-License-Identifier: Apache-2.0
"""The command line opens the first accounts, and a way in for whoever is locked out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from kechuang.commons.access.models import OneTimeLink, Role, SecondFactor, User

pytestmark = pytest.mark.django_db
PASSWORD = "Long-enough-2019"


@pytest.fixture
def role() -> Role:
    return Role.objects.create(code="system_admin", name="系统管理员", family="system")


def run(monkeypatch: pytest.MonkeyPatch, *words: str, password: str = PASSWORD) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    told = io.StringIO()
    call_command("account", *words, stdout=told)
    return told.getvalue()


def test_an_account_is_opened_with_its_role(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "create", "root", "--display", "王主任", "--role", "system_admin")
    user = User.objects.get()
    assert (str(user), user.check_password(PASSWORD)) == ("王主任", True)
    assert [grant.role for grant in user.grants.all()] == [role]


@pytest.mark.parametrize("password", ["short", "root-root-root-1A", "alllowercase2019"])
def test_a_weak_password_opens_nothing(role: Role, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    with pytest.raises(CommandError):
        run(monkeypatch, "create", "root-root-root", "--role", "system_admin", password=password)
    assert not User.objects.exists()


def test_a_role_that_does_not_exist_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError):
        run(monkeypatch, "create", "root", "--role", "nothing")
    assert not User.objects.exists()


def test_an_administrator_without_mail_gets_a_link(
    role: Role, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.PUBLIC_ADDRESS = "https://kechuang.example.cn"
    run(monkeypatch, "create", "root", "--role", "system_admin")
    told = run(monkeypatch, "link", "root").splitlines()[0]
    assert told.startswith("https://kechuang.example.cn/access/link/")
    assert (
        Client().get(told.removeprefix("https://kechuang.example.cn"))["Location"] == "/access/set-password/"
    )
    assert OneTimeLink.objects.count() == 1


def test_a_lost_factor_is_removed(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "create", "root", "--role", "system_admin")
    SecondFactor.objects.create(user=User.objects.get(), secret_sealed="x", enrolled_at=timezone.now())
    run(monkeypatch, "unfactor", "root")
    assert not SecondFactor.objects.exists()
    for words in (("unfactor", "root"), ("unfactor", "nobody"), ("link", "nobody")):
        with pytest.raises(CommandError):
            run(monkeypatch, *words)
