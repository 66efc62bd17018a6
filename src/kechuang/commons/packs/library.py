# SPDX-License-Identifier: Apache-2.0
"""The packs of a city: the nation, its province, the city, its years, as one checked library (内容库).

A pack is a folder with ``pack.yaml`` (code, name, extends); every other ``*.yaml`` in it holds pieces of one kind:

    kind: region
    version: "1"            # of every piece that names none
    source: …               # likewise
    pieces:
      - code: "210102"
        name: …

A folder inside a pack with a ``pack.yaml`` of its own is a pack that extends it (a plan year).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from kechuang.commons.packs.pieces import Piece, piece_kinds
from kechuang.commons.packs.reading import Source, UnreadableYaml, read_yaml
from kechuang.commons.packs.words import reason_of

MANIFEST = "pack.yaml"
INHERITED = ("version", "source", "verified")
T = TypeVar("T", bound=Piece)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where, and what."""

    file: str
    line: int
    place: str
    what: str

    def __str__(self) -> str:
        at = f"{self.place}：" if self.place else ""
        return f"{self.file}:{self.line}: {at}{self.what}"


class ContentErrors(Exception):  # noqa: N818 -- all of them, for a person
    """Every fault found, in the order of the files."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Manifest(BaseModel):
    """What ``pack.yaml`` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str
    extends: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: its code, name, the pack it extends, its folder."""

    code: str
    name: str
    extends: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Held:
    """A piece with its kind, the pack and the file it stands in."""

    kind: str
    piece: Piece
    pack: str
    file: str
    line: int


@dataclass(slots=True)
class Library:
    """The packs of one city and their pieces in force."""

    packs: list[Pack] = field(default_factory=list)
    held: dict[tuple[str, str], Held] = field(default_factory=dict)

    def all(self, kind: str) -> list[Any]:
        """The pieces of a kind, in the order of packs and files."""
        return [one.piece for one in self.held.values() if one.kind == kind]

    def of(self, kind: type[T]) -> list[T]:
        """The pieces of a type, in the order of packs and files."""
        return [one.piece for one in self.held.values() if type(one.piece) is kind]


def load_library(root: Path, *, city: str) -> Library:
    """Read the packs that a city stands on. Raises ContentErrors with every fault of every file."""
    reader = _Reader(root)
    manifests = reader.manifests()
    chain = _chain(manifests, city, reader)
    for pack in chain:
        reader.library.packs.append(pack)
        reader.read_pack(pack, {other.code for other in chain})
    if reader.faults:
        raise ContentErrors(reader.faults)
    return reader.library


def _chain(packs: dict[str, Pack], city: str, reader: _Reader) -> list[Pack]:
    """From the root pack down to the city, then the packs inside the city's folder by name."""
    chain: list[Pack] = []
    wanted = city
    while wanted:
        if wanted not in packs:
            reader.faults.append(Fault(MANIFEST, 1, "extends", f"没有代码为“{wanted}”的内容包"))
            return []
        pack = packs[wanted]
        if pack in chain:
            reader.faults.append(
                Fault(reader.named(pack.folder / MANIFEST), 1, "extends", "内容包的继承关系成环")
            )
            return []
        chain.insert(0, pack)
        wanted = pack.extends
    inside = [pack for pack in packs.values() if pack.extends == city]
    return [*chain, *sorted(inside, key=lambda pack: pack.code)]


class _Reader:
    """Reads files and collects faults instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root, self.faults, self.library = root, list[Fault](), Library()

    def named(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def manifests(self) -> dict[str, Pack]:
        found: dict[str, Pack] = {}
        for file in sorted(self.root.rglob(MANIFEST)):
            source = self._source(file)
            if source is None:
                continue
            try:
                told = Manifest.model_validate(source.data)
            except ValidationError as problem:
                self._blame(file, source, problem, ())
                continue
            if told.code in found:
                self.faults.append(Fault(self.named(file), 1, "code", f"内容包代码“{told.code}”重复"))
            found[told.code] = Pack(told.code, told.name, told.extends, file.parent)
        return found

    def read_pack(self, pack: Pack, known: set[str]) -> None:
        for file in self._files(pack.folder):
            source = self._source(file)
            if source is not None:
                self._read_file(pack, file, source, known)

    def _files(self, folder: Path) -> Iterator[Path]:
        """The pack's own YAML files, without those of packs inside it."""
        inner = [path.parent for path in folder.rglob(MANIFEST) if path.parent != folder]
        for file in sorted(folder.rglob("*.yaml")):
            if file.name != MANIFEST and not any(file.is_relative_to(other) for other in inner):
                yield file

    def _source(self, file: Path) -> Source | None:
        try:
            return read_yaml(file.read_text(encoding="utf-8"))
        except UnreadableYaml as problem:
            self.faults.append(Fault(self.named(file), problem.line, "", problem.what))
        except UnicodeDecodeError:
            self.faults.append(Fault(self.named(file), 1, "", "文件不是 UTF-8 编码"))
        return None

    def _read_file(self, pack: Pack, file: Path, source: Source, known: set[str]) -> None:
        head, name = source.data, self.named(file)
        if not isinstance(head, dict) or not isinstance(head.get("pieces"), list):
            self.faults.append(Fault(name, 1, "", "文件须有 kind 和 pieces（列表）"))
            return
        for extra in sorted(set(head) - {"kind", "pieces", *INHERITED}):
            self.faults.append(Fault(name, source.line((extra,)), extra, "未知的键"))
        kind = piece_kinds().get(head.get("kind", ""))
        if kind is None:
            known_kinds = "、".join(piece_kinds())
            what = f"未知的内容类别“{head.get('kind', '')}”；可用：{known_kinds}"
            self.faults.append(Fault(name, source.line(("kind",)), "kind", what))
            return
        shared = {key: head[key] for key in INHERITED if key in head}
        for place, given in enumerate(head["pieces"]):
            path = ("pieces", place)
            if not isinstance(given, dict):
                self.faults.append(Fault(name, source.line(path), f"pieces[{place}]", "须是键值对"))
                continue
            try:
                piece = kind.model_validate({**shared, **given})
            except ValidationError as problem:
                self._blame(file, source, problem, path)
                continue
            self._hold(Held(head["kind"], piece, pack.code, name, source.line(path)), known)

    def _hold(self, held: Held, known: set[str]) -> None:
        key, replaces = (held.kind, held.piece.code), held.piece.replaces
        before = self.library.held.get(key)
        if before is not None and replaces != before.pack:
            what = (
                f"代码“{held.piece.code}”已在 {before.file}:{before.line}；要替换请写 replaces: {before.pack}"
            )
            self.faults.append(Fault(held.file, held.line, "code", what))
        elif before is None and replaces is not None:
            found = "内容包中没有这个代码" if replaces in known else "没有这个内容包"
            self.faults.append(Fault(held.file, held.line, "replaces", f"要替换的“{replaces}”：{found}"))
        else:
            self.library.held[key] = held

    def _blame(
        self, file: Path, source: Source, problem: ValidationError, base: tuple[str | int, ...]
    ) -> None:
        for error in problem.errors():
            path = (*base, *error["loc"])
            place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
            self.faults.append(Fault(self.named(file), source.line(path), place, reason_of(error)))
