# SPDX-License-Identifier: Apache-2.0
"""The page of an organisation and its parts; registering, keeping and merging from pages; the same queries for more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.parties.actions import merge_organizations, rename_organization
from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationKind,
    OrganizationMerge,
    OrganizationRole,
    PartyList,
    PartyRow,
    Qualification,
    Region,
    Statement,
)
from kechuang.commons.parties.panels import Panel, Party, panels
from kechuang.commons.ui.lists import Column
from party_samples import KEEPER, KIND, code, firm, held, inner_code, kind, region

Browser = Callable[[Actor], Client]
DAY = dt.date(2019, 10, 15)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _set_day(db: None) -> None:
    ClockSetting.objects.create(day=DAY)


@pytest.fixture
def head(person: Person) -> Actor:
    return person("处长", *KEEPER, "parties.merge_organizations")


def address(name: str, *keys: int) -> str:
    return reverse(f"parties:{name}", args=keys)


def text_of(browser: Client, page: str, **asked: str) -> str:
    answer = browser.get(page, asked)
    assert answer.status_code == 200, (page, answer.status_code)
    return answer.content.decode()


def filled(one: Organization, serial: int) -> None:
    """Give an organisation one more of everything its page shows."""
    what = OrganizationKind.objects.create(code=f"kind{serial}", name=f"类型{serial}", order=serial)
    OrganizationRole.objects.create(organization=one, kind=what, since=DAY)
    Statement.objects.create(
        organization=one, field="address", value=f"{serial}号路", source="甲", said_on=DAY
    )
    held(one, f"GR{serial}", source_kind="documents.document", source_id=str(serial))
    Organization.objects.create(name=f"分公司{serial}", head=one)
    alias = Organization.objects.create(name=f"别名{serial}")
    merge_organizations(alias, Actor.system("test"), survivor=one, reason="x")


@pytest.mark.parametrize("page", ["organization-detail", "organization-related", "organization-identity"])
def test_the_page_of_one_takes_the_same_few_queries_however_much_it_shows(
    browser_of: Browser, head: Actor, page: str
) -> None:
    one, browser, counts = firm(serial=1), browser_of(head), []
    for more in ((1,), (2, 3)):
        for serial in more:
            filled(one, serial)
        browser.get(address(page, one.pk))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address(page, one.pk)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_the_page_of_a_merged_entry_leads_to_the_one_it_is(browser_of: Browser, head: Actor) -> None:
    kept, second = firm("云川甲有限公司", 1), firm("云川乙有限公司")
    held(second, "GR77")
    browser = browser_of(head)
    merge_organizations(second, head, survivor=kept, reason="同一法人")
    assert browser.get(address("organization-detail", second.pk))["Location"] == address(
        "organization-detail", kept.pk
    )
    assert "GR77" in text_of(browser, address("organization-detail", kept.pk))
    identity = text_of(browser, address("organization-identity", kept.pk))
    assert "云川乙有限公司" in identity
    undo = address("merge-undo", OrganizationMerge.objects.get().pk)
    assert undo in identity
    assert browser.post(undo, {"reason": "不同法人"})["Location"] == address("organization-detail", second.pk)
    assert "GR77" in text_of(browser, address("organization-detail", second.pk))


def test_the_list_finds_by_former_names_merged_names_and_old_codes(browser_of: Browser, head: Actor) -> None:
    one, alias = firm("云川华宇有限公司", 1), firm("云川天行有限公司")
    held(alias, "GR1")
    bank = OrganizationKind.objects.create(code="bank", name="银行")
    OrganizationRole.objects.create(organization=alias, kind=bank, since=DAY)
    rename_organization(one, head, name="东海集团有限公司", on=DAY, reason="x")
    merge_organizations(alias, head, survivor=one, reason="x")
    firm("云川别家有限公司", 2)
    browser, page = browser_of(head), address("organization-list")
    for asked in ("华宇", "天行", "东海", code(1)[2:9].lower()):
        found = text_of(browser, page, q=asked)
        assert "东海集团有限公司" in found, asked
    assert "东海集团有限公司" not in text_of(browser, page, q="别家")
    for narrowed in ({"kind": KIND}, {"being": "bank"}):
        found = text_of(browser, page, **narrowed)
        assert "东海集团有限公司" in found
        assert "云川别家有限公司" not in found


def test_an_organisation_is_registered_from_the_page_and_a_namesake_asks_again(
    browser_of: Browser, head: Actor
) -> None:
    enterprise = OrganizationKind.objects.create(code="enterprise", name="企业")
    place, browser, page = region(), browser_of(head), address("organization-register")
    sent = {"name": "云川华宇有限公司", "uscc": code(1), "kinds": enterprise.pk, "region": place.pk}
    answer = browser.post(page, sent)
    made = Organization.objects.get()
    assert (answer["Location"], made.region) == (address("organization-detail", made.pk), place)
    again = browser.post(page, sent | {"uscc": code(2)})
    assert (again.status_code, Organization.objects.count()) == (422, 1)
    assert code(2) in again.content.decode()
    browser.post(page, sent | {"uscc": code(2), "namesake": "on"})
    assert Organization.objects.count() == 2


def test_editing_renaming_recoding_and_roles_work_from_their_pages(browser_of: Browser, head: Actor) -> None:
    what = OrganizationKind.objects.create(code="enterprise", name="企业")
    one, browser = firm("云川华宇有限公司"), browser_of(head)
    page = address("organization-detail", one.pk)
    sent = [
        ("organization-edit", {"head": "", "address": "一号路1号", "region": region().pk}),
        ("organization-rename", {"name": "云川华宇科技有限公司", "on": "2019-06-01", "reason": "变更"}),
        ("organization-recode", {"kind": "uscc", "value": code(1), "reason": "补登"}),
        ("role-give", {"kind": what.pk, "since": "2019-01-01"}),
    ]
    for name, data in sent:
        assert browser.get(address(name, one.pk)).status_code == 200, name
        assert browser.post(address(name, one.pk), data)["Location"] == page, name
    role = OrganizationRole.objects.get()
    browser.post(address("role-end", role.pk), {"on": "2019-09-01", "reason": "停业"})
    one.refresh_from_db()
    role.refresh_from_db()
    assert (one.name, one.uscc, one.region, role.until) == (
        "云川华宇科技有限公司",
        code(1),
        region(),
        dt.date(2019, 9, 1),
    )
    assert histories(browser, one)[:2] == [
        "parties.role.ended",
        "parties.role.given",
    ]
    wrong = browser.post(address("organization-edit", one.pk), {"head": "没有这家"})
    assert (wrong.status_code, "没有找到" in wrong.content.decode()) == (422, True)


def test_editing_something_else_leaves_a_region_that_is_no_longer_offered(
    browser_of: Browser, head: Actor
) -> None:
    zone = Region.objects.create(code="990199", name="高新区", kind=Region.Kind.ZONE)
    one, browser = firm("云川甲有限公司", 1, region=zone), browser_of(head)
    page = address("organization-edit", one.pk)
    assert f'value="{zone.pk}" selected' in text_of(browser, page)
    assert browser.post(page, {"region": zone.pk, "address": "一号路1号"}).status_code == 302
    one.refresh_from_db()
    assert one.region == zone


def test_the_page_names_the_list_an_organisation_came_with_and_leads_there(
    browser_of: Browser, head: Actor
) -> None:
    one = firm("云川甲有限公司", 1)
    listed = PartyList.objects.create(
        title="九月名单", said_on=DAY, uploaded_by="处员", uploaded_at=clock.now()
    )
    row = PartyRow.objects.create(
        listed=listed, line=7, name=one.name, match="new", decision="new", organization=one, done=True
    )
    said = {
        "source": "九月名单",
        "source_kind": "parties.partylist",
        "source_id": str(listed.pk),
        "said_on": DAY,
    }
    Statement.objects.create(organization=one, field="address", value="一号路", **said)
    browser = browser_of(head)
    related = text_of(browser, address("organization-related", one.pk))
    assert address("list-detail", listed.pk) in related
    assert address("row-settle", row.pk) in related
    assert address("list-detail", listed.pk) in text_of(browser, address("organization-identity", one.pk))


def test_two_entries_stand_side_by_side_with_reasons_before_they_are_merged(
    browser_of: Browser, head: Actor
) -> None:
    kept, second = firm("云川华宇有限公司", 1), firm("云川华宇有限责任公司")
    browser = browser_of(head)
    compare = address("merge-compare", second.pk, kept.pk)
    assert compare in text_of(browser, address("merge-choose", second.pk))
    assert "97%" in text_of(browser, address("merge-choose", second.pk), other=code(1))
    missing = browser.get(address("merge-choose", second.pk), {"other": "没有这家"})
    assert missing.status_code == 422
    assert browser.post(compare, {"reason": "同一执照"})["Location"] == address(
        "organization-detail", kept.pk
    )
    second.refresh_from_db()
    assert second.merged_into == kept
    other = firm("云川华宇有限公司", 2)
    forbidden = address("merge-compare", other.pk, kept.pk)
    shown = text_of(browser, forbidden)
    assert "不同的有效代码属于不同的机构" in shown
    assert 'name="reason"' not in shown
    refused = browser.post(forbidden, {"reason": "x"})
    assert (refused.status_code, "有效代码不同" in refused.content.decode()) == (422, True)


def test_a_qualification_is_registered_and_corrected_from_pages(browser_of: Browser, head: Actor) -> None:
    one, browser = firm(), browser_of(head)
    page = address("organization-detail", one.pk)
    proof = SimpleUploadedFile("证书.pdf", b"%PDF-1.7")
    sent = {"kind": kind().pk, "number": "GR1", "valid_from": "2018-10-12", "proof": proof}
    assert browser.post(address("qualification-register", one.pk), sent)["Location"] == page
    made = Qualification.objects.get()
    fixed = {"number": "GR2", "valid_from": "2018-10-12", "valid_to": "2021-10-12", "reason": "抄错"}
    assert browser.get(address("qualification-correct", made.pk)).status_code == 200
    assert browser.post(address("qualification-correct", made.pk), fixed)["Location"] == page
    shown = text_of(browser, page)
    assert "GR1" in shown
    assert "GR2" in shown
    assert address("qualification-correct", made.pk) not in shown
    assert histories(browser, one) == ["parties.qualification.corrected", "parties.qualification.registered"]


def histories(browser: Client, one: Organization) -> list[str]:
    """What the page tells was done to an organisation and to what it holds, the newest first."""
    answer = browser.get(address("organization-identity", one.pk))
    return [entry.verb for entry, _words in answer.context["history"]]


PAGES = [
    "organization-register", "organization-edit", "organization-rename", "organization-recode", "role-give",
    "merge-choose", "qualification-register",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_who_only_looks_is_refused_and_sees_no_buttons(
    browser_of: Browser, person: Person, name: str
) -> None:
    one = firm()
    browser = browser_of(person("读者", "parties.view_organization"))
    page = address(name) if name == "organization-register" else address(name, one.pk)
    assert browser.get(page).status_code == 403
    shown = text_of(browser, address("organization-detail", one.pk))
    assert page not in shown
    assert page not in text_of(browser, address("organization-list"))


def test_rooms_above_show_panels_in_their_order_and_only_where_there_is_something(
    browser_of: Browser, head: Actor
) -> None:
    one = firm(serial=1)
    asked: list[tuple[Party, dt.date]] = []

    def later(party: Party, day: dt.date, viewer: Actor) -> Panel:
        asked.append((party, day))
        return Panel("乙板块", (Column("name", "名称"),), [{"name": "<b>乙</b>"}], total=1, order=2)

    panels.fill("test-later", later)
    panels.fill(
        "test-first", lambda *_all: Panel("甲板块", (Column("name", "名称"),), [{"name": "甲"}], order=1)
    )
    panels.fill("test-none", lambda *_all: None)
    try:
        shown = text_of(browser_of(head), address("organization-related", one.pk))
    finally:
        for name in ("test-later", "test-first", "test-none"):
            panels._filled.pop(name)
    assert shown.index("甲板块") < shown.index("乙板块")
    assert "&lt;b&gt;乙&lt;/b&gt;" in shown
    assert [(party.entries, day) for party, day in asked] == [([one.pk], DAY)]


def test_the_list_finds_an_organisation_by_every_name_and_code_it_ever_had(
    browser_of: Browser, head: Actor
) -> None:
    one, second = firm("云川华宇科技有限公司", 1), firm("云川华宇科技公司（旧）")
    firm("滨海别家有限公司", 2)
    OrganizationCode.objects.create(organization=second, kind="registration", value="210100000012345")
    rename_organization(one, head, name="云川启明科技有限公司", reason="更名通知")
    merge_organizations(second, head, survivor=one, reason="同一家")
    browser, page = browser_of(head), address("organization-list")
    dashed = f"{inner_code(1)[:8]}-{inner_code(1)[8]}"
    for word in ("启明", "华宇", "旧", code(1), code(1).lower(), code(1)[2:9], dashed, "210100000012345"):
        found = text_of(browser, page, q=word)
        assert address("organization-detail", one.pk) in found, word
        assert "滨海别家" not in found or word == code(1)[2:9], word
    assert address("organization-detail", one.pk) not in text_of(browser, page, q=code(3))
