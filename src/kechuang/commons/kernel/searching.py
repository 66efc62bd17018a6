# SPDX-License-Identifier: Apache-2.0
"""What rooms offer to the global search (搜索来源), each in its ``searchable.py``.

    @searchable("parties.organization", _("机构"), permission="parties.view_organization")
    def organizations(ids): yield Searchable(str(pk), name, body)

    @changes_search("parties.organization", "ladder.list.confirmed")
    def firms_of_list(entry): return ids of organisations

Title, address and who may see a hit come from the resolver of its ``Ref``: nothing is found that may not be opened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from kechuang.commons.kernel.ports import Port

if TYPE_CHECKING:
    from kechuang.commons.kernel.models import Entry


@dataclass(frozen=True, slots=True)
class Searchable:
    """The words of one record: what it is called, and what else it may be found by."""

    id: str
    title: str
    body: str = ""


Texts = Callable[[Collection[str] | None], Iterable[Searchable]]
Changed = Callable[["Entry"], Iterable[str] | None]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """Records of one kind: ``texts(ids)`` gives the words of those that still exist, ``texts(None)`` of all.

    Who lacks ``permission`` sees none of them, and they are not even looked for; empty, each record decides.
    """

    kind: str
    label: str | Promise
    permission: str
    texts: Texts
    order: int = 100


@dataclass(frozen=True, slots=True)
class SearchChange:
    """After an entry with ``verb`` the words of some records of ``kind`` are new: their ids, or None for all of them.

    What happens to a record itself needs no such line.
    """

    kind: str
    verb: str
    ids: Changed


sources: Port[SearchSource] = Port("kernel.search_sources")
changes: Port[SearchChange] = Port("kernel.search_changes")


def searchable(
    kind: str, label: str | Promise, *, permission: str, order: int = 100
) -> Callable[[Texts], Texts]:
    """Offer the records of a kind."""

    def register(texts: Texts) -> Texts:
        sources.fill(kind, SearchSource(kind, label, permission, texts, order))
        return texts

    return register


def changes_search(kind: str, *verbs: str) -> Callable[[Changed], Changed]:
    """Say which records of a kind a verb changes beside the record it is about."""

    def register(ids: Changed) -> Changed:
        for verb in verbs:
            changes.fill(f"{verb} {kind}", SearchChange(kind, verb, ids))
        return ids

    return register
