# SPDX-License-Identifier: Apache-2.0
"""The pages of the ladder in a browser: what is shown, what a form does, who is refused, how many queries it takes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from house_fixtures import Person
from kechuang.apps.ladder.actions.registering import confirm_list
from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.queries import open_rows
from kechuang.apps.ladder.reading import read_list
from kechuang.commons.access.catalogue import short_words
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region
from ladder_cases import code, csv_of, line, number

Browser = Callable[[Actor], Client]
Decision, State = ListRow.Decision, ListImport.State
pytestmark = pytest.mark.django_db


def codeless(serial: int, name: str) -> list[str]:
    return [str(serial), name, "", number(serial), "2019-09-02", "城东区"]


def sent(kind: QualificationKind, data: bytes, **more: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("名单.csv", data), "kind": kind.pk, "issued_on": "2019-09-02", **more}


def text_of(response: Any) -> str:
    return (
        response.content.decode() if not response.streaming else b"".join(response.streaming_content).decode()
    )


def test_a_list_walks_from_the_upload_page_to_registration(
    browser_of: Browser, clerk: Actor, chief: Actor, kind: QualificationKind, client: Client
) -> None:
    browser = browser_of(clerk)
    uploaded = browser.post(
        reverse("ladder:list-upload"), sent(kind, csv_of([line(1), codeless(2, "甲公司")]))
    )
    listed = ListImport.objects.get()
    assert uploaded["Location"] == reverse("ladder:list-detail", args=[listed.pk])
    page = text_of(browser.get(uploaded["Location"]))
    row = open_rows(listed).get()
    assert reverse("ladder:row-settle", args=[row.pk]) in page
    assert reverse("ladder:list-confirm", args=[listed.pk]) not in page
    settled = browser.post(
        reverse("ladder:row-settle", args=[row.pk]), {"decision": "new", "expected_version": "1"}
    )
    assert settled["Location"] == reverse("ladder:list-detail", args=[listed.pk])
    browser = browser_of(chief)
    assert reverse("ladder:list-confirm", args=[listed.pk]) in text_of(browser.get(uploaded["Location"]))
    browser.post(reverse("ladder:list-confirm", args=[listed.pk]), {"expected_version": str(listed.version)})
    listed.refresh_from_db()
    assert (listed.state, listed.registered) == (State.CONFIRMED, 2)
    browser.post(reverse("ladder:list-undo", args=[listed.pk]), {"reason": "更正公告"})
    listed.refresh_from_db()
    assert listed.state == State.UNDONE
    assert "更正公告" in text_of(browser.get(uploaded["Location"]))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b"x" * (50 * 1024 * 1024), "20 MB"),
        (bytes(range(256)), "不是表格文件"),
        ("甲公司\n乙公司\n".encode(), "表头"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
def test_a_bad_file_is_told_beside_the_field_and_what_was_typed_stays(
    browser_of: Browser, clerk: Actor, kind: QualificationKind, data: bytes, words: str
) -> None:
    response = browser_of(clerk).post(
        reverse("ladder:list-upload"), sent(kind, data, document_number="云科发9号")
    )
    page = text_of(response)
    assert response.status_code == 422
    assert words in page
    assert "云科发9号" in page
    assert (ListImport.objects.count(), Document.objects.count()) == (0, 0)


def test_settling_to_another_firm_finds_it_by_code_or_name(
    browser_of: Browser, clerk: Actor, drop: Any
) -> None:
    firm = Organization.objects.create(name="云川远航精密机械有限公司", uscc=code(50))
    for name in ("同名公司", "同名公司"):
        Organization.objects.create(name=name)
    row = drop(codeless(1, "甲公司")).rows.get()
    page = reverse("ladder:row-settle", args=[row.pk])
    browser = browser_of(clerk)
    for words, problem in (("没有这家", "没有找到"), ("同名公司", "不止一家"), ("", "没有找到")):
        response = browser.post(page, {"decision": "other", "other": words})
        assert response.status_code == 422
        assert problem in text_of(response)
    for words in (code(50).lower(), firm.name):
        assert browser.post(page, {"decision": "other", "other": words}).status_code == 302
        row.refresh_from_db()
        assert (row.decision, row.organization) == (Decision.TAKE, firm)


def test_candidates_are_offered_but_never_one_with_another_valid_code(
    browser_of: Browser, clerk: Actor, drop: Any
) -> None:
    firm = Organization.objects.create(name="云川第1号试验有限公司", uscc=code(50))
    listed = drop(line(1), codeless(2, "云川第1号试念有限公司"))
    same_name, similar = listed.rows.all()
    browser = browser_of(clerk)
    offer = f'value="take:{firm.pk}"'
    assert offer not in text_of(browser.get(reverse("ladder:row-settle", args=[same_name.pk])))
    assert offer in text_of(browser.get(reverse("ladder:row-settle", args=[similar.pk])))
    response = browser.post(
        reverse("ladder:row-settle", args=[same_name.pk]), {"decision": f"take:{firm.pk}"}
    )
    assert response.status_code == 422


def test_an_overtaken_line_keeps_the_page_and_says_so(browser_of: Browser, clerk: Actor, drop: Any) -> None:
    row = drop(codeless(1, "甲公司")).rows.get()
    page = reverse("ladder:row-settle", args=[row.pk])
    browser = browser_of(clerk)
    assert browser.post(page, {"decision": "skip", "expected_version": "1"}).status_code == 302
    response = browser.post(page, {"decision": "new", "expected_version": "1"})
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.decision == Decision.SKIP


def test_doubts_are_exported_alone(browser_of: Browser, clerk: Actor, drop: Any) -> None:
    listed = drop(line(1), codeless(2, "甲公司"), codeless(3, "乙公司"))
    page = reverse("ladder:list-detail", args=[listed.pk])
    response = browser_of(clerk).get(page, {"decision": "open", "export": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["甲公司", "乙公司"]


def test_the_template_is_read_back_and_lists_districts_and_kinds(
    browser_of: Browser, clerk: Actor, kind: QualificationKind, district: Region
) -> None:
    data = b"".join(browser_of(clerk).get(reverse("ladder:template")).streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    head = book.get_sheet_by_index(0).to_python()[0]
    lists = book.get_sheet_by_index(1).to_python()
    assert lists[1][:2] == [district.name, kind.name]
    filled = csv_of(
        [["1", "甲公司", code(1), "GR1", "2019-09-02", "2022-09-01", "城东区"]],
        head=[str(cell) for cell in head],
    )
    (entry,) = read_list("名单.csv", filled, issued_on=dt.date(2019, 9, 2), term="years:3").entries
    assert (entry.name, entry.uscc, entry.number, entry.region_name, entry.problems) == (
        "甲公司",
        code(1),
        "GR1",
        "城东区",
        [],
    )
    assert entry.valid_to == dt.date(2022, 9, 2)


def test_the_sample_is_handed_out(browser_of: Browser, clerk: Actor) -> None:
    response = browser_of(clerk).get(reverse("ladder:sample"))
    assert "演示样例" in text_of(response)
    assert response["Content-Disposition"].startswith("attachment")


def test_who_may_only_look_is_told_why_the_buttons_are_dead(
    browser_of: Browser, person: Person, drop: Any
) -> None:
    reader = person("读者", "ladder.view_list")
    listed = drop(codeless(1, "甲公司"))
    browser = browser_of(reader)
    page = text_of(browser.get(reverse("ladder:list-detail", args=[listed.pk])))
    assert "disabled" in page
    assert short_words("ladder.confirm_list") in page
    row_page = text_of(browser.get(reverse("ladder:row-settle", args=[listed.rows.get().pk])))
    assert short_words("ladder.import_list") in row_page
    refused = browser.post(reverse("ladder:row-settle", args=[listed.rows.get().pk]), {"decision": "skip"})
    assert refused.status_code == 422
    assert listed.rows.get().decision == Decision.OPEN
    for name in ("suggestions-accept", "list-confirm", "list-discard", "list-undo"):
        assert browser.post(reverse(f"ladder:{name}", args=[listed.pk])).status_code == 403


def test_a_button_of_a_settled_list_says_what_happened(
    browser_of: Browser, drop: Any, chief: Actor, clerk: Actor
) -> None:
    listed = confirm_list(drop(line(1)), chief)
    response = browser_of(clerk).post(reverse("ladder:list-discard", args=[listed.pk]))
    assert response.status_code == 422
    assert "不能作废" in text_of(response)


def test_the_page_of_a_firm_leads_to_the_list_it_came_from(
    browser_of: Browser, drop: Any, chief: Actor
) -> None:
    listed = confirm_list(drop(line(1)), chief)
    held = Qualification.objects.get()
    page = text_of(browser_of(chief).get(reverse("parties:organization-detail", args=[held.organization_id])))
    assert reverse("ladder:list-detail", args=[listed.pk]) in page
    assert listed.title in page


def test_hostile_cells_are_shown_as_text(browser_of: Browser, drop: Any, clerk: Actor) -> None:
    listed = drop(["<b>1</b>", "<script>alert(1)</script>公司", "", "'\"><img>", "2019-09-02", "{{ 7 }}"])
    browser = browser_of(clerk)
    for name, key in (("list-detail", listed.pk), ("row-settle", listed.rows.get().pk)):
        page = text_of(browser.get(reverse(f"ladder:{name}", args=[key])))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;公司" in page


@pytest.mark.parametrize("page", ["list-list", "list-detail"])
def test_lists_take_the_same_queries_for_one_row_and_for_three(
    page: str, browser_of: Browser, drop: Any, clerk: Actor
) -> None:
    browser = browser_of(clerk)
    counts = []
    for lines in (
        [codeless(1, "甲公司")],
        [codeless(2, "乙公司"), codeless(3, "丙公司"), codeless(4, "丁公司")],
    ):
        listed = drop(*lines)
        address = reverse(f"ladder:{page}", args=[listed.pk] if page == "list-detail" else [])
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 25
