# SPDX-License-Identifier: Apache-2.0
"""Who may say something about a thing, change it, take it back, or give an instruction."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.comments.models import Comment
from kechuang.commons.comments.queries import edit_ends
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, visible_to
from kechuang.commons.kernel.verdicts import ALLOWED, Verdict, first_refusal, refuse


def can_see_comments(ref: Ref, actor: Actor) -> Verdict:
    """Who may read comments at all and may open the thing; what no room resolves is closed to everyone."""
    verdict = holds(actor, "comments.view_comment")
    if not verdict:
        return verdict
    return (
        ALLOWED if ref in visible_to(actor, [ref]) else refuse(_("您无权查看这项内容，因此不能查看或批注。"))
    )


def can_post_comment(comment: Comment, actor: Actor) -> Verdict:
    """Who sees the thing and its comments, and may add one."""
    return first_refusal(can_see_comments(comment.ref, actor), holds(actor, "comments.post_comment"))


def can_give_instruction(comment: Comment, actor: Actor) -> Verdict:
    """A leader, on what he may open (批示)."""
    return first_refusal(can_see_comments(comment.ref, actor), holds(actor, "comments.give_instruction"))


def may_still_edit(comment: Comment, actor: Actor) -> Verdict:
    """The author, for some minutes; never an instruction, which others act upon. Asks no database."""
    if not _is_author(comment, actor):
        return refuse(_("只有批注人本人可以修改。"))
    if comment.withdrawn_at is not None:
        return refuse(_("这条批注已撤回，不能修改。"))
    if hasattr(comment, "instruction"):
        return refuse(_("批示作出后不能修改，如需调整请另作批示。"))
    if clock.now() > edit_ends(comment):
        return refuse(
            _("批注发出超过 %(minutes)s 分钟，不能再修改；可以撤回后重新批注。")
            % {"minutes": settings.COMMENT_EDIT_MINUTES}
        )
    return ALLOWED


def can_edit_comment(comment: Comment, actor: Actor) -> Verdict:
    """The author while it is fresh, if he may still comment on the thing."""
    return first_refusal(may_still_edit(comment, actor), can_post_comment(comment, actor))


def can_withdraw_comment(comment: Comment, actor: Actor) -> Verdict:
    """The author at any time, or who keeps order; never an instruction."""
    if comment.withdrawn_at is not None:
        return refuse(_("这条批注已撤回。"))
    if hasattr(comment, "instruction"):
        return refuse(_("批示作出后不能撤回，请在督办事项中撤销。"))
    return ALLOWED if _is_author(comment, actor) else holds(actor, "comments.withdraw_any")


def _is_author(comment: Comment, actor: Actor) -> bool:
    return bool(actor.id) and str(comment.author_id) == actor.id
