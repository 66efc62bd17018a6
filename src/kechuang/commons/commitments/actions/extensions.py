# SPDX-License-Identifier: Apache-2.0
"""More time (延期): asked for with a reason, decided by another person; asked for too late, the slip stays."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Commitment, Extension, Milestone
from kechuang.commons.commitments.permissions import can_ask_extension, can_decide_extension
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


@action("commitments.extension.asked", permission=can_ask_extension)
def ask_extension(thing: Commitment | Milestone, actor: Actor, *, new_due: dt.date, reason: str) -> Extension:
    """Ask for a later date of a commitment or of a milestone (申请延期)."""
    due = _due_of(thing)
    if new_due <= due:
        raise Problem(
            _("申请延至 %(new)s，并不晚于现在的时限 %(due)s。")
            % {"new": new_due.isoformat(), "due": due.isoformat()},
            remedy=_("请填写更晚的日期。"),
            field="new_due",
        )
    _require_within(thing, new_due)
    if not reason.strip():
        raise Problem(_("请填写延期原因。"), remedy=_("写明为什么、已做到哪一步。"), field="reason")
    waiting = thing.extensions.filter(decided_on__isnull=True)
    if isinstance(thing, Commitment):
        waiting = waiting.filter(milestone__isnull=True)
    if waiting.exists():
        raise Problem(_("已有一份延期申请等待审批。"), remedy=_("请等审批结果，或联系审批人。"))
    extension = Extension.objects.create(
        commitment=thing.commitment if isinstance(thing, Milestone) else thing,
        milestone=thing if isinstance(thing, Milestone) else None,
        old_due=due,
        new_due=new_due,
        reason=reason.strip(),
        asked_on=clock.today(),
        asked_by=actor.name,
        asked_by_id=actor.id,
        asked_for=actor.on_behalf_of,
    )
    note(commitment=extension.commitment, late=extension.is_late)
    return extension


@action("commitments.extension.decided", permission=can_decide_extension)
def decide_extension(extension: Extension, actor: Actor, *, approved: bool, words: str = "") -> Extension:
    """Approve or decline more time (审批延期); declining says why. Approved, the date moves."""
    if extension.decided_on is not None:
        raise Problem(
            _("这份延期申请已由%(by)s于 %(day)s 审批。")
            % {"by": extension.decided_by, "day": extension.decided_on.isoformat()},
            remedy=_("请刷新页面。"),
        )
    if not approved and not words.strip():
        raise Problem(_("请填写不同意的理由。"), remedy=_("写明应如何按原时限完成。"), field="words")
    day = clock.today()
    if approved:
        _move(extension, day)
    extension.decided_on, extension.decided_by = day, actor.name
    extension.approved, extension.words = approved, words.strip()
    extension.save(update_fields=["decided_on", "decided_by", "approved", "words"])
    note(commitment=extension.commitment, late=extension.is_late)
    return extension


def _move(extension: Extension, day: dt.date) -> None:
    """Move the date of the thing, locked, if it is still what was asked about."""
    asked: Commitment | Milestone = extension.milestone or extension.commitment
    thing = type(asked)._base_manager.select_for_update().get(pk=asked.pk)
    assert isinstance(thing, Commitment | Milestone)
    if _due_of(thing) != extension.old_due:
        raise Problem(
            _("申请之后时限已改为 %(due)s。") % {"due": _due_of(thing).isoformat()},
            remedy=_("请不同意这份申请，由处室按新的时限另行申请。"),
        )
    _require_within(thing, extension.new_due)
    thing.move_due(extension.new_due, asked=extension.asked_on, decided=day)
    thing.version += 1
    thing.save(update_fields=["due", "moves", "version"])


def _due_of(thing: Commitment | Milestone) -> dt.date:
    """The date in force of what is still open; raises Problem."""
    is_open = thing.state == (
        Milestone.State.APPROVED if isinstance(thing, Milestone) else Commitment.State.OPEN
    )
    if not is_open:
        raise Problem(
            _("“%(title)s”当前状态为“%(state)s”，不能延期。")
            % {"title": thing.title, "state": thing.get_state_display()},
            remedy=_("请刷新页面查看最新状态。"),
        )
    if thing.due is None:
        raise Problem(_("“%(title)s”没有设时限，不需要延期。") % {"title": thing.title})
    return thing.due


def _require_within(thing: Commitment | Milestone, due: dt.date) -> None:
    """A milestone or part is not due after the task it belongs to."""
    whole = thing.commitment if isinstance(thing, Milestone) else thing.parent
    if whole is not None and whole.due is not None and due > whole.due:
        raise Problem(
            _("延至 %(due)s 将晚于任务“%(task)s”的时限 %(whole)s。")
            % {"due": due.isoformat(), "task": whole.title, "whole": whole.due.isoformat()},
            remedy=_("请改填更早的日期，或先为任务申请延期。"),
            field="new_due",
        )
