# SPDX-License-Identifier: Apache-2.0
"""How a pointer to a comment is shown: only to who may open what it is about."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.comments.models import Comment
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Resolved, resolve_many, resolver, visible_to

EXCERPT = 40


@resolver("comments.comment")
def comments(ids: list[str], viewer: Actor | None) -> Mapping[str, Resolved]:
    """Who said it about what; the place in the thread."""
    rows = list(Comment.objects.filter(pk__in=ids).select_related("instruction"))
    refs = {row.ref for row in rows}
    about = resolve_many(refs)
    if viewer is None:
        open_ones = refs
    else:
        open_ones = set(visible_to(viewer, refs)) if holds(viewer, "comments.view_comment") else set()
    return {
        str(row.pk): Resolved(
            _title(row, about[row.ref].title),
            f"{reverse('comments:thread', args=[str(row.ref)])}#comment-{row.pk}",
            row.ref in open_ones,
        )
        for row in rows
    }


def _title(comment: Comment, about: str) -> str:
    words = _("%(by)s批示：%(title)s") if hasattr(comment, "instruction") else _("%(by)s批注：%(title)s")
    return words % {"by": comment.by, "title": about[:EXCERPT]}
