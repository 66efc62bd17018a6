# SPDX-License-Identifier: Apache-2.0
"""Lists of organisations: who decided what, what is open, how far they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kechuang.commons.parties.models import Organization, OrganizationPair, PartyList, PartyRow

Decision = PartyRow.Decision


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a list is: lines by decision and match, lines done of those to be done."""

    by_decision: list[tuple[str, str, int]]
    by_match: list[tuple[str, str, int]]
    done: int
    wanted: int

    @property
    def open(self) -> int:
        """How many lines wait for a person."""
        return next((count for code, _words, count in self.by_decision if code == Decision.OPEN), 0)


def settlers_of(listed: PartyList) -> set[str]:
    """The keys of everybody who decided a line of the list."""
    rows = listed.rows.exclude(settled_by="").values_list("settled_by_ids", flat=True)
    return {key for keys in rows.distinct() for key in keys}


def progress_of(listed: PartyList) -> Progress:
    """One query."""
    decisions: Counter[str] = Counter()
    matches: Counter[str] = Counter()
    done = 0
    rows = listed.rows.order_by().values_list("decision", "match", "done").annotate(count=Count("pk"))
    for decision, match, is_done, count in rows:
        decisions[decision] += count
        matches[match] += count
        done += count if is_done else 0
    return Progress(
        [(code, str(words), decisions[code]) for code, words in Decision.choices],
        [(code, str(words), matches[code]) for code, words in PartyRow.Match.choices],
        done,
        decisions[Decision.TAKE] + decisions[Decision.NEW],
    )


def next_open(row: PartyRow) -> PartyRow | None:
    """The next line that waits, from the one after this to the ones before."""
    waiting = row.listed.rows.filter(decision=Decision.OPEN).exclude(pk=row.pk).order_by("line")
    return waiting.filter(line__gt=row.line).first() or waiting.first()


def candidates_of(row: PartyRow) -> list[tuple[Organization, int, list[str]]]:
    """The organisations a line may mean, with likeness and reasons, the likeliest first (one query)."""
    known = Organization.objects.select_related("region").in_bulk([int(key) for key in row.candidates])
    found = [
        (known[int(key)], alike, reasons)
        for key, (alike, reasons) in row.candidates.items()
        if int(key) in known
    ]
    return sorted(found, key=lambda one: (-one[1], one[0].pk))


def pairs_open() -> QuerySet[OrganizationPair]:
    """Pairs that wait for a person: both entries still stand by themselves."""
    return OrganizationPair.objects.filter(
        Q(one__merged_into__isnull=True) & Q(other__merged_into__isnull=True),
        state=OrganizationPair.State.OPEN,
    ).select_related("one__region", "other__region")
