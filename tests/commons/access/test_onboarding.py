# SPDX-License-Identifier: Apache-2.0
"""Many accounts from one file: template, dry run, all or none, links once, nothing personal kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from kechuang.commons.access.actions import (
    confirm_onboarding,
    drop_onboarding,
    hand_in_accounts,
    renew_links,
)
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import Grant, GrantRequest, Onboarding, OneTimeLink, Role, User
from kechuang.commons.access.onboarding import labels, read_sheet
from kechuang.commons.access.queries.accounts import rows_of
from kechuang.commons.access.reach import ScopeObjects, scope_objects
from kechuang.commons.access.sheets import template_sheet
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref

pytestmark = pytest.mark.django_db
GOOD = {"username": "li", "display_name": "李工", "email": "li@example.cn", "phone": "13912345678"}


def sheet(*rows: dict[str, str], head: list[str] | None = None) -> bytes:
    """A list as people hand it in."""
    file = io.BytesIO()
    with Workbook(file, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for column, label in enumerate(head or labels().values()):
            page.write_string(0, column, label)
        for line, row in enumerate(rows, 1):
            for column, name in enumerate(labels()):
                page.write(line, column, row.get(name, ""))
    return file.getvalue()


@pytest.fixture
def staff(role: Callable[..., Role]) -> Role:
    return role("staff", "t.enter_it")


def hand_in(actor: Actor, *rows: dict[str, str]) -> Onboarding:
    return hand_in_accounts(None, actor, file_name="名单.xlsx", data=sheet(*rows))


def test_a_list_is_read_and_nothing_is_opened_before_it_is_confirmed(sysadmin: Actor, staff: Role) -> None:
    batch = hand_in(sysadmin, GOOD, {"username": "wang", "display_name": "王工", "role": staff.name})
    assert (batch.count, batch.faulty, batch.state) == (2, 0, "draft")
    assert User.objects.count() == 1
    confirmed = confirm_onboarding(batch, sysadmin)
    assert {link.user.username for link in confirmed.links} == {"li", "wang"}
    assert all(link.token and link.purpose == OneTimeLink.Purpose.INVITE for link in confirmed.links)
    assert User.objects.get(username="li").phone == "13912345678"
    assert GrantRequest.objects.get().user.username == "wang"
    assert not Grant.objects.filter(role=staff).exists()


def test_what_the_list_held_is_kept_no_longer_than_needed(sysadmin: Actor) -> None:
    batch = hand_in(sysadmin, GOOD)
    assert "13912345678" not in batch.rows_sealed
    assert rows_of(batch)[0].cells["phone"] == "13912345678"
    confirm_onboarding(batch, sysadmin)
    batch.refresh_from_db()
    assert (batch.rows_sealed, rows_of(batch)) == ("", [])
    other = hand_in(sysadmin, GOOD | {"username": "zhao"})
    drop_onboarding(other, sysadmin)
    other.refresh_from_db()
    assert (other.rows_sealed, other.state) == ("", "dropped")
    written = str(list(Entry.objects.values_list("data", flat=True)))
    assert "13912345678" not in written
    assert "li@example.cn" not in written


def test_what_is_wrong_is_told_line_by_line(sysadmin: Actor, account: Any, staff: Role) -> None:
    account("taken")
    batch = hand_in(
        sysadmin,
        GOOD,
        {"username": "taken", "display_name": "甲"},
        {"username": "LI", "display_name": "乙"},
        {"username": "c", "display_name": "丙"},
        {"username": "ding", "display_name": ""},
        {"username": "wu", "display_name": "戊", "email": "x"},
        {"username": "ji", "display_name": "己", "phone": "123"},
        {"username": "geng", "display_name": "庚", "role": "没有的角色"},
        {"username": "xin", "display_name": "辛", "role": staff.name, "scope": "银河"},
        {"username": "ren", "display_name": "壬", "role": staff.name, "scope": "unit"},
        {"username": "gui", "display_name": "癸", "since": "明天"},
        {"username": "zi", "display_name": "子", "since": "2026-02-01", "last": "2026-01-01"},
    )
    wrong = {row.line for row in rows_of(batch) if row.problems}
    assert wrong == set(range(3, 14))
    assert batch.faulty == 11


def test_all_that_is_wrong_with_a_row_is_told_at_once(sysadmin: Actor, staff: Role) -> None:
    row = {
        "username": "a b",
        "display_name": "",
        "email": "x",
        "phone": "12",
        "role": staff.name,
        "scope": "银河",
        "since": "明天",
    }
    batch = hand_in(sysadmin, row)
    (found,) = rows_of(batch)
    assert len(found.problems) == 6
    assert len(set(found.problems)) == 6


def test_rows_with_something_wrong_stop_all_unless_left_out(sysadmin: Actor) -> None:
    batch = hand_in(sysadmin, GOOD, {"username": "x", "display_name": "短"})
    with pytest.raises(Problem):
        confirm_onboarding(batch, sysadmin)
    assert not User.objects.filter(username="li").exists()
    confirmed = confirm_onboarding(batch, sysadmin, leave_out=True)
    assert [link.user.username for link in confirmed.links] == ["li"]


def test_one_name_taken_in_the_meantime_undoes_the_whole(sysadmin: Actor, account: Any) -> None:
    batch = hand_in(sysadmin, GOOD, {"username": "wang", "display_name": "王工"})
    account("wang")
    with pytest.raises(Problem) as told:
        confirm_onboarding(batch, sysadmin)
    assert told.value.line == 3
    assert not User.objects.filter(username="li").exists()
    batch.refresh_from_db()
    assert batch.state == "draft"


def test_a_list_is_confirmed_once(sysadmin: Actor) -> None:
    batch = hand_in(sysadmin, GOOD)
    confirm_onboarding(batch, sysadmin)
    for act in (confirm_onboarding, drop_onboarding):
        with pytest.raises(Problem):
            act(batch, sysadmin)


def test_links_are_made_anew_for_those_who_have_set_no_password(sysadmin: Actor) -> None:
    batch = confirm_onboarding(
        hand_in(sysadmin, GOOD, {"username": "wang", "display_name": "王工"}), sysadmin
    )
    user = User.objects.get(username="li")
    user.set_password("Long-enough-2019")
    user.save()
    renewed = renew_links(batch, sysadmin)
    assert [link.user.username for link in renewed.links] == ["wang"]
    assert OneTimeLink.objects.filter(user__username="wang", closed_at__isnull=True).count() == 1
    User.objects.filter(username="wang").update(password=user.password)
    with pytest.raises(Problem):
        renew_links(batch, sysadmin)


def test_only_the_system_administrator_hands_in_confirms_and_drops(
    sysadmin: Actor, secadmin: Actor, account: Any
) -> None:
    batch = hand_in(sysadmin, GOOD)
    for actor in (secadmin, actor_of(account("zhang"))):
        with pytest.raises(Refused):
            hand_in(actor, GOOD)
        with pytest.raises(Refused):
            confirm_onboarding(batch, actor)
        with pytest.raises(Refused):
            drop_onboarding(batch, actor)
        with pytest.raises(Refused):
            renew_links(batch, actor)


def test_a_scope_names_its_office_as_people_do(
    sysadmin: Actor, staff: Role, office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = office("甲处")
    offered = ScopeObjects("parties.unit", lambda: [(str(Ref.of(unit)), "甲处")])
    monkeypatch.setattr(scope_objects, "_filled", {"unit": offered})
    scope = str(dict(Grant.Scope.choices)["unit"])
    confirm_onboarding(hand_in(sysadmin, GOOD | {"role": "staff", "scope": scope, "over": "甲处"}), sysadmin)
    assert GrantRequest.objects.get().over == str(Ref.of(unit))


def bomb() -> bytes:
    """A small package that unpacks to 60 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a workbook",
        b"PK\x03\x04 torn",
        sheet(),
        sheet(GOOD, head=["a", "b"]),
        b"x" * (2 * 1024 * 1024 + 1),
        bomb(),
    ],
    ids=["empty", "text", "torn", "no rows", "other heads", "too large", "bomb"],
)
def test_a_file_that_is_no_list_is_told(sysadmin: Actor, data: bytes) -> None:
    with pytest.raises(Problem) as told:
        hand_in_accounts(None, sysadmin, file_name="x.xlsx", data=data)
    assert told.value.field == "file"
    assert not Onboarding.objects.exists()


def test_more_rows_than_one_act_takes_are_told(sysadmin: Actor) -> None:
    rows = [{"username": f"u{n:04}", "display_name": "甲"} for n in range(501)]
    with pytest.raises(Problem):
        hand_in(sysadmin, *rows)


def test_the_template_comes_back_as_it_went_out(staff: Role) -> None:
    data = template_sheet().getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_index(0).to_python()[0] == list(labels().values())
    assert [staff.name] in [[row[0]] for row in book.get_sheet_by_index(1).to_python()]
    with pytest.raises(Problem):
        read_sheet(data)


def test_a_formula_in_a_name_stays_a_text(sysadmin: Actor) -> None:
    batch = hand_in(sysadmin, {"username": "li", "display_name": '=HYPERLINK("http://evil")'})
    assert rows_of(batch)[0].cells["display_name"].startswith("=HYPERLINK")


def test_the_pages_walk_from_the_template_to_the_sheet_of_links(
    sysadmin: Actor, enter: Any, settings: Any
) -> None:
    settings.MAIL_ON = True
    browser = enter("sys")
    assert browser.get("/access/onboarding/template/").status_code == 200
    file = SimpleUploadedFile("名单.xlsx", sheet(GOOD, {"username": "x", "display_name": "短"}))
    sent = browser.post("/access/onboarding/new/", {"file": file})
    batch = Onboarding.objects.get()
    page = reverse("access:onboarding-detail", args=[batch.pk])
    assert sent["Location"] == page
    assert browser.get(page).context["good"] == 1
    confirm = reverse("access:onboarding-confirm", args=[batch.pk])
    stopped = browser.post(confirm, {"deliver": "sheet"}, follow=True)
    assert stopped.redirect_chain == [(page, 302)]
    assert _("有 %(count)s 行有误，没有开户。") % {"count": 1} in stopped.content.decode()
    assert not User.objects.filter(username="li").exists()
    answer = browser.post(confirm, {"deliver": "sheet", "leave_out": "yes"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "li"
    assert "/access/link/" in rows[1][2]
    again = browser.post(reverse("access:onboarding-links", args=[batch.pk]), {"deliver": "mail"})
    assert again.context["mailed"] == 1
    assert [message.to for message in mail.outbox] == [["li@example.cn"]]
    assert rows[1][2] not in mail.outbox[0].body
    assert browser.get("/access/onboarding/").status_code == 200


def test_a_file_of_another_kind_is_told_on_the_page(sysadmin: Actor, enter: Any) -> None:
    file = SimpleUploadedFile("名单.xlsx", b"MZ\x90")
    assert enter("sys").post("/access/onboarding/new/", {"file": file}).status_code == 422
