# SPDX-License-Identifier: Apache-2.0
"""The database's own guarantees, attacked: update, delete, replace, truncate, a rebuilt table, overlap, two open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from kechuang.commons.access.models import User
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.guarantees import declared
from kechuang.commons.kernel.journal import record
from kechuang.commons.kernel.models import Entry
from kechuang.commons.parties.models import Membership, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]


@pytest.fixture
def entry() -> Entry:
    return record("test.thing.done", Actor.system("test"), None, {})


def _refused(statement: str, *params: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def test_a_journal_entry_cannot_be_updated_or_deleted(entry: Entry) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(reason="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    _refused("UPDATE kernel_entry SET reason = 'x'")
    _refused("DELETE FROM kernel_entry")
    assert Entry.objects.get().reason == ""


def test_a_journal_entry_cannot_be_replaced(entry: Entry) -> None:
    columns = "id, at, business_day, verb, outcome, actor_kind, actor_id, actor_name, on_behalf_of, ref_kind, ref_id, data, reason"
    select = f"SELECT {columns.replace('reason', chr(39) + 'forged' + chr(39))} FROM kernel_entry"  # noqa: S608
    if connection.vendor == "sqlite":
        _refused(f"INSERT OR REPLACE INTO kernel_entry ({columns}) {select}")
        _refused(f"REPLACE INTO kernel_entry ({columns}) {select}")
    else:
        update = "ON CONFLICT (id) DO UPDATE SET reason = EXCLUDED.reason"
        _refused(f"INSERT INTO kernel_entry ({columns}) {select} {update}")
    assert Entry.objects.get(pk=entry.pk).reason == ""


def test_the_journal_cannot_be_truncated(entry: Entry) -> None:
    if connection.vendor == "postgresql":
        _refused("TRUNCATE kernel_entry CASCADE")
    assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_guarantees_survive_a_rebuilt_table() -> None:
    record("test.thing.done", Actor.system("test"), None, {})
    extra = models.CharField(max_length=5, default="")
    extra.set_attributes_from_name("extra")
    extra.model = Entry
    with connection.schema_editor() as editor:
        editor.add_field(Entry, extra)
        if connection.vendor == "sqlite":
            editor._remake_table(Entry)
        else:
            editor.remove_field(Entry, extra)
    call_command("migrate", verbosity=0)
    _refused("UPDATE kernel_entry SET reason = 'x'")
    _refused("DELETE FROM kernel_entry")


def test_a_person_cannot_be_twice_in_one_unit_at_a_time(office: Callable[[str], Unit]) -> None:
    user, unit, other = User.objects.create(username="甲"), office("一处"), office("二处")
    january, march, may = dt.date(2019, 1, 1), dt.date(2019, 3, 1), dt.date(2019, 5, 1)
    first = Membership.objects.create(user=user, unit=unit, since=january, until=march)
    Membership.objects.create(user=user, unit=unit, since=march)
    Membership.objects.create(user=user, unit=other, since=january)
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(user=user, unit=unit, since=may)
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.filter(pk=first.pk).update(until=may)
    assert Membership.objects.count() == 3


def test_an_office_has_one_open_part_of_a_commitment(office: Callable[[str], Unit]) -> None:
    unit, day = office("一处"), dt.date(2019, 1, 1)
    task = Commitment.objects.create(kind="task", code="2019/1", title="任务", start=day)
    first = Responsibility.objects.create(commitment=task, unit=unit, role="lead", since=day)
    with pytest.raises(DatabaseError), transaction.atomic():
        Responsibility.objects.create(commitment=task, unit=unit, role="co", since=day)
    Responsibility.objects.filter(pk=first.pk).update(until=day)
    Responsibility.objects.create(commitment=task, unit=unit, role="co", since=day)


def test_every_declared_guarantee_can_be_emitted_for_both_engines() -> None:
    found = {(model._meta.label, type(guarantee).__name__) for model, guarantee in declared()}
    assert ("kernel.Entry", "AppendOnly") in found
    assert ("parties.Membership", "NoOverlap") in found
    assert ("commitments.Responsibility", "OneOpen") in found
