# SPDX-License-Identifier: Apache-2.0
"""Somebody registers himself: confirmed, returned once, accepted; nothing tells who exists; nobody acts for another."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from house_fixtures import Person
from kechuang.commons.access.actions import disable_account, erase_account
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import Consent, Grant, OneTimeLink, PersonalKey, Purpose, Role, User
from kechuang.commons.access.queries.personal import consents
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.journal import seal_journal
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused, TooMany
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verification import verify_journal
from kechuang.commons.parties.actions.colleagues import close_colleague, open_colleague
from kechuang.commons.parties.actions.registrations import (
    accept_registration,
    amend_registration,
    claim_account,
    decline_registration,
    erase_registration,
    file_registration,
    return_registration,
)
from kechuang.commons.parties.applications import Application
from kechuang.commons.parties.models import Organization, OrganizationKind, Region, Registration
from kechuang.commons.parties.queries.registrations import administrators_of, own_organizations
from party_samples import code, firm, region

Browser = Callable[[Actor], Client]
PROOF = ("授权书.pdf", b"%PDF-1.7 letter")
SETTLE = ("parties.settle_registration", "parties.unmask_registration", "parties.view_organization")
pytestmark = pytest.mark.guarantee


@pytest.fixture(autouse=True)
def _content(db: None, settings: Any) -> None:
    settings.WORK_AT_ONCE = True
    Purpose.objects.create(code="self_registration", release="1", name="注册与核对身份", text="告知内容")
    Role.objects.create(code="firm", name="企业", permissions=["parties.view_own"])
    Role.objects.create(code="expert", name="专家", permissions=["parties.view_own"])
    permissions = ["parties.view_own", "parties.open_colleague"]
    Role.objects.create(code="unit_admin", name="单位管理员", permissions=permissions)
    OrganizationKind.objects.create(code="enterprise", name="企业", account_role="firm")
    OrganizationKind.objects.create(code="expert", name="专家", account_role="expert", person=True)
    OrganizationKind.objects.create(code="government", name="政府部门")
    region()


@pytest.fixture
def office_clerk(person: Person) -> Actor:
    return person("处员", *SETTLE)


def application(kind: str = "enterprise", **more: Any) -> Application:
    given = {
        "kind": OrganizationKind.objects.get(code=kind),
        "name": "云川华宇有限公司",
        "uscc": code(1),
        "region": region(),
        "applicant": "王小明",
        "email": "wang@example.cn",
        "phone": "13800001234",
        **more,
    }
    return Application(**given)


def filed(kind: str = "enterprise", sender: str = "10.0.0.1", **more: Any) -> Registration:
    made: Registration = file_registration(
        None,
        Actor.system("自助注册"),
        application=application(kind, **more),
        proof=PROOF,
        purpose=Purpose.objects.get(code="self_registration"),
        sender=sender,
        by_mail=False,
    )
    return made


def district_of(place: Region) -> Actor:
    user = User.objects.create(username=f"区{place.pk}", display_name="区县")
    role = Role.objects.create(code=f"d{place.pk}", name="区县", permissions=list(SETTLE))
    Grant.objects.create(user=user, role=role, scope="region", over=str(Ref.of(place)))
    return actor_of(user)


def test_what_is_personal_is_sealed_and_enters_the_journal_as_digests(office_clerk: Actor) -> None:
    made = filed()
    made.refresh_from_db()
    assert (made.applicant, made.phone, made.state) == ("王小明", "13800001234", "submitted")
    stored = f"{made.applicant_sealed}{made.phone_sealed}{made.email_sealed}{made.sender}"
    entry = Entry.objects.get(verb="parties.registration.filed")
    for secret in ("王小明", "13800001234", "wang@example.cn", "10.0.0.1"):
        assert secret not in stored
        assert secret not in str(entry.data)
    assert entry.data["applicant"].startswith("hmac:")
    accept_registration(made, office_clerk)
    assert "王小明" not in str(list(Entry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("enterprise", {"uscc": ""}, "uscc"),
        ("enterprise", {"uscc": code(1)[:-1] + "!"}, "uscc"),
        ("enterprise", {"email": "", "phone": ""}, "phone"),
        ("enterprise", {"email": "不是邮箱"}, "email"),
        ("enterprise", {"applicant": ""}, "applicant"),
        ("government", {}, "kind"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(
    kind: str, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Problem) as caught:
        filed(kind, **given)
    assert (caught.value.field, Registration.objects.count()) == (field, 0)


def test_the_sixth_application_in_an_hour_from_one_place_is_too_many() -> None:
    for serial in range(5):
        filed(uscc=code(serial + 1))
    with pytest.raises(TooMany) as caught:
        filed(uscc=code(9))
    assert (caught.value.status, Registration.objects.count()) == (429, 5)
    filed(sender="10.0.0.2", uscc=code(9))


def test_accepting_registers_the_organisation_and_opens_its_administrator(office_clerk: Actor) -> None:
    made = filed()
    accept_registration(made, office_clerk)
    one = Organization.objects.get()
    user = User.objects.exclude(username="处员").get()
    assert (one.uscc, one.region, list(one.roles.values_list("kind", flat=True))) == (
        code(1),
        region(),
        ["enterprise"],
    )
    assert (user.username, user.display_name, user.has_usable_password()) == (
        code(1).lower(),
        "王小明",
        False,
    )
    over = str(Ref.of(one))
    assert sorted(user.grants.values_list("role__code", "scope", "over")) == [
        ("firm", "own", over),
        ("unit_admin", "own", over),
    ]
    assert Consent.objects.get().subject == Ref.of(user)
    assert own_organizations(actor_of(user)) == [one]
    assert not holds(actor_of(user), "parties.open_colleague", over=Ref.of(firm("云川别家有限公司", 8)))


def test_a_known_code_is_linked_and_a_second_administrator_needs_a_checked_change(
    office_clerk: Actor,
) -> None:
    one = firm("云川老名有限公司", 1)
    accept_registration(filed(), office_clerk)
    first = administrators_of(one).get().user
    second = filed(applicant="李继任", sender="10.0.0.2")
    with pytest.raises(Problem, match="已有单位管理员") as caught:
        accept_registration(second, office_clerk)
    assert caught.value.field == "replace"
    accept_registration(second, office_clerk, replace=True)
    assert (Organization.objects.count(), str(administrators_of(one).get().user)) == (1, "李继任")
    assert User.objects.get(display_name="李继任").username == f"{code(1).lower()}-2"
    assert not holds(actor_of(first), "parties.open_colleague", over=Ref.of(one))


def test_an_expert_registers_as_a_person_and_no_organisation_is_made(office_clerk: Actor) -> None:
    accept_registration(filed("expert", uscc=""), office_clerk)
    user = User.objects.get(display_name="王小明")
    assert list(user.grants.values_list("role__code", "scope", "over")) == [("expert", "own", "")]
    assert (Organization.objects.count(), user.username.startswith("expert-")) == (0, True)


def test_it_is_returned_once_with_everything_and_then_decided(office_clerk: Actor) -> None:
    made, applicant = filed(), Actor.system("自助注册")
    with pytest.raises(Problem, match="列出"):
        return_registration(made, office_clerk, missing=[" ", ""])
    return_registration(made, office_clerk, missing=["授权书未盖章", "名称与执照不一致"])
    assert (made.state, made.missing) == ("returned", ["授权书未盖章", "名称与执照不一致"])
    with pytest.raises(Problem, match="已退回补正"):
        accept_registration(made, office_clerk)
    amend_registration(made, applicant, application=application(name="云川华宇科技有限公司"), proof=PROOF)
    with pytest.raises(Problem, match="退回过一次"):
        return_registration(made, office_clerk, missing=["又想起一件"])
    with pytest.raises(Problem, match="理由"):
        decline_registration(made, office_clerk, reason=" ")
    decline_registration(made, office_clerk, reason="不是本市单位")
    assert (made.state, Organization.objects.count()) == ("declined", 0)


def test_a_district_checks_its_own_region_alone(browser_of: Browser) -> None:
    own, other = region(), region("城西区", "990103")
    mine, theirs = filed(), filed(uscc=code(2), region=other, sender="10.0.0.2")
    actor = district_of(own)
    with pytest.raises(Refused, match="授权范围"):
        accept_registration(theirs, actor)
    with pytest.raises(Refused, match="授权范围"):
        return_registration(theirs, actor, missing=["x"])
    browser = browser_of(actor)
    listed = browser.get(reverse("parties:registration-list")).content.decode()
    page = reverse("parties:registration-detail", args=[mine.pk])
    assert page in listed
    assert reverse("parties:registration-detail", args=[theirs.pk]) not in listed
    for name in ("registration-detail", "registration-accept", "registration-return", "registration-decline"):
        assert browser.get(reverse(f"parties:{name}", args=[theirs.pk])).status_code == 404
    assert [todo.url for todo in todos_for(actor, Registration.objects.get(pk=mine.pk).filed_at.date())] == [
        page
    ]
    shown = browser.get(page).content.decode()
    assert "138****1234" in shown
    assert "13800001234" not in shown
    assert reverse("access:unmask", args=[str(Ref.of(mine)), "phone"]) in shown


def test_who_may_not_settle_is_refused_and_nobody_else_takes_the_account(
    person: Person, office_clerk: Actor
) -> None:
    made, nobody = filed(), person("旁人")
    for act in (
        lambda: accept_registration(made, nobody),
        lambda: decline_registration(made, nobody, reason="x"),
        lambda: return_registration(made, nobody, missing=["x"]),
        lambda: amend_registration(made, nobody, application=application()),
        lambda: claim_account(made, nobody),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Refused, match="尚未通过"):
        claim_account(made, Actor.system("x"))
    accept_registration(made, office_clerk)
    with pytest.raises(Refused, match="链接"):
        claim_account(made, office_clerk)


SENT = {
    "kind": "enterprise",
    "name": "云川华宇有限公司",
    "applicant": "王小明",
    "phone": "13800001234",
    "agree": "on",
}


def posted(client: Client, **more: Any) -> Any:
    proof = SimpleUploadedFile("授权书.pdf", b"%PDF-1.7")
    given = {
        **SENT,
        "uscc": code(1),
        "region": region().pk,
        "email": "wang@example.cn",
        "proof": proof,
        **more,
    }
    return client.post(reverse("parties:register"), {k: v for k, v in given.items() if v is not None})


def test_a_stranger_walks_from_the_form_to_his_first_password(client: Client, office_clerk: Actor) -> None:
    status = reverse("parties:registration-status")
    assert posted(client)["Location"] == status
    link = re.search(r"/parties/register/link/[\w-]+/", client.get(status).content.decode())
    assert link is not None
    assert link[0] not in client.get(status).content.decode()  # shown once
    made = Registration.objects.get()
    return_registration(made, office_clerk, missing=["授权书未盖章"])
    later = Client()
    assert later.get(status).status_code == 404
    assert later.get(link[0])["Location"] == status
    assert "授权书未盖章" in later.get(status).content.decode()
    mended = {key: value for key, value in SENT.items() if key != "agree"}
    later.post(status, {**mended, "uscc": code(1), "region": region().pk})
    accept_registration(Registration.objects.get(), office_clerk)
    claimed = later.post(reverse("parties:registration-claim"))
    assert claimed["Location"].startswith("/access/link/")
    password = {"password": "Qing-Chuang-2019", "again": "Qing-Chuang-2019"}
    later.get(claimed["Location"])
    later.post(reverse("access:link-password"), password)
    assert User.objects.get(username=code(1).lower()).has_usable_password()
    assert later.post(reverse("parties:registration-claim")).status_code == 403
    assert later.get("/parties/register/link/anything/").status_code == 404


def test_the_answer_is_the_same_whether_or_not_the_organisation_is_known(client: Client) -> None:
    unknown = posted(client)
    firm("云川别家有限公司", 2)
    known = posted(Client(), uscc=code(2))
    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    again = posted(Client(), uscc=code(2))
    assert (again.status_code, again["Location"]) == (known.status_code, known["Location"])


def test_where_mail_goes_the_application_waits_for_its_link_and_a_press_of_a_button(
    client: Client, settings: Any
) -> None:
    settings.MAIL_ON = True
    answer = posted(client)
    assert (answer.status_code, Registration.objects.get().state) == (200, "unconfirmed")
    link = re.search(r"/parties/register/link/[\w-]+/", mail.outbox[0].body)
    assert link is not None
    assert link[0] not in answer.content.decode()
    other = Client()
    other.get(link[0])
    assert Registration.objects.get().state == "unconfirmed"
    other.post(reverse("parties:registration-confirm"))
    assert Registration.objects.get().state == "submitted"


def test_a_form_that_does_not_hold_is_shown_again_and_too_many_are_told(client: Client) -> None:
    assert posted(client, agree=None).status_code == 422
    assert posted(client, uscc="12").status_code == 422
    for serial in range(5):
        posted(client, uscc=code(serial + 1))
    assert posted(client, uscc=code(9)).status_code == 429
    Purpose.objects.update(current=False)
    assert client.get(reverse("parties:register")).status_code == 503


def test_an_administrator_keeps_colleagues_of_the_own_organisation_alone(
    browser_of: Browser, office_clerk: Actor
) -> None:
    accept_registration(filed(), office_clerk)
    one, other = Organization.objects.get(), firm("云川别家有限公司", 8)
    admin = administrators_of(one).get().user
    actor = actor_of(admin)
    with pytest.raises(Refused):
        open_colleague(other, actor, display_name="张三")
    browser = browser_of(actor)
    page = reverse("parties:colleague-open", args=[one.pk])
    opened = browser.post(page, {"display_name": "赵同事", "phone": "13900005678"})
    assert "/access/link/" in opened.content.decode()
    colleague = User.objects.get(display_name="赵同事")
    assert list(colleague.grants.values_list("role__code", "over")) == [("firm", str(Ref.of(one)))]
    assert OneTimeLink.objects.filter(user=colleague).count() == 1
    assert "赵同事" not in str(list(Entry.objects.values_list("data", flat=True)))
    assert browser.get(reverse("parties:colleague-open", args=[other.pk])).status_code == 403
    assert "赵同事" in browser.get(reverse("parties:own")).content.decode()
    with pytest.raises(Problem, match="自己"):
        close_colleague(one, actor, user=admin, reason="x")
    with pytest.raises(Problem, match="不属于"):
        close_colleague(one, actor, user=User.objects.get(username="处员"), reason="x")
    browser.post(reverse("parties:colleague-close", args=[one.pk, colleague.pk]), {"reason": "离职"})
    assert not holds(actor_of(colleague), "parties.view_own")
    with pytest.raises(Refused):
        open_colleague(one, actor_of(colleague), display_name="钱七")


def test_who_speaks_for_an_organisation_agrees_to_uses_of_its_data_and_takes_it_back(
    browser_of: Browser, office_clerk: Actor
) -> None:
    role = Role.objects.get(code="unit_admin")
    role.permissions = [*role.permissions, "access.keep_consent"]
    role.save()
    asked = {"release": "1", "asked_of": "organization", "text": "只供本单位选择的机构"}
    profile = Purpose.objects.create(code="bank_profile", name="企业画像", **asked)
    accept_registration(filed(), office_clerk)
    one, other = Organization.objects.get(), firm("云川别家有限公司", 8)
    browser = browser_of(actor_of(administrators_of(one).get().user))
    given, withdrawn = (f"parties:consent-{verb}" for verb in ("give", "withdraw"))
    assert reverse(given, args=[one.pk, profile.code]) in browser.get(reverse("parties:own")).content.decode()
    assert browser.post(reverse(given, args=[other.pk, profile.code])).status_code == 403
    assert browser.post(reverse(given, args=[one.pk, "self_registration"])).status_code == 404
    assert not consents(Ref.of(one), profile.code)
    browser.post(reverse(given, args=[one.pk, profile.code]))
    assert consents(Ref.of(one), profile.code)
    assert not consents(Ref.of(other), profile.code)
    browser.post(reverse(withdrawn, args=[one.pk, profile.code]))
    assert not consents(Ref.of(one), profile.code)
    assert Consent.objects.get(purpose=profile).withdrawn_at is not None
    stranger = browser_of(office_clerk)
    assert stranger.post(reverse(given, args=[one.pk, profile.code])).status_code == 403


@pytest.mark.guarantee
@pytest.mark.django_db(transaction=True)
def test_what_is_personal_is_erased_with_the_account_and_the_journal_still_verifies(
    office_clerk: Actor, person: Person, browser_of: Browser, tmp_path: Path
) -> None:
    made = filed()
    (proof,) = (file for file in tmp_path.rglob("*") if file.is_file())
    os.utime(proof, (time.time() - 3600,) * 2)
    accept_registration(made, office_clerk)
    made.refresh_from_db()
    assert made.user is not None
    sysadmin = person("系统", "access.disable_account", "access.erase_account")
    disable_account(made.user, sysadmin, reason="离职")
    seal_journal()
    erase_account(made.user, sysadmin, reason="本人要求")
    made.refresh_from_db()
    assert (made.applicant, made.email, made.phone, made.uscc) == ("", "", "", code(1))
    assert not PersonalKey.objects.filter(ref_kind="parties.registration", ref_id=str(made.pk)).exists()
    seal_journal()
    assert verify_journal().intact
    assert not proof.exists()
    assert made.proof is not None
    assert PROOF[0] not in made.proof.name
    page = browser_of(office_clerk).get(reverse("parties:registration-detail", args=[made.pk]))
    assert gettext("已销毁的文件") in page.content.decode()


def test_a_declined_applicant_is_forgotten_on_request_and_others_are_not(
    office_clerk: Actor, browser_of: Browser
) -> None:
    waiting, declined = filed(), filed(uscc=code(2))
    decline_registration(declined, office_clerk, reason="代码不符")
    page = reverse("parties:registration-erase", args=[declined.pk])
    browser = browser_of(office_clerk)
    assert page in browser.get(reverse("parties:registration-detail", args=[declined.pk])).content.decode()
    assert browser.post(page, {"reason": " "}).status_code == 422
    with pytest.raises(Refused):
        erase_registration(declined, district_of(region("城西区", "990103")), reason="本人要求")
    with pytest.raises(Problem, match="未通过"):
        erase_registration(waiting, office_clerk, reason="本人要求")
    browser.post(page, {"reason": "本人要求"})
    declined.refresh_from_db()
    assert (declined.applicant, declined.phone, declined.state) == ("", "", "declined")
    assert filed(uscc=code(3)).applicant == "王小明"
    with pytest.raises(Problem):
        erase_registration(declined, office_clerk, reason="本人要求")


def test_the_applicant_is_told_by_mail_how_it_stands_and_a_former_administrator_that_he_gave_way(
    browser_of: Browser, office_clerk: Actor, settings: Any
) -> None:
    accept_registration(filed(email="first@example.cn"), office_clerk)
    settings.MAIL_ON = True
    second, browser = filed(email="second@example.cn"), browser_of(office_clerk)
    browser.post(
        reverse("parties:registration-return", args=[second.pk]), {"missing": "没有公章", "version": 1}
    )
    assert [message.to for message in mail.outbox] == [["second@example.cn"]]
    assert "没有公章" in mail.outbox[0].body
    second.refresh_from_db()
    Registration.objects.filter(pk=second.pk).update(state="submitted")
    page = reverse("parties:registration-accept", args=[second.pk])
    assert "replace" in browser.get(page).content.decode()
    mail.outbox.clear()
    assert browser.post(page, {"version": second.version}).status_code == 422
    assert mail.outbox == []
    assert browser.post(page, {"version": second.version, "replace": "on"}).status_code == 302
    assert sorted(message.to[0] for message in mail.outbox) == ["first@example.cn", "second@example.cn"]


def test_nobody_is_asked_to_give_way_where_there_is_no_administrator(
    browser_of: Browser, office_clerk: Actor
) -> None:
    page = reverse("parties:registration-accept", args=[filed().pk])
    assert 'name="replace"' not in browser_of(office_clerk).get(page).content.decode()


def test_a_proof_that_cannot_be_kept_is_told_at_its_field(client: Client) -> None:
    answer = posted(client, proof=SimpleUploadedFile("授权书.pdf", b"MZ" + b"0" * 200))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["proof"]
