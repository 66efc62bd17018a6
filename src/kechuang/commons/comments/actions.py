# SPDX-License-Identifier: Apache-2.0
"""Saying something about a thing, changing it, taking it back; a leader's instruction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.access.models import User
from kechuang.commons.comments.models import Comment, CommentTrace, Instruction, Mention
from kechuang.commons.comments.permissions import (
    can_edit_comment,
    can_give_instruction,
    can_post_comment,
    can_withdraw_comment,
)
from kechuang.commons.comments.ports import office_names
from kechuang.commons.comments.queries import can_be_named, named_in
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref

LONGEST = 2000


@action("comments.comment.posted", permission=can_post_comment, silent=("text",))
def post_comment(comment: Comment, actor: Actor, *, text: str) -> Comment:
    """Say something about a record (批注): ``post_comment(Comment.on(ref), actor, text=…)``."""
    _write(comment, actor, text)
    return comment


@action("comments.comment.edited", permission=can_edit_comment, silent=("text",))
def edit_comment(comment: Comment, actor: Actor, *, text: str) -> Comment:
    """Say it better while it is fresh (修改批注); what it said stays in its trace."""
    _leave_trace(comment, actor)
    comment.text, comment.edited_at = _words(text), clock.now()
    comment.save(update_fields=["text", "edited_at"])
    comment.mentions.all().delete()
    _mention(comment, actor)
    return comment


@action("comments.comment.withdrawn", permission=can_withdraw_comment)
def withdraw_comment(comment: Comment, actor: Actor) -> Comment:
    """Take it back (撤回批注); that something was said stays visible, what it was only in the trace."""
    _leave_trace(comment, actor)
    comment.text, comment.withdrawn_at = "", clock.now()
    comment.save(update_fields=["text", "withdrawn_at"])
    comment.mentions.all().delete()
    note(about=comment.ref)
    return comment


@action("comments.instruction.given", permission=can_give_instruction, silent=("text",))
def give_instruction(
    comment: Comment,
    actor: Actor,
    *,
    text: str,
    title: str = "",
    due: dt.date | None = None,
    offices: Sequence[Ref] = (),
) -> Comment:
    """A leader's instruction on a record (批示): the offices, the lead first, are to carry it out by ``due``."""
    known = office_names(clock.today())
    unknown = [ref for ref in offices if ref not in known]
    if not offices or unknown or len(set(offices)) != len(offices):
        raise Problem(
            _("请选择承办处室。") if not offices else _("承办处室重复或已不存在。"),
            remedy=_("第一个为牵头处室，其余为配合处室。"),
            field="lead",
        )
    if due is not None and due < clock.today():
        raise Problem(
            _("时限 %(due)s 早于今天。") % {"due": due.isoformat()}, remedy=_("请核对时限。"), field="due"
        )
    _write(comment, actor, text)
    Instruction.objects.create(
        comment=comment,
        title=(title.strip() or _first_sentence(comment.text))[:200],
        due=due,
        offices=[str(ref) for ref in offices],
    )
    return comment


def _write(comment: Comment, actor: Actor, text: str) -> None:
    comment.text, comment.at = _words(text), clock.now()
    comment.author = User.objects.get(pk=actor.id)
    comment.by = actor.name
    comment.save()
    _mention(comment, actor)
    note(about=comment.ref)


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise Problem(_("请填写批注内容。"), remedy=_("可以用 @姓名 提醒同事查看。"), field="text")
    if len(words) > LONGEST:
        raise Problem(
            _("批注超过 %(most)s 字。") % {"most": LONGEST}, remedy=_("请精简，或以附件报送。"), field="text"
        )
    return words


def _first_sentence(text: str) -> str:
    ends = [place for mark in "。；\n" if (place := text.find(mark)) > 0]
    return text[: min(ends, default=len(text))]


def _leave_trace(comment: Comment, actor: Actor) -> None:
    CommentTrace.objects.create(comment=comment, text=comment.text, at=clock.now(), by=actor.name)


def _mention(comment: Comment, actor: Actor) -> None:
    """Keep whom the text names. Raises Problem for a name of several people, or of one who may not see the thing."""
    named = named_in(comment.text)
    if not named:
        return
    verdict = holds(actor, "comments.mention_person")
    if not verdict:
        raise Problem(verdict.reason, remedy=_("请去掉 @ 后再提交。"), field="text")
    for place in named:
        if len(place.users) > 1:
            choices = "、".join(f"@{user}({user.username})" for user in place.users)
            raise Problem(
                _("“@%(name)s”有 %(count)s 人同名。") % {"name": place.written, "count": len(place.users)},
                remedy=_("请写明账号：%(choices)s。") % {"choices": choices},
                field="text",
            )
    users = list(dict.fromkeys(place.users[0] for place in named))
    blind = [str(user) for user in users if not can_be_named(user, comment.ref)]
    if blind:
        raise Problem(
            _("%(names)s无权查看这项内容，提及后也看不到。") % {"names": "、".join(blind)},
            remedy=_("请去掉对其的 @，或先由安全管理员授权。"),
            field="text",
        )
    Mention.objects.bulk_create(Mention(comment=comment, user=user) for user in users)
    note(mentioned=[str(Ref.of(user)) for user in users])
