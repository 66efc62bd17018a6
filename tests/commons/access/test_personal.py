# SPDX-License-Identifier: Apache-2.0
"""Personal data: masked by default, seen whole for a purpose and written down, taken out with a mark, used by consent."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from kechuang.commons.access.actions import (
    correct_account,
    give_consent,
    install_purposes,
    note_export,
    unmask_field,
    withdraw_consent,
)
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.ciphers import seal, unseal
from kechuang.commons.access.fieldclasses import INTERNAL, field_class, masked, sensitive
from kechuang.commons.access.models import Consent, Grant, PersonalKey, User
from kechuang.commons.access.pieces import PurposePiece
from kechuang.commons.access.queries.personal import consents, consents_of
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization

pytestmark = pytest.mark.django_db
PHONE = "13812341234"


@pytest.mark.parametrize(
    ("value", "mask", "expected"),
    [
        ("13812341234", "phone", "138****1234"),
        ("1381234", "phone", "*******"),
        ("210102199001011234", "identity", "210*************34"),
        ("E12345678", "passport", "E******78"),
        ("6222021234567890123", "bank", "6222***********0123"),
        ("zhang@example.cn", "email", "z***@example.cn"),
        ("张三丰", "name", "张**"),
        ("张", "name", "张"),
        ("", "phone", ""),
        (None, "phone", ""),
    ],
)
def test_masks_hide_the_middle(value: str | None, mask: str, expected: str) -> None:
    assert masked(value, mask) == expected


def test_a_field_that_says_nothing_is_internal_and_a_mask_must_be_known() -> None:
    assert field_class(User, "username") == INTERNAL
    assert field_class(User, "phone").level == "sensitive"
    with pytest.raises(KeyError):
        sensitive("x", "no such mask")


def test_what_is_sealed_is_read_under_an_earlier_key_and_not_without_it() -> None:
    kept = seal(PHONE)
    assert seal(PHONE) != kept
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]), pytest.raises(Problem):
        unseal(kept)
    from django.conf import settings  # noqa: PLC0415

    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert unseal(kept) == PHONE
    assert (seal(""), unseal("")) == ("", "")


@pytest.fixture
def zhang(account: Any) -> User:
    return account("zhang", display_name="张工", phone=PHONE, email="zhang@example.cn")


def test_a_value_is_seen_whole_for_a_purpose_that_is_written_down(zhang: User, sysadmin: Actor) -> None:
    assert unmask_field(zhang, sysadmin, field="phone", purpose="联系办理") == PHONE
    entry = Entry.objects.get(verb="access.field.unmasked")
    assert entry.data == {"field": "phone", "purpose": "联系办理"}
    assert entry.ref == Ref.of(zhang)
    with pytest.raises(Problem):
        unmask_field(zhang, sysadmin, field="phone", purpose=" ")


@pytest.mark.parametrize("field", ["password", "username", "secret", "phone_sealed", "__class__"])
def test_no_other_field_can_be_asked_for(zhang: User, sysadmin: Actor, field: str, enter: Any) -> None:
    with pytest.raises(Problem):
        unmask_field(zhang, sysadmin, field=field, purpose="x")
    assert enter("sys").get(f"/access/unmask/access.user:{zhang.pk}/{field}/").status_code == 404


def test_it_is_refused_without_the_permission_and_the_refusal_is_written_down(
    zhang: User, secadmin: Actor
) -> None:
    with pytest.raises(Refused):
        unmask_field(zhang, secadmin, field="phone", purpose="x")
    assert Entry.objects.get(verb="access.field.unmasked").outcome == Entry.Outcome.REFUSED


def test_the_permission_reaches_as_far_as_its_scope(zhang: User, account: Any, role: Any) -> None:
    reader, other = account("reader"), account("other", phone=PHONE)
    kind = role("reader", "access.unmask_user")
    Grant.objects.create(user=reader, role=kind, scope="task", over=str(Ref.of(zhang)))
    assert unmask_field(zhang, actor_of(reader), field="phone", purpose="x") == PHONE
    with pytest.raises(Refused):
        unmask_field(other, actor_of(reader), field="phone", purpose="x")


def test_kinds_nobody_opened_stay_masked(sysadmin: Actor) -> None:
    firm = Organization.objects.create(name="云川某公司")
    with pytest.raises(Refused):
        unmask_field(firm, sysadmin, field="phone", purpose="x")


def test_the_page_asks_why_shows_it_once_and_the_person_sees_who_looked(
    zhang: User, sysadmin: Actor, enter: Any
) -> None:
    address = reverse("access:unmask", args=[str(Ref.of(zhang)), "phone"])
    browser = enter("sys")
    detail = browser.get(reverse("access:account-detail", args=[zhang.pk])).content.decode()
    assert address in detail
    assert PHONE not in detail
    page = browser.get(address).content.decode()
    assert PHONE not in page
    assert browser.post(address, {"purpose": "other"}).status_code == 422
    shown = browser.post(address, {"purpose": "contact", "detail": "通知开会"})
    assert PHONE in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    own = enter("zhang").get("/access/me/").content.decode()
    assert "系统员" in own
    assert "通知开会" in own


@pytest.mark.parametrize(
    "ref",
    [
        "access.user:987654",
        "access.user:" + "9" * 30,
        "access.user:x",
        "no.model:1",
        "nonsense",
        "kernel.entry:1",
    ],
)
def test_a_guessed_pointer_is_not_found(sysadmin: Actor, enter: Any, ref: str) -> None:
    assert enter("sys").get(f"/access/unmask/{ref}/phone/").status_code == 404


def test_the_page_is_closed_without_the_permission(zhang: User, secadmin: Actor, enter: Any) -> None:
    address = reverse("access:unmask", args=[str(Ref.of(zhang)), "phone"])
    assert enter("sec").get(address).status_code == 403
    assert PHONE not in enter("sec").post(address, {"purpose": "contact"}).content.decode()


def test_the_log_shows_looks_refusals_and_exports_to_the_auditor(
    zhang: User, sysadmin: Actor, secadmin: Actor, account: Any, role: Any, enter: Any
) -> None:
    account("audit", role("audit", "access.view_look", family="audit"))
    unmask_field(zhang, sysadmin, field="phone", purpose="联系办理")
    with pytest.raises(Refused):
        unmask_field(zhang, secadmin, field="email", purpose="好奇")
    note_export(None, sysadmin, title="账号", rows=3, address="127.0.0.1")
    listed = enter("audit").get("/access/looks/")
    assert [entry.verb for entry in listed.context["listing"].rows] == [
        "access.list.exported",
        "access.field.unmasked",
        "access.field.unmasked",
    ]
    page = listed.content.decode()
    assert "联系办理" in page
    assert PHONE not in page
    assert enter("sys").get("/access/looks/").status_code == 403


def test_an_export_with_personal_columns_is_masked_marked_and_written_down(
    zhang: User, sysadmin: Actor, enter: Any
) -> None:
    browser = enter("sys")
    data = b"".join(browser.get("/access/accounts/?export=xlsx"))
    package = zipfile.ZipFile(io.BytesIO(data))
    texts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    whole = "".join(texts.values())
    assert PHONE not in whole
    assert "zhang@example.cn" not in whole
    assert "系统员（sys）" in texts["xl/drawings/drawing1.xml"]
    assert "系统员（sys）" in texts["xl/worksheets/sheet1.xml"]  # the head of each printed page
    assert "系统员（sys）" in texts["docProps/core.xml"]
    entry = Entry.objects.get(verb="access.list.exported")
    assert (entry.data["rows"], entry.data["address"]) == (2, "127.0.0.1")
    assert browser.get("/access/accounts/?export=csv").status_code == 422


def test_exporting_personal_columns_needs_its_own_permission(
    zhang: User, secadmin: Actor, enter: Any
) -> None:
    browser = enter("sec")
    assert browser.get("/access/accounts/").status_code == 200
    assert browser.get("/access/accounts/?export=xlsx").status_code == 403
    assert Entry.objects.get(verb="access.list.exported").outcome == Entry.Outcome.REFUSED


def test_a_record_has_one_key_and_its_digests_differ_from_anothers(sysadmin: Actor, account: Any) -> None:
    first, second = account("li"), account("wang")
    for user in (first, second, first):
        correct_account(user, sysadmin, display_name="同名", phone=PHONE)
    entries = Entry.objects.filter(verb="access.account.corrected").order_by("id")
    digests = [entry.data["phone"] for entry in entries]
    assert digests[0] == digests[2] != digests[1]
    assert PersonalKey.objects.count() == 2


def purposes(version: str, system: Actor, text: str = "用于联系办理。", asked_of: str = "person") -> None:
    piece = PurposePiece(code="contact", version=version, name="联系办理", text=text, asked_of=asked_of)
    install_purposes(None, system, pieces=[piece])


def test_consent_is_given_and_withdrawn_and_asked_before_a_use(zhang: User, system: Actor) -> None:
    purposes("1", system)
    subject, actor = Ref.of(zhang), actor_of(zhang)
    assert not consents(subject, "contact")
    (standing,) = consents_of(subject)
    give_consent(zhang, actor, purpose=standing.purpose)
    assert consents(subject, "contact")
    with pytest.raises(Problem):
        give_consent(zhang, actor, purpose=standing.purpose)
    withdraw_consent(zhang, actor, code="contact")
    assert not consents(subject, "contact")
    with pytest.raises(Problem):
        withdraw_consent(zhang, actor, code="contact")
    kept = Consent.objects.get()
    assert kept.given_at <= kept.withdrawn_at
    give_consent(zhang, actor, purpose=standing.purpose)
    assert Consent.objects.count() == 2


def test_a_changed_text_is_a_new_version_and_asked_anew(zhang: User, system: Actor) -> None:
    purposes("1", system)
    subject, actor = Ref.of(zhang), actor_of(zhang)
    old = consents_of(subject)[0].purpose
    give_consent(zhang, actor, purpose=old)
    purposes("2", system, "用于联系办理和通知。")
    (standing,) = consents_of(subject)
    assert (standing.purpose.release, standing.outdated) == ("2", True)
    old.refresh_from_db()
    with pytest.raises(Problem):
        give_consent(zhang, actor, purpose=old)
    give_consent(zhang, actor, purpose=standing.purpose)
    open_ones = Consent.objects.filter(withdrawn_at__isnull=True)
    assert [consent.purpose.release for consent in open_ones] == ["2"]
    purposes("2", system, "用于联系办理和通知。")
    assert consents_of(subject)[0].outdated is False


def test_nobody_consents_for_another(zhang: User, system: Actor, account: Any, role: Any) -> None:
    purposes("1", system)
    purpose = consents_of(Ref.of(zhang))[0].purpose
    other = account("li", role("firm", "access.keep_consent"))
    for actor in (actor_of(other), actor_of(other, on_behalf_of=zhang)):
        with pytest.raises(Refused):
            give_consent(zhang, actor, purpose=purpose)
        with pytest.raises(Refused):
            withdraw_consent(zhang, actor, code="contact")


def test_whoever_speaks_for_an_organisation_consents_for_it_alone(
    system: Actor, account: Any, role: Any
) -> None:
    purposes("1", system, asked_of="organization")
    mine, other = (Organization.objects.create(name=name) for name in ("云川甲公司", "云川乙公司"))
    speaker = account("speaker")
    kind = role("firm", "access.keep_consent")
    Grant.objects.create(user=speaker, role=kind, scope="own", over=str(Ref.of(mine)))
    purpose = consents_of(Ref.of(mine))[0].purpose
    assert consents_of(Ref.of(speaker)) == []
    give_consent(mine, actor_of(speaker), purpose=purpose)
    assert consents(Ref.of(mine), "contact")
    with pytest.raises(Refused):
        give_consent(other, actor_of(speaker), purpose=purpose)


def test_purposes_come_from_content_alone(sysadmin: Actor) -> None:
    with pytest.raises(Refused):
        purposes("1", sysadmin)


def test_the_page_gives_and_withdraws(zhang: User, system: Actor, enter: Any) -> None:
    purposes("1", system)
    browser = enter("zhang")
    browser.post("/access/me/consents/contact/give/")
    assert consents(Ref.of(zhang), "contact")
    browser.post("/access/me/consents/contact/withdraw/")
    assert not consents(Ref.of(zhang), "contact")
    assert browser.post("/access/me/consents/nothing/give/").status_code == 404
