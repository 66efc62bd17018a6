# SPDX-License-Identifier: Apache-2.0
"""Finding (搜索): the index gives candidates, the records themselves say what is shown and to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from tantivy import Searcher

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, visible_to
from kechuang.commons.kernel.searching import SearchSource, sources
from kechuang.commons.search import store
from kechuang.commons.search.grams import excerpt, holds_all, spans_of, terms_of
from kechuang.commons.search.wording import marked

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: its kind in words, title and address, and why it was found."""

    ref: Ref
    label: str
    url: str
    title: SafeString
    reason: SafeString
    exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found. ``ready`` is False while there is no index; ``loose``: nothing held all of it."""

    terms: list[str]
    hits: list[Hit] = field(default_factory=list)
    ready: bool = True
    loose: bool = False
    more: bool = False

    @property
    def by_kind(self) -> list[tuple[str, str, list[Hit]]]:
        """The hits by kind, in the order in which kinds are offered: (kind, its words, hits)."""
        groups: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            groups[hit.ref.kind].append(hit)
        known = [source for source in offered() if source.kind in groups]
        return [(source.kind, str(source.label), groups[source.kind]) for source in known]


def offered() -> list[SearchSource]:
    """Every kind that may be found, in their order."""
    return sorted(sources.all(), key=lambda source: (source.order, source.kind))


def open_to(viewer: Actor) -> list[SearchSource]:
    """The kinds of which the viewer may see any."""
    return [source for source in offered() if not source.permission or holds(viewer, source.permission)]


def find(question: str, viewer: Actor, *, kind: str = "", most: int = 100) -> Found:
    """What the viewer may open and the question fits, whole words first, then the best by BM25.

    A constant number of queries for each kind among the candidates.
    """
    terms = terms_of(question)
    wanted = [source for source in open_to(viewer) if kind in {"", source.kind}]
    if not terms or not wanted:
        return Found(terms)
    index = store.searcher()
    if index is None:
        return Found(terms, ready=False)
    for loosely in (False, True):
        hits, more = _visible_hits(index, terms, wanted, viewer, most, loosely=loosely)
        if hits or len("".join(terms)) < 3:  # noqa: PLR2004 -- of two characters nothing can be missing
            break
    return Found(terms, sorted(hits, key=lambda hit: not hit.exact), loose=loosely and bool(hits), more=more)


def _visible_hits(
    index: Searcher,
    terms: list[str],
    wanted: list[SearchSource],
    viewer: Actor,
    most: int,
    *,
    loosely: bool,
) -> tuple[list[Hit], bool]:
    """Up to ``most`` hits the viewer may open, looking deeper where many are closed to him; whether there are more."""
    found: list[Hit] = []
    kinds, step = {source.kind: source for source in wanted}, most + 1
    for turn in range(ROUNDS):
        refs = store.candidates(index, terms, kinds, most=step, skip=turn * step, loosely=loosely)
        found += _hits(refs, kinds, terms, viewer)
        if len(found) > most or len(refs) < step:
            break
    return found[:most], len(found) > most


def _hits(refs: list[Ref], kinds: dict[str, SearchSource], terms: list[str], viewer: Actor) -> Iterator[Hit]:
    seen = visible_to(viewer, refs)
    words = _words(seen, kinds)
    for ref in refs:
        if ref not in words:  # closed to the viewer, or gone since the index was made
            continue
        title = seen[ref].title
        reason, spans = excerpt(terms, words[ref][1])
        yield Hit(
            ref,
            str(kinds[ref.kind].label),
            seen[ref].url,
            marked(title, spans_of(terms, title)),
            marked(reason, spans),
            holds_all(terms, title, *words[ref]),
        )


def _words(refs: Iterable[Ref], kinds: dict[str, SearchSource]) -> dict[Ref, tuple[str, str]]:
    """Title and body of each record as they are now."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for ref in refs:
        by_kind[ref.kind].append(ref.id)
    return {
        Ref(kind, text.id): (text.title, text.body)
        for kind, ids in by_kind.items()
        for text in kinds[kind].texts(ids)
    }
