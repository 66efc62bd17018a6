# SPDX-License-Identifier: Apache-2.0
"""Every page of the demo year, as everyone who reaches it: it answers, has one heading, asks the database little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from harness.beside import add_what_waits
from harness.crawl import ASKED, LINK, addresses, crawl, name_of
from kechuang.commons.access.models import Grant, User
from kechuang.commons.kernel.outbox import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
LISTS, OTHERS = 15, 30
MOST_QUERIES = {"cockpit": 50, "cockpit-tasks": 50, "home": 50, "journal": 25}  # join many rooms; constant however much there is
UNLINKED = {"health", "access:sign-in"}  # for a monitor; where one is sent
AWAITED = {
    "access",
    "calendar",
    "comments",
    "commitments",
    "notices",
    "papers",
    "registers",
}  # nothing in the demo
WALKED = {  # forms of states that the journeys bring about
    "ladder:list-confirm", "ladder:list-undo", "workplan:area-remove", "workplan:item-deliver",
    "workplan:item-merge", "workplan:item-offices", "workplan:item-promote", "workplan:item-restore",
    "workplan:version-diff", "workplan:version-issue",
}  # fmt: skip


@pytest.fixture
def people(settings: Any) -> dict[str, User]:
    """The demo year, and one person of each role."""
    settings.DEMO = True
    call_command("content", "load", verbosity=0)
    call_command("demo", verbosity=0)
    add_what_waits()
    deliver()  # nothing commits here, so that what follows a commit must be asked for
    grants = Grant.objects.select_related("user", "role").order_by("-id")
    return {grant.role.code: grant.user for grant in grants}


def _open(client: Client, address: str) -> HttpResponse:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    is_list = answer.templates and answer.templates[0].name == "ui/list.html"
    most = MOST_QUERIES.get(name_of(address) or "", LISTS if is_list else OTHERS)
    assert len(queries) <= most, f"{address}: {len(queries)} queries"
    while answer.status_code in {301, 302}:
        address = answer["Location"]
        answer = client.get(address)
    return answer


def _is_page(answer: HttpResponse) -> bool:
    return not answer.streaming and answer["Content-Type"].startswith("text/html")


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_page_answers_everyone_who_is_shown_a_link_to_it(
    people: dict[str, User], subtests: pytest.Subtests
) -> None:
    assert len(people) >= 8
    reached = set(UNLINKED)
    for role, user in people.items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        def fetch(address: str, client: Client = client, role: str = role) -> str | None:
            with subtests.test(role=role, address=address):
                answer = _open(client, address)
                assert answer.status_code == 200
                if not _is_page(answer):
                    return None
                page = answer.content.decode()
                assert len(re.findall("<h1[ >]", page)) == 1
                return page
            return None

        for name, address, page in crawl(fetch):
            asked = (*addresses(ASKED, page or "", address), *addresses(LINK, page or "", address))
            reached |= {name, *filter(None, map(name_of, asked))}
    names = {name for name in _names(get_resolver()) if name.partition(":")[0] not in AWAITED}
    unreached = sorted(names - reached - WALKED)
    assert not unreached, f"nobody is led to {' '.join(unreached)}"
