# SPDX-License-Identifier: Apache-2.0
"""Releasing content: a version is written once and never again."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.packs.library import Held
from kechuang.commons.packs.pieces import kind_words
from kechuang.commons.releases.canonical import content_of, digest
from kechuang.commons.releases.models import Release
from kechuang.commons.releases.permissions import can_release_pieces


@action("releases.pieces.released", permission=can_release_pieces, silent=("held",))
def release_pieces(thing: None, actor: Actor, *, held: Iterable[Held]) -> int:
    """Release every piece that is not released yet (发布); returns how many.

    Raises Problem, and releases nothing, where a piece says something else than the release of the same version.
    """
    del thing, actor
    known = {
        (kind, code, number): sha256
        for kind, code, number, sha256 in Release.objects.values_list("kind", "code", "number", "sha256")
    }
    fresh, changed = [], []
    for one in held:
        release = _release(one)
        before = known.get((release.kind, release.code, release.number))
        if before is None:
            fresh.append(release)
        elif before != release.sha256:
            changed.append(one)
    if changed:
        raise Problem(
            _("以下内容已按所写版本发布过，文件里的内容却不同：\n%(pieces)s\n")
            % {"pieces": "\n".join(_words(one) for one in changed)},
            remedy=_("已发布的版本不改写：请在文件中提高这些内容的 version，再重新装载。"),
        )
    Release.objects.bulk_create(fresh)
    note(released={f"{release.kind} {release.code}": release.number for release in fresh})
    return len(fresh)


def _release(one: Held) -> Release:
    content = content_of(one.piece)
    return Release(
        kind=one.kind,
        code=one.piece.code,
        title=one.piece.called,
        number=one.piece.version,
        pack=one.pack,
        sha256=digest(content),
        content=content,
        source=one.piece.source,
        verified=one.piece.verified,
        released_at=clock.now(),
    )


def _words(one: Held) -> str:
    return _("%(file)s:%(line)s: %(kind)s %(code)s，版本 %(version)s") % {
        "file": one.file,
        "line": one.line,
        "kind": kind_words(one.kind),
        "code": one.piece.code,
        "version": one.piece.version,
    }
