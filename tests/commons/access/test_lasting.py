# SPDX-License-Identifier: Apache-2.0
"""No act takes the last of the three administrators away; one who is replaced first may go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from kechuang.commons.access.actions import (
    correct_account,
    disable_account,
    grant_role,
    hand_over,
    revoke_grant,
)
from kechuang.commons.access.models import Grant, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def auditor(account: Any, role: Any) -> User:
    found: User = account("shen", role("aud", "access.view_look", family="audit"), display_name="审计员")
    return found


def test_the_last_one_is_neither_stopped_nor_ended_nor_stripped(
    auditor: User, sysadmin: Actor, secadmin: Actor
) -> None:
    grant, tomorrow = auditor.grants.get(), timezone.localdate() + DAY
    acts: list[Any] = [
        lambda: disable_account(auditor, sysadmin, reason="调离"),
        lambda: correct_account(auditor, sysadmin, display_name="审计员", ends_on=tomorrow),
        lambda: revoke_grant(grant, secadmin, reason="调离"),
        lambda: grant_role(auditor, secadmin, role=grant.role, until=tomorrow),
    ]
    for act in acts:
        with pytest.raises(Problem) as told:
            act()
        assert grant.role.name in told.value.what
    auditor.refresh_from_db()
    grant.refresh_from_db()
    assert (auditor.is_active, auditor.ends_on, grant.until) == (True, None, None)
    assert not Entry.objects.filter(verb__in=["access.account.disabled", "access.grant.revoked"]).exists()


def test_the_system_administrator_cannot_leave_the_site_without_a_security_administrator(
    sysadmin: Actor, secadmin: Actor
) -> None:
    with pytest.raises(Problem):
        disable_account(User.objects.get(pk=secadmin.id), sysadmin, reason="夺权")


def test_whoever_has_a_successor_may_go(
    auditor: User, account: Any, sysadmin: Actor, secadmin: Actor
) -> None:
    other = account("other", auditor.grants.get().role)
    assert not disable_account(auditor, sysadmin, reason="调离").is_active
    with pytest.raises(Problem):
        disable_account(other, sysadmin, reason="调离")
    assert hand_over(other, secadmin, to=account("heir"), on=timezone.localdate(), reason="调离")
    assert User.objects.get(username="heir").grants.get().role.code == "aud"


def test_a_successor_whose_own_last_day_comes_first_does_not_count(
    auditor: User, account: Any, sysadmin: Actor
) -> None:
    leaving = account("leaving", auditor.grants.get().role, ends_on=timezone.localdate() + 2 * DAY)
    late = timezone.localdate() + 5 * DAY
    with pytest.raises(Problem):
        correct_account(auditor, sysadmin, display_name="审计员", ends_on=late)
    assert correct_account(leaving, sysadmin, display_name="将离", ends_on=timezone.localdate() + DAY)


def test_business_roles_come_and_go_freely(account: Any, role: Any, sysadmin: Actor) -> None:
    user = account("li", role("clerk", "rooms.view_room"))
    assert not disable_account(user, sysadmin, reason="调离").is_active
    assert Grant.objects.filter(user=user).count() == 1
