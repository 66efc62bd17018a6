# SPDX-License-Identifier: Apache-2.0
"""Acting for a colleague: only what was given, only for its days, with both names in the journal, never further."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kechuang.commons.access.actions import delegate, end_delegation, grant_role, revoke_grant
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import held_by, holds
from kechuang.commons.access.models import Delegation, Grant, Role, User
from kechuang.commons.access.pieces import SeparationPiece
from kechuang.commons.access.separation import separations
from kechuang.commons.kernel.actions import action
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.verdicts import Verdict
from kechuang.commons.papers.models import Paper
from kechuang.commons.papers.permissions import can_check_paper, can_sign_paper

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture
def head(account: Any, role: Callable[..., Role]) -> User:
    return account("head", role("head", "access.view_roles", "t.confirm_it"), display_name="处长")


@pytest.fixture
def deputy(account: Any, role: Callable[..., Role]) -> User:
    return account("deputy", role("staff", "t.enter_it"), display_name="副手")


def give(giver: User, to: User, *permissions: str, actor: Actor | None = None, **changed: Any) -> Delegation:
    terms = {
        "deputy": to,
        "grants": list(giver.grants.all()),
        "permissions": permissions or ("access.view_roles",),
        "since": TODAY(),
        "until": TODAY() + 7 * DAY,
        "reason": "出差",
    }
    return delegate(giver, actor or actor_of(giver), **(terms | changed))


def acting(deputy: User, giver: User) -> Actor:
    return actor_of(deputy, on_behalf_of=giver)


def can_confirm_it(thing: Any, actor: Actor) -> Verdict:
    return holds(actor, "t.confirm_it")


@action("test.thing.confirmed", permission=can_confirm_it)
def confirm_it(thing: None, actor: Actor) -> None:
    """Something that needs a permission."""


def test_a_deputy_holds_what_was_given_and_nothing_of_his_own(head: User, deputy: User) -> None:
    give(head, deputy, "t.confirm_it")
    actor = acting(deputy, head)
    assert [sorted(held.permissions) for held in held_by(actor)] == [["t.confirm_it"]]
    assert holds(actor, "t.confirm_it")
    assert not holds(actor, "access.view_roles")
    assert not holds(actor, "t.enter_it")
    assert holds(actor_of(deputy), "t.enter_it")
    assert not holds(actor_of(deputy), "t.confirm_it")


def test_the_journal_names_both(head: User, deputy: User) -> None:
    give(head, deputy, "t.confirm_it")
    confirm_it(None, acting(deputy, head))
    entry = Entry.objects.get(verb="test.thing.confirmed")
    assert (entry.actor_id, entry.on_behalf_of) == (str(deputy.pk), f"access.user:{head.pk}")
    assert "副手" in entry.actor_name
    assert "处长" in entry.actor_name
    assert acting(deputy, head).persons == {str(deputy.pk), str(head.pk)}


@pytest.mark.parametrize(("since", "until", "held"), [(0, 1, True), (1, 3, False), (-3, 1, True)])
def test_it_holds_on_its_days_only(head: User, deputy: User, since: int, until: int, held: bool) -> None:
    give(head, deputy, since=TODAY() + since * DAY, until=TODAY() + until * DAY)
    assert bool(holds(acting(deputy, head), "access.view_roles")) is held


def test_it_ends_with_the_grant_it_came_from(head: User, deputy: User, secadmin: Actor) -> None:
    give(head, deputy)
    revoke_grant(head.grants.get(), secadmin, reason="调岗")
    assert not holds(acting(deputy, head), "access.view_roles")


def test_it_ends_with_the_account_that_gave_it_or_took_it(head: User, deputy: User) -> None:
    give(head, deputy)
    for user in (head, deputy):
        User.objects.filter(pk=user.pk).update(ends_on=TODAY())
        assert not holds(acting(deputy, head), "access.view_roles")
        User.objects.filter(pk=user.pk).update(ends_on=None)
    assert holds(acting(deputy, head), "access.view_roles")


def test_without_a_delegation_acting_for_somebody_gives_nothing(head: User, deputy: User) -> None:
    assert held_by(acting(deputy, head)) == ()


def test_what_was_delegated_is_not_delegated_further(head: User, deputy: User, account: Any) -> None:
    third = account("third")
    give(head, deputy)
    with pytest.raises(Refused):
        give(head, third, actor=acting(deputy, head))
    with pytest.raises(Problem):
        give(deputy, third, grants=list(head.grants.all()))
    with pytest.raises(Refused):
        give(head, third, actor=actor_of(deputy))


def test_the_rights_of_an_administrator_are_never_delegated(account: Any, role: Any, deputy: User) -> None:
    admin = account("admin", role("sys", "access.create_account", family="system"))
    with pytest.raises(Problem) as told:
        give(admin, deputy, "access.create_account")
    assert told.value.field == "grants"


def test_an_administrator_is_nobodys_deputy(head: User, secadmin: Actor) -> None:
    with pytest.raises(Problem) as told:
        give(head, User.objects.get(pk=secadmin.id))
    assert told.value.field == "deputy"


@pytest.mark.parametrize("changed", ["self", "stopped", "past", "backwards", "long", "nothing", "more"])
def test_terms_that_make_no_sense_are_told(head: User, deputy: User, account: Any, changed: str) -> None:
    terms: dict[str, Any] = {
        "self": {"deputy": head},
        "stopped": {"deputy": account("gone", is_active=False)},
        "past": {"since": TODAY() - 9 * DAY, "until": TODAY()},
        "backwards": {"until": TODAY()},
        "long": {"until": TODAY() + 400 * DAY},
        "nothing": {"permissions": []},
        "more": {"permissions": ["t.enter_it"]},
    }[changed]
    with pytest.raises(Problem):
        give(head, deputy, **terms)
    assert not Delegation.objects.exists()


def test_duties_kept_apart_do_not_meet_by_delegation(
    head: User, deputy: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = SeparationPiece(code="t", name="录入与确认", one=("t.enter_*",), other=("t.confirm_*",))
    monkeypatch.setattr(separations, "_filled", {"test": lambda: [apart]})
    with pytest.raises(Problem) as told:
        give(head, deputy, "t.confirm_it")
    assert "t.enter_it" in told.value.what
    assert give(head, deputy, "access.view_roles")


def test_a_deputy_is_no_way_around_two_people(account: Any, role: Any, deputy: User) -> None:
    drafter = account("drafter", role("drafter", "papers.check_paper", "papers.sign_paper"))
    give(drafter, deputy, "papers.check_paper", "papers.sign_paper")
    own, others = (Paper(drafted_by_id=str(pk), checked_by_id="") for pk in (drafter.pk, 987654))
    for predicate in (can_check_paper, can_sign_paper):
        assert not predicate(own, actor_of(drafter))
        assert not predicate(own, acting(deputy, drafter))
        assert predicate(others, acting(deputy, drafter))


def test_it_is_ended_early_by_either_and_by_nobody_else(head: User, deputy: User, account: Any) -> None:
    delegation = give(head, deputy)
    with pytest.raises(Refused):
        end_delegation(delegation, actor_of(account("third")))
    end_delegation(delegation, actor_of(deputy))
    assert not holds(acting(deputy, head), "access.view_roles")
    with pytest.raises(Problem):
        end_delegation(delegation, actor_of(head))


def test_the_security_administrator_sees_and_ends_it_on_the_page_of_an_account(
    head: User, deputy: User, secadmin: Actor, enter: Any
) -> None:
    delegation = give(head, deputy)
    browser = enter("sec")
    for user in (head, deputy):
        assert list(browser.get(f"/access/accounts/{user.pk}/").context["delegations"]) == [delegation]
    browser.post(f"/access/me/delegations/{delegation.pk}/end/")
    assert not holds(acting(deputy, head), "access.view_roles")


def test_a_deputy_begins_and_leaves_and_the_header_says_so(head: User, deputy: User, enter: Any) -> None:
    give(head, deputy)
    browser = enter("deputy")
    assert browser.get("/access/roles/").status_code == 403
    key = browser.session.session_key
    browser.post("/access/act-for/", {"giver": head.pk})
    assert browser.session.session_key != key
    page = browser.get("/access/roles/")
    assert page.status_code == 200
    assert "kc-acting" in page.content.decode()
    assert "处长" in page.content.decode()
    browser.post("/access/act-for/")
    assert browser.get("/access/roles/").status_code == 403


def test_acting_stops_at_the_next_request_once_the_delegation_ends(
    head: User, deputy: User, enter: Any
) -> None:
    delegation = give(head, deputy)
    browser = enter("deputy")
    browser.post("/access/act-for/", {"giver": head.pk})
    end_delegation(delegation, actor_of(head))
    assert browser.get("/access/roles/").status_code == 403
    assert "kc-acting" not in browser.get("/desk/").content.decode()


@pytest.mark.parametrize("giver", ["999999", "9" * 30, "x", "-1", "1 OR 1=1"])
def test_nobody_acts_for_somebody_who_gave_nothing(deputy: User, head: User, enter: Any, giver: str) -> None:
    browser = enter("deputy")
    assert browser.post("/access/act-for/", {"giver": giver}).status_code == 422
    assert browser.post("/access/act-for/", {"giver": head.pk}).status_code == 422


def test_a_deputy_cannot_touch_the_givers_account(head: User, deputy: User, enter: Any) -> None:
    give(head, deputy)
    browser = enter("deputy")
    browser.post("/access/act-for/", {"giver": head.pk})
    sent = {"current": "Long-enough-2019", "password": "Another-one-2020", "again": "Another-one-2020"}
    assert browser.post("/access/me/password/", sent).status_code == 422
    assert browser.get("/access/me/delegations/new/").status_code == 403
    assert all(user.check_password("Long-enough-2019") for user in User.objects.all())


def test_the_page_takes_a_delegation(head: User, deputy: User, enter: Any) -> None:
    browser = enter("head")
    grant = Grant.objects.get(user=head)
    page = browser.get("/access/me/delegations/new/").content.decode()
    assert f'value="{grant.pk}|t.confirm_it"' in page
    sent = {
        "deputy": "副手",
        "parts": [f"{grant.pk}|access.view_roles"],
        "since": TODAY().isoformat(),
        "last": TODAY().isoformat(),
        "reason": "出差",
    }
    assert browser.post("/access/me/delegations/new/", sent | {"deputy": "没有这个人"}).status_code == 422
    assert (
        browser.post("/access/me/delegations/new/", sent | {"parts": ["1|access.grant_role"]}).status_code
        == 422
    )
    assert browser.post("/access/me/delegations/new/", sent)["Location"] == "/access/me/delegations/"
    delegation = Delegation.objects.get()
    assert (delegation.deputy, delegation.permissions) == (deputy, ["access.view_roles"])
    assert delegation.until == TODAY() + DAY
    listed = browser.get("/access/me/delegations/").content.decode()
    assert "副手" in listed
    assert browser.post(f"/access/me/delegations/{delegation.pk}/end/").status_code == 302
    assert enter("deputy").post(f"/access/me/delegations/{delegation.pk}/end/").status_code == 422


def test_a_deputy_becomes_no_administrator_meanwhile(
    head: User, deputy: User, secadmin: Actor, role: Any
) -> None:
    given = give(head, deputy)
    Grant.objects.filter(user=deputy).delete()
    audit = role("aud", "access.view_look", family="audit")
    with pytest.raises(Problem) as told:
        grant_role(deputy, secadmin, role=audit)
    assert told.value.field == "role"
    end_delegation(given, actor_of(head))
    assert grant_role(deputy, secadmin, role=audit)


def test_the_page_delegates_everything_or_what_is_ticked(head: User, deputy: User, enter: Any) -> None:
    browser, page = enter("head"), "/access/me/delegations/new/"
    given = {"deputy": "deputy", "since": TODAY(), "last": TODAY() + DAY, "reason": "出差"}
    nothing = browser.post(page, given)
    assert nothing.status_code == 422
    assert list(nothing.context["form"].errors) == ["parts"]
    assert browser.post(page, given | {"everything": "on"}).status_code == 302
    assert Delegation.objects.get().permissions == ["access.view_roles", "t.confirm_it"]
