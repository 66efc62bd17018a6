# SPDX-License-Identifier: Apache-2.0
"""A thread as one viewer sees it: each comment with what he may do to it, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from kechuang.commons.access.grants import holds
from kechuang.commons.comments.forms import CommentForm
from kechuang.commons.comments.models import Comment, CommentTrace
from kechuang.commons.comments.permissions import (
    can_give_instruction,
    can_post_comment,
    can_see_comments,
    can_withdraw_comment,
    may_still_edit,
)
from kechuang.commons.comments.ports import office_names, outcomes_of
from kechuang.commons.comments.queries import comments_on
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, Resolved
from kechuang.commons.kernel.verdicts import Verdict
from kechuang.commons.ui.forms import ActionForm

NEWEST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A comment with what the viewer may do to it."""

    comment: Comment
    words: SafeString
    may_edit: bool
    may_withdraw: bool
    withdraw: ActionForm
    offices: str
    outcomes: list[Resolved]
    traces: list[CommentTrace]


@dataclass(frozen=True, slots=True)
class Thread:
    """What a viewer sees of the comments on a record."""

    ref: Ref
    may_see: Verdict
    may_post: Verdict
    may_instruct: Verdict
    lines: list[Line]
    count: int

    @property
    def earlier(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


def thread_of(ref: Ref, viewer: Actor, *, newest: int | None = NEWEST) -> Thread:
    """The thread on a record; empty where the viewer may not see it."""
    blank = Comment.on(ref)
    may_see = can_see_comments(ref, viewer)
    if not may_see:
        return Thread(ref, may_see, may_see, may_see, [], 0)
    rows = comments_on(ref).prefetch_related("mentions__user")
    if holds(viewer, "comments.view_trace"):
        rows = rows.prefetch_related("traces")
    found = list(rows.order_by("-id")[:newest])[::-1]
    count = len(found) if newest is None or len(found) < newest else comments_on(ref).count()
    lines = _lines(found, viewer, with_traces=bool(holds(viewer, "comments.view_trace")))
    return Thread(
        ref, may_see, can_post_comment(blank, viewer), can_give_instruction(blank, viewer), lines, count
    )


def section_context(
    ref: Ref, viewer: Actor, *, form: CommentForm | None = None, newest: int | None = NEWEST
) -> dict[str, Any]:
    """What the template of the section needs, wherever it stands."""
    return {
        "thread": thread_of(ref, viewer, newest=newest),
        "form": form or CommentForm(prefix="comment"),
        "section_id": f"comments-{ref.kind}-{ref.id}".replace(".", "-"),
        "may_mention": holds(viewer, "comments.mention_person"),
    }


def _lines(comments: list[Comment], viewer: Actor, *, with_traces: bool) -> list[Line]:
    instructed = [comment for comment in comments if hasattr(comment, "instruction")]
    offices = office_names(clock.today()) if instructed else {}
    became = outcomes_of(map(Ref.of, instructed), viewer)
    return [
        Line(
            comment,
            shown_text(comment),
            bool(may_still_edit(comment, viewer)),
            bool(can_withdraw_comment(comment, viewer)),
            ActionForm(version=comment.version, auto_id=False),
            "、".join(offices.get(ref, str(ref)) for ref in comment.instruction.office_refs)
            if comment in instructed
            else "",
            became.get(Ref.of(comment), []),
            list(comment.traces.all()) if with_traces else [],
        )
        for comment in comments
    ]


def shown_text(comment: Comment) -> SafeString:
    """The text as HTML: escaped, line breaks kept, the people it names marked."""
    html = str(escape(comment.text))
    people = [mention.user for mention in comment.mentions.all()]
    names = {name for user in people for name in (str(user), user.username, f"{user}({user.username})")}
    for name in sorted(names, key=len, reverse=True):
        written = escape(f"@{name}")
        html = html.replace(written, f'<span class="kc-mention">\x00{written[1:]}</span>')
    return SafeString(html.replace("\x00", "@").replace("\n", "<br>"))
