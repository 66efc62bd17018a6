# SPDX-License-Identifier: Apache-2.0
"""Bringing the index in line with the records: what changed, everything anew, and whether it is so (建索引).

A change is read after it was noted, so that the index never keeps words older than the last change; done twice, it
is the same. What a killed process left undone stays noted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.searching import SearchSource, sources
from kechuang.commons.search import store
from kechuang.commons.search.models import PendingDocument
from kechuang.commons.search.wording import digest_of

AT_ONCE = 500
PATIENCE, LONG_PATIENCE = 1.0, 600.0


def index_pending(patience: float = PATIENCE) -> int:
    """Put what changed into the index; returns how many changes. Where another writer is busy too long it waits."""
    if not PendingDocument.objects.exists():
        return 0
    count = 0
    with store.writing(patience) as alone:
        while alone and store.current() and (rows := list(PendingDocument.objects.all()[:AT_ONCE])):
            _take_in(rows)
            PendingDocument.objects.filter(pk__in=[row.pk for row in rows]).delete()
            count += len(rows)
    return count


def _take_in(rows: list[PendingDocument]) -> None:
    changed: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        changed[row.kind].add(row.document_id)
    change = store.change()
    for kind, ids in changed.items():
        source = sources.get(kind)
        if "" in ids:
            change.forget_kind(kind)
        for key in ids - {""}:
            change.forget(Ref(kind, key))
        if source is not None:
            change.keep(kind, source.texts(None if "" in ids else ids))
    change.commit()


def rebuild() -> dict[str, int]:
    """Make the index anew beside the old one, which answers until the end; returns how many of each kind."""
    with store.writing(LONG_PATIENCE) as alone:
        if not alone:
            return {}
        last = PendingDocument.objects.order_by("-id").values_list("id", flat=True).first() or 0
        with store.replacement() as fresh:
            counts = {source.kind: fresh.keep(source.kind, source.texts(None)) for source in sources.all()}
        PendingDocument.objects.filter(pk__lte=last).delete()
    return counts


@dataclass(frozen=True, slots=True)
class Difference:
    """What the index has of a kind, and what is wrong with it: not there, no longer there, other words."""

    source: SearchSource
    count: int
    missing: frozenset[str]
    extra: frozenset[str]
    stale: frozenset[str]

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.missing) + len(self.extra) + len(self.stale)


def differences() -> Iterator[Difference]:
    """Compare every record with the index; what is noted as changed is no fault."""
    waiting = set(PendingDocument.objects.values_list("kind", "document_id"))
    index = store.searcher()
    for source in sources.all():
        kept = store.kept_digests(index, source.kind) if index is not None else {}
        real = {text.id: digest_of(text) for text in source.texts(None)}
        excused = {key for kind, key in waiting if kind == source.kind}
        wrong = {key for key in kept.keys() | real.keys() if kept.get(key) != real.get(key)} - excused
        if "" in excused:
            wrong = set()
        yield Difference(
            source,
            len(kept),
            missing=frozenset(wrong - kept.keys()),
            extra=frozenset(wrong - real.keys()),
            stale=frozenset(wrong & kept.keys() & real.keys()),
        )
