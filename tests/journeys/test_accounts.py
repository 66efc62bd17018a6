# SPDX-License-Identifier: Apache-2.0
"""Somebody joins the office and leaves it: three administrators, each with his own part, and a successor."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from harness.site import Site
from harness.visitor import Visitor, visiting

PASSWORD = "Yi-ge-mima-2026"
REFUSED = 403


@pytest.mark.journey
def test_somebody_joins_and_leaves_and_no_administrator_does_it_alone(
    visitor: Visitor, chromium: Any, site: Site, request: pytest.FixtureRequest
) -> None:
    page = visitor.page
    visitor.become("系统管理员")
    link, account = open_account(visitor)
    assert visitor.open(f"{account}grant/").status == REFUSED
    assert "access.grant_role" in page.locator("main").inner_text()
    visitor.become("安全管理员")
    assert visitor.open(f"{account}link/").status == REFUSED
    visitor.open("/desk/")
    visitor.follow("钱工申请角色“处室工作人员”")
    visitor.press("批准并授权")
    assert "已授权" in visitor.told()

    with visiting(chromium, site, request) as newcomer:
        set_password(newcomer, link)
        sign_in(newcomer)
        newcomer.open("/workplan/tasks/")
        assert "任务清单" in newcomer.page.locator("h1").inner_text()
        hand_over(visitor, account)
        newcomer.open("/desk/")
        assert "/access/sign-in/" in newcomer.page.url
    visitor.become("审计管理员")
    visitor.open("/journal/?verb=access.account.handed_over")
    assert "安全管理员" in page.locator("#kc-list").inner_text()


def open_account(visitor: Visitor) -> tuple[str, str]:
    """The one-time link of a new account, and the account's page."""
    page = visitor.page
    visitor.open("/access/accounts/new/")
    page.get_by_label("账号", exact=False).first.fill("qian")
    page.get_by_label("姓名").fill("钱工")
    page.get_by_label("手机").fill("13812341234")
    page.get_by_label("申请的角色").select_option(label="处室工作人员")
    page.get_by_label("范围").select_option(label="本处室")
    page.get_by_label("对象").select_option(label="高新处")
    visitor.press("开户")
    link = urlsplit(page.locator(".kc-link-shown").inner_text()).path
    visitor.follow("已交付，返回账号")
    assert "138****1234" in page.locator("main").inner_text()
    return link, urlsplit(page.url).path


def set_password(newcomer: Visitor, link: str) -> None:
    """By the link, which is then worth nothing."""
    page = newcomer.page
    newcomer.open(link)
    assert link.split("/")[-2] not in page.url
    page.get_by_label("新密码", exact=False).first.fill(PASSWORD)
    page.get_by_label("再次输入新密码").fill(PASSWORD)
    newcomer.press("设置密码")
    assert newcomer.open(link).status == 410


def sign_in(newcomer: Visitor) -> None:
    page = newcomer.page
    newcomer.open("/access/sign-in/")
    page.get_by_label("账号", exact=False).first.fill("qian")
    page.get_by_label("密码").fill(PASSWORD)
    newcomer.press("登录")
    assert page.url.endswith("/desk/")


def hand_over(visitor: Visitor, account: str) -> None:
    """What the newcomer held goes to a colleague today."""
    visitor.open(f"{account}hand-over/")
    assert "处室工作人员" in visitor.page.locator("main").inner_text()
    visitor.page.get_by_label("接手人").fill("社发处工作人员")
    visitor.page.get_by_label("原因").fill("调往外单位")
    visitor.press("移交")
    assert "已移交" in visitor.told()


@pytest.mark.journey
def test_a_deputy_acts_for_a_colleague_and_the_page_says_so(visitor: Visitor) -> None:
    page = visitor.page
    visitor.become("高新处长")
    visitor.open("/access/me/delegations/new/")
    page.get_by_label("代办人").fill("社发处长")
    page.get_by_label(re.compile("处长：.*牵头汇总")).check()
    page.get_by_label("至（含当日）").fill(dt.date.today().isoformat())  # noqa: DTZ011 -- as people type it
    page.get_by_label("事由").fill("出差三天")
    visitor.press("委托")
    visitor.become("社发处长")
    visitor.open("/access/me/delegations/")
    visitor.press("开始代办")
    assert "您正在代 高新处长 办理" in page.locator(".kc-acting").inner_text()
    visitor.press("退出代办")
    assert page.locator(".kc-acting").count() == 0


@pytest.mark.journey
def test_what_was_typed_is_offered_again_after_the_session_was_ended_elsewhere(
    visitor: Visitor, site: Site
) -> None:
    page = visitor.page
    visitor.become("高新处长")
    visitor.open("/access/me/delegations/new/")
    page.get_by_label("事由").fill("写了很久的事由")
    visitor.context.clear_cookies(name="sessionid")
    page.get_by_label("代办人").fill("社发处长")
    page.get_by_label(re.compile("处长：.*牵头汇总")).check()
    page.get_by_label("至（含当日）").fill("2099-01-01")
    visitor.press("委托")
    assert "/access/sign-in/" in page.url
    page.locator("form:has(input[name=username]) button").get_by_text("高新处长", exact=True).click()
    page.wait_for_url(re.compile(r"/(desk|cockpit|delegations)/"))
    visitor.open("/access/me/delegations/new/")
    page.get_by_role("button", name="恢复填写").click()
    assert page.get_by_label("事由").input_value() == "写了很久的事由"
