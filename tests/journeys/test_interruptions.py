# SPDX-License-Identifier: Apache-2.0
"""What goes wrong in an office: the session ends inside a form, two clicks, two officers at one task."""

from __future__ import annotations

from typing import Any

import pytest

from harness.site import Site
from harness.visitor import Visitor, visiting

pytestmark = pytest.mark.journey
WORDS = "已召开推进会，明确分工，写了很久的一段话。"


def open_form(visitor: Visitor, who: str = "高新处工作人员") -> None:
    """The form in which an office reports its part of a task it owes."""
    visitor.become(who)
    visitor.open("/workplan/tasks/?office=7&state=open")
    with visitor.leaving():
        visitor.page.locator("#kc-list tbody a").first.click()
    visitor.follow("报送本处室部分")


def reports(visitor: Visitor) -> int:
    return visitor.page.locator(".kc-report", has_text=WORDS).count()


def test_what_was_typed_survives_a_session_that_ended(visitor: Visitor) -> None:
    open_form(visitor)
    page, form = visitor.page, visitor.page.url
    page.get_by_label("进展").fill(WORDS)
    visitor.context.clear_cookies()  # the session ended meanwhile
    visitor.press("报送")
    assert "登录已过期" in page.locator("h1").inner_text()
    visitor.follow("返回刚才的页面")
    assert "/access/sign-in/" in page.url
    page.get_by_role("button", name="高新处工作人员", exact=True).click()
    page.wait_for_url("**/desk/")
    visitor.open(form)
    assert page.get_by_label("进展").input_value() == ""
    page.get_by_role("button", name="恢复填写").click()
    assert page.get_by_label("进展").input_value() == WORDS
    visitor.press("报送")
    assert reports(visitor) == 1


def test_another_person_at_the_same_machine_is_not_offered_what_was_typed(visitor: Visitor) -> None:
    open_form(visitor)
    page, form = visitor.page, visitor.page.url
    page.get_by_label("进展").fill(WORDS)
    visitor.context.clear_cookies()
    visitor.press("报送")
    visitor.become("高新处长")
    visitor.open(form)
    assert page.get_by_role("button", name="恢复填写").count() == 0


def test_a_double_click_reports_once(visitor: Visitor) -> None:
    open_form(visitor)
    visitor.page.get_by_label("进展").fill(WORDS)
    with visitor.leaving():
        visitor.page.get_by_role("button", name="报送", exact=True).dblclick()
    assert reports(visitor) == 1


def test_a_form_sent_twice_without_script_reports_once(visitor: Visitor) -> None:
    open_form(visitor)
    page = visitor.page
    page.get_by_label("进展").fill(WORDS)
    fields = page.locator("main form").evaluate("form => Object.fromEntries(new FormData(form))")
    fields.pop("files")
    for _click in range(2):
        visitor.context.request.post(page.url, form=fields, headers={"Referer": page.url})
    with visitor.leaving():
        page.get_by_role("link", name="返回任务").click()
    assert reports(visitor) == 1


def test_the_second_of_two_officers_is_told_and_loses_nothing(
    visitor: Visitor, chromium: Any, site: Site, request: pytest.FixtureRequest
) -> None:
    open_form(visitor)
    with visiting(chromium, site, request) as other:
        other.become("高新处长")
        other.open(visitor.page.url)
        other.page.get_by_label("进展").fill("处长先报了。")
        other.press("报送")
    visitor.page.get_by_label("进展").fill(WORDS)
    visitor.press("报送")
    assert "高新处长" in visitor.page.locator("[role=alert]").first.inner_text()
    assert visitor.page.get_by_label("进展").input_value() == WORDS
    visitor.press("报送")
    assert reports(visitor) == 1
    assert visitor.page.locator(".kc-report", has_text="处长先报了。").count() == 1
