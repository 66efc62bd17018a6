# SPDX-License-Identifier: Apache-2.0
"""``kechuang tick``: running it twice, or two at once, does nothing twice."""

from __future__ import annotations

import io
import threading

import pytest
from django.core.management import call_command
from django.db import connection

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import record
from kechuang.commons.kernel.models import Entry, OutboxMessage, Seal
from kechuang.commons.kernel.verification import verify_journal

pytestmark = pytest.mark.guarantee
HEARD: list[int] = []


def hear(entry: Entry) -> None:
    HEARD.append(entry.pk)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    monkeypatch.setattr("kechuang.commons.kernel.outbox.subscribers_of", lambda _verb: {"one": hear})
    HEARD.clear()
    entries = [record("test.thing.done", Actor.system("test"), None, {"n": n}) for n in range(20)]
    OutboxMessage.objects.bulk_create(OutboxMessage(entry=entry, subscriber="one") for entry in entries)
    return entries


def tick() -> str:
    told = io.StringIO()
    call_command("tick", stdout=told)
    return told.getvalue()


@pytest.mark.django_db
def test_a_second_tick_finds_nothing_left_to_do(waiting: list[Entry]) -> None:
    assert "20" in tick()
    before = list(Seal.objects.values_list("seq", "hash"))
    assert "20" not in tick()
    assert sorted(HEARD) == [entry.pk for entry in waiting]
    assert list(Seal.objects.values_list("seq", "hash")) == before


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_deliver_and_seal_everything_once(waiting: list[Entry]) -> None:
    start, problems = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait()
            tick()
        except Exception as problem:  # noqa: BLE001 - shown by the assertion below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sorted(HEARD) == [entry.pk for entry in waiting]
    assert not OutboxMessage.objects.filter(delivered_at__isnull=True).exists()
    found = verify_journal()
    assert (found.sealed, found.unsealed, found.faults) == (20, 0, [])
