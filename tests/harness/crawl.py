# SPDX-License-Identifier: Apache-2.0
"""Every page that a person reaches by links, a few of each kind."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"']+)["']""")
OF_A_KIND = 2


def crawl(fetch: Callable[[str], str | None], start: str = "/") -> Iterator[tuple[str, str]]:
    """(name of the address, address), breadth first; ``fetch`` gives a page's HTML, None for what is not a page."""
    seen, kinds, waiting = {start}, Counter[str](), deque([start])
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        if name is None or kinds[name] >= OF_A_KIND:
            continue
        kinds[name] += 1
        yield name, address
        for link in LINK.findall(fetch(address) or ""):
            found = urldefrag(urljoin(address, html.unescape(link))).url
            if found.startswith("/") and found not in seen:
                seen.add(found)
                waiting.append(found)


def name_of(address: str) -> str | None:
    """The name of the page behind an address; None where the product has none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
