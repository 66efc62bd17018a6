# SPDX-License-Identifier: Apache-2.0
"""What the tests of access share: fast hashes, work done at once, accounts with passwords, browsers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.kernel.actors import Actor

PASSWORD = "Long-enough-2019"
Account = Callable[..., User]


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WORK_AT_ONCE = True
    settings.SECOND_FACTOR = "none"


@pytest.fixture
def role(db: None) -> Callable[..., Role]:
    """Make a role: ``role("office_staff", "x.do_this", family="business")``."""

    def make(code: str, *permissions: str, family: str = "business") -> Role:
        return Role.objects.create(
            code=code, name=f"角色{code}", family=family, permissions=list(permissions)
        )

    return make


@pytest.fixture
def account(db: None) -> Account:
    """Make an account with the usual password, and roles: ``account("zhang", staff, email=…)``."""

    def make(username: str, *roles: Role, **fields: Any) -> User:
        fields.setdefault("display_name", username)
        phone = fields.pop("phone", "")
        user = User(username=username, **fields)
        user.phone = phone
        user.set_password(PASSWORD)
        user.save()
        for role in roles:
            Grant.objects.create(user=user, role=role)
        return user

    return make


@pytest.fixture
def sysadmin(account: Account, role: Callable[..., Role]) -> Actor:
    """A system administrator with every permission of the system's accounts."""
    names = (
        "create_account",
        "view_account",
        "correct_account",
        "disable_account",
        "reset_account",
        "erase_account",
        "unmask_user",
        "export_sensitive",
    )
    kind = role("sys", *(f"access.{name}" for name in names), family="system")
    return actor_of(account("sys", kind, display_name="系统员"))


@pytest.fixture
def secadmin(account: Account, role: Callable[..., Role]) -> Actor:
    """A security administrator."""
    names = ("grant_role", "view_account", "view_grant", "hand_over", "remove_factor")
    kind = role("sec", *(f"access.{name}" for name in names), family="security")
    return actor_of(account("sec", kind, display_name="安全员"))


@pytest.fixture
def enter() -> Callable[..., Client]:
    """A browser in which an account has signed in by the form."""

    def sign_in(username: str, password: str = PASSWORD, client: Client | None = None) -> Client:
        browser = client or Client()
        answer = browser.post("/access/sign-in/", {"username": username, "password": password})
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return sign_in
