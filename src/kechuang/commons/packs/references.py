# SPDX-License-Identifier: Apache-2.0
"""What pieces say of one another: a field marked ``Refers`` names something that exists, ``Offers`` gives it a name."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

from kechuang.commons.packs.faults import Fault
from kechuang.commons.packs.library import Held, Library
from kechuang.commons.packs.pieces import Offers, Part, Refers, kind_words, piece_kinds
from kechuang.commons.packs.reading import Path

M = TypeVar("M", Refers, Offers)


def marked(part: Part, mark: type[M], path: Path = ()) -> Iterator[tuple[Path, M, str]]:
    """Every value in a field under a mark, with its place; tuples and nested parts are walked."""
    for name, field in type(part).model_fields.items():
        marks = [one for one in field.metadata if isinstance(one, mark)]
        value = getattr(part, name)
        members = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, member in members:
            place = (*path, name) if index is None else (*path, name, index)
            if isinstance(member, Part):
                yield from marked(member, mark, place)
            elif isinstance(member, str):
                yield from ((place, one, member) for one in marks)


def broken_references(library: Library, known: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """What refers to nothing, and what is offered twice where it may be offered once."""
    offered: dict[str, set[str]] = defaultdict(set, {kind: set(words) for kind, words in known.items()})
    for kind in piece_kinds():
        offered[kind] |= {code for of, code in library.held if of == kind}
    yield from _offers(library, offered)
    for held in library.held.values():
        for path, mark, value in marked(held.piece, Refers):
            if mark.kind in offered and value not in offered[mark.kind]:
                words = {"kind": mark.words or kind_words(mark.kind), "value": value}
                near = "、".join(difflib.get_close_matches(value, offered[mark.kind], n=2))
                what = _("没有“%(value)s”这个%(kind)s") % words
                yield held.fault(path, what + (_("；相近的有：%(near)s") % {"near": near} if near else ""))


def _offers(library: Library, offered: dict[str, set[str]]) -> Iterator[Fault]:
    """Gather what fields offer."""
    first: dict[tuple[str, str], Held] = {}
    for held in library.held.values():
        for path, mark, value in marked(held.piece, Offers):
            offered[mark.kind].add(value)
            before = first.setdefault((mark.kind, value), held)
            if mark.once and before is not held:
                place = f"{before.piece.code}（{before.file}:{before.line}）"
                words = {"kind": mark.words, "value": value, "place": place}
                yield held.fault(path, _("%(kind)s“%(value)s”已用于 %(place)s") % words)
