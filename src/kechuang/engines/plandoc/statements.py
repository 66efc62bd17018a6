# SPDX-License-Identifier: Apache-2.0
"""Where responsibility is stated (责任落款): brackets that close a sentence, and field lines such as 牵头单位：甲.

A bracket is a statement when it carries a label, ends its names with a role verb, or holds nothing but office
names at the end of a sentence. Brackets are matched with a stack, so 省市场监管局（省知识产权局） stays one name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.marks import inline_marks
from kechuang.engines.plandoc.parties import (
    LABEL,
    RULE_FIRST_LEADS,
    Party,
    looks_like_office,
    parties_of,
)
from kechuang.engines.plandoc.proposal import Span

_LONGEST_BRACKET, _SHORTEST_BRACKET, _LONGEST_BARE, _MARK_WIDTH = 600, 4, 24, 4
_NO_NAME: Final = re.compile(r"\d|%|^(?:含|不含|包括|如|即|见|以下|试点|部分)")


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

    @overload
    def __getitem__(self, index: int) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> list[Statement]: ...
    def __getitem__(self, index: int | slice) -> Statement | list[Statement]:
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
        fields = list(_field_statements(manuscript.read, start, end, brackets))
        taken = _Places(fields)
        found += [bracket for bracket in brackets if not taken.hold(bracket.start)] if fields else brackets
        found += fields
    return Statements(found)


class _Places:
    """Whether a place lies in one of some statements that do not overlap."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._ends = [statement.end for statement in statements]

    def hold(self, place: int) -> bool:
        index = bisect_left(self._ends, place + 1)
        return index < len(self._ends) and self._statements[index].start <= place


def _brackets(read: str, start: int, end: int) -> Iterator[Span]:
    """Outermost balanced brackets. An opening bracket that never closes hides nothing: it is left out."""
    pairs: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(read, start, end):
        if match[0] == "（":
            opened.append(match.start())
        elif opened:
            begin = opened.pop()
            while pairs and pairs[-1][0] > begin:
                pairs.pop()
            pairs.append((begin, match.end()))
    yield from pairs


_BRACKET: Final = re.compile(r"[（）]")


def _bracket_statements(read: str, start: int, end: int, known: frozenset[str]) -> Iterator[Statement]:
    for opened, closed in _brackets(read, start, end):
        inner = (opened + 1, closed - 1)
        if not _SHORTEST_BRACKET <= closed - opened <= _LONGEST_BRACKET:
            continue
        if RULE_FIRST_LEADS.fullmatch(read, *inner) and "：" not in read[inner[0] : inner[1]]:
            continue
        label = LABEL.match(read, *inner)
        if label is None and not _closes(read, opened, closed, end):
            continue
        parties = parties_of(read, *inner)
        alone = opened > start and read[opened - 1] not in "。；！"
        if parties and (label is not None or _names_offices(read, parties, known, alone=alone)):
            yield Statement(opened, closed, inner, tuple(parties), is_field=False)


def _closes(read: str, opened: int, closed: int, end: int) -> bool:
    """The bracket stands at the end of a sentence."""
    after = read[closed : closed + 1]
    return closed >= end or after in "。；\n " or (opened > 0 and read[opened - 1] in "。；！")


def _names_offices(read: str, parties: list[Party], known: frozenset[str], *, alone: bool) -> bool:
    """Nothing but names: most look like offices, and a single one without a full stop before it does so surely."""
    names = [read[party.span[0] : party.span[1]] for party in parties]
    if any(len(name) > _LONGEST_BARE or _NO_NAME.search(name) for name in names):
        return False
    if any(party.verb for party in parties):
        return True
    sure = alone and len(names) == 1
    like = sum(name in known or looks_like_office(name, alone=sure) for name in names)
    return 2 * like > len(names)


def _field_statements(read: str, start: int, end: int, brackets: Sequence[Statement]) -> Iterator[Statement]:
    """Labels outside brackets, at the beginning of a paragraph or sentence; they run to the full stop or next item."""
    cursor = start
    marks = [mark.start for mark in inline_marks(read, start, end)] + [end]
    labelled = _Places([bracket for bracket in brackets if LABEL.match(read, *bracket.content)])
    for label in LABEL.finditer(read, start, end):
        begin = label.start()
        if label.lastgroup == "other" or begin < cursor or labelled.hold(begin):
            continue
        opens = begin == start or read[begin - 1] in "。；！） ，" or _after_number(read, start, begin)
        if not opens:
            continue
        stop = read.find("。", label.end(), end)
        stop = min(end if stop < 0 else stop, marks[bisect_left(marks, label.end())])
        if stop - label.end() > _LONGEST_BRACKET:
            continue
        parties = parties_of(read, begin, stop)
        if parties or label.lastgroup == "time":
            yield Statement(begin, stop, (begin, stop), tuple(parties), is_field=True)
            cursor = stop


def _after_number(read: str, start: int, begin: int) -> bool:
    return begin - start < _MARK_WIDTH and read[start] in "（(0123456789①②③④⑤"
