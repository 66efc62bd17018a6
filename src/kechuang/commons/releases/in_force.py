# SPDX-License-Identifier: Apache-2.0
"""The pieces in force (现行版本): of each code the newest release.

A release never changes, so its content is read once per process; which are the newest is asked once a request, for
every kind at once.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from kechuang.commons.kernel.memo import once_per_request
from kechuang.commons.packs.pieces import Piece
from kechuang.commons.releases.models import Release

P = TypeVar("P", bound=Piece)
_KINDS: set[str] = set()


class InForce(Generic[P]):
    """The pieces in force of one kind."""

    def __init__(self, kind: str, model: type[P]) -> None:
        self.kind, self.model = kind, model
        self._read: dict[str, P] = {}
        _KINDS.add(kind)

    def by_code(self) -> dict[str, P]:
        """All of them; one query, and one more where some are new to this process."""
        newest = _newest().get(self.kind, {})
        missing = newest.values() - self._read.keys()
        if missing:
            rows = Release.objects.filter(kind=self.kind, sha256__in=missing)
            for sha256, content in rows.values_list("sha256", "content"):
                self._read[sha256] = self.model.model_validate(content)
        return {code: self._read[newest[code]] for code in sorted(newest)}


@once_per_request
def _newest() -> dict[str, dict[str, str]]:
    """By kind and code the digest of the newest release; one query."""
    found: dict[str, dict[str, str]] = {}
    rows = Release.objects.filter(kind__in=_KINDS).order_by("id").values_list("kind", "code", "sha256")
    for kind, code, sha256 in rows:
        found.setdefault(kind, {})[code] = sha256
    return found
