# SPDX-License-Identifier: Apache-2.0
"""Which permissions a ``can_…`` function asks, read from its code: nothing is declared twice. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType
from typing import Any

PERMISSION = re.compile(r"[a-z]+\.[a-z]+_[a-z_]+")


@functools.cache
def asked_by(predicate: Callable[..., Any]) -> frozenset[str]:
    """The permissions that a ``can_…`` function names, itself, by a constant, or through a function it stands on."""
    found: set[str] = set()
    waiting, seen = [predicate], {predicate}
    while waiting:
        function = waiting.pop()
        texts, names = _constants(function.__code__)
        called = [function.__globals__.get(name) for name in names]
        found.update(text for text in _texts([*texts, *called]) if PERMISSION.fullmatch(text))
        for other in called:
            if isinstance(other, FunctionType) and _is_predicate(other, predicate) and other not in seen:
                seen.add(other)
                waiting.append(other)
    return frozenset(found)


def _texts(values: Iterable[object]) -> Iterator[str]:
    """The texts among values, those inside tuples and sets too."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | frozenset):
            yield from _texts(value)


def _is_predicate(function: FunctionType, predicate: Callable[..., Any]) -> bool:
    """Another ``can_…``, or a function beside the one that is read."""
    return function.__name__.startswith("can_") or function.__module__ == predicate.__module__


def _constants(code: CodeType) -> tuple[list[object], list[str]]:
    """The constants of a function and the names it uses, those of functions inside it too."""
    texts, names = list(code.co_consts), list(code.co_names)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            more = _constants(inner)
            texts += more[0]
            names += more[1]
    return texts, names
