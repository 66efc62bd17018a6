# SPDX-License-Identifier: Apache-2.0
"""The index follows the records: changes, deletions, several writers, killed ones, a new version."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kechuang.commons.kernel.actions import ACTIONS, action
from kechuang.commons.kernel.models import OutboxMessage
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.searching import Searchable
from kechuang.commons.kernel.verdicts import ALLOWED
from kechuang.commons.parties.actions import revoke_qualification
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind
from kechuang.commons.search import store, subscribers
from kechuang.commons.search.indexing import differences, index_pending, rebuild
from kechuang.commons.search.models import PendingDocument
from kechuang.commons.search.queries import find


def can_do(thing, actor):
    return ALLOWED


@pytest.fixture
def rename(system):
    @action("test.firm.renamed", permission=can_do)
    def rename_firm(firm, actor, *, name):
        firm.name = name
        firm.save()
        return firm

    @action("test.firm.removed", permission=can_do)
    def remove_firm(firm, actor):
        firm.delete()

    yield lambda firm, name: rename_firm(firm, system, name=name) if name else remove_firm(firm, system)
    for verb in ("test.firm.renamed", "test.firm.removed"):
        ACTIONS.pop(verb)


@pytest.fixture
def follow(django_capture_on_commit_callbacks, settings):
    """Let what follows happen at once."""
    settings.WORK_AT_ONCE = True

    def run(work, *arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return work(*arguments)

    return run


def found(question, system):
    return [hit.ref for hit in find(question, system).hits]


@pytest.mark.django_db
def test_a_change_and_a_deletion_are_findable_after_the_act(rename, follow, system):
    firm = Organization.objects.create(name="旧机床厂")
    rebuild()
    ref = Ref.of(firm)
    follow(rename, firm, "新纺织厂")
    assert (found("新纺织", system), found("旧机床", system)) == ([ref], [])
    assert not PendingDocument.objects.exists()
    follow(rename, firm, "")
    assert found("新纺织", system) == []
    assert store.kept_digests(store.searcher(), "parties.organization") == {}


@pytest.mark.django_db(transaction=True)
def test_a_change_is_findable_within_a_second_without_anybody_waiting(rename, system):
    firm = Organization.objects.create(name="旧机床厂")
    rebuild()
    begun = time.monotonic()
    rename(firm, "新纺织厂")
    while not found("新纺织", system):
        assert time.monotonic() - begun < 5
        time.sleep(0.01)
    while PendingDocument.objects.exists():
        assert time.monotonic() - begun < 5
        time.sleep(0.01)


@pytest.mark.django_db
def test_the_words_shown_are_the_records_own_even_before_the_index_follows(rename, system):
    firm = Organization.objects.create(name="旧机床厂")
    gone = Organization.objects.create(name="另一机床厂")
    rebuild()
    firm.name = "改名机床厂"
    firm.save()
    gone.delete()
    (hit,) = find("机床", system).hits
    assert "改名" in hit.title


@pytest.mark.django_db
def test_a_verb_may_change_other_records(follow, system, person):
    firm = Organization.objects.create(name="甲厂")
    kind = QualificationKind.objects.create(code="k", name="资质", term="years:3")
    held = Qualification.objects.create(
        organization=firm, kind=kind, number="ZZ1", valid_from="2019-01-01", valid_to="2022-01-01"
    )
    rebuild()
    Organization.objects.filter(pk=firm.pk).update(name="甲纺织厂")
    follow(lambda: revoke_qualification(held, system, on=dt.date(2019, 5, 1), reason="撤销"))
    assert store.kept_digests(store.searcher(), "parties.organization")[str(firm.pk)]
    assert [
        difference.faults for difference in differences() if difference.source.kind == "parties.organization"
    ] == [0]


@pytest.mark.django_db
def test_a_whole_kind_can_be_noted(system):
    rebuild()
    Organization.objects.create(name="甲厂")
    Organization.objects.create(name="乙厂")
    PendingDocument.objects.create(kind="parties.organization", document_id="")
    assert index_pending() == 1
    assert len(found("厂", system)) == 2


@pytest.mark.django_db
def test_without_an_index_changes_wait_and_the_tick_makes_one(rename, follow, system):
    firm = Organization.objects.create(name="甲厂")
    follow(rename, firm, "乙厂")
    assert PendingDocument.objects.count() == 1
    assert index_pending() == 0
    call_command("tick", verbosity=0)
    assert found("乙厂", system) == [Ref.of(firm)]
    assert not PendingDocument.objects.exists()


@pytest.mark.django_db
def test_an_index_of_another_version_is_made_anew(system, monkeypatch):
    firm = Organization.objects.create(name="甲厂")
    rebuild()
    monkeypatch.setattr(store, "VERSION", "next")
    assert not find("甲厂", system).ready
    call_command("tick", verbosity=0)
    assert found("甲厂", system) == [Ref.of(firm)]
    assert len(list(store._root().glob("v*-*"))) == 1


@pytest.mark.django_db
def test_check_tells_what_is_missing_gone_and_old(system):
    firms = [Organization.objects.create(name=f"甲{number}厂") for number in range(3)]
    with pytest.raises(CommandError):
        call_command("search", "check")
    rebuild()
    call_command("search", "check", stdout=io.StringIO())
    new = Organization.objects.create(name="新厂")
    gone = str(firms[0].pk)
    firms[0].delete()
    Organization.objects.filter(pk=firms[1].pk).update(name="改名厂")
    (difference,) = [one for one in differences() if one.source.kind == "parties.organization"]
    assert (difference.missing, difference.extra, difference.stale) == (
        {str(new.pk)}, {gone}, {str(firms[1].pk)},
    )  # fmt: skip
    with pytest.raises(CommandError):
        call_command("search", "check", stdout=io.StringIO())
    PendingDocument.objects.create(kind="parties.organization", document_id=str(new.pk))
    (difference,) = [one for one in differences() if one.source.kind == "parties.organization"]
    assert difference.missing == frozenset()
    told = io.StringIO()
    call_command("search", "rebuild", stdout=told)
    call_command("search", "check", stdout=told)
    call_command("search", "find", "改名", stdout=told)
    assert f"parties.organization:{firms[1].pk}" in told.getvalue()


@pytest.mark.django_db
def test_a_rebuild_that_fails_leaves_the_old_index(system, monkeypatch):
    firm = Organization.objects.create(name="甲厂")
    rebuild()

    def broken(self, kind, texts):
        raise OSError("disk full")

    monkeypatch.setattr(store.Writing, "keep", broken)
    with pytest.raises(OSError, match="disk full"):
        rebuild()
    assert found("甲厂", system) == [Ref.of(firm)]
    assert len(list(store._root().glob("v*-*"))) == 1


@pytest.mark.django_db
def test_a_busy_writer_is_not_waited_for_longer_than_that(system):
    rebuild()
    PendingDocument.objects.create(kind="parties.organization", document_id="1")
    with store.writing(0) as first:
        assert first
        begun = time.monotonic()
        assert index_pending(patience=0.1) == 0
        assert 0.1 <= time.monotonic() - begun < 1
    assert index_pending() == 1


@pytest.mark.guarantee
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_take_everything_in_once(system):
    rebuild()
    firms = [Organization.objects.create(name=f"甲{number}厂") for number in range(40)]
    PendingDocument.objects.bulk_create(
        PendingDocument(kind="parties.organization", document_id=str(firm.pk)) for firm in firms
    )
    start, counts, problems = threading.Barrier(3), [], []

    def run():
        try:
            start.wait()
            counts.append(index_pending(patience=20))
        except Exception as problem:  # noqa: BLE001 - shown by the assertion below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sum(counts) == 40
    assert len(store.kept_digests(store.searcher(), "parties.organization")) == 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_writer_killed_around_its_commit_leaves_an_index_that_answers(tmp_path, settings, moment):
    """No database is needed: the index alone is attacked."""
    settings.SEARCH_ROOT = tmp_path / "killed"
    with store.writing(1), store.replacement() as fresh:
        fresh.keep("parties.organization", [Searchable("1", "甲厂")])
    child = os.fork()
    if not child:
        try:
            with store.writing(5):
                change = store.change()
                change.keep("parties.organization", [Searchable("2", "乙厂")])
                if moment == "after":
                    change.commit()
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    index = store.searcher()
    assert sorted(store.kept_digests(index, "parties.organization")) == (
        ["1", "2"] if moment == "after" else ["1"]
    )
    with store.writing(1) as alone:
        assert alone
        change = store.change()
        change.keep("parties.organization", [Searchable("3", "丙厂")])
        change.commit()
    assert "3" in store.kept_digests(store.searcher(), "parties.organization")


@pytest.mark.django_db
def test_noting_is_part_of_the_act(rename, system):
    """Without the outbox's delivery nothing is lost: the message waits."""
    firm = Organization.objects.create(name="甲厂")
    rebuild()
    rename(firm, "乙厂")
    assert (
        OutboxMessage.objects.filter(delivered_at__isnull=True, subscriber__endswith="note_changes").count()
        == 1
    )
    call_command("tick", verbosity=0)
    assert found("乙厂", system) == [Ref.of(firm)]


@pytest.mark.django_db
def test_many_changes_ask_for_work_once(rename, system, monkeypatch, django_capture_on_commit_callbacks):
    firms = [Organization.objects.create(name=f"甲{number}厂") for number in range(5)]
    rebuild()
    asked = []
    monkeypatch.setattr(subscribers, "after_answer", asked.append)
    monkeypatch.setattr(subscribers, "_asked_at", [])
    with django_capture_on_commit_callbacks(execute=True):
        for firm in firms:
            rename(firm, f"乙{firm.pk}厂")
    assert len(asked) == 1
    asked[0]()
    assert len(found("乙", system)) == 5
    with django_capture_on_commit_callbacks(execute=True):
        rename(firms[0], "丙厂")
    assert len(asked) == 2
