# SPDX-License-Identifier: Apache-2.0
"""What is good once is good once for two who come at the same moment, on both engines."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.db import connection

from kechuang.commons.access.actions import (
    enrol_factor,
    grant_role,
    issue_link,
    redeem_link,
    settle_request,
    spend_code,
)
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import GrantRequest, OneTimeLink, SecondFactor, User
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.guarantee]


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """How each ended, having begun together."""
    gate, ends = threading.Barrier(len(acts)), ["?"] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            act()
            ends[place] = "done"
        except Problem:
            ends[place] = "refused"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ends)


def test_one_of_two_uses_a_link(account: Any, sysadmin: Actor) -> None:
    user = account("zhang")
    issue_link(user, sysadmin)

    def use(password: str) -> Callable[[], User]:
        return lambda: redeem_link(OneTimeLink.objects.get(), actor_of(user), password=password)

    assert at_once(use("First-one-2020"), use("Second-one-2020")) == ["done", "refused"]


def test_one_of_two_spends_a_code(account: Any) -> None:
    user = account("zhang")
    key = pyotp.random_base32()
    enrol_factor(user, actor_of(user), key=key, code=pyotp.TOTP(key).at(time.time() - 30))
    code = pyotp.TOTP(key).now()
    acts = [lambda: spend_code(SecondFactor.objects.get(), actor_of(user), code=code) for _two in range(2)]
    assert at_once(*acts) == ["done", "refused"]


def test_one_of_two_decides_a_request(account: Any, sysadmin: Actor, secadmin: Actor, role: Any) -> None:
    from kechuang.commons.access.actions import request_grant  # noqa: PLC0415

    request_grant(account("zhang"), sysadmin, role=role("staff", "t.enter_it"))
    acts = [
        lambda granted=granted: settle_request(
            GrantRequest.objects.get(), secadmin, granted=granted, reason="x"
        )
        for granted in (True, False)
    ]
    assert at_once(*acts) == ["done", "refused"]


def test_two_grants_at_once_do_not_join_two_families(account: Any, secadmin: Actor, role: Any) -> None:
    user = account("zhang")
    kinds = [role("one", "a.do_one", family="audit"), role("two", "b.do_two")]
    acts = [lambda kind=kind: grant_role(User.objects.get(pk=user.pk), secadmin, role=kind) for kind in kinds]
    assert at_once(*acts) == ["done", "refused"]
    assert user.grants.count() == 1
