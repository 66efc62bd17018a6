# SPDX-License-Identifier: Apache-2.0
"""Duties kept apart (职责分离), declared as content and asked before every grant and delegation.

A declaration names two sides by patterns over permissions, which the naming grammar ``app.verb_noun`` makes possible:
``*.accept_*`` beside ``*.decide_*`` keeps apart whoever accepts and whoever decides in the same room. Within
"account" no account may hold both sides; within "item" the room's own actions keep the two apart thing by thing.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from kechuang.commons.access.pieces import SeparationPiece
from kechuang.commons.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class Clash:
    """A pair of permissions that would meet in one account."""

    separation: SeparationPiece
    one: str
    other: str


separations: Port[Callable[[], Iterable[SeparationPiece]]] = Port("access.separations")


def declared() -> list[SeparationPiece]:
    """Every declaration that the site offers."""
    return [separation for offered in separations.all() for separation in offered()]


def clashes(permissions: Collection[str], *, within: str = "account") -> list[Clash]:
    """The pairs among the permissions that a declaration keeps apart."""
    return [
        Clash(separation, one, other)
        for separation in declared()
        if separation.within == within
        for one in sorted(fitting(permissions, separation.one))
        for other in sorted(fitting(permissions, separation.other))
        if one != other and _same_room(separation, one, other)
    ]


def fitting(permissions: Collection[str], patterns: Iterable[str]) -> set[str]:
    """The permissions that one side of a declaration names."""
    return {name for pattern in patterns for name in fnmatch.filter(permissions, pattern)}


def _same_room(separation: SeparationPiece, one: str, other: str) -> bool:
    """Patterns over every room ("*.…") mean two permissions of one room."""
    every = all(pattern.startswith("*.") for pattern in (*separation.one, *separation.other))
    return not every or one.partition(".")[0] == other.partition(".")[0]
