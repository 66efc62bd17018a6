# SPDX-License-Identifier: Apache-2.0
"""Letters (督办单): sent as the ladder asks, answered by a report, taken back with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kechuang.commons.commitments.actions import report_part
from kechuang.commons.commitments.models import Commitment, Milestone, Responsibility
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.letters import after_days, asked_for, scheme_for
from kechuang.commons.oversight.models import CENT, Letter
from kechuang.commons.oversight.permissions import can_answer_letter, can_issue_letter
from kechuang.commons.papers.numbering import next_number

SERIES = "oversight.letter"


@action("oversight.letter.issued", permission=can_issue_letter)
def issue_letter(item: Commitment | Milestone, actor: Actor, *, rung: str) -> Letter:
    """Send the letter that the ladder asks for today (发督办单): it is numbered and has its own day to answer."""
    day = clock.today()
    asked = asked_for(item, day)
    if asked is None or asked.rung.code != rung:
        raise Problem(
            _("“%(title)s”现在不需要发这一级督办单。") % {"title": item.title},
            remedy=_("可能已经发出、已经办结或时限已改，请刷新页面。"),
        )
    [number] = next_number(SERIES, "{seq}", day.year)
    letter = Letter.objects.create(
        commitment=asked.commitment,
        milestone=item if isinstance(item, Milestone) else None,
        unit=asked.unit,
        rung=rung,
        name=asked.name,
        year=day.year,
        no=int(number),
        reason=asked.reason,
        due=item.schedule_on(day).due,
        hundredths=int(asked.rung.points * CENT),
        issued_on=day,
        issued_by=actor.name,
        reply_due=after_days(scheme_for(item))(day, asked.rung.reply_days),
    )
    note(number=letter.number, unit=letter.unit, reply_due=letter.reply_due)
    return letter


@action("oversight.letter.answered", permission=can_answer_letter, silent=("files",))
def answer_letter(
    letter: Letter,
    actor: Actor,
    *,
    text: str,
    done: bool = False,
    evidence: Iterable[Ref] = (),
    files: Iterable[tuple[str, bytes]] = (),
) -> Letter:
    """The office answers by a report of its part (回复): one report for the task and for the letter."""
    _require_open(letter)
    commitment = letter.commitment
    parts = Responsibility.objects.filter(unit=letter.unit, until__isnull=True)
    part = (
        parts.filter(commitment=commitment).first() or parts.filter(commitment=commitment.parent_id).first()
    )
    if part is None:
        raise Problem(
            _("%(unit)s已不再负责这项任务。") % {"unit": letter.unit},
            remedy=_("请联系发出人撤回这份督办单。"),
        )
    letter.report = report_part(part, actor, text=text, done=done, evidence=evidence, files=files)
    letter.answered_on = clock.today()
    letter.save(update_fields=["report", "answered_on"])
    note(late=letter.answered_on > letter.reply_due)
    return letter


@action("oversight.letter.withdrawn", permission=can_issue_letter)
def withdraw_letter(letter: Letter, actor: Actor, *, reason: str) -> Letter:
    """Take back a letter that should not have been sent (撤回): it costs no points; its number is not used again."""
    del actor
    if letter.withdrawn_on is not None:
        raise Problem(_("这份督办单已经撤回。"), remedy=_("请刷新页面。"))
    if not reason.strip():
        raise Problem(_("请填写撤回原因。"), remedy=_("写明为什么不应发出。"), field="reason")
    letter.withdrawn_on, letter.withdrawn_why = clock.today(), reason.strip()
    letter.save(update_fields=["withdrawn_on", "withdrawn_why"])
    return letter


def _require_open(letter: Letter) -> None:
    if letter.withdrawn_on is not None:
        raise Problem(_("这份督办单已经撤回，不需要回复。"), remedy=_("请刷新页面。"))
    if letter.answered_on is not None:
        raise Problem(
            _("这份督办单已于 %(day)s 回复。") % {"day": letter.answered_on.isoformat()},
            remedy=_("如需补充，请在任务页另行报送。"),
        )
