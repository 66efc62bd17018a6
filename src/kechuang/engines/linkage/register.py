# SPDX-License-Identifier: Apache-2.0
"""A register of known names: the equal one at once, the similar ones by comparing with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from kechuang.engines.linkage.names import likeness, normalised, stem

ALIKE, MOST_CANDIDATES = 80, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known name that may be meant: its key and how alike it is (0 to 100)."""

    key: int
    likeness: int


@dataclass(slots=True)
class NameRegister:
    """Known names by key; several keys may share one name, and one key may have several names."""

    _names: list[tuple[int, str]] = field(default_factory=list)
    _stems: list[str] = field(default_factory=list)
    _equal: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, names: Iterable[tuple[int, str]]) -> NameRegister:
        """The register of (key, name) pairs."""
        made = cls()
        for key, name in names:
            made.add(key, name)
        return made

    def add(self, key: int, name: str) -> None:
        """Put in one more name."""
        self._names.append((key, name))
        self._stems.append(stem(name))
        self._equal[normalised(name)][key] = None

    def equal(self, name: str) -> list[int]:
        """The keys whose name has the same normal form."""
        wanted = normalised(name)
        return list(self._equal.get(wanted, ())) if wanted else []

    def similar(self, name: str, *, least: int = ALIKE, most: int = MOST_CANDIDATES) -> list[Candidate]:
        """The names at least so alike, the most alike first (some 5,000 names a millisecond)."""
        wanted = stem(name)
        if not wanted:
            return []
        near = process.extract(
            wanted, self._stems, scorer=fuzz.ratio, score_cutoff=least - 0.5, limit=most + 5
        )
        found: dict[int, int] = {}
        for _stem, _score, place in near:
            key, known = self._names[place]
            alike = likeness(name, known)
            if alike >= least:
                found[key] = max(alike, found.get(key, 0))
        ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return [Candidate(key, alike) for key, alike in ranked][:most]
