# SPDX-License-Identifier: Apache-2.0
"""Grants: scope, dates, families and duties kept apart; requests; hand-over when somebody leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kechuang.commons.access.actions import (
    delegate,
    grant_role,
    hand_over,
    request_grant,
    revoke_grant,
    settle_request,
)
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.access.models import Delegation, Grant, GrantRequest, Role, User
from kechuang.commons.access.pieces import SeparationPiece
from kechuang.commons.access.separation import clashes, separations
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
APART = (
    SeparationPiece(
        code="accept",
        name="受理与决定",
        one=("*.accept_*",),
        other=("*.decide_*",),
        why="一人不能既受理又决定。",
    ),
    SeparationPiece(code="pay", name="审批与支付", one=("money.approve_grant",), other=("money.pay_grant",)),
    SeparationPiece(
        code="list",
        name="导入与确认",
        one=("ladder.import_list",),
        other=("ladder.confirm_list",),
        within="item",
    ),
)


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separations, "_filled", {"test": lambda: APART})


@pytest.fixture
def zhang(account: Any) -> User:
    return account("zhang", display_name="张工")


def test_a_role_reaches_what_its_scope_names(
    zhang: User, secadmin: Actor, role: Callable[..., Role], office: Callable[[str], Unit]
) -> None:
    here, there = office("甲处"), office("乙处")
    over = str(Ref.of(here))
    grant_role(zhang, secadmin, role=role("staff", "t.enter_it"), scope="unit", over=over)
    actor = actor_of(zhang)
    assert holds(actor, "t.enter_it", over=Ref.of(here))
    assert not holds(actor, "t.enter_it", over=Ref.of(there))
    assert ids_in_scope(actor, "t.enter_it", "parties.unit") == (False, frozenset({str(here.pk)}))


def test_the_scope_own_reaches_the_own_account(zhang: User, secadmin: Actor, role: Any) -> None:
    grant_role(zhang, secadmin, role=role("firm", "t.see_it"), scope="own")
    assert holds(actor_of(zhang), "t.see_it", over=Ref.of(zhang))
    assert not holds(actor_of(zhang), "t.see_it", over=Ref("access.user", secadmin.id))


@pytest.mark.parametrize(
    ("scope", "over"),
    [
        ("unit", ""),
        ("unit", "parties.unit:999999"),
        ("unit", "nonsense"),
        ("unit", "no.model:1"),
        ("unit", "parties.unit:" + "9" * 30),
        ("all", "parties.unit:1"),
        ("galaxy", ""),
    ],
)
def test_a_scope_that_names_nothing_real_is_refused(
    zhang: User, secadmin: Actor, role: Any, scope: str, over: str
) -> None:
    with pytest.raises(Problem):
        grant_role(zhang, secadmin, role=role("staff", "t.enter_it"), scope=scope, over=over)
    assert not zhang.grants.exists()


@pytest.mark.parametrize(
    ("since", "until", "held"), [(None, 1, True), (0, None, True), (1, None, False), (-2, 0, False)]
)
def test_a_role_holds_within_its_dates(
    zhang: User, role: Any, since: int | None, until: int | None, held: bool
) -> None:
    today = timezone.localdate()
    Grant.objects.create(
        user=zhang,
        role=role("staff", "t.enter_it"),
        since=None if since is None else today + since * DAY,
        until=None if until is None else today + until * DAY,
    )
    assert bool(holds(actor_of(zhang), "t.enter_it")) is held


def test_dates_count_in_the_citys_zone(zhang: User, role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime(2026, 3, 1, 17, 30, tzinfo=dt.UTC)  # already the 2nd in Shanghai
    monkeypatch.setattr(timezone, "now", lambda: moment)
    Grant.objects.create(user=zhang, role=role("staff", "t.enter_it"), since=dt.date(2026, 3, 2))
    assert holds(actor_of(zhang), "t.enter_it")


@pytest.mark.parametrize("first", ["business", "system", "security", "audit"])
@pytest.mark.parametrize("second", ["business", "system", "security", "audit"])
def test_families_never_meet_in_one_account(
    zhang: User, secadmin: Actor, role: Any, first: str, second: str
) -> None:
    grant_role(zhang, secadmin, role=role("one", "a.do_one", family=first))
    other = role("two", "b.do_two", family=second)
    if first == second:
        assert grant_role(zhang, secadmin, role=other)
    else:
        with pytest.raises(Problem) as told:
            grant_role(zhang, secadmin, role=other)
        assert told.value.field == "role"
        assert zhang.grants.count() == 1


def test_a_family_of_the_past_does_not_hinder_the_next(
    zhang: User, account: Any, secadmin: Actor, role: Any
) -> None:
    audit = role("one", "a.do_one", family="audit")
    account("successor", audit)
    grant = grant_role(zhang, secadmin, role=audit)
    revoke_grant(grant, secadmin, reason="转岗")
    assert grant_role(zhang, secadmin, role=role("two", "b.do_two"))


def test_a_family_of_the_future_does(zhang: User, secadmin: Actor, role: Any) -> None:
    later = timezone.localdate() + 30 * DAY
    grant_role(zhang, secadmin, role=role("one", "a.do_one", family="audit"), since=later)
    with pytest.raises(Problem):
        grant_role(zhang, secadmin, role=role("two", "b.do_two"))
    assert grant_role(zhang, secadmin, role=role("three", "b.do_three"), until=later)


def test_duties_kept_apart_do_not_meet_in_one_account(zhang: User, secadmin: Actor, role: Any) -> None:
    grant_role(zhang, secadmin, role=role("window", "cases.accept_case"))
    with pytest.raises(Problem) as told:
        grant_role(zhang, secadmin, role=role("head", "cases.decide_case"))
    assert "受理与决定" in told.value.what
    assert "一人不能既受理又决定。" in told.value.what
    assert grant_role(zhang, secadmin, role=role("other", "reviews.decide_score"))  # another room
    grant_role(zhang, secadmin, role=role("budget", "money.approve_grant"))
    with pytest.raises(Problem):
        grant_role(zhang, secadmin, role=role("cash", "money.pay_grant"))


def test_one_role_that_holds_both_sides_is_given_to_nobody(zhang: User, secadmin: Actor, role: Any) -> None:
    with pytest.raises(Problem):
        grant_role(zhang, secadmin, role=role("all", "cases.accept_case", "cases.decide_case"))


def test_what_is_kept_apart_item_by_item_may_meet_in_one_account(
    zhang: User, secadmin: Actor, role: Any
) -> None:
    assert grant_role(zhang, secadmin, role=role("ladder", "ladder.import_list", "ladder.confirm_list"))
    pair = {"ladder.import_list", "ladder.confirm_list"}
    assert [clash.separation.code for clash in clashes(pair, within="item")] == ["list"]


def test_roles_are_given_by_the_security_administrator_and_never_to_himself(
    zhang: User, secadmin: Actor, sysadmin: Actor, role: Any
) -> None:
    kind = role("staff", "t.enter_it")
    for actor in (sysadmin, actor_of(zhang)):
        with pytest.raises(Refused):
            grant_role(zhang, actor, role=kind)
    own = User.objects.get(pk=secadmin.id)
    with pytest.raises(Refused):
        grant_role(own, secadmin, role=role("sec2", "access.view_roles", family="security"))
    with pytest.raises(Refused):
        revoke_grant(own.grants.get(), secadmin, reason="x")


def test_taking_back_works_at_once_and_once(zhang: User, secadmin: Actor, sysadmin: Actor, role: Any) -> None:
    grant = grant_role(zhang, secadmin, role=role("staff", "t.enter_it"))
    with pytest.raises(Refused):
        revoke_grant(grant, sysadmin, reason="x")
    revoke_grant(grant, secadmin, reason="转岗")
    assert not holds(actor_of(zhang), "t.enter_it")
    with pytest.raises(Problem):
        revoke_grant(grant, secadmin, reason="转岗")
    grant_role(zhang, secadmin, role=grant.role)
    assert holds(actor_of(zhang), "t.enter_it")


def test_a_request_becomes_a_grant_by_another_administrator(
    zhang: User, sysadmin: Actor, secadmin: Actor, role: Any
) -> None:
    kind = role("staff", "t.enter_it")
    asked = request_grant(zhang, sysadmin, role=kind, reason="新进人员")
    assert not holds(actor_of(zhang), "t.enter_it")
    assert [todo.url for todo in todos_for(secadmin, clock.today())] == [
        reverse("access:request-settle", args=[asked.pk])
    ]
    assert todos_for(sysadmin, clock.today()) == []
    with pytest.raises(Problem):
        request_grant(zhang, sysadmin, role=kind)
    with pytest.raises(Refused):
        settle_request(asked, sysadmin, granted=True)
    settle_request(asked, secadmin, granted=True)
    assert holds(actor_of(zhang), "t.enter_it")
    with pytest.raises(Problem):
        settle_request(asked, secadmin, granted=True)
    assert todos_for(secadmin, clock.today()) == []


def test_a_request_declined_needs_a_reason_and_grants_nothing(
    zhang: User, sysadmin: Actor, secadmin: Actor, role: Any
) -> None:
    asked = request_grant(zhang, sysadmin, role=role("staff", "t.enter_it"))
    with pytest.raises(Problem):
        settle_request(asked, secadmin, granted=False)
    settle_request(asked, secadmin, granted=False, reason="岗位不符")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (GrantRequest.State.DECLINED, "岗位不符")
    assert not zhang.grants.exists()


def test_nobody_decides_a_request_for_himself(secadmin: Actor, sysadmin: Actor, role: Any) -> None:
    own = User.objects.get(pk=secadmin.id)
    asked = request_grant(own, sysadmin, role=role("sec2", "access.view_roles", family="security"))
    assert todos_for(secadmin, clock.today()) == []
    with pytest.raises(Refused):
        settle_request(asked, secadmin, granted=True)


def test_the_world_may_have_changed_between_asking_and_deciding(
    zhang: User, sysadmin: Actor, secadmin: Actor, role: Any
) -> None:
    asked = request_grant(zhang, sysadmin, role=role("head", "cases.decide_case"))
    grant_role(zhang, secadmin, role=role("window", "cases.accept_case"))
    with pytest.raises(Problem):
        settle_request(asked, secadmin, granted=True)
    asked.refresh_from_db()
    assert asked.state == GrantRequest.State.OPEN


@pytest.fixture
def li(account: Any) -> User:
    return account("li", display_name="李工")


def test_a_hand_over_moves_every_grant_on_the_day_and_ends_the_account(
    zhang: User, li: User, secadmin: Actor, role: Any, office: Any, enter: Any
) -> None:
    today, on = timezone.localdate(), timezone.localdate() + 5 * DAY
    over = str(Ref.of(office("甲处")))
    grant_role(zhang, secadmin, role=role("staff", "t.enter_it"), scope="unit", over=over)
    grant_role(zhang, secadmin, role=role("reader", "t.see_it"), until=on + 30 * DAY)
    delegate(
        zhang,
        actor_of(zhang),
        deputy=li,
        grants=list(zhang.grants.filter(role__code="reader")),
        permissions=["t.see_it"],
        since=today,
        until=on + 9 * DAY,
        reason="出差",
    )
    hand_over(zhang, secadmin, to=li, on=on, reason="退休")
    moved = {
        (grant.role.code, grant.scope, grant.over, grant.since, grant.until) for grant in li.grants.all()
    }
    assert moved == {("staff", "unit", over, on, None), ("reader", "all", "", on, on + 30 * DAY)}
    assert {grant.until for grant in zhang.grants.all()} == {on}
    assert Delegation.objects.get().until == on
    zhang.refresh_from_db()
    assert (zhang.works_on(on - DAY), zhang.works_on(on)) == (True, False)
    assert holds(actor_of(zhang), "t.see_it")
    assert not holds(actor_of(li), "t.see_it")
    entry = Entry.objects.get(verb="access.account.handed_over")
    assert entry.data["to"] == f"access.user:{li.pk}"
    assert len(entry.data["grants"]) == 2


def test_a_hand_over_today_ends_the_sessions_at_once(
    zhang: User, li: User, secadmin: Actor, role: Any, enter: Any
) -> None:
    grant_role(zhang, secadmin, role=role("reader", "access.view_roles"))
    browser = enter("zhang")
    hand_over(zhang, secadmin, to=li, on=timezone.localdate(), reason="调离")
    assert browser.get("/desk/").status_code == 302
    assert enter("li").get("/access/roles/").status_code == 200


def test_a_grant_the_successor_may_not_hold_stops_the_whole(
    zhang: User, li: User, secadmin: Actor, role: Any
) -> None:
    grant_role(zhang, secadmin, role=role("reader", "t.see_it"))
    grant_role(zhang, secadmin, role=role("head", "cases.decide_case"))
    grant_role(li, secadmin, role=role("window", "cases.accept_case"))
    with pytest.raises(Problem):
        hand_over(zhang, secadmin, to=li, on=timezone.localdate(), reason="退休")
    assert li.grants.count() == 1
    assert all(grant.until is None for grant in zhang.grants.all())
    zhang.refresh_from_db()
    assert zhang.ends_on is None


def test_what_the_successor_holds_already_lasts_for_the_longer_of_both(
    zhang: User, li: User, secadmin: Actor, role: Any
) -> None:
    today, kind = timezone.localdate(), role("reader", "t.see_it")
    grant_role(zhang, secadmin, role=kind)
    grant_role(li, secadmin, role=kind, since=today - 9 * DAY, until=today + 3 * DAY)
    hand_over(zhang, secadmin, to=li, on=today, reason="退休")
    grant = li.grants.get()
    assert (grant.since, grant.until) == (today - 9 * DAY, None)


@pytest.mark.parametrize("wrong", ["yesterday", "to the same", "to one who left"])
def test_a_hand_over_that_makes_no_sense_is_told(
    zhang: User, account: Any, secadmin: Actor, wrong: str
) -> None:
    today = timezone.localdate()
    gone = account("gone", ends_on=today)
    terms: dict[str, Any] = {"to": gone, "on": today}
    if wrong == "yesterday":
        terms = {"to": account("wang"), "on": today - DAY}
    elif wrong == "to the same":
        terms = {"to": zhang, "on": today}
    with pytest.raises(Problem):
        hand_over(zhang, secadmin, **terms, reason="退休")


def test_a_hand_over_is_the_security_administrators_and_not_to_himself(
    zhang: User, li: User, secadmin: Actor, sysadmin: Actor, role: Any
) -> None:
    today = timezone.localdate()
    grant_role(zhang, secadmin, role=role("reader", "t.see_it"))
    with pytest.raises(Refused):
        hand_over(zhang, sysadmin, to=li, on=today, reason="退休")
    own = User.objects.get(pk=secadmin.id)
    with pytest.raises(Refused):
        hand_over(own, secadmin, to=li, on=today, reason="退休")
    with pytest.raises(Refused):
        hand_over(zhang, secadmin, to=own, on=today, reason="退休")


def test_the_pages_grant_and_take_back(zhang: User, secadmin: Actor, role: Any, enter: Any) -> None:
    kind = role("staff", "t.enter_it")
    browser = enter("sec")
    address = reverse("access:grant-new", args=[zhang.pk])
    assert browser.post(address, {"role": kind.pk, "scope": "unit", "over": ""}).status_code == 422
    browser.post(address, {"role": kind.pk, "scope": "all", "last": "2099-12-31"})
    grant = zhang.grants.get()
    assert grant.until == dt.date(2100, 1, 1)
    listed = browser.get("/access/grants/?state=now&role=staff").context["listing"].rows
    assert [row.pk for row in listed] == [grant.pk]
    browser.post(reverse("access:grant-revoke", args=[grant.pk]), {"reason": "转岗"})
    assert not holds(actor_of(zhang), "t.enter_it")


def test_the_lists_cost_the_same_for_one_row_and_for_three(
    secadmin: Actor, sysadmin: Actor, account: Any, role: Any, office: Any, enter: Any
) -> None:
    browser, kind, asked_for = enter("sec"), role("staff", "t.enter_it"), role("reader", "t.see_it")

    def fill(number: int) -> None:
        user = account(f"person-{number}")
        over = str(Ref.of(office(f"处{number}")))
        grant_role(user, secadmin, role=kind, scope="unit", over=over)
        request_grant(user, sysadmin, role=asked_for, scope="unit", over=over)

    def cost(address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    fill(1)
    once = [cost("/access/grants/?role=staff"), cost("/access/requests/")]
    fill(2)
    fill(3)
    assert [cost("/access/grants/?role=staff"), cost("/access/requests/")] == once


def test_the_pages_decide_requests(
    zhang: User, secadmin: Actor, sysadmin: Actor, role: Any, enter: Any
) -> None:
    first = request_grant(zhang, sysadmin, role=role("staff", "t.enter_it"))
    second = request_grant(zhang, sysadmin, role=role("reader", "t.see_it"))
    browser = enter("sec")
    assert len(browser.get("/access/requests/?state=open").context["listing"].rows) == 2
    browser.post(reverse("access:request-settle", args=[first.pk]), {"grant": "1"})
    address = reverse("access:request-settle", args=[second.pk])
    assert browser.post(address, {"decline": "1"}).status_code == 422
    browser.post(address, {"decline": "1", "reason": "不需要"})
    assert [grant.role.code for grant in zhang.grants.all()] == ["staff"]


def test_the_page_shows_what_moves_before_it_hands_over(
    zhang: User, li: User, secadmin: Actor, role: Any, enter: Any
) -> None:
    grant_role(zhang, secadmin, role=role("reader", "t.see_it"))
    browser = enter("sec")
    address = reverse("access:hand-over", args=[zhang.pk])
    assert [grant.role.code for grant in browser.get(address).context["grants"]] == ["reader"]
    browser.post(address, {"to": "李工", "on": timezone.localdate().isoformat(), "reason": "退休"})
    assert [grant.role.code for grant in li.grants.all()] == ["reader"]


def test_the_system_administrator_asks_for_a_role_of_an_open_account(
    zhang: User, sysadmin: Actor, secadmin: Actor, role: Any, enter: Any
) -> None:
    staff, page = role("clerk", "rooms.view_room"), reverse("access:grant-ask", args=[zhang.pk])
    browser = enter("sys")
    assert page in browser.get(reverse("access:account-detail", args=[zhang.pk])).content.decode()
    wrong = {"role": staff.pk, "scope": "all", "since": "2030-02-01", "last": "2030-01-01"}
    answer = browser.post(page, wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["last"]
    assert browser.post(page, {"role": staff.pk, "scope": "all", "reason": "借调"}).status_code == 302
    asked = GrantRequest.objects.get()
    assert (asked.user, asked.state, asked.reason) == (zhang, "open", "借调")
    assert enter("sec").get(page).status_code == 403


@pytest.mark.usefixtures("plain_words")
def test_a_term_is_shown_with_its_last_day(zhang: User, sysadmin: Actor, role: Any, enter: Any) -> None:
    until = timezone.localdate() + 10 * DAY
    Grant.objects.create(user=zhang, role=role("clerk"), until=until)
    page = enter("sys").get(reverse("access:account-detail", args=[zhang.pk])).content.decode()
    assert f"至 {(until - DAY).isoformat()}" in page
    assert until.isoformat() not in page
