# SPDX-License-Identifier: Apache-2.0
"""The left navigation, by business (导航).

Each app offers its entries in ``AppConfig.ready``; ``access`` fills ``may_open`` so that nobody sees a door
that is closed to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from kechuang.commons.kernel.ports import Port

Label = object  # a string, or a lazy translation


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry: where it leads, who may open it, and the path prefix under which it is the current one."""

    group: str
    label: Label
    url_name: str
    order: int
    permission: str | None = None
    match: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A business in the navigation."""

    code: str
    label: Label
    order: int


class Shown(NamedTuple):
    """An entry as it is drawn."""

    label: Label
    url: str
    icon: str
    current: bool


class ShownGroup(NamedTuple):
    """A group as it is drawn."""

    label: Label
    entries: list[Shown]


MayOpen = Callable[[HttpRequest, NavItem], bool]
may_open: Port[MayOpen] = Port("ui.navigation.may_open")

_ITEMS: dict[str, NavItem] = {}
_GROUPS: dict[str, NavGroup] = {"": NavGroup("", "", 0)}
_ADDRESSES: dict[tuple[str, str, str], str] = {}


def register_group(code: str, label: Label, order: int) -> None:
    """Name a group; the group ``""`` stands first without a name."""
    _GROUPS[code] = NavGroup(code, label, order)


def register_nav(
    group: str,
    label: Label,
    url_name: str,
    order: int,
    *,
    permission: str | None = None,
    match: str = "",
    icon: str = "",
) -> None:
    """Offer an entry; registering a URL name again replaces it.

    ``match`` is the path prefix under which the entry is current, by default its own address.
    """
    _ITEMS[url_name] = NavItem(group, label, url_name, order, permission, match, icon)


def nav_labels() -> dict[str, tuple[Label, Label]]:
    """What each URL name in the navigation is called, and the business it stands in."""
    return {
        name: (item.label, _GROUPS[item.group].label if item.group in _GROUPS else "")
        for name, item in _ITEMS.items()
    }


def navigation_for(request: HttpRequest) -> list[ShownGroup]:
    """The groups and entries this viewer may open; the entry with the longest matching prefix is current."""
    checks = may_open.all()
    seen = [
        (item, url)
        for item in sorted(_ITEMS.values(), key=lambda item: item.order)
        if (url := _address(item.url_name)) is not None and all(check(request, item) for check in checks)
    ]
    current = _current(request.path, seen)
    groups: dict[str, list[Shown]] = {}
    for item, url in seen:
        groups.setdefault(item.group, []).append(Shown(item.label, url, item.icon, item is current))
    named = [_GROUPS.get(code) or NavGroup(code, code, 1000) for code in groups]
    return [
        ShownGroup(group.label, groups[group.code]) for group in sorted(named, key=lambda group: group.order)
    ]


def _current(path: str, seen: Iterable[tuple[NavItem, str]]) -> NavItem | None:
    best: NavItem | None = None
    length = 0
    for item, url in seen:
        prefix = item.match or url
        fits = path == prefix if prefix == get_script_prefix() else path.startswith(prefix)
        if fits and len(prefix) > length:
            best, length = item, len(prefix)
    return best


def _address(url_name: str) -> str | None:
    key = (url_name, get_urlconf() or "", get_script_prefix())
    if key not in _ADDRESSES:
        try:
            _ADDRESSES[key] = reverse(url_name)
        except NoReverseMatch:
            return None  # the business is not installed in this city
    return _ADDRESSES[key]
