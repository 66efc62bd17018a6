# SPDX-License-Identifier: Apache-2.0
"""A few simple line icons, drawn on a grid of 24; an icon never stands without words."""

from __future__ import annotations

from functools import cache

from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "home": "M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6",
    "desk": "M4 13h4l2 3h4l2-3h4M4 13l3-8h10l3 8v6H4z",
    "plan": "M6 4h12v16H6zM9 9h6M9 13h6M9 17h3",
    "list": "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
    "grid": "M4 4h16v16H4zM4 12h16M12 4v16",
    "chart": "M4 20h16M7 20v-6M12 20V6M17 20v-9",
    "building": "M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 13h3",
    "people": (
        "M9 11a3 3 0 100-6 3 3 0 000 6zM3 20c0-4 2-6 6-6s6 2 6 6M16 5.5a3 3 0 010 5M17 14c3 .5 4 2.5 4 6"
    ),
    "flag": "M6 21V4h12l-3 4 3 4H6",
    "bell": "M6 17h12l-1.5-2.5V10a4.5 4.5 0 00-9 0v4.5zM10.5 20h3",
    "search": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5L20 20",
    "download": "M12 4v11M7.5 11l4.5 4.5L16.5 11M5 20h14",
    "upload": "M12 16V5M7.5 9L12 4.5 16.5 9M5 20h14",
    "plus": "M12 5v14M5 12h14",
    "edit": "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
    "check": "M5 13l4.5 4.5L19 7",
    "close": "M6 6l12 12M18 6L6 18",
    "clock": "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3 2",
    "calendar": "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4",
    "file": "M7 3h7l4 4v14H7zM14 3v4h4",
    "link": "M10 14a4 4 0 005.5.5l3-3A4 4 0 0013 6l-1 1M14 10a4 4 0 00-5.5-.5l-3 3A4 4 0 0011 18l1-1",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "columns": "M4 5h16v14H4zM9.5 5v14M14.5 5v14",
    "filter": "M4 5h16l-6 7.5V19l-4-2v-4.5z",
    "user": "M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c0-4.5 3-7 8-7s8 2.5 8 7",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "back": "M10 6l-6 6 6 6M4 12h16",
    "settings": "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h5M13 12h7",
    "info": "M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v5M12 8v.1",
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v.1",
}
NAMES = tuple(_PATHS)


@cache
def icon(name: str) -> SafeString:
    """The icon ``name`` as inline SVG, hidden from screen readers. Raises KeyError for an unknown name."""
    return mark_safe(  # noqa: S308 -- constant text
        '<svg class="kc-icon" aria-hidden="true" width="18" height="18" viewBox="0 0 24 24" fill="none" '
        f'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{_PATHS[name]}"/></svg>'
    )
