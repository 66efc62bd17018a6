# SPDX-License-Identifier: Apache-2.0
"""Where responsibility is stated (责任落款): brackets that close a sentence, and field lines such as 牵头单位：甲.

A bracket is a statement when it carries a label, ends its names with a role verb, or holds nothing but office
names at the end of a sentence. Brackets are matched with a stack, so 省市场监管局（省知识产权局） stays one name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.parties import (
    LABEL,
    RULE_FIRST_LEADS,
    Party,
    looks_like_office,
    parties_of,
)
from kechuang.engines.plandoc.proposal import Span

_LONGEST_BRACKET = 600
_LONGEST_BARE = 24


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of responsibility: outer place, place of its content, parties."""

    start: int
    end: int
    content: Span
    parties: tuple[Party, ...]
    is_field: bool


class Statements(Sequence[Statement]):
    """All statements of a document in order, with fast look-up by place."""

    def __init__(self, found: list[Statement]) -> None:
        self._found = sorted(found, key=lambda statement: statement.start)
        self._starts = [statement.start for statement in self._found]

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def within(self, start: int, end: int) -> list[Statement]:
        """Statements that begin in [start, end)."""
        return self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def find_statements(manuscript: Manuscript, known: frozenset[str]) -> Statements:
    """Every statement in the paragraphs of the text (cells of tables have columns instead)."""
    found: list[Statement] = []
    for start, end in manuscript.paragraphs:
        brackets = list(_bracket_statements(manuscript.read, start, end, known))
        found += brackets
        found += _field_statements(manuscript.read, start, end, brackets)
    return Statements(found)


def _brackets(read: str, start: int, end: int) -> Iterator[Span]:
    """Outermost balanced brackets."""
    stack: list[int] = []
    place = start
    while (place := _next_bracket(read, place, end)) < end:
        if read[place] == "（":
            stack.append(place)
        elif stack:
            opened = stack.pop()
            if not stack:
                yield opened, place + 1
        place += 1
    # An opening bracket that never closes hides what follows it: read again behind it.
    if stack and stack[0] + 1 < end and len(stack) < _LONGEST_BARE:
        yield from _brackets(read, stack[0] + 1, end)


def _next_bracket(read: str, place: int, end: int) -> int:
    opening, closing = read.find("（", place, end), read.find("）", place, end)
    return min(opening if opening >= 0 else end, closing if closing >= 0 else end)


def _bracket_statements(read: str, start: int, end: int, known: frozenset[str]) -> Iterator[Statement]:
    for opened, closed in _brackets(read, start, end):
        inner = (opened + 1, closed - 1)
        if closed - opened > _LONGEST_BRACKET or closed - opened < 4:
            continue
        if RULE_FIRST_LEADS.fullmatch(read, *inner) and "：" not in read[inner[0] : inner[1]]:
            continue
        label = LABEL.match(read, *inner)
        if label is None and not _closes(read, opened, closed, end):
            continue
        parties = parties_of(read, *inner)
        if parties and (label is not None or _names_offices(read, parties, known)):
            yield Statement(opened, closed, inner, tuple(parties), is_field=False)


def _closes(read: str, opened: int, closed: int, end: int) -> bool:
    """The bracket stands at the end of a sentence."""
    after = read[closed : closed + 1]
    return closed >= end or after in "。；\n " or (opened > 0 and read[opened - 1] in "。；！")


def _names_offices(read: str, parties: list[Party], known: frozenset[str]) -> bool:
    names = [read[party.span[0] : party.span[1]] for party in parties]
    verbs = any(party.verb for party in parties)
    if verbs:
        return all(len(name) <= _LONGEST_BARE for name in names)
    return all(name in known or (len(name) <= _LONGEST_BARE and looks_like_office(name)) for name in names)


def _field_statements(read: str, start: int, end: int, brackets: Sequence[Statement]) -> Iterator[Statement]:
    """Labels outside brackets, at the beginning of a paragraph or of a sentence; they run to the full stop."""
    cursor = start
    for label in LABEL.finditer(read, start, end):
        begin = label.start()
        if begin < cursor or any(b.start <= begin < b.end for b in brackets):
            continue
        opens = begin == start or read[begin - 1] in "。；！） ，" or _after_number(read, start, begin)
        if not opens:
            continue
        stop = read.find("。", label.end(), end)
        stop = end if stop < 0 else stop
        if stop - label.end() > _LONGEST_BRACKET:
            continue
        parties = parties_of(read, begin, stop)
        if parties or label.lastgroup == "time":
            yield Statement(begin, stop, (begin, stop), tuple(parties), is_field=True)
            cursor = stop


def _after_number(read: str, start: int, begin: int) -> bool:
    return begin - start < 4 and read[start] in "（(0123456789①②③④⑤"
