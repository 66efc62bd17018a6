# SPDX-License-Identifier: Apache-2.0
"""Following whatever happens to records of a kind, their removal too."""

from __future__ import annotations

import pytest

from kechuang.commons.kernel import events
from kechuang.commons.kernel.actions import ACTIONS, action
from kechuang.commons.kernel.events import follow
from kechuang.commons.kernel.models import Entry, OutboxMessage
from kechuang.commons.kernel.outbox import deliver
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verdicts import ALLOWED
from kechuang.commons.parties.models import Organization, Region

pytestmark = pytest.mark.django_db
HEARD: list[tuple[str, Ref | None]] = []


def can_act(thing, actor):
    return ALLOWED


@pytest.fixture
def remove(system):
    @action("test.thing.removed", permission=can_act)
    def remove_thing(thing, actor):
        thing.delete()

    yield lambda thing, **more: remove_thing(thing, system, **more)
    ACTIONS.pop("test.thing.removed")


@pytest.fixture(autouse=True)
def follower(monkeypatch):
    monkeypatch.setattr(events, "_FOLLOWERS", events.defaultdict(dict))
    follow(hear, ["parties.organization"])
    HEARD.clear()


def hear(entry: Entry) -> None:
    HEARD.append((entry.verb, entry.ref))


def test_whatever_happens_to_a_kind_is_heard_and_nothing_else(remove):
    firm = Organization.objects.create(name="甲厂")
    ref = Ref.of(firm)
    remove(firm)
    remove(Region.objects.create(code="1", name="某区"))
    deliver()
    assert [("test.thing.removed", ref)] == HEARD
    assert Entry.objects.filter(ref_kind="parties.organization", ref_id=ref.id).count() == 1
    assert OutboxMessage.objects.count() == 1


def test_removing_twice_under_one_key_is_removing_once(remove):
    firm = Organization.objects.create(name="甲厂")
    twin = Organization.objects.get(pk=firm.pk)
    remove(firm, idempotency_key="k")
    assert remove(twin, idempotency_key="k") is True
    assert Entry.objects.count() == 1
