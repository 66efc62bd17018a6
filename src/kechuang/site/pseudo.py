# SPDX-License-Identifier: Apache-2.0
"""The pseudo-locale: every text that went through gettext stands in ⟦brackets⟧."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

_BRACKETS: ContextVar[bool] = ContextVar("kechuang_brackets", default=True)


@contextmanager
def without_brackets() -> Iterator[None]:
    """For a test of the words themselves."""
    token = _BRACKETS.set(False)
    try:
        yield
    finally:
        _BRACKETS.reset(token)


def _bracket(text: str) -> str:
    marked = f"⟦{text}⟧" if _BRACKETS.get() else text
    return mark_safe(marked) if isinstance(text, SafeString) else marked  # noqa: S308 -- the text was safe before


def bracket_translations() -> None:
    """Wrap Django's translation functions once."""
    inner: Any = translation._trans  # type: ignore[attr-defined] # noqa: SLF001 -- the one place all calls pass
    if getattr(inner, "bracketed", False):
        return
    for name in ("gettext", "pgettext", "ngettext", "npgettext"):
        original = getattr(inner, name)

        def wrapped(*args: Any, original: Any = original) -> str:
            return _bracket(original(*args))

        setattr(inner, name, wrapped)
    inner.bracketed = True
