# SPDX-License-Identifier: Apache-2.0
"""The journal page: every act and every refusal, found by person, verb, outcome and day; for auditors only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import record, seal_journal
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(person: Callable[..., Actor], browser_of: Callable[[Actor], Client]) -> Client:
    return browser_of(person("审计员", "kernel.view_journal", "parties.view_organization"))


def _write(name: str, verb: str = "commitments.part.reported", **more: object) -> Entry:
    firm = Organization.objects.create(name=f"{name}的企业")
    return record(verb, Actor("person", name, name), Ref.of(firm), {}, **more)  # type: ignore[arg-type]


def shown(client: Client, query: str = "") -> list[str]:
    """The persons on the page, from the top."""
    listing = client.get(f"/journal/?{query}").context["listing"]
    return [entry.actor_name for entry in listing.rows]


def test_the_newest_stand_first_with_what_they_were_about(auditor: Client) -> None:
    _write("甲")
    _write("乙", outcome=Entry.Outcome.REFUSED, reason="不在授权范围内")
    assert shown(auditor) == ["乙", "甲"]
    page = auditor.get("/journal/").content.decode()
    assert "甲的企业" in page
    assert "不在授权范围内" in page
    assert "commitments.part.reported" in page


def test_entries_are_found_by_person_verb_outcome_and_day(auditor: Client) -> None:
    _write("甲")
    _write("乙", verb="kernel.clock.set")
    _write("丙", outcome=Entry.Outcome.REFUSED)
    with clock.pinned(dt.date(2019, 3, 1)):
        _write("丁")
    assert shown(auditor, "q=甲") == ["甲"]
    assert shown(auditor, "verb=kernel.clock.set") == ["乙"]
    assert shown(auditor, "outcome=refused") == ["丙"]
    assert shown(auditor, "day_to=2019-03-31") == ["丁"]
    assert shown(auditor, "q=没有这个人") == []


def test_a_sealed_entry_shows_its_seal(auditor: Client) -> None:
    entry = _write("甲")
    seal_journal()
    assert entry.seal.hash[:8] in auditor.get("/journal/").content.decode()


def test_many_entries_cost_no_more_queries_than_one(auditor: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            auditor.get("/journal/")
        return len(queries)

    _write("甲")
    cost()
    one = cost()
    for name in "乙丙丁":
        _write(name)
    assert cost() == one <= 15


def test_nobody_else_reads_the_journal(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    assert browser_of(person("处员", "workplan.view_plan")).get("/journal/").status_code == 403
