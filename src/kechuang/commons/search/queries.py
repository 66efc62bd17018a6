# SPDX-License-Identifier: Apache-2.0
"""Finding (搜索): the index gives candidates, the records themselves say what is shown and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from tantivy import Searcher

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, visible_to
from kechuang.commons.kernel.searching import SearchSource, sources
from kechuang.commons.search import store
from kechuang.commons.search.grams import excerpt, spans_of, terms_of, whole_in
from kechuang.commons.search.wording import marked

ROUNDS, LEAST_STEP = 5, 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: title and address, and why it was found; ``exact`` where every word stands whole."""

    ref: Ref
    url: str
    title: SafeString
    reason: SafeString
    exact: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, the best first; ``more`` where there are others."""

    kind: str
    label: str
    hits: list[Hit]
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found. ``ready`` is False while there is no index; ``loose``: nothing held all of it."""

    terms: list[str]
    groups: list[Group] = field(default_factory=list)
    ready: bool = True
    loose: bool = False

    @property
    def hits(self) -> list[Hit]:
        """All of them, kind by kind."""
        return [hit for group in self.groups for hit in group.hits]

    @property
    def more(self) -> bool:
        """Whether any kind has others."""
        return any(group.more for group in self.groups)


def offered() -> list[SearchSource]:
    """Every kind that may be found, in their order."""
    return sorted(sources.all(), key=lambda source: (source.order, source.kind))


def open_to(viewer: Actor) -> list[SearchSource]:
    """The kinds of which the viewer may see any."""
    return [source for source in offered() if not source.permission or holds(viewer, source.permission)]


def find(question: str, viewer: Actor, *, kind: str = "", each: int = 10) -> Found:
    """What the viewer may open and the question fits, by kind, up to ``each`` of a kind.

    A constant number of queries for each kind that has candidates.
    """
    terms = terms_of(question)
    wanted = [source for source in open_to(viewer) if kind in {"", source.kind}]
    if not terms or not wanted:
        return Found(terms)
    index = store.searcher()
    if index is None:
        return Found(terms, ready=False)
    for loosely in (False, True):
        groups = [_group(index, terms, source, viewer, each, loosely=loosely) for source in wanted]
        if any(group.hits for group in groups):
            return Found(terms, [group for group in groups if group.hits], loose=loosely)
    return Found(terms)


def _group(
    index: Searcher, terms: list[str], source: SearchSource, viewer: Actor, each: int, *, loosely: bool
) -> Group:
    """Whole words first, then the best by BM25; looking deeper where many are closed to the viewer."""
    found: list[Hit] = []
    step = max(LEAST_STEP, each + 1)
    for turn in range(ROUNDS):
        refs = store.candidates(index, terms, source.kind, most=step, skip=turn * step, loosely=loosely)
        found += _hits(refs, terms, source, viewer)
        if len(found) > each or len(refs) < step:
            break
    best = sorted(found, key=lambda hit: not hit.exact)[:each]
    return Group(source.kind, str(source.label), best, more=len(found) > each)


def _hits(refs: list[Ref], terms: list[str], source: SearchSource, viewer: Actor) -> Iterator[Hit]:
    """Those the viewer may open, with their words as they are now; what is gone meanwhile is left out."""
    seen = visible_to(viewer, refs)
    words = {text.id: text for text in source.texts([ref.id for ref in seen])} if seen else {}
    for ref in refs:
        if ref not in seen or ref.id not in words:
            continue
        title, text = seen[ref].title, words[ref.id]
        whole = whole_in(terms, title, text.title, text.body)
        reason, spans = excerpt(terms, text.body, whole)
        marked_title = marked(title, spans_of(terms, title, whole))
        yield Hit(ref, seen[ref].url, marked_title, marked(reason, spans), exact=len(whole) == len(terms))
