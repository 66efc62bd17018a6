# SPDX-License-Identifier: Apache-2.0
"""The account of numbers (数字去向): every number found in the text becomes target, promise or unused, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kechuang.engines.plandoc.contexts import DEADLINE, OUTSIDE
from kechuang.engines.plandoc.evidence import Evidence
from kechuang.engines.plandoc.manuscript import Manuscript
from kechuang.engines.plandoc.numbers import numbers_in
from kechuang.engines.plandoc.parties import parts_of
from kechuang.engines.plandoc.patterns import TargetDraft
from kechuang.engines.plandoc.proposal import FoundNumber, Promise, Scope, Span, Target, Task, Unused
from kechuang.engines.plandoc.regions import Region, regions_of
from kechuang.engines.plandoc.statements import Statements
from kechuang.engines.plandoc.targets import Leftover, leftovers_in, targets_in

IN_STATEMENT = "责任落款中的数字"


@dataclass(frozen=True, slots=True)
class Account:
    """Targets, promises, unused numbers, and the fate of every number found."""

    targets: tuple[Target, ...]
    promises: tuple[Promise, ...]
    unused: tuple[Unused, ...]
    numbers: tuple[FoundNumber, ...]


def account_for(evidence: Evidence, tasks: Sequence[Task]) -> Account:
    """Search every region of the document and account for all its numbers."""
    plain = _without_marks_and_statements(evidence)
    book = _Book(evidence.manuscript, tasks)
    year = evidence.front.year
    for region in regions_of(evidence, tasks):
        place = (region.start, region.end)
        if region.kind == "outside":
            book.leave(leftovers_in(plain, *place, year=year, reason=region.reason or OUTSIDE), region)
            continue
        targets, left = targets_in(plain, *place, year=year, headline=region.kind == "headline")
        book.take(targets, region)
        book.leave(left, region)
    book.targets += evidence.tables.targets
    book.numbers += evidence.tables.numbers
    book.leave_in_statements(evidence.statements)
    return book.close()


class _Book:
    """Collects entries and points them at the source."""

    def __init__(self, manuscript: Manuscript, tasks: Sequence[Task]) -> None:
        self._page = manuscript
        self._tasks = tasks
        self.targets: list[Target] = []
        self.promises: list[Promise] = []
        self.unused: list[Unused] = []
        self.numbers: list[FoundNumber] = []

    def take(self, drafts: Iterable[TargetDraft], region: Region) -> None:
        counted: set[Span] = set()
        for draft in drafts:
            self.targets.append(self._target(draft, region))
            for span in draft.numbers:
                if span not in counted:
                    counted.add(span)
                    self.numbers.append(
                        FoundNumber(self._page.written(*span), self._page.span(*span), "target")
                    )

    def leave(self, left: Iterable[Leftover], region: Region) -> None:
        for item in left:
            span, text = self._page.span(*item.span), self._page.written(*item.span)
            if item.promise:
                sentence = self._page.written(*item.sentence)
                number = self._number_of(region)
                shown = self._page.written(*item.shown)
                self.promises.append(
                    Promise(shown, self._page.span(*item.shown), item.reason, number, sentence)
                )
            else:
                self.unused.append(Unused(text, span, item.reason))
            if item.is_number:
                self.numbers.append(FoundNumber(text, span, "promise" if item.promise else "unused"))

    def leave_in_statements(self, statements: Statements) -> None:
        for place in _said_of_owners(self._page.read, statements):
            for number in numbers_in(self._page.read, *place):
                at = (number.start, number.end)
                span, text = self._page.span(*at), self._page.written(*at)
                self.unused.append(Unused(text, span, DEADLINE if number.is_time else IN_STATEMENT))
                self.numbers.append(FoundNumber(text, span, "unused"))

    def close(self) -> Account:
        return Account(
            tuple(_linked(self.targets)),
            tuple(sorted(self.promises, key=lambda promise: promise.span)),
            tuple(sorted(self.unused, key=lambda unused: unused.span)),
            tuple(sorted(self.numbers, key=lambda number: number.span)),
        )

    def _number_of(self, region: Region) -> str | None:
        return None if region.task is None else self._tasks[region.task].number

    def _target(self, draft: TargetDraft, region: Region) -> Target:
        page = self._page
        scope: Scope = "headline" if region.task is None else "task"
        start, end = page.trim(*draft.clause)
        while start < end and page.read[start] in "—，；、 ":
            start += 1
        name, unit = draft.name, draft.unit
        return Target(
            name=page.as_written(name, *draft.clause),
            force=draft.force,
            comparator=draft.comparator,
            value=draft.value,
            value_max=draft.value_max,
            stretch=draft.stretch,
            unit=page.as_written(unit, *draft.clause),
            kind=draft.kind,
            aspire=draft.aspire,
            scope=scope,
            task=region.task,
            task_number=self._number_of(region),
            verb=draft.verb,
            text=page.written(start, end),
            span=page.span(start, end),
            numbers=tuple(page.span(*span) for span in draft.numbers),
        )


def _linked(targets: Sequence[Target]) -> list[Target]:
    """Point the repetition of a headline number inside a task at the headline: it is tracked once."""
    headline = {(t.name, t.value, t.unit): i for i, t in enumerate(targets) if t.scope == "headline"}
    return [
        replace(target, repeats=headline.get((target.name, target.value, target.unit)))
        if target.scope == "task"
        else target
        for target in targets
    ]


def _said_of_owners(read: str, statements: Statements) -> list[Span]:
    """Places inside statements that name owners and dates; 年度目标：… beside them is searched like other text."""
    places: list[Span] = []
    for statement in statements:
        parts = list(parts_of(read, *statement.content))
        if any(part.kind == "other" for part in parts):
            places += [(part.label_start, part.end) for part in parts if part.kind != "other"]
        else:
            places.append((statement.start, statement.end))
    return places


def _without_marks_and_statements(evidence: Evidence) -> str:
    """The folded text with every mark and statement overwritten by full stops, so that places stay."""
    pieces: list[str] = []
    cursor = 0
    read = evidence.manuscript.read
    covers = [(block.mark.start, block.mark.end) for block in evidence.tree.blocks if block.mark is not None]
    covers += _said_of_owners(read, evidence.statements)
    for start, end in sorted(covers):
        if start < cursor:
            continue
        pieces += (read[cursor:start], "。" * (end - start))
        cursor = end
    pieces.append(read[cursor:])
    return "".join(pieces)
