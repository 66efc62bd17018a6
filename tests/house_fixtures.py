# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the whole suite: people with roles, offices, a pinned business date, tables that can be emptied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client, TransactionTestCase

from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.guarantees import lifted
from kechuang.commons.kernel.problems import Refused
from kechuang.commons.parties.models import Organization, Unit
from kechuang.site.pseudo import without_brackets

DAY = dt.date(2019, 10, 15)
_flush = TransactionTestCase._fixture_teardown


def _flush_without_guarantees(self: TransactionTestCase) -> None:
    """Append-only tables cannot be emptied while their triggers are in force."""
    with lifted(connections["default"]):
        _flush(self)


TransactionTestCase._fixture_teardown = _flush_without_guarantees  # type: ignore[method-assign]


@contextmanager
def lacking(permission: str) -> Iterator[None]:
    """What is done inside is refused, for want of this very permission."""
    with pytest.raises(Refused) as told:
        yield
    assert told.value.verdict.permission == permission


@pytest.fixture(autouse=True)
def business_day() -> Iterator[dt.date]:
    """Every test lives on one day unless it moves it."""
    with clock.pinned(DAY):
        yield DAY


@pytest.fixture
def plain_words() -> Iterator[None]:
    """For tests of the words themselves: no brackets under the pseudo-locale."""
    with without_brackets():
        yield


@pytest.fixture(autouse=True)
def own_uploads(settings: Any, tmp_path: Any) -> None:
    """Files of a test stay with the test."""
    storages = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages
    settings.SEARCH_ROOT = tmp_path / "search"


@pytest.fixture
def system() -> Actor:
    """The program itself."""
    return Actor.system("test")


Person = Callable[..., Actor]


@pytest.fixture
def person(db: None) -> Person:
    """Make a person with permissions: ``person("甲", "workplan.issue_plan", over=unit)``."""
    del db

    def make(name: str, *permissions: str, over: Unit | None = None) -> Actor:
        user = User.objects.create(username=name, display_name=name)
        if permissions:
            role = Role.objects.create(
                code=f"role-of-{name}", name=f"{name}的角色", permissions=list(permissions)
            )
            scope = {"scope": "unit", "over": f"parties.unit:{over.pk}"} if over else {"scope": "all"}
            Grant.objects.create(user=user, role=role, **scope)
        return actor_of(user)

    return make


@pytest.fixture
def browser_of(client: Client) -> Callable[[Actor], Client]:
    """A test client signed in as a person."""

    def sign_in(actor: Actor) -> Client:
        client.force_login(
            User.objects.get(pk=actor.id), backend="kechuang.commons.access.backends.AccountBackend"
        )
        return client

    return sign_in


@pytest.fixture
def bureau(db: None) -> Organization:
    """An invented bureau."""
    del db
    return Organization.objects.create(name="云川市科学技术局")


@pytest.fixture
def office(bureau: Organization) -> Callable[[str], Unit]:
    """Make an office of the bureau by its short name."""

    def make(short_name: str) -> Unit:
        return Unit.objects.create(
            organization=bureau, code=f"yunchuan-{short_name}", name=short_name, short_name=short_name
        )

    return make
