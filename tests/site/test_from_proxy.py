# SPDX-License-Identifier: Apache-2.0
"""Behind a proxy of the site's own the visitor is whom it names; what anybody else claims is not read."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kechuang.site.middleware import FromProxy


@pytest.mark.parametrize(
    ("sender", "named", "seen"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, 10.0.0.7", "203.0.113.7"),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("198.51.100.9", "203.0.113.7", "198.51.100.9"),
    ],
)
def test_the_last_address_that_is_no_proxy_of_ours_asks(
    settings: Any, sender: str, named: str, seen: str
) -> None:
    settings.PROXIES = frozenset({"127.0.0.1", "10.0.0.7"})
    request = RequestFactory().get("/", REMOTE_ADDR=sender, HTTP_X_FORWARDED_FOR=named)
    FromProxy(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == seen


def test_without_proxies_nobody_is_believed(settings: Any) -> None:
    settings.PROXIES = frozenset()
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.7")
    FromProxy(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == "127.0.0.1"
