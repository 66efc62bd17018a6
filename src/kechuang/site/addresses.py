# SPDX-License-Identifier: Apache-2.0
"""The names of the installed pages."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


@functools.cache
def page_names() -> frozenset[str]:
    """Every installed address by its full name ("workplan:task-list")."""
    return frozenset(_names(get_resolver(), ""))


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name
