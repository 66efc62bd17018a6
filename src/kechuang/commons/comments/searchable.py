# SPDX-License-Identifier: Apache-2.0
"""Comments in the global search, by their words; found by who may open what they are about."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from kechuang.commons.comments.models import Comment
from kechuang.commons.kernel.searching import Searchable, searchable


@searchable("comments.comment", _("批注"), permission="comments.view_comment", order=70)
def comments(ids: Collection[str] | None) -> Iterator[Searchable]:
    """Who said it; the words. What was withdrawn is not found."""
    rows = Comment.objects.all() if ids is None else Comment.objects.filter(pk__in=ids)
    for row in rows.filter(withdrawn_at__isnull=True).iterator():
        yield Searchable(str(row.pk), row.by, row.text)
