# SPDX-License-Identifier: Apache-2.0
"""Texts and questions as character 1-2-grams (字符一元、二元), and the marking of what was found. Pure.

A text is folded first: full-width to half-width, upper to lower case; the offsets into the text as written are kept.
Grams have no dictionary: names of firms, numbers and half-typed words are found alike.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_TERMS, LONGEST_TERM = 8, 40
BEFORE, AFTER = 12, 48
_TERM = re.compile(r"[\w\-./()〔〕]*\w[\w\-./()〔〕]*")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, and for each of its characters the place in the text as written."""

    text: str
    places: tuple[int, ...]


def folded(text: str) -> Folded:
    """Fold a text, character by character."""
    marks: list[str] = []
    places: list[int] = []
    for place, mark in enumerate(text):
        plain = unicodedata.normalize("NFKC", mark).casefold()
        marks.append(plain)
        places.extend([place] * len(plain))
    return Folded("".join(marks), tuple(places))


def terms_of(question: str) -> list[str]:
    """The words asked for: what stands between spaces and marks, folded; the first few."""
    found = _TERM.findall(folded(question[:400]).text)
    return list(dict.fromkeys(term[:LONGEST_TERM] for term in found))[:MOST_TERMS]


def grams_of(term: str) -> list[str]:
    """The pairs of characters of a term; of a single character, itself."""
    pairs = [term[place : place + 2] for place in range(len(term) - 1)]
    return list(dict.fromkeys(pairs)) or [term]


def whole_in(terms: list[str], *texts: str) -> frozenset[str]:
    """The terms that stand as a whole in one of the texts."""
    plain = [folded(text).text for text in texts]
    return frozenset(term for term in terms if any(term in text for text in plain))


def spans_of(terms: list[str], text: str, whole: frozenset[str]) -> list[Span]:
    """Where the terms stand in a text as written; of a term that stands ``whole`` nowhere, where its pairs do."""
    known = folded(text)
    hit = [False] * len(text)
    for term in terms:
        pieces = [term] if term in whole else grams_of(term)
        for piece in pieces:
            start = known.text.find(piece)
            while start >= 0:
                for place in known.places[start : start + len(piece)]:
                    hit[place] = True
                start = known.text.find(piece, start + 1)
    return _runs(hit)


def _runs(hit: list[bool]) -> list[Span]:
    runs: list[Span] = []
    for place, is_hit in enumerate(hit):
        if not is_hit:
            continue
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def excerpt(terms: list[str], text: str, whole: frozenset[str]) -> tuple[str, list[Span]]:
    """The part of a text around its longest hit, with the places to mark; empty where nothing was found."""
    plain = " ".join(text.split())
    spans = spans_of(terms, plain, whole)
    if not spans:
        return "", []
    first = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    start, end = max(0, first[0] - BEFORE), min(len(plain), first[1] + AFTER)
    before, after = "…" if start else "", "…" if end < len(plain) else ""
    moved = [
        (max(a, start) - start + len(before), min(b, end) - start + len(before))
        for a, b in spans
        if a < end and b > start
    ]
    return f"{before}{plain[start:end]}{after}", moved
