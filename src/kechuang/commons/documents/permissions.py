# SPDX-License-Identifier: Apache-2.0
"""Who may hand in and read files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, refuse


def can_store_document(thing: Any, actor: Actor) -> Verdict:
    """Every signed-in person may hand in a file; what it is for is asked by the action that uses it."""
    del thing
    return ALLOWED if actor.id or actor.is_system else refuse(_("请先登录。"))


def can_discard_document(document: Document, actor: Actor) -> Verdict:
    """Only with the erasing of what it is about, which asks who may (销毁)."""
    del document
    return ALLOWED if actor.is_system else refuse(_("文件随所属事项的个人信息一并销毁，不能单独销毁。"))


def can_read_document(document: Document, actor: Actor) -> Verdict:
    """Who may see the thing a file is about may read the file; a file about nothing is nobody's yet."""
    if hasattr(document, "discard"):
        return refuse(_("这个文件已按要求销毁。"))
    if actor.is_system:
        return ALLOWED
    if not document.about_id:
        return refuse(_("这个文件尚未归入任何事项。"))
    if readable_of([document], actor):
        return ALLOWED
    return refuse(_("您无权查看这个文件所属的事项。"))


def readable_of(documents: Iterable[Document], actor: Actor) -> set[int]:
    """The keys of the documents an actor may read; one look at each kind of thing they are about."""
    about = {
        document.pk: Ref(document.about_kind, document.about_id)
        for document in documents
        if document.about_id
    }
    resolved = resolve_many(about.values(), actor)
    return {pk for pk, ref in about.items() if resolved[ref].visible and resolved[ref].url}
