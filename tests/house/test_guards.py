# SPDX-License-Identifier: Apache-2.0
"""Every address is guarded or declared public."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

PUBLIC = {
    "feed",
    "access:sign-in", "access:second-step", "access:sign-out", "access:lost-password", "access:link",
    "access:link-password", "access:oidc-start", "access:oidc-return", "health", "demo-become", "papers:paper-check",
    "registers:public-list", "registers:public-index", "registers:filing-make", "registers:filing-link",
    "registers:filing-status", "registers:filing-rate", "parties:register", "parties:registration-status",
    "parties:registration-link",
    "parties:registration-confirm", "parties:registration-claim",
    "slots:ticket", "slots:booking-rate", "slots:sign-up-list", "slots:sign-up", "slots:sign-up-link", "slots:sign-up-status",
    "slots:sign-up-confirm", "slots:sign-up-withdraw",
}  # fmt: skip


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern


def test_every_address_is_guarded_or_listed_public() -> None:
    guards = {name: getattr(pattern.callback, "guard", None) for name, pattern in patterns()}
    assert [name for name, guard in guards.items() if guard is None] == []
    assert {name for name, guard in guards.items() if guard.kind == "public"} == PUBLIC


def test_every_address_has_a_name() -> None:
    assert [str(pattern.pattern) for name, pattern in patterns() if not pattern.name] == []


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_from_every_page(client: Client) -> None:
    for name, pattern in patterns():
        if name in PUBLIC:
            continue
        keys = pattern.pattern.converters
        arguments = {
            key: {"IntConverter": 1, "StringConverter": "x", "SlugConverter": "x"}.get(
                type(converter).__name__, "x"
            )
            for key, converter in keys.items()
        }
        response = client.get(reverse(name, kwargs=arguments))
        if pattern.callback.guard.kind == "token":  # type: ignore[attr-defined]
            assert response.status_code == 401, name
            continue
        assert response.status_code in {302, 405}, name
        if response.status_code == 302:
            assert response["Location"].startswith("/access/sign-in/"), name


@pytest.mark.django_db
def test_an_account_without_roles_is_refused_with_a_reason_on_every_guarded_page(
    client: Client, django_user_model: type
) -> None:
    client.force_login(
        django_user_model.objects.create(username="无角色"),
        backend="kechuang.commons.access.backends.AccountBackend",
    )
    for name, pattern in patterns():
        guard = pattern.callback.guard  # type: ignore[attr-defined]
        if guard.kind != "permission":
            continue
        arguments = {
            key: 1 if type(converter).__name__ == "IntConverter" else "x"
            for key, converter in pattern.pattern.converters.items()
        }
        response = client.get(reverse(name, kwargs=arguments))
        assert response.status_code == 403, name
        assert guard.permission in response.content.decode(), name
