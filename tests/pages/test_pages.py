# SPDX-License-Identifier: Apache-2.0
"""Every page of the demo year in a real browser: nothing that shuts anybody out, a phone, a printer."""

from __future__ import annotations

import re
from typing import Any

import pytest

from harness.crawl import crawl
from harness.site import Site
from harness.visitor import DESK, PHONE, visiting

pytestmark = [pytest.mark.page, pytest.mark.timeout(600)]
PEOPLE = ("leader", "head", "staff", "district", "firm", "system", "security", "audit")
STILL_SHOWN = """[...document.querySelectorAll('nav, aside, .kc-top, .kc-foot, .btn, .kc-filters')]
  .filter(one => one.getClientRects().length).map(one => one.outerHTML.slice(0, 120))"""
TOO_WIDE = """(() => { const root = document.documentElement, edge = root.clientWidth;
  if (root.scrollWidth <= edge) return [];
  return [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > edge + 0.5
    && !one.parentElement.closest('.kc-table-wrap, .kc-table-scroll, .kc-draft-scroll'))
    .map(one => one.outerHTML.slice(0, 120)).slice(-3); })()"""


@pytest.fixture(scope="session")
def opened() -> set[str]:
    """The kinds of pages that somebody has looked at."""
    return set()


def look(page: Any) -> dict[str, Any]:
    """What is wrong with the page shown: on the desk, on a phone, on paper."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - half a megabyte

    found = Axe().run(page).response["violations"]
    barriers = [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
    page.set_viewport_size(PHONE)
    too_wide = page.evaluate(TOO_WIDE)
    page.set_viewport_size(DESK)
    page.emulate_media(media="print")
    printed = page.evaluate(STILL_SHOWN)
    page.emulate_media(media="screen")
    headings = page.locator("h1").count()
    return {"barriers": barriers, "too wide": too_wide, "printed": printed, "headings": headings}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_can_be_used_by_everyone_everywhere(
    person: str,
    chromium: Any,
    shared_site: Site,
    opened: set[str],
    request: pytest.FixtureRequest,
    subtests: pytest.Subtests,
) -> None:
    with visiting(chromium, shared_site, request) as visitor:
        visitor.open("/access/sign-in/")
        shown = re.findall(r'value="demo-[\w-]*?(\w+)"><button[^>]*>(.+?)<', visitor.page.content())
        visitor.become(next(name for role, name in shown if role == person))

        def fetch(address: str) -> str | None:
            answer = visitor.context.request.get(address)
            return answer.text() if "text/html" in answer.headers.get("content-type", "") else None

        for name, address, html in crawl(fetch):
            if name in opened or html is None:
                continue
            opened.add(name)
            with subtests.test(address=address):
                answer = visitor.open(address)
                assert answer.status == 200
                expected = {"barriers": [], "too wide": [], "printed": [], "headings": 1}
                assert look(visitor.page) == expected


def test_the_pages_of_a_stranger_can_be_used_everywhere(
    chromium: Any, shared_site: Site, request: pytest.FixtureRequest, subtests: pytest.Subtests
) -> None:
    with visiting(chromium, shared_site, request) as visitor:
        for address in ("/access/sign-in/", "/no/such/page/"):
            with subtests.test(address=address):
                visitor.open(address)
                assert look(visitor.page) == {
                    "barriers": [], "too wide": [], "printed": [], "headings": 1,
                }  # fmt: skip
