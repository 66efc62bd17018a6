# SPDX-License-Identifier: Apache-2.0
"""What a reader gives: the text of a file, and its tables with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kechuang.engines.plandoc import Table

_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSTORABLE: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file as it is stored and pointed into."""

    text: str
    tables: tuple[Table, ...] = ()


def storable(text: str) -> str:
    """Line breaks of one kind, no sign that a database or a page cannot hold."""
    return _UNSTORABLE.sub("", _BREAKS.sub("\n", text))
