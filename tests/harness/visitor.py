# SPDX-License-Identifier: Apache-2.0
"""Somebody who works in a browser, and accepts no error of the server, of a script, of the content policy."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from harness.site import LEFT, Site

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TELL_POLICY = """document.addEventListener('securitypolicyviolation', event =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop running beside the tests


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium; a machine that has none fails here, in words."""
    program = os.environ.get("KECHUANG_CHROMIUM")
    if not program:
        pytest.fail(
            "journeys need a browser: python3 dev.py test finds or installs one, and none was to be had"
        )
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - other tests need not wait for it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


class Visitor:
    """A window of its own: signs in by the demo's role picker, opens pages, notes every fault."""

    def __init__(self, chromium: Any, site: Site) -> None:
        self.site, self.faults = site, list[str]()
        self.context = chromium.new_context(
            base_url=site.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=DESK,
            accept_downloads=True,
        )
        self.context.set_default_timeout(30_000)
        self.context.add_init_script(TELL_POLICY)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._see)

    def _hear(self, message: Any) -> None:
        told_by_status = message.text.startswith("Failed to load resource")  # judged by _see
        if message.type == "error" and not told_by_status:
            self.faults.append(f"console: {message.text} at {self.page.url}")

    def _see(self, response: Any) -> None:
        shown = response.request.resource_type in {"document", "xhr", "fetch"}  # a 4xx there is an answer
        if response.status >= 500 or (response.status >= 400 and not shown):
            self.faults.append(f"answer {response.status}: {response.url}")

    def open(self, address: str) -> Any:
        """Open a page; returns the answer."""
        return self.page.goto(address)

    def become(self, name: str) -> None:
        """Sign in as one of the demo's people, by the name on the button."""
        self.open("/access/sign-in/")
        self.page.locator("form:has(input[name=username]) button").get_by_text(name, exact=True).click()
        self.page.wait_for_url(re.compile(r"/(desk|cockpit)/"))

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done in the block leads to another page, whole when the block ends."""
        self.page.evaluate("window.kcLeft = false")
        yield
        self.page.wait_for_function("() => window.kcLeft === undefined && document.readyState === 'complete'")

    def press(self, button: str) -> None:
        """Press a button that leads to another page."""
        with self.leaving():
            self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        """Follow the first link of that name."""
        with self.leaving():
            self.page.get_by_role("link", name=link, exact=True).first.click()

    def told(self) -> str:
        """What the page says of the last act."""
        return str(self.page.locator(".kc-messages").inner_text())

    def accept(self) -> None:
        """Nothing went wrong behind what was looked at."""
        assert self.faults == []


class Company:
    """Several people, each with a window of their own that stays signed in; one of them acts at a time."""

    def __init__(self, chromium: Any, site: Site) -> None:
        self.chromium, self.site, self.windows = chromium, site, dict[str, Visitor]()
        self.now: Visitor | None = None

    def become(self, name: str) -> None:
        """Go on as one of the demo's people, in his own window."""
        if name not in self.windows:
            self.windows[name] = Visitor(self.chromium, self.site)
            self.windows[name].become(name)
        self.now = self.windows[name]

    def __getattr__(self, name: str) -> Any:
        """What the one who acts can do."""
        return getattr(self.now, name)


@contextmanager
def in_company(chromium: Any, site: Site, request: pytest.FixtureRequest) -> Iterator[Company]:
    """As ``visiting``, for several."""
    company = Company(chromium, site)
    try:
        yield company
        if company.now is not None and request.node.stash.get(FAILED, False):
            company.page.screenshot(path=LEFT / f"{site.log.stem}.png", full_page=True)
        else:
            for window in company.windows.values():
                window.accept()
    finally:
        for window in company.windows.values():
            window.context.close()


@contextmanager
def visiting(chromium: Any, site: Site, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor for a block; where the test fails a picture is kept in build/journeys."""
    somebody = Visitor(chromium, site)
    try:
        yield somebody
        if request.node.stash.get(FAILED, False):
            somebody.page.screenshot(path=LEFT / f"{site.log.stem}.png", full_page=True)
        else:
            somebody.accept()
    finally:
        somebody.context.close()


@pytest.fixture
def visitor(chromium: Any, site: Site, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Somebody with a demo year of their own."""
    with visiting(chromium, site, request) as somebody:
        yield somebody


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Let fixtures know at their end how the test went."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
