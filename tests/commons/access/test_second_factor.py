# SPDX-License-Identifier: Apache-2.0
"""The second factor: enrolled by a proof, asked at sign-in, each code good once, required of administrators."""

from __future__ import annotations

import time
from typing import Any

import pyotp
import pytest
from django.test import Client

from kechuang.commons.access import tokens
from kechuang.commons.access.actions import enrol_factor, leave_factor, remove_factor, spend_code
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import SecondFactor, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "Long-enough-2019"


def code(ahead: int = 0) -> str:
    """The code of this 30-second step, or of one a few steps ahead."""
    return pyotp.TOTP(KEY).at(time.time() + 30 * ahead)


@pytest.fixture
def zhang(account: Any) -> User:
    return account("zhang")


@pytest.fixture
def factor(zhang: User) -> SecondFactor:
    return enrol_factor(zhang, actor_of(zhang), key=KEY, code=code(-1))


def first_step(password: str = PASSWORD) -> Client:
    browser = Client()
    answer = browser.post("/access/sign-in/?next=/access/me/", {"username": "zhang", "password": password})
    assert answer["Location"] == "/access/second-step/"
    return browser


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_codes_are_those_of_the_standard(at: int, expected: str) -> None:
    key = pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").secret  # "12345678901234567890", RFC 6238 appendix B
    assert tokens.step_of(key, expected, at=at, after=0) == at // 30
    assert tokens.step_of(key, expected, at=at + 30, after=0) == at // 30
    assert tokens.step_of(key, expected, at=at + 60, after=0) is None
    assert tokens.step_of(key, expected, at=at, after=at // 30) is None


def test_enrolling_needs_a_code_of_the_very_generator(zhang: User) -> None:
    wrong = "000000" if code() != "000000" else "000001"
    with pytest.raises(Problem) as told:
        enrol_factor(zhang, actor_of(zhang), key=KEY, code=wrong)
    assert told.value.field == "code"
    assert not SecondFactor.objects.exists()


def test_the_key_is_sealed_and_the_recovery_codes_are_kept_as_digests(factor: SecondFactor) -> None:
    kept = SecondFactor.objects.get()
    assert KEY not in kept.secret_sealed
    assert kept.secret == KEY
    assert len(set(factor.recovery)) == 10
    assert set(factor.recovery) & set(kept.recovery) == set()
    assert {"key", "code", "keep"} & set(Entry.objects.get(verb="access.factor.enrolled").data) == set()


def test_signing_in_asks_for_the_code_before_anything_is_open(factor: SecondFactor) -> None:
    browser = first_step()
    assert "_auth_user_id" not in browser.session
    assert browser.get("/desk/")["Location"].startswith("/access/sign-in/")
    assert browser.post("/access/second-step/", {"code": code()})["Location"] == "/access/me/"
    assert browser.get("/access/me/").status_code == 200
    opened = Entry.objects.filter(verb="access.session.opened").first()
    assert opened.data["factor"] is True


def test_the_second_step_cannot_be_reached_without_the_first(factor: SecondFactor) -> None:
    answer = Client().post("/access/second-step/", {"code": code()})
    assert answer["Location"] == "/access/sign-in/"


def test_a_code_is_good_once(factor: SecondFactor) -> None:
    now = code()
    assert first_step().post("/access/second-step/", {"code": now}).status_code == 302
    assert first_step().post("/access/second-step/", {"code": now}).status_code == 422
    assert first_step().post("/access/second-step/", {"code": code(1)}).status_code == 302


def test_a_recovery_code_takes_its_place_once(factor: SecondFactor) -> None:
    spare = factor.recovery[3]
    assert first_step().post("/access/second-step/", {"code": spare.upper()}).status_code == 302
    assert len(SecondFactor.objects.get().recovery) == 9
    assert first_step().post("/access/second-step/", {"code": spare}).status_code == 422


def test_guessing_codes_locks_the_account_like_guessing_passwords(factor: SecondFactor) -> None:
    browser = first_step()
    answers = [browser.post("/access/second-step/", {"code": f"99999{n}"}).status_code for n in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert browser.post("/access/second-step/", {"code": code()}).status_code == 429
    blocked = Client().post("/access/sign-in/", {"username": "zhang", "password": PASSWORD})
    assert blocked.status_code == 429


def test_the_first_proof_grows_old(factor: SecondFactor) -> None:
    browser = first_step()
    session = browser.session
    session["kc_pending"] = {**session["kc_pending"], "until": time.time() - 1}
    session.save()
    assert browser.post("/access/second-step/", {"code": code()})["Location"] == "/access/sign-in/"


def test_an_account_stopped_between_the_steps_stays_out(factor: SecondFactor, zhang: User) -> None:
    browser = first_step()
    User.objects.update(is_active=False)
    assert browser.post("/access/second-step/", {"code": code()})["Location"] == "/access/sign-in/"


def test_the_session_key_changes_at_each_step(factor: SecondFactor) -> None:
    browser = Client()
    browser.get("/access/unified/")  # begins an anonymous session
    keys = [browser.session.session_key]
    browser.post("/access/sign-in/", {"username": "zhang", "password": PASSWORD})
    keys.append(browser.session.session_key)
    browser.post("/access/second-step/", {"code": code()})
    keys.append(browser.session.session_key)
    assert len(set(keys)) == 3


def test_the_page_shows_a_code_to_scan_and_enrols(zhang: User, enter: Any) -> None:
    browser, other = enter("zhang"), enter("zhang")
    page = browser.get("/access/me/factor/").content.decode()
    assert "<svg" in page
    key = browser.session["kc_new_factor"]
    assert key in page
    assert browser.post("/access/me/factor/", {"code": "12345"}).status_code == 422
    assert browser.session["kc_new_factor"] == key
    done = browser.post("/access/me/factor/", {"code": pyotp.TOTP(key).now()})
    assert done.content.decode().count("<li><code>") == 10
    assert browser.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302


def test_administrators_enrol_before_anything_else(
    account: Any, role: Any, enter: Any, settings: Any
) -> None:
    settings.SECOND_FACTOR = "administrators"
    account("boss", role("sys", "access.create_account", family="system"))
    account("staff", role("staff", "workplan.view_plan"))
    assert enter("boss").get("/desk/")["Location"] == "/access/me/factor/"
    assert enter("staff").get("/desk/").status_code == 200
    settings.SECOND_FACTOR = "all"
    assert enter("staff").get("/desk/")["Location"] == "/access/me/factor/"


def test_a_role_given_while_signed_in_asks_for_the_factor_at_the_next_request(
    account: Any, role: Any, enter: Any, settings: Any, secadmin: Actor
) -> None:
    from kechuang.commons.access.actions import grant_role  # noqa: PLC0415

    settings.SECOND_FACTOR = "administrators"
    user = account("zhang")
    browser = enter("zhang")
    assert browser.get("/desk/").status_code == 200
    grant_role(user, secadmin, role=role("audit", "kernel.view_journal", family="audit"))
    assert browser.get("/desk/")["Location"] == "/access/me/factor/"


def test_leaving_it_or_renewing_the_codes_needs_a_code(factor: SecondFactor, zhang: User) -> None:
    browser = first_step()
    browser.post("/access/second-step/", {"code": code()})
    assert browser.post("/access/me/factor/recovery/", {"code": "000000"}).status_code == 422
    renewed = browser.post("/access/me/factor/recovery/", {"code": code(1)})
    assert renewed.content.decode().count("<li><code>") == 10
    assert (
        set(SecondFactor.objects.get().recovery) & {tokens.digest_of(one) for one in factor.recovery} == set()
    )
    with pytest.raises(Problem):
        leave_factor(SecondFactor.objects.get(), actor_of(zhang), code=code(1))
    assert SecondFactor.objects.exists()


def test_only_its_owner_uses_a_factor(factor: SecondFactor, account: Any) -> None:
    with pytest.raises(Refused):
        spend_code(factor, actor_of(account("li")), code=code())


def test_the_security_administrator_removes_it_and_the_system_administrator_does_not(
    factor: SecondFactor, zhang: User, secadmin: Actor, sysadmin: Actor
) -> None:
    with pytest.raises(Refused):
        remove_factor(zhang, sysadmin, reason="手机丢失")
    with pytest.raises(Refused):
        remove_factor(User.objects.get(pk=secadmin.id), secadmin, reason="手机丢失")
    remove_factor(zhang, secadmin, reason="手机丢失")
    assert not SecondFactor.objects.exists()
    with pytest.raises(Problem):
        remove_factor(zhang, secadmin, reason="手机丢失")
