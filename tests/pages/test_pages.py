# SPDX-License-Identifier: Apache-2.0
"""Every page of the demo year in a real browser: nothing that shuts anybody out, a phone, a printer."""

from __future__ import annotations

import re
from typing import Any

import pytest

from harness.crawl import crawl
from harness.site import Site
from harness.visitor import DESK, PHONE, Visitor, visiting

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


def look(visitor: Visitor, address: str, status: int = 200) -> list[str]:
    """What is wrong with a page on the desk, on a phone, on paper."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - half a megabyte

    page = visitor.page
    answered = visitor.open(address).status
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    page.set_viewport_size(PHONE)
    found += [f"wider than a phone: {html}" for html in page.evaluate(TOO_WIDE)]
    page.set_viewport_size(DESK)
    page.emulate_media(media="print")
    found += [f"printed: {html}" for html in page.evaluate(STILL_SHOWN)]
    page.emulate_media(media="screen")
    found += [f"answers {answered}"] if answered != status else []
    return [f"{address} {what}" for what in found]


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_can_be_used_by_everyone_everywhere(
    person: str,
    chromium: Any,
    shared_site: Site,
    opened: set[str],
    request: pytest.FixtureRequest,
) -> None:
    with visiting(chromium, shared_site, request) as visitor:
        visitor.open("/access/sign-in/")
        shown = re.findall(r'value="demo-[\w-]*?(\w+)"><button[^>]*>(.+?)<', visitor.page.content())
        visitor.become(next(name for role, name in shown if role == person))

        def fetch(address: str) -> str | None:
            answer = visitor.context.request.get(address)
            return answer.text() if "text/html" in answer.headers.get("content-type", "") else None

        wrong = []
        for name, address, html in crawl(fetch):
            if name not in opened and html is not None:
                opened.add(name)
                wrong += look(visitor, address)
        assert not wrong, "\n".join(wrong)


def test_the_pages_of_a_stranger_can_be_used_everywhere(
    chromium: Any, shared_site: Site, request: pytest.FixtureRequest
) -> None:
    with visiting(chromium, shared_site, request) as visitor:
        wrong = [*look(visitor, "/access/sign-in/"), *look(visitor, "/no/such/page/", status=404)]
        assert not wrong, "\n".join(wrong)
