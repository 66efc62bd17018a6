# SPDX-License-Identifier: Apache-2.0
"""What the program asks for (权限目录): every guarded page, every action, the permissions each asks, in words.

Nothing is declared twice: pages are read from the addresses and their guards, actions from their registry, and the
permissions an action asks from the code of its ``can_…`` function.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kechuang.commons.access.asking import asked_by
from kechuang.commons.access.guards import Guard
from kechuang.commons.kernel.actions import ACTIONS
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui.navigation import nav_labels

BETWEEN, MOST_NAMED = "、", 3


@dataclass(frozen=True, slots=True)
class Page:
    """An address: its name ("access:own"), how it is written, its guard, and what it is called."""

    name: str
    address: str
    guard: Guard
    words: str


@dataclass(frozen=True, slots=True)
class Act:
    """An action: its verb, its name in words, the permissions its ``can_…`` function asks."""

    verb: str
    words: str
    permissions: frozenset[str]


def pages() -> list[Page]:
    """Every address of the site."""
    labels = nav_labels()
    return [
        Page(name, f"/{address}", pattern.callback.guard, str(labels.get(name, ("",))[0]))
        for name, address, pattern in _patterns(get_resolver())
        if hasattr(pattern.callback, "guard")
    ]


def _patterns(
    resolver: URLResolver, space: str = "", before: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _patterns(pattern, inner, f"{before}{pattern.pattern}")
        else:
            yield f"{space}{pattern.name}", f"{before}{pattern.pattern}", pattern


def acts() -> list[Act]:
    """Every action."""
    return [
        Act(verb, verb_words(verb), asked_by(run.permission))  # type: ignore[attr-defined]
        for verb, run in sorted(ACTIONS.items())
    ]


_NAMED: dict[str, str | Promise] = {}


def name_permissions(words: Mapping[str, str | Promise]) -> None:
    """Give a Chinese name to permissions that no single action or page of the navigation names."""
    _NAMED.update(words)


def permission_words(permission: str) -> str:
    """A permission in words: its own name, else what its actions do, else what its pages are called, else itself."""
    return str(_NAMED.get(permission) or _words().get(permission, permission))


def short_words(permission: str) -> str:
    """The same, cut to its first names: for a sentence."""
    names = permission_words(permission).split(BETWEEN)
    return BETWEEN.join(names[:MOST_NAMED]) + (_("等") if len(names) > MOST_NAMED else "")


@functools.cache
def _words() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    opened = pages()  # first: with their views the rooms' actions are loaded
    for act in acts():
        for permission in act.permissions:
            found.setdefault(permission, []).append(act.words)
    for page in opened:
        if page.words and page.guard.permission and page.guard.permission not in found:
            found.setdefault(page.guard.permission, []).append(_("查看%(page)s") % {"page": page.words})
    return {permission: BETWEEN.join(dict.fromkeys(words)) for permission, words in found.items()}


def business_of(permission: str) -> str:
    """The business a permission belongs to: where its room stands in the navigation, else the room's own name."""
    room = permission.partition(".")[0]
    for name, (_label, group) in nav_labels().items():
        if group and name.partition(":")[0] == room:
            return str(group)
    config = apps.app_configs.get(room)
    return str(config.verbose_name) if config is not None else room
