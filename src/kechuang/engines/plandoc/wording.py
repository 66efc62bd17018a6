# SPDX-License-Identifier: Apache-2.0
"""How two texts differ (文字差异) and how alike they are, for Chinese text without word boundaries.

>>> wording("培育企业50家。", "培育科技企业60家。")
(('equal', '培育'), ('insert', '科技'), ('equal', '企业'), ('delete', '50'), ('insert', '60'), ('equal', '家。'))
>>> likeness("推进成果转化", "推进科技成果转化"), likeness("推进成果转化", "优化办公环境")
(0.6667, 0.0)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

Op = Literal["equal", "insert", "delete"]
Segment = tuple[Op, str]

_SENTENCE: Final = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|.", re.DOTALL)
_LARGEST: Final = 4_000_000
"""Stretches whose lengths multiply to more than this are shown as replaced whole: nobody reads a finer difference."""
_ISLAND: Final = 2
"""An equal stretch shorter than this between two changes is noise (a lone 的) and joins them."""


def wording(before: str, after: str) -> tuple[Segment, ...]:
    """Segments that turn `before` into `after`: equal + delete spell the one, equal + insert the other.

    Sentences are compared first, then the words of those that changed. A number or a Latin word is one word; every
    Chinese character is one.
    """
    steps: list[Segment] = []
    for same, old, new in _changes(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        if same or len(old) * len(new) > _LARGEST:
            steps += _step(old, new, same=same)
        else:
            steps += _words(old, new)
    return tuple(_merged(steps))


def likeness(one: str, two: str) -> float:
    """Share of common pairs of neighbouring characters (Dice), 0 to 1; the order of sentences does not matter."""
    first, second = _pairs(one), _pairs(two)
    if not first or not second:
        return float(one == two)
    return round(2 * len(first & second) / (len(first) + len(second)), 4)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    letters = re.sub(r"[\W_]+", "", text)
    return frozenset(a + b for a, b in pairwise(letters))


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """(same, old text, new text) of every stretch."""
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield op == "equal", "".join(old[i1:i2]), "".join(new[j1:j2])


def _words(before: str, after: str) -> Iterator[Segment]:
    changes = list(_changes(_WORD.findall(before), _WORD.findall(after)))
    last = len(changes) - 1
    for place, (same, old, new) in enumerate(changes):
        island = 0 < place < last and len(old) < _ISLAND
        yield from _step(old, new, same=same and not island)


def _step(old: str, new: str, *, same: bool) -> list[Segment]:
    return [("equal", old)] if same else [("delete", old), ("insert", new)]


def _merged(steps: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbouring changes become one deletion and one insertion; neighbouring equals one; nothing is empty."""
    open_text: dict[Op, str] = {"equal": "", "delete": "", "insert": ""}
    for op, text in steps:
        if not text:
            continue
        closing: tuple[Op, ...] = ("delete", "insert") if op == "equal" else ("equal",)
        yield from _flushed(open_text, closing)
        open_text[op] += text
    yield from _flushed(open_text, ("equal", "delete", "insert"))


def _flushed(open_text: dict[Op, str], ops: Iterable[Op]) -> Iterator[Segment]:
    for op in ops:
        if open_text[op]:
            yield op, open_text[op]
            open_text[op] = ""
