# SPDX-License-Identifier: Apache-2.0
"""A refusal names the act, the roles that may do it and whom to ask; the permission's code is small print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import Grant
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.verbs import verb_words

pytestmark = pytest.mark.django_db
CODE = "access.view_look"


def page(client: Client, address: str = "/access/looks/", **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 403
    return str(answer.content.decode())


@pytest.mark.usefixtures("plain_words")
def test_a_page_that_is_closed_says_which_it_is_who_may_open_it_and_whom_to_ask(
    account: Any, role: Any, enter: Any, secadmin: Actor
) -> None:
    role("auditing", CODE, family="audit")
    account("li", role("clerk", "workplan.view_plan"))
    said = page(enter("li"))
    assert "不能查看" in said
    assert "敏感信息访问日志" in said
    assert "角色auditing" in said
    assert "安全员" in said
    reason, _mark, small = said.partition("供技术支持核对")
    assert CODE not in reason.partition("<main")[2]
    assert CODE in small
    assert secadmin.name == "安全员"


@pytest.mark.usefixtures("plain_words")
def test_an_act_that_is_refused_is_called_by_its_name(sysadmin: Actor, account: Any, enter: Any) -> None:
    own = enter("sys")
    answer = own.post(f"/access/accounts/{sysadmin.id}/unlock/")
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "不能办理" in said
    assert verb_words("access.account.unlocked") in said
    assert "供技术支持核对" not in said  # nothing is lacking: it is the own account


@pytest.mark.usefixtures("plain_words")
def test_who_speaks_for_a_firm_is_sent_to_the_district_and_told_no_names(
    account: Any, role: Any, enter: Any, secadmin: Actor
) -> None:
    user, firm = account("firm"), role("firm", "parties.view_own")
    Grant.objects.create(user=user, role=firm, scope=Grant.Scope.OWN)
    said = page(enter("firm"))
    assert "所在区县科技部门" in said
    assert secadmin.name not in said


@pytest.mark.usefixtures("plain_words")
def test_an_account_without_a_role_is_told_that_it_waits_for_one(account: Any, enter: Any) -> None:
    account("new")
    assert "您的账号还没有生效的角色" in page(enter("new"))


def test_the_way_back_leads_to_a_page_of_this_site_alone(account: Any, role: Any, enter: Any) -> None:
    account("li", role("clerk", "workplan.view_plan"))
    client = enter("li")
    assert 'href="/access/me/?x=1"' in page(client, referer="http://testserver/access/me/?x=1")
    for elsewhere in ("http://evil.example/x", "http://testserver//evil.example/x", "javascript:alert(1)"):
        said = page(client, referer=elsewhere)
        assert "evil.example" not in said
        assert "javascript:" not in said


@pytest.mark.parametrize("permission", ["access.grant_role", "workplan.edit_plan", "kernel.view_journal"])
def test_no_reason_shows_a_code(permission: str, person: Callable[..., Actor]) -> None:
    verdict = holds(person("clerk", "workplan.view_plan"), permission)
    assert not verdict
    assert verdict.permission == permission
    assert permission not in verdict.reason
