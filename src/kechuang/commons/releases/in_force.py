# SPDX-License-Identifier: Apache-2.0
"""The pieces in force (现行版本): of each code the newest release.

A release never changes, so its content is read once per process; which are the newest is asked once a request, for
every kind at once.
"""

from __future__ import annotations

import datetime as dt
from typing import Generic, TypeVar

from kechuang.commons.kernel.memo import once_per_request
from kechuang.commons.packs.pieces import Piece
from kechuang.commons.releases.models import Release

P = TypeVar("P", bound=Piece)
Known = tuple[int, dt.datetime]
"""A release by its key and its moment: a database that is made anew gives the same keys to other releases."""
_KINDS: set[str] = set()


class InForce(Generic[P]):
    """The pieces in force of one kind."""

    def __init__(self, kind: str, model: type[P]) -> None:
        self.kind, self.model = kind, model
        self._read: dict[Known, P] = {}
        _KINDS.add(kind)

    def by_code(self) -> dict[str, P]:
        """All of them; one query, and one more where some are new to this process."""
        newest = _newest().get(self.kind, {})
        missing = {known[0]: known for known in newest.values() if known not in self._read}
        if missing:
            for release in Release.objects.filter(pk__in=missing):
                self._read[missing[release.pk]] = self.read(release)
        return {code: self._read[newest[code]] for code in sorted(newest)}

    def history(self, code: str) -> list[P]:
        """Every release of one code, the oldest first."""
        rows = Release.objects.filter(kind=self.kind, code=code).order_by("pk")
        return [self.read(release) for release in rows]

    def read(self, release: Release) -> P:
        """The piece as it was released; its version is the number of the release."""
        return self.model.model_validate({**release.content, "version": release.number})


@once_per_request
def _newest() -> dict[str, dict[str, Known]]:
    """By kind and code the newest release; one query."""
    found: dict[str, dict[str, Known]] = {}
    rows = Release.objects.filter(kind__in=_KINDS).order_by("id")
    for kind, code, key, moment in rows.values_list("kind", "code", "pk", "released_at"):
        found.setdefault(kind, {})[code] = (key, moment)
    return found
