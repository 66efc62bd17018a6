# SPDX-License-Identifier: Apache-2.0
"""Handing in files, and destroying what must no longer exist."""

from __future__ import annotations

import functools
import time

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kechuang.commons.documents.models import Discard, Document
from kechuang.commons.documents.naming import safe_name
from kechuang.commons.documents.permissions import can_discard_document, can_store_document
from kechuang.commons.documents.queries import is_named
from kechuang.commons.documents.refusing import check_content
from kechuang.commons.documents.scanning import check_for_viruses
from kechuang.commons.documents.sniffing import media_type_of
from kechuang.commons.documents.storage import drop, keep
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref

AN_ACT = 600  # seconds: longer than an upload takes from its first byte to the commit


@action("documents.document.stored", permission=can_store_document)
def store_document(
    thing: None, actor: Actor, *, name: str, data: bytes, about: Ref | None = None
) -> Document:
    """Keep a file (存件). Raises Problem for one that is empty, too large, hostile, or that a scanner stops."""
    del thing
    if not data:
        raise Problem(
            _("文件“%(name)s”是空的。") % {"name": name}, remedy=_("请检查后重新上传。"), field="file"
        )
    if len(data) > settings.LONGEST_UPLOAD:
        most = settings.LONGEST_UPLOAD // 1024 // 1024
        raise Problem(
            _("文件“%(name)s”超过 %(most)s MB。") % {"name": name, "most": most},
            remedy=_("请压缩图片或拆分后再上传。"),
            field="file",
        )
    name = safe_name(name)
    check_content(name, data)
    check_for_viruses(name, data)
    return Document.objects.create(
        name=name,
        sha256=keep(data),
        size=len(data),
        media_type=media_type_of(name, data),
        about_kind=about.kind if about else "",
        about_id=about.id if about else "",
        uploaded_at=clock.now(),
        uploaded_by=actor.name,
    )


@action("documents.document.discarded", permission=can_discard_document)
def discard_document(document: Document, actor: Actor, *, reason: str) -> Discard:
    """Destroy a file's content (销毁文件) with what is personal in the matter it belongs to.

    The bytes go when this is committed, unless another file has the same; what somebody may be handing in at this very
    moment is left to the clearing up.
    """
    made, _new = Discard.objects.get_or_create(
        document=document, defaults={"reason": reason[:200], "by": actor.name, "at": clock.now()}
    )
    transaction.on_commit(functools.partial(_drop, document.sha256))
    return made


def _drop(digest: str) -> None:
    if not is_named(digest):
        drop(digest, time.time() - AN_ACT)
