# SPDX-License-Identifier: Apache-2.0
"""The packs of a city: the nation, its province, the city, its years, as one checked library (内容库).

A pack is a folder with ``pack.yaml`` (code, name, extends); every other ``*.yaml`` in it holds pieces of one kind:

    kind: region
    version: "1"            # of every piece that names none; source and verified likewise
    pieces:
      - code: "210102"
        name: …

A folder inside a pack with a ``pack.yaml`` of its own is a pack that extends it (a plan year).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kechuang.commons.packs import reading
from kechuang.commons.packs.faults import Fault, place_of
from kechuang.commons.packs.pieces import Piece

T = TypeVar("T", bound=Piece)


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: its code, name, the pack it extends, and its folder with its manifest as read."""

    code: str
    name: str
    extends: str
    folder: Path
    file: str
    source: reading.Source

    def fault(self, key: str, what: str) -> Fault:
        """Something wrong with a key of the manifest."""
        return Fault(self.file, self.source.line((key,)), key, what)


@dataclass(frozen=True, slots=True)
class Held:
    """A piece with its kind, the pack and the place in a file it stands in."""

    kind: str
    piece: Piece
    pack: str
    file: str
    source: reading.Source
    path: reading.Path

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.source.line(self.path)

    def fault(self, path: reading.Path, what: str) -> Fault:
        """Something wrong at a place inside the piece."""
        return Fault(
            self.file, self.source.line((*self.path, *path)), place_of((self.piece.code, *path)), what
        )


@dataclass(slots=True)
class Library:
    """The packs of one city and their pieces in force, by kind and code in the order of packs and files."""

    packs: list[Pack] = field(default_factory=list)
    held: dict[tuple[str, str], Held] = field(default_factory=dict)

    def all(self, kind: str) -> list[Any]:
        """The pieces of a kind."""
        return [one.piece for one in self.held.values() if one.kind == kind]

    def of(self, kind: type[T]) -> list[T]:
        """The pieces of a type."""
        return [one.piece for one in self.held.values() if type(one.piece) is kind]
