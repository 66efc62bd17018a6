# SPDX-License-Identifier: Apache-2.0
"""Files handed in and out: kept once and whole, read by who may see what they are about, never shown as a page."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from house_fixtures import Person
from kechuang.commons.documents.actions import discard_document, store_document
from kechuang.commons.documents.models import Discard, Document
from kechuang.commons.documents.permissions import can_read_document
from kechuang.commons.documents.searchable import documents
from kechuang.commons.documents.storage import _place, content, keep
from kechuang.commons.documents.tasks import clear_up
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.journal import seal_journal
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verification import verify_journal
from kechuang.commons.parties.models import Organization

Browser = Callable[[Actor], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def about(db: None) -> Ref:
    return Ref.of(Organization.objects.create(name="云川启明有限公司"))


@pytest.fixture
def reader(person: Person) -> Actor:
    return person("读者", "parties.view_organization")


def address(document: Document) -> str:
    return reverse("documents:document-download", args=[document.pk])


def test_a_file_is_kept_once_by_its_content(reader: Actor, about: Ref, tmp_path: Path) -> None:
    one = store_document(None, reader, name="甲.txt", data="同样的内容".encode(), about=about)
    other = store_document(None, reader, name="乙.txt", data="同样的内容".encode(), about=about)
    assert one.sha256 == other.sha256
    assert (one.size, one.media_type, one.uploaded_by) == (15, "text/plain", "读者")
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1
    assert Entry.objects.filter(verb="documents.document.stored")[0].data["data"] == f"sha256:{one.sha256}"


@pytest.mark.parametrize(("data", "words"), [(b"", "是空的"), (b"x" * (20 * 1024 * 1024 + 1), "20 MB")])
def test_an_empty_or_too_large_file_is_refused_and_leaves_nothing(
    reader: Actor, data: bytes, words: str
) -> None:
    with pytest.raises(Problem, match=words) as caught:
        store_document(None, reader, name="甲.txt", data=data)
    assert caught.value.field == "file"
    assert Document.objects.count() == 0


def test_nobody_hands_in_without_signing_in() -> None:
    with pytest.raises(Refused, match="先登录"):
        store_document(None, Actor("person", "", ""), name="甲.txt", data=b"x")


def test_content_that_was_changed_on_disk_is_never_handed_out(tmp_path: Path) -> None:
    digest = keep(b"whole")
    (kept,) = [file for file in tmp_path.rglob("*") if file.is_file()]
    kept.write_bytes(b"broken")
    with pytest.raises(Problem, match="缺失或已损坏"):
        content(digest)
    kept.unlink()
    with pytest.raises(Problem, match="缺失或已损坏"):
        content(digest)


def test_half_written_content_does_not_count_as_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            keep(b"whole")
    assert content(keep(b"whole")) == b"whole"


def test_a_file_is_read_by_who_may_see_what_it_is_about(
    browser_of: Browser, person: Person, reader: Actor, about: Ref, system: Actor
) -> None:
    document = store_document(None, reader, name="佐证.pdf", data=b"%PDF-1.7 x", about=about)
    response = browser_of(reader).get(address(document))
    assert (response.status_code, response.content) == (200, b"%PDF-1.7 x")
    stranger = person("旁人")
    refused = browser_of(stranger).get(address(document))
    assert refused.status_code == 403
    assert "无权查看" in refused.content.decode()
    assert can_read_document(document, system)


def test_a_file_about_nothing_or_about_something_gone_is_refused(
    browser_of: Browser, reader: Actor, about: Ref
) -> None:
    loose = store_document(None, reader, name="甲.txt", data=b"1")
    lost = store_document(None, reader, name="乙.txt", data=b"2", about=Ref(about.kind, "999999"))
    unknown = store_document(None, reader, name="丙.txt", data=b"3", about=Ref("nobody.knows", "1"))
    browser = browser_of(reader)
    assert [browser.get(address(one)).status_code for one in (loose, lost, unknown)] == [403, 403, 403]
    assert "尚未归入" in browser.get(address(loose)).content.decode()
    assert browser.get(reverse("documents:document-download", args=[999999])).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<html><script>alert(1)</script>"),
        ("a\r\nContent-Type: text/html.txt", b"<b>x</b>"),
        ('quote".html', b"<svg onload=alert(1)>"),
        ("图.svg", b"<svg onload=alert(1)>"),
    ],
)
def test_nothing_handed_in_is_ever_shown_as_a_page(
    browser_of: Browser, reader: Actor, about: Ref, name: str, data: bytes
) -> None:
    document = store_document(None, reader, name=name, data=data, about=about)
    response = browser_of(reader).get(address(document))
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "text/plain"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "\n" not in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


def test_a_chinese_name_reaches_the_browser(browser_of: Browser, reader: Actor, about: Ref) -> None:
    document = store_document(None, reader, name="工作总结.docx", data=b"x", about=about)
    assert "filename*=utf-8''%E5%B7%A5" in browser_of(reader).get(address(document))["Content-Disposition"]


def test_pointers_to_files_open_for_who_may_read_them_in_a_constant_number_of_queries(
    reader: Actor, person: Person, about: Ref, django_assert_num_queries: Any
) -> None:
    files = [store_document(None, reader, name=f"{place}.txt", data=b"x", about=about) for place in range(3)]
    stranger = person("旁人")
    refs = [Ref.of(file) for file in files]
    for viewer, visible in ((reader, True), (stranger, False), (None, True)):
        if viewer is None:
            found = resolve_many(refs, viewer)
        else:
            with django_assert_num_queries(3):  # the files, what they are about, the grants
                found = resolve_many(refs, viewer.fresh())
        assert [found[ref].title for ref in refs] == ["0.txt", "1.txt", "2.txt"]
        assert {found[ref].visible for ref in refs} == {visible}
        assert found[refs[0]].url == address(files[0])


@pytest.mark.guarantee
def test_the_row_of_a_file_is_never_changed(reader: Actor) -> None:
    document = store_document(None, reader, name="甲.txt", data=b"x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(name="乙.txt")
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).delete()
    assert Document.objects.get(pk=document.pk).name == "甲.txt"


def aged(document: Document) -> Path:
    """Where its content lies, as if it had lain there for an hour."""
    place = _place(document.sha256)
    os.utime(place, (time.time() - 3600,) * 2)
    return place


@pytest.mark.guarantee
@pytest.mark.django_db(transaction=True)
def test_discarded_file_is_gone_from_disk_pages_and_search_but_not_from_the_journal(
    reader: Actor, about: Ref, system: Actor, browser_of: Browser
) -> None:
    one = store_document(None, reader, name="甲.txt", data="个人材料".encode(), about=about)
    place = aged(one)
    discard_document(one, system, reason="本人要求")
    assert not place.exists()
    assert browser_of(reader).get(address(one)).status_code == 403
    shown = resolve_many([Ref.of(one)], reader)[Ref.of(one)]
    assert (shown.title, shown.url) == (gettext("已销毁的文件"), "")
    assert list(documents([str(one.pk)])) == []
    assert Document.objects.get().sha256 == one.sha256
    seal_journal()
    assert verify_journal().intact
    discard_document(one, system, reason="再次")
    assert Discard.objects.get().reason == "本人要求"
    with pytest.raises(DatabaseError), transaction.atomic():
        Discard.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_content_that_another_file_has_stays_until_that_is_discarded_too(
    reader: Actor, about: Ref, system: Actor
) -> None:
    one, other = (
        store_document(None, reader, name=name, data=b"the same", about=about) for name in ("1.txt", "2.txt")
    )
    place = aged(one)
    discard_document(one, system, reason="本人要求")
    assert content(other.sha256) == b"the same"
    discard_document(other, system, reason="本人要求")
    assert not place.exists()


@pytest.mark.django_db(transaction=True)
def test_content_handed_in_anew_this_moment_stays_and_what_was_undone_is_not_lost(
    reader: Actor, about: Ref, system: Actor
) -> None:
    one = store_document(None, reader, name="1.txt", data=b"the same", about=about)
    place = aged(one)
    with transaction.atomic():
        discard_document(one, system, reason="本人要求")
        transaction.set_rollback(True)
    assert place.exists()
    assert keep(b"the same") == one.sha256  # somebody is handing it in
    discard_document(one, system, reason="本人要求")
    assert place.exists()
    os.utime(place, (time.time() - 2 * 24 * 3600,) * 2)
    assert clear_up() == 1
    assert not place.exists()


def test_nobody_discards_a_file_by_itself(reader: Actor, about: Ref) -> None:
    one = store_document(None, reader, name="1.txt", data=b"x", about=about)
    with pytest.raises(Refused):
        discard_document(one, reader, reason="x")
