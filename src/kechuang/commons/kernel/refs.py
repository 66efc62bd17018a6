# SPDX-License-Identifier: Apache-2.0
"""A typed pointer to any record (指向): the only generic relation in the house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import IntegerField, Model

from kechuang.commons.kernel.actors import Actor

MOST_DIGITS = 18  # of a key that a 64-bit column holds


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """``kind`` is "app.model", ``id`` the primary key as text; written "app.model:id"."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def of(cls, thing: Model) -> Ref:
        """The pointer to a stored record."""
        return cls(thing._meta.label_lower, str(thing.pk))

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read "app.model:id"; raises ValueError."""
        kind, _, key = text.partition(":")
        ref = cls(kind, key)
        if not key or kind.count(".") != 1 or not ref.is_possible:
            raise ValueError(text)
        return ref

    @property
    def is_possible(self) -> bool:
        """Whether a record of the kind can have such a key at all: where keys are numbers, one that a column holds."""
        try:
            key = apps.get_model(self.kind)._meta.pk
        except (LookupError, ValueError):  # a kind that is no model
            return True
        whole = self.id.isascii() and self.id.isdecimal()
        return not isinstance(key, IntegerField) or (whole and len(self.id) <= MOST_DIGITS)

    def fetch(self) -> Model:
        """The record itself; raises LookupError or the model's DoesNotExist."""
        if not self.is_possible:
            raise LookupError(str(self))
        found: Model = apps.get_model(self.kind)._base_manager.get(pk=self.id)
        return found


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a page needs to show a pointer: the title, the address, and whether this viewer may open it."""

    title: str
    url: str
    visible: bool = True


Resolver = Callable[[list[str], Actor | None], Mapping[str, Resolved]]
_RESOLVERS: dict[str, Resolver] = {}


def resolver(kind: str) -> Callable[[Resolver], Resolver]:
    """Declare how refs of ``kind`` are shown: ``(ids, viewer) -> {id: Resolved}`` in a constant number of queries."""

    def register(function: Resolver) -> Resolver:
        _RESOLVERS[kind] = function
        return function

    return register


def resolve_many(refs: Iterable[Ref], viewer: Actor | None = None) -> dict[Ref, Resolved]:
    """Titles and addresses of many refs; one call of each kind's resolver. Unknown or vanished refs show themselves."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    wanted = list(dict.fromkeys(refs))
    for ref in wanted:
        if ref.is_possible:
            by_kind[ref.kind].append(ref.id)
    found = {
        kind: _RESOLVERS[kind](ids, viewer) if kind in _RESOLVERS else {} for kind, ids in by_kind.items()
    }
    return {ref: found.get(ref.kind, {}).get(ref.id, Resolved(str(ref), "")) for ref in wanted}


def visible_to(viewer: Actor, refs: Iterable[Ref]) -> dict[Ref, Resolved]:
    """Those of the refs that still exist, have a page, and may be opened by the viewer; others are left out.

    Each is looked up once a request.
    """
    known: dict[Ref, Resolved] = viewer.memo.setdefault("refs", {})
    wanted = [ref for ref in refs if ref.kind in _RESOLVERS]
    known |= resolve_many([ref for ref in wanted if ref not in known], viewer)
    return {ref: known[ref] for ref in wanted if known[ref].visible and known[ref].url}


def resolvable_kinds() -> list[str]:
    """The kinds that have a resolver."""
    return sorted(_RESOLVERS)
