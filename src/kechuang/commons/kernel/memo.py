# SPDX-License-Identifier: Apache-2.0
"""What is read once a request (本次请求只读一次): rules in force, asked for by every line of a page.

@once_per_request
def scheme_in_force(code: str) -> Scheme: ...
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_MEMO: ContextVar[dict[Hashable, Any] | None] = ContextVar("kechuang_memo", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Hold what marked functions answer until the request ends; it begins with nothing remembered."""
    token = _MEMO.set({})
    try:
        yield
    finally:
        _MEMO.reset(token)


def once_per_request(function: Callable[P, R]) -> Callable[P, R]:
    """Answer from memory while ``remembering``, by the arguments; outside of it read every time."""

    @functools.wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        memo = _MEMO.get()
        if memo is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in memo:
            memo[key] = function(*args, **kwargs)
        answer: R = memo[key]
        return answer

    return ask
