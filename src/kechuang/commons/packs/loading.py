# SPDX-License-Identifier: Apache-2.0
"""From folders to a library: every file of every pack is read, every fault collected, none hides another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from kechuang.commons.packs import reading
from kechuang.commons.packs.faults import ContentErrors, Fault, place_of
from kechuang.commons.packs.library import Held, Library, Pack
from kechuang.commons.packs.pieces import Filled, Piece, piece_kinds
from kechuang.commons.packs.references import broken_references
from kechuang.commons.packs.words import reason_of

MANIFEST = "pack.yaml"
INHERITED = ("version", "source", "verified")


class Manifest(BaseModel):
    """What ``pack.yaml`` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Filled
    name: Filled
    extends: str = ""


def load_library(root: Path, *, city: str, known: Mapping[str, Collection[str]] | None = None) -> Library:
    """Read the packs that a city stands on. Raises ContentErrors with every fault of every file.

    ``known`` are the words the program knows by kind (permissions, figures): what refers to such a kind is checked
    against them, or, where the kind is not given, taken as written.
    """
    reader = _Reader(root)
    library = reader.read(city)
    faults = reader.faults or list(broken_references(library, known or {}))
    if faults:
        raise ContentErrors(faults)
    return library


class _Reader:
    """Reads files and collects faults instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root, self.faults, self.library = root, list[Fault](), Library()

    def read(self, city: str) -> Library:
        packs = self._manifests()
        self.library.packs = self._chain(packs, city)
        for pack in self.library.packs:
            for file in self._files(pack.folder):
                source = self._source(file)
                if source is not None:
                    self._read_file(pack, self._named(file), source)
        return self.library

    def _named(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def _source(self, file: Path) -> reading.Source | None:
        try:
            return reading.read_yaml(file.read_text(encoding="utf-8"))
        except reading.UnreadableYaml as problem:
            self.faults.append(Fault(self._named(file), problem.line, "", problem.what))
        except UnicodeDecodeError:
            self.faults.append(Fault(self._named(file), 1, "", _("文件不是 UTF-8 编码，请另存为 UTF-8")))
        return None

    def _manifests(self) -> dict[str, Pack]:
        found: dict[str, Pack] = {}
        for file in sorted(self.root.rglob(MANIFEST)):
            source = self._source(file)
            if source is None:
                continue
            try:
                told = Manifest.model_validate(source.data)
            except ValidationError as problem:
                for error in problem.errors():
                    self._blame(
                        self._named(file), source, error["loc"], place_of(error["loc"]), reason_of(error)
                    )
                continue
            pack = Pack(told.code, told.name, told.extends, file.parent, self._named(file), source)
            if told.code in found:
                what = _("内容包代码“%(code)s”已用于 %(file)s") % {
                    "code": told.code,
                    "file": found[told.code].file,
                }
                self.faults.append(pack.fault("code", what))
            else:
                found[told.code] = pack
        for pack in found.values():
            if pack.extends and pack.extends not in found:
                what = _("没有代码为“%(code)s”的内容包") % {"code": pack.extends}
                self.faults.append(pack.fault("extends", what))
        return found

    def _chain(self, packs: dict[str, Pack], city: str) -> list[Pack]:
        """From the root pack down to the city, then the packs that extend the city, by code."""
        chain: list[Pack] = []
        wanted = packs.get(city)
        if wanted is None:
            self.faults.append(Fault(MANIFEST, 1, "", _("没有城市“%(city)s”的内容包") % {"city": city}))
        while wanted is not None:
            if wanted in chain:
                self.faults.append(wanted.fault("extends", _("内容包的继承关系成环")))
                return chain
            chain.insert(0, wanted)
            wanted = packs.get(wanted.extends)
        years = [pack for pack in packs.values() if pack.extends == city]
        return [*chain, *sorted(years, key=lambda pack: pack.code)]

    def _files(self, folder: Path) -> Iterator[Path]:
        """The pack's own YAML files, without those of packs inside it."""
        inner = [path.parent for path in folder.rglob(MANIFEST) if path.parent != folder]
        for file in sorted(folder.rglob("*.y*ml")):
            if file.name == MANIFEST or any(file.is_relative_to(other) for other in inner):
                continue
            if file.suffix == ".yaml":
                yield file
            else:
                self.faults.append(
                    Fault(self._named(file), 1, "", _("文件名须以 .yaml 结尾，否则不会被读取"))
                )

    def _read_file(self, pack: Pack, name: str, source: reading.Source) -> None:
        head = source.data
        if not isinstance(head, dict) or not isinstance(head.get("pieces"), list):
            self.faults.append(Fault(name, 1, "", _("文件须有 kind 和 pieces（列表）")))
            return
        for extra in head.keys() - {"kind", "pieces", *INHERITED}:
            self._blame(name, source, (extra,), extra, _("未知的键"))
        kind = head.get("kind")
        if kind not in piece_kinds():
            known = "、".join(piece_kinds())
            what = _("未知的内容类别“%(kind)s”；可用：%(known)s") % {"kind": kind or "", "known": known}
            self._blame(name, source, ("kind",), "kind", what)
            return
        shared = {key: head[key] for key in INHERITED if key in head}
        for index, given in enumerate(head["pieces"]):
            path = ("pieces", index)
            if isinstance(given, dict):
                piece = self._piece(kind, shared, given, name, source, path)
                if piece is not None:
                    self._hold(Held(kind, piece, pack.code, name, source, path))
            else:
                self._blame(name, source, path, place_of(path), _("须是键值对"))

    def _piece(
        self,
        kind: str,
        shared: dict[str, Any],
        given: dict[str, Any],
        name: str,
        source: reading.Source,
        path: reading.Path,
    ) -> Piece | None:
        try:
            return piece_kinds()[kind].model_validate({**shared, **given})
        except ValidationError as problem:
            called = given["code"] if isinstance(given.get("code"), str) else place_of(path)
            for error in problem.errors():
                inside = error["loc"]
                if inside and inside[0] in shared and inside[0] not in given:
                    self._blame(name, source, inside, place_of(inside), reason_of(error))
                else:
                    self._blame(name, source, (*path, *inside), place_of((called, *inside)), reason_of(error))
        return None

    def _hold(self, held: Held) -> None:
        key, replaces = (held.kind, held.piece.code), held.piece.replaces
        before = self.library.held.get(key)
        if before is not None and before.pack == held.pack:
            what = _("代码“%(code)s”在本包中重复，已在 %(place)s")
        elif before is not None and replaces != before.pack:
            what = _("代码“%(code)s”已在 %(place)s；要替换它请写 replaces: %(pack)s")
        elif before is None and replaces is not None:
            what = _("要替换的内容包“%(replaces)s”中没有代码为“%(code)s”的同类内容")
        else:
            self.library.held[key] = held
            return
        words = {
            "code": held.piece.code,
            "replaces": replaces,
            "pack": before.pack if before else "",
            "place": f"{before.file}:{before.line}" if before else "",
        }
        self.faults.append(held.fault(("replaces",) if before is None else ("code",), what % words))

    def _blame(self, file: str, source: reading.Source, path: reading.Path, place: str, what: str) -> None:
        self.faults.append(Fault(file, source.line(path), place, what))
