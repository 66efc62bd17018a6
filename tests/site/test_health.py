# SPDX-License-Identifier: Apache-2.0
"""The health page says enough for a monitor and nothing that a stranger may not know."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import record, seal_journal
from kechuang.commons.kernel.models import OutboxMessage

pytestmark = pytest.mark.django_db


def test_a_healthy_site_answers_with_its_engine_and_what_waits(client: Client) -> None:
    for number in range(3):
        entry = record("test.thing.done", Actor.system("test"), None, {"n": number})
    seal_journal(limit=1)
    OutboxMessage.objects.create(entry=entry, subscriber="one")
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": connection.vendor, "unsealed": 2, "outbox": 1}


def test_an_empty_site_is_healthy(client: Client) -> None:
    assert client.get("/health/").json()["unsealed"] == 0
