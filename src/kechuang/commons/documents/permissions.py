# SPDX-License-Identifier: Apache-2.0
"""Who may hand in and read files."""

from __future__ import annotations

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


def can_read_document(document: Document, actor: Actor) -> Verdict:
    """Who may see the thing a file is about may read the file; a file about nothing only its uploader's action shows."""
    if actor.is_system:
        return ALLOWED
    if not document.about_id:
        return refuse(_("这个文件尚未归入任何事项。"))
    ref = Ref(document.about_kind, document.about_id)
    resolved = resolve_many([ref], actor)[ref]
    return ALLOWED if resolved.visible and resolved.url else refuse(_("您无权查看这个文件所属的事项。"))
