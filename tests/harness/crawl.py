# SPDX-License-Identifier: Apache-2.0
"""Every page that a person reaches by links, a few of each kind, and every address that those pages ask."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"']+)["']""")
ASKED = re.compile(r"""\b(?:action|hx-get|hx-post|data-kc-autosave)=["']([^"']+)["']""")
OF_A_KIND = 2


def crawl(
    fetch: Callable[[str], str | None], starts: Sequence[str] = ("/desk/", "/")
) -> Iterator[tuple[str, str, str | None]]:
    """(name, address, HTML) of pages, breadth first; ``fetch`` gives the HTML, None for a file or a failure.

    It starts at what waits for the person, then at his first page: of each kind what asks for an act is seen first.
    """
    seen, kinds, waiting = set(starts), Counter[str](), deque(starts)
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        if name is None or kinds[name] >= OF_A_KIND:
            continue
        kinds[name] += 1
        page = fetch(address)
        yield name, address, page
        for found in addresses(LINK, page or "", address):
            if found not in seen:
                seen.add(found)
                waiting.append(found)


def addresses(kind: re.Pattern[str], page: str, at: str) -> list[str]:
    """The addresses of a kind on a page, those of other hosts left out."""
    found = [urldefrag(urljoin(at, html.unescape(link))).url for link in kind.findall(page)]
    return [address for address in found if address.startswith("/")]


def name_of(address: str) -> str | None:
    """The name of the page behind an address; None where the product has none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
