# SPDX-License-Identifier: Apache-2.0
"""Every page of the demo year, as everyone who reaches it: it answers, has one heading, asks the database little.

The demo year takes long to build: one test builds it and asks everything that only a whole year can answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from harness.attacks import (
    browser,
    failures_of_guesses,
    mark_every_word,
    opened_though_closed,
    reached_of_others,
)
from harness.beside import add_what_waits
from harness.crawl import ASKED, LINK, addresses, crawl, name_of
from harness.forms import Sent, forms_of, send_all
from kechuang.commons.access.models import Grant, User
from kechuang.commons.figures.registry import Figure, Scope, figures, share_of, values
from kechuang.commons.kernel.outbox import deliver
from kechuang.commons.parties.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
SENDERS = ("office_head", "office_staff", "district", "firm", "system_admin")
LISTS, OTHERS, EXPORTS = 15, 25, 80  # an export asks anew for every piece of it
MOST = {  # pages that join many rooms ask more: once each, however much there is
    "access:hand-over": 46,
    "cockpit": 20,
    "cockpit-screen": 20,
    "commitments:instruction-list": 16,
    "desk": 46,
    "feed-subscription": 50,
    "figures:figure-list": 15,
    "home": 46,
    "journal": 20,
    "oversight:score-list": 22,
    "registers:record-detail": 30,
    "workplan:task-detail": 30,
}
UNLINKED = {"health", "access:sign-in", "feed"}  # for a monitor; where one is sent; for a calendar program
AWAITED = {
    "access",
    "api",
    "api-v1",
    "calendar",
    "comments",
    "notices",
    "papers",
    "registers",
    "slots",
}  # nothing in the demo
WALKED = {  # forms of states that the journeys bring about
    "commitments:ledger-write",
    "commitments:disagreement-withdraw",
    "commitments:light-lift",
    "commitments:milestone-extend",
    "figures:submission-detail",
    "figures:submission-return",
    "figures:submission-verify",
    "ladder:list-confirm",
    "ladder:list-undo",
    "oversight:objection-decide",
    "oversight:objection-raise",
    "parties:consent-withdraw",
    "parties:list-confirm",
    "parties:merge-compare",
    "parties:merge-undo",
    "parties:registration-claim",
    "parties:registration-confirm",
    "parties:registration-erase",
    "parties:registration-link",
    "parties:registration-status",
    "parties:role-end",
    "workplan:area-remove",
    "workplan:item-deliver",
    "workplan:item-merge",
    "workplan:item-offices",
    "workplan:item-promote",
    "workplan:item-restore",
    "workplan:task-merge",
    "workplan:version-diff",
    "workplan:version-issue",
}


@pytest.fixture
def people(settings: Any) -> dict[str, User]:
    """The demo year with something waiting, and one person of each role."""
    settings.DEMO = True
    call_command("content", "load", verbosity=0)
    call_command("demo", verbosity=0)
    add_what_waits()
    deliver()  # nothing commits here, so that what follows a commit must be asked for
    grants = Grant.objects.select_related("user", "role").order_by("-id")
    return {grant.role.code: grant.user for grant in grants}


class Walk:
    """One person's way through the product, and what was wrong on it."""

    def __init__(self, user: User) -> None:
        self.client, self.wrong, self.marks = browser(user), list[str](), 0

    def fetch(self, address: str) -> str | None:
        """The page at an address, None where there is no page."""
        with CaptureQueriesContext(connection) as queries:
            answer = self.client.get(address)
        self._count(address, answer, len(queries))
        if answer.status_code in {301, 302}:
            answer = self.client.get(answer["Location"])
        if answer.status_code != 200 and not (answer.status_code == 403 and "export=" in address):
            self.wrong.append(f"{address} answers {answer.status_code}")
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            return None
        page = answer.content.decode()
        if (headings := len(re.findall("<h1[ >]", page))) != 1:
            self.wrong.append(f"{address} has {headings} headings")
        if "<script>kc()" in page:
            self.wrong.append(f"{address} runs what somebody wrote")
        self.marks += page.count("&lt;script&gt;kc()&lt;/script&gt;")
        return page

    def _count(self, address: str, answer: HttpResponse, asked: int) -> None:
        is_list = answer.templates and answer.templates[0].name == "ui/list.html"
        most = (
            EXPORTS
            if "export=" in address
            else MOST.get(name_of(address) or "", LISTS if is_list else OTHERS)
        )
        if asked > most:
            self.wrong.append(f"{address} asks the database {asked} times, allowed are {most}")


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def _walked(people: dict[str, User]) -> tuple[set[str], list[str], int, dict[str, str]]:
    """The names of all pages that somebody is led to, what is wrong on them, how often markup was shown as text.

    And a page of each kind that has a form.
    """
    reached, wrong, marks, asking = set(UNLINKED), list[str](), 0, dict[str, str]()
    for role, user in people.items():
        walk = Walk(user)
        for name, address, page in crawl(walk.fetch):
            asked = (*addresses(ASKED, page or "", address), *addresses(LINK, page or "", address))
            reached |= {name, *filter(None, map(name_of, asked))}
            if name not in asking and forms_of(page or "", address):
                asking[name] = address
        wrong += [f"{role}: {what}" for what in walk.wrong]
        marks += walk.marks
    return reached, wrong, marks, asking


def _sent(people: dict[str, User], pages: list[str]) -> tuple[list[tuple[str, Sent]], int]:
    """Forms that open to somebody and are then refused, or fail, and how many were taken."""
    sent = [(role, one) for role in SENDERS for one in send_all(browser(people[role]), pages)]
    bad = [(role, one) for role, one in sent if one.status == 403 or one.status >= 500 or one.refused]
    return bad, sum(one.status == 302 for _role, one in sent)


def _by_members(one: Figure, scope: Scope) -> Decimal | None:
    """What the records behind a figure come to."""
    added = sum((one.member(row).contribution for row in one.members(scope)), Decimal(0))
    if one.whole is None:
        return added
    return share_of(added, _by_members(one.whole, scope) or Decimal(0))


def _counted_otherwise() -> list[tuple[str, Scope]]:
    """Figures that come to something else together, alone, or by their members."""
    scopes = [Scope(dt.date(2019, 10, 15)), Scope(dt.date(2018, 12, 31)), Scope(dt.date(2020, 2, 3))]
    scopes += [Scope(scopes[0].day, code) for code in Region.objects.values_list("code", flat=True)[:3]]
    offered = [(one, scope) for one in figures() for scope in scopes]
    together = values(offered)
    assert sum(value is not None and value > 0 for value in together.values()) >= len(figures()) >= 30
    return [
        (one.code, scope)
        for one, scope in offered
        if not together[one.code, scope] == one.value(scope) == _by_members(one, scope)
    ]


def test_the_demo_year_counts_itself_withstands_attacks_and_answers_everyone(
    people: dict[str, User], subtests: Any
) -> None:
    assert len(people) >= 8
    with subtests.test("figures counted together are what each and its members come to"):
        assert _counted_otherwise() == []
    with transaction.atomic():
        with subtests.test("a guessed address is answered, refused or not found, and the server never fails"):
            assert failures_of_guesses(people) == set()
        with subtests.test("what a pointer says is closed to a person, its page does not open"):
            opened, tried = opened_though_closed(people)
            assert opened == []
            assert tried > 40
        with subtests.test("nobody but its owner reaches what is personal"):
            assert reached_of_others(people) == []
        transaction.set_rollback(True)
    assert mark_every_word() > 1000
    reached, wrong, marks, asking = _walked(people)
    with subtests.test("every page answers everyone who is shown a link to it, and markup is shown as text"):
        assert not wrong, "\n".join(wrong)
        assert marks > 300
    with subtests.test("somebody is led to every page"):
        names = {name for name in _names(get_resolver()) if name.partition(":")[0] not in AWAITED}
        assert sorted(names - reached - WALKED) == []
    with subtests.test("a form that opens to somebody is not refused when it is sent, whatever stands in it"):
        refused, taken = _sent(people, sorted(asking.values()))
        assert refused == []
        assert taken > 60
