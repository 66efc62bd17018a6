# SPDX-License-Identifier: Apache-2.0
"""Which values differ in a Word that came back (定稿回传比对). Pure.

A slot is found by its content control; where an office program has dropped the controls, by the place of its text.
A figure that grew at its edge, inside the control or typed right beside it (2 to 20), has changed as well.
Lines are set against lines first and signs within changed lines, so that a long text costs little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal

from kechuang.commons.papers.markup import Block, Slot, plain_text, texts_of

Fate = Literal["same", "differs", "gone"]
Segment = tuple[str, str]
MOST_PAIRS = 4_000_000  # of signs set against each other at once: about a second
_BEFORE = re.compile(r"(?:\d[\d.．,，]*|[-−－])$")
_AFTER = re.compile(r"^(?:[.．,，]?\d)*[%％‰万亿]*")


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one slot: the system's text, the text in the Word, same, different or gone."""

    code: str
    ours: str
    theirs: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every slot with its fate, and the two texts side by side as (op, text) segments."""

    slots: tuple[Difference, ...]
    segments: tuple[Segment, ...]

    @property
    def differing(self) -> list[Difference]:
        """The slots that are not the same."""
        return [slot for slot in self.slots if slot.fate != "same"]


def compare(
    blocks: Sequence[Block], text: str, controls: Mapping[str, Sequence[str]], *, title: str = ""
) -> Comparison:
    """Set the paper, below its title, against the returned text and the texts of its content controls by slot code."""
    before = f"{title}\n" if title else ""
    ours = before + plain_text(blocks)
    opcodes = list(_opcodes(ours, text))
    used: dict[str, int] = defaultdict(int)
    found: list[Difference] = []
    for slot, start, end in _placed(blocks, len(before)):
        kept = controls.get(slot.code, ())
        place = used[slot.code]
        used[slot.code] += 1
        standing, spot = _at(opcodes, text, start, end)
        theirs, mine = kept[place] if place < len(kept) else standing, slot.text
        if spot is not None and _bare(theirs) == _bare(standing) == _bare(mine):
            beside, wanted = _beside(text, *spot, theirs), _beside(ours, start, end, mine)
            if beside != wanted:
                theirs, mine = theirs.join(beside), mine.join(wanted)
        fate: Fate = "same" if _bare(theirs) == _bare(mine) else "differs" if theirs.strip() else "gone"
        found.append(Difference(slot.code, mine, theirs.strip(), fate))
    return Comparison(tuple(found), tuple(_segments(opcodes, ours, text)))


def _bare(text: str) -> str:
    """A value as it is compared: without spaces and thousands separators."""
    return "".join(text.split()).replace(",", "").replace("，", "")


def _placed(blocks: Sequence[Block], cursor: int) -> Iterator[tuple[Slot, int, int]]:
    """Every slot with its place in the text, which begins at ``cursor``."""
    for block in blocks:
        for runs in texts_of(block):
            for run in runs:
                length = len(run) if isinstance(run, str) else len(run.text)
                if isinstance(run, Slot):
                    yield run, cursor, cursor + length
                cursor += length
            cursor += 1


Opcode = tuple[str, int, int, int, int]
Opcodes = Sequence[Opcode]


def _opcodes(ours: str, text: str) -> Iterator[Opcode]:
    """As ``SequenceMatcher.get_opcodes``, sign by sign only where lines were changed and are not too long for it."""
    a, b = ours.splitlines(keepends=True), text.splitlines(keepends=True)
    at_a, at_b = [0, *accumulate(map(len, a))], [0, *accumulate(map(len, b))]
    for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b).get_opcodes():
        a1, a2, b1, b2 = at_a[i1], at_a[i2], at_b[j1], at_b[j2]
        if op != "replace" or (a2 - a1) * (b2 - b1) > MOST_PAIRS:
            yield op, a1, a2, b1, b2
            continue
        signs = SequenceMatcher(None, ours[a1:a2], text[b1:b2], autojunk=False)
        yield from ((one, a1 + c, a1 + d, b1 + e, b1 + f) for one, c, d, e, f in signs.get_opcodes())


def _at(opcodes: Opcodes, text: str, start: int, end: int) -> tuple[str, tuple[int, int] | None]:
    """What stands in the returned text where [start, end) stood in ours, and from where to where; nowhere: None."""
    places = []
    for op, a, b, c, d in opcodes:
        if op == "insert":
            if start < a < end:
                places.append((c, d))
        elif a < end and b > start:
            if op == "equal":
                places.append((c + max(start - a, 0), c + min(end, b) - a))
            elif op == "replace":
                places.append((c, d))
    standing = "".join(text[begin:over] for begin, over in places)
    return standing, (places[0][0], places[-1][1]) if places else None


def _beside(text: str, start: int, end: int, figure: str) -> tuple[str, str]:
    """What belongs to the figure at [start, end) and stands right before and after it: digits, a sign, a unit."""
    before = _BEFORE.search(text[max(0, start - 20) : start]) if figure[:1].isdigit() else None
    after = _AFTER.search(text[end : end + 20]) if figure[-1:].isdigit() else None
    return before[0] if before else "", after[0] if after else ""


def _segments(opcodes: Opcodes, ours: str, text: str) -> Iterator[Segment]:
    for op, a, b, c, d in opcodes:
        if op == "equal":
            yield "equal", ours[a:b]
        else:
            if b > a:
                yield "delete", ours[a:b]
            if d > c:
                yield "insert", text[c:d]
