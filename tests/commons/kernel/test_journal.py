# SPDX-License-Identifier: Apache-2.0
"""The hash chain: sealed in the background, proved by recomputing."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.guarantees import lifted
from kechuang.commons.kernel.journal import (
    personal_digest,
    record,
    seal_journal,
    verify_journal,
    written_form,
)
from kechuang.commons.kernel.models import Entry, Seal

pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]
ACTOR = Actor.system("test")


def _write(count: int) -> list[Entry]:
    return [record("test.thing.done", ACTOR, None, {"n": number}) for number in range(count)]


def test_sealing_chains_every_entry_once() -> None:
    _write(3)
    assert seal_journal() == 3
    assert seal_journal() == 0
    _write(1)
    assert seal_journal() == 1
    assert list(Seal.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]
    result = verify_journal()
    assert (result.sealed, result.unsealed, result.faults) == (4, 0, [])


def test_an_entry_changed_behind_the_guarantee_is_found() -> None:
    entries = _write(3)
    seal_journal()
    with lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(actor_name="别人")
    assert verify_journal().faults == [f"seal 2: entry {entries[1].pk} was changed"]
    with pytest.raises(CommandError, match="1 处"):
        call_command("journal", "verify")


def test_a_removed_seal_is_found() -> None:
    _write(3)
    seal_journal()
    with lifted(connection):
        Seal.objects.filter(seq=2).delete()
    faults = verify_journal().faults
    assert faults[0] == "seal 2: missing"


def test_an_entry_that_commits_late_is_sealed_later() -> None:
    entries = _write(3)
    with lifted(connection):
        Entry.objects.filter(pk=entries[0].pk).delete()
    seal_journal()
    late = Entry(
        pk=entries[0].pk, at=entries[1].at, business_day=entries[1].business_day, verb="test.late", data={}
    )
    late.save(force_insert=True)
    assert seal_journal() == 1
    assert verify_journal().intact


def test_long_text_enters_shortened_with_its_digest_and_personal_values_as_keyed_digests() -> None:
    assert written_form("短") == "短"
    assert written_form("长" * 501).startswith("长" * 80 + "… sha256:")
    assert written_form("13800000000", personal=True) == personal_digest("13800000000")
