# SPDX-License-Identifier: Apache-2.0
"""What follows from a journal verb (后续): subscribers run after commit, through the outbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kechuang.commons.kernel.models import Entry

Subscriber = Callable[["Entry"], None]
_SUBSCRIBERS: dict[str, dict[str, Subscriber]] = defaultdict(dict)


def subscribes(*verbs: str) -> Callable[[Subscriber], Subscriber]:
    """Run the function after an entry with one of ``verbs`` is committed; it must be safe to run twice."""

    def register(function: Subscriber) -> Subscriber:
        for verb in verbs:
            _SUBSCRIBERS[verb][f"{function.__module__}.{function.__qualname__}"] = function
        return function

    return register


def subscribers_of(verb: str) -> dict[str, Subscriber]:
    """The subscribers of a verb by their dotted names."""
    return dict(_SUBSCRIBERS.get(verb, {}))
