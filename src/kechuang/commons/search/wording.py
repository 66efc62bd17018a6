# SPDX-License-Identifier: Apache-2.0
"""The digest of a record's words, and marked words as HTML."""

from __future__ import annotations

import hashlib

from django.utils.html import escape
from django.utils.safestring import SafeString

from kechuang.commons.kernel.searching import Searchable
from kechuang.commons.search.grams import Span


def digest_of(text: Searchable) -> str:
    """Changes with the words."""
    return hashlib.sha256(f"{text.title}\0{text.body}".encode()).hexdigest()[:20]


def marked(text: str, spans: list[Span]) -> SafeString:
    """The text as HTML with what was found in ``<mark>``."""
    parts, last = [], 0
    for start, end in spans:
        parts.append(f"{escape(text[last:start])}<mark>{escape(text[start:end])}</mark>")
        last = end
    return SafeString("".join([*parts, escape(text[last:])]))
