# SPDX-License-Identifier: Apache-2.0
"""How people name a record in a line of text (引用): by number, by a name only one has, by ref."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist

from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.refs import Ref, resolvable_kinds

numbered: Port[Callable[[str], Ref | None]] = Port("numbered")


def cited(word: str) -> Ref:
    """The record a word names, of a kind that can be shown and really there. Raises LookupError."""
    for find in numbered.all():
        ref = find(word)
        if ref is not None:
            return ref
    try:
        ref = Ref.parse(word)
        if ref.kind in resolvable_kinds() and ref.fetch() is not None:
            return ref
    except (ValueError, ObjectDoesNotExist):
        pass
    raise LookupError(word)


def words_in(text: str) -> list[str]:
    """The words of a line: separated by blanks or 、."""
    return [word for word in re.split(r"[\s、，,；;]+", text) if word]
