# SPDX-License-Identifier: Apache-2.0
"""Browsers by their names (浏览器名称). Pure."""

from __future__ import annotations

_BROWSERS = {
    "Edg": "Edge",
    "QQBrowser": "QQ",
    "360SE": "360",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def agent_words(agent: str) -> str:
    """A browser and its system as people call them, else what the browser says of itself."""
    names = [
        next((name for mark, name in known.items() if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return " ".join(name for name in names if name) or agent[:40]
