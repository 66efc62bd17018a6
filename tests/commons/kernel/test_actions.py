# SPDX-License-Identifier: Apache-2.0
"""The one write path: version, idempotency, permission, journal, outbox."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from kechuang.commons.kernel.actions import ACTIONS, action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.events import subscribes
from kechuang.commons.kernel.models import Entry, IdempotencyKey, OutboxMessage
from kechuang.commons.kernel.outbox import deliver
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse
from kechuang.commons.parties.models import Organization

pytestmark = pytest.mark.django_db
ALICE = Actor("person", "1", "甲")
HEARD: list[int] = []


def can_rename(thing: Any, actor: Actor) -> Verdict:
    return ALLOWED if actor.id == "1" else refuse("只有甲可以改名。")


@action("test.organization.renamed", permission=can_rename, personal=("phone",), silent=("secret",))
def rename(
    organization: Organization,
    actor: Actor,
    *,
    name: str,
    phone: str = "",
    secret: str = "",
    fail: bool = False,
) -> Organization:
    note(before=organization.name)
    organization.name = name
    organization.save(update_fields=["name"])
    if fail:
        raise Problem("名称不可用。", remedy="请换一个。", field="name")
    return organization


@action("test.organization.founded", permission=can_rename)
def found(thing: None, actor: Actor, *, name: str) -> Organization:
    return Organization.objects.create(name=name)


@action("test.branch.opened", permission=can_rename)
def open_branch(firm: Organization, actor: Actor, *, name: str) -> Organization:
    return Organization.objects.create(name=name)


@subscribes("test.organization.founded")
def hear(entry: Entry) -> None:
    HEARD.append(entry.pk)


@pytest.fixture
def firm() -> Organization:
    return Organization.objects.create(name="旧名")


@pytest.fixture(autouse=True)
def _hear_nothing_yet() -> None:
    HEARD.clear()


def test_an_action_changes_the_thing_raises_its_version_and_writes_one_entry(firm: Organization) -> None:
    rename(firm, ALICE, name="新名", phone="13800000000", secret="s")
    firm.refresh_from_db()
    assert (firm.name, firm.version) == ("新名", 2)
    entry = Entry.objects.get()
    assert (entry.verb, entry.outcome, entry.actor_name) == ("test.organization.renamed", "done", "甲")
    assert (entry.ref_kind, entry.ref_id) == ("parties.organization", str(firm.pk))
    assert entry.data["before"] == "旧名"
    assert entry.data["name"] == "新名"
    assert entry.data["phone"].startswith("hmac:")
    assert "secret" not in entry.data


def test_a_refusal_is_journaled_outside_the_rolled_back_transaction(firm: Organization) -> None:
    with pytest.raises(Refused, match="只有甲可以改名"):
        rename(firm, Actor("person", "2", "乙"), name="新名")
    firm.refresh_from_db()
    assert (firm.name, firm.version) == ("旧名", 1)
    entry = Entry.objects.get()
    assert (entry.outcome, entry.reason, entry.actor_name) == ("refused", "只有甲可以改名。", "乙")


def test_a_problem_in_the_body_leaves_nothing_behind(firm: Organization) -> None:
    with pytest.raises(Problem) as caught:
        rename(firm, ALICE, name="新名", fail=True, idempotency_key="k")
    assert str(caught.value) == "名称不可用。请换一个。"
    firm.refresh_from_db()
    assert firm.name == "旧名"
    assert (Entry.objects.count(), IdempotencyKey.objects.count()) == (0, 0)


def test_a_stale_version_is_refused_and_names_who_changed_it(firm: Organization) -> None:
    rename(firm, ALICE, name="新名", expected_version=1)
    with pytest.raises(Stale, match="已被甲于"):
        rename(firm, ALICE, name="又一个", expected_version=1)
    firm.refresh_from_db()
    assert firm.name == "新名"


def test_a_stale_version_names_who_made_something_of_the_thing(firm: Organization) -> None:
    branch = open_branch(firm, ALICE, name="分公司")
    assert Entry.objects.get().data == {"name": "分公司", "of": f"parties.organization:{firm.pk}"}
    assert Entry.objects.get().ref_id == str(branch.pk)
    with pytest.raises(Stale, match="甲"):
        rename(firm, ALICE, name="又一个", expected_version=1)


def test_a_repeated_key_gives_the_first_result_and_acts_once() -> None:
    first = found(None, ALICE, name="一家", idempotency_key="k1")
    again = found(None, ALICE, name="一家", idempotency_key="k1")
    assert again == first
    assert Organization.objects.count() == 1
    assert Entry.objects.count() == 1


def test_a_key_of_another_person_is_refused(firm: Organization) -> None:
    found(None, ALICE, name="一家", idempotency_key="k1")
    with pytest.raises(Problem, match="已用于另一项办理"):
        rename(firm, ALICE, name="x", idempotency_key="k1")


def test_a_thing_deleted_meanwhile_is_a_problem(firm: Organization) -> None:
    Organization.objects.filter(pk=firm.pk).delete()
    with pytest.raises(Problem, match="已不存在"):
        rename(firm, ALICE, name="x")


@pytest.mark.django_db(transaction=True)
def test_subscribers_run_after_commit_and_not_when_rolled_back() -> None:
    with transaction.atomic():
        found(None, ALICE, name="没有")
        transaction.set_rollback(True)
    assert HEARD == []
    found(None, ALICE, name="有")
    assert len(HEARD) == 1
    assert OutboxMessage.objects.get(subscriber__endswith=".hear").delivered_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_failing_subscriber_waits_for_the_next_run_and_does_not_undo_the_action(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(entry: Entry) -> None:
        raise RuntimeError("down")

    monkeypatch.setattr("kechuang.commons.kernel.outbox.subscribers_of", lambda _verb: {"one": broken})
    found(None, ALICE, name="有")
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.error, message.delivered_at) == (1, "RuntimeError: down", None)
    monkeypatch.setattr("kechuang.commons.kernel.outbox.subscribers_of", lambda _verb: {"one": hear})
    assert deliver() == 1
    assert len(HEARD) == 1
    assert deliver() == 0


def test_actions_are_known_by_their_verb() -> None:
    assert ACTIONS["test.organization.renamed"] is rename
