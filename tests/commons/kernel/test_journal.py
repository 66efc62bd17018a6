# SPDX-License-Identifier: Apache-2.0
"""The hash chain: sealed in the background, proved by recomputing; a change, removal or insertion is found."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.guarantees import lifted
from kechuang.commons.kernel.journal import personal_digest, record, seal_journal, written_form
from kechuang.commons.kernel.models import Entry, Seal
from kechuang.commons.kernel.verification import Fault, verify_journal

pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]
ACTOR = Actor.system("test")


def _write(count: int) -> list[Entry]:
    return [record("test.thing.done", ACTOR, None, {"n": number}) for number in range(count)]


def _insert(**what: object) -> Entry:
    entry = Entry(verb="test.forged", business_day=dt.date(2019, 10, 15), data={}, **what)
    entry.save(force_insert=True)
    return entry


def test_sealing_chains_every_entry_once() -> None:
    _write(3)
    assert seal_journal() == 3
    assert seal_journal() == 0
    _write(1)
    assert seal_journal() == 1
    assert list(Seal.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]
    result = verify_journal()
    assert (result.sealed, result.unsealed, result.faults) == (4, 0, [])
    assert result.head == f"4:{Seal.objects.get(seq=4).hash}"


def test_an_entry_changed_behind_the_guarantee_is_found() -> None:
    entries = _write(3)
    seal_journal()
    with lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(actor_name="别人")
    assert verify_journal().faults == [Fault("changed", 2, entries[1].pk)]
    with pytest.raises(CommandError):
        call_command("journal", "verify", stderr=io.StringIO())


def test_an_entry_removed_with_its_seal_is_found() -> None:
    entries = _write(3)
    seal_journal()
    with lifted(connection):
        Seal.objects.filter(seq=2).delete()
        entries[1].delete()
    assert verify_journal().faults == [Fault("missing", 2)]


def test_an_entry_inserted_between_sealed_ones_is_found() -> None:
    entries = _write(3)
    seal_journal()
    with lifted(connection):
        forged = _insert(at=entries[1].at)
        Seal.objects.filter(seq=2).update(entry=forged)
    assert verify_journal().faults == [Fault("changed", 2, forged.pk)]


def test_an_entry_inserted_later_under_an_earlier_time_is_found_sealed_or_not() -> None:
    entries = _write(2)
    seal_journal()
    forged = _insert(at=entries[0].at - dt.timedelta(days=1))
    assert verify_journal().faults == [Fault("backdated", 0, forged.pk)]
    seal_journal()
    assert verify_journal().faults == [Fault("backdated", 3, forged.pk)]


def test_a_chain_cut_off_or_made_anew_is_found_by_its_head_noted_before() -> None:
    entries = _write(3)
    seal_journal()
    head = verify_journal().head
    assert verify_journal(head).intact
    with lifted(connection):
        Seal.objects.filter(seq=3).delete()
        entries[2].delete()
    assert verify_journal().intact
    assert verify_journal(head).faults == [Fault("another-head", 3)]
    with pytest.raises(CommandError):
        call_command("journal", "verify", head=head, stderr=io.StringIO())


@pytest.mark.parametrize("head", ["3", "x:y", "3:abc", "'; DROP TABLE kernel_seal"])
def test_a_head_that_is_none_is_told(head: str) -> None:
    with pytest.raises(CommandError, match="64"):
        call_command("journal", "verify", head=head)


def test_an_intact_journal_ends_well_and_names_its_head() -> None:
    _write(2)
    call_command("journal", "seal", stdout=io.StringIO())
    told = io.StringIO()
    call_command("journal", "verify", stdout=told)
    assert Seal.objects.get(seq=2).hash in told.getvalue()


def test_an_entry_that_commits_late_is_sealed_later() -> None:
    entries = _write(3)
    with lifted(connection):
        Entry.objects.filter(pk=entries[0].pk).delete()
    seal_journal()
    _insert(pk=entries[0].pk, at=entries[1].at - dt.timedelta(seconds=30))
    assert seal_journal() == 1
    assert verify_journal().intact


def test_an_empty_journal_is_intact() -> None:
    assert verify_journal().intact


def test_long_text_enters_shortened_with_its_digest_and_personal_values_as_keyed_digests() -> None:
    assert written_form("短") == "短"
    assert written_form("长" * 501).startswith("长" * 80 + "… sha256:")
    assert written_form("13800000000", personal=True) == personal_digest("13800000000")


def test_what_enters_is_plain() -> None:
    day, data = dt.date(2019, 10, 15), b"x"
    assert written_form({"day": day, 1: [day, None, True, 2.5]}) == {
        "day": "2019-10-15",
        "1": ["2019-10-15", None, True, 2.5],
    }
    assert written_form(data).startswith("sha256:2d711642")
    assert written_form(range(3)) == "range(0, 3)"
    assert written_form(Entry.Outcome.DONE) == "done"
    assert len(written_form(list(range(500)))) == 100
