# SPDX-License-Identifier: Apache-2.0
"""What follows from a journal entry (后续): subscribers run after commit, through the outbox.

To a verb: ``@subscribes("workplan.plan.issued")``; to all that happens to records of some kinds: ``follow(…)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kechuang.commons.kernel.models import Entry

Subscriber = Callable[["Entry"], None]
_SUBSCRIBERS: dict[str, dict[str, Subscriber]] = defaultdict(dict)
_FOLLOWERS: dict[str, dict[str, Subscriber]] = defaultdict(dict)


def subscribes(*verbs: str) -> Callable[[Subscriber], Subscriber]:
    """Run the function after an entry with one of ``verbs`` is committed; it must be safe to run twice."""

    def register(function: Subscriber) -> Subscriber:
        for verb in verbs:
            _SUBSCRIBERS[verb][_name(function)] = function
        return function

    return register


def follow(function: Subscriber, kinds: Iterable[str]) -> None:
    """Run the function after every entry about a record of one of ``kinds`` ("parties.organization")."""
    for kind in kinds:
        _FOLLOWERS[kind][_name(function)] = function


def _name(function: Subscriber) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def subscribers_of(entry: Entry) -> dict[str, Subscriber]:
    """The subscribers of an entry's verb and of the kind of its record, by their dotted names."""
    return {**_FOLLOWERS.get(entry.ref_kind, {}), **_SUBSCRIBERS.get(entry.verb, {})}
