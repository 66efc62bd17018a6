# SPDX-License-Identifier: Apache-2.0
"""To-dos of oversight: reports to hand in, letters to answer, letters to send, objections to decide."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds, ids_in_scope
from kechuang.commons.commitments.rounds import to_answer
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import Todo, desk
from kechuang.commons.oversight.letters import asked_on, unanswered
from kechuang.commons.oversight.models import Objection
from kechuang.commons.oversight.permissions import can_decide_objection, can_issue_letter

MOST = 50


@desk("oversight")
def oversight_todos(actor: Actor, day: dt.date) -> Iterator[Todo]:
    """A constant number of queries, fewer for who has nothing to do with it."""
    _everywhere, units = ids_in_scope(actor, "commitments.report_part", "parties.unit")
    waiting = Counter(
        (one.call.round, one.part.unit) for one in (to_answer(map(int, units), day) if units else ())
    )
    for (asked, unit), count in waiting.items():
        over = asked.due_on < day
        words = _("已截止，还有 %(count)s 项未报，补报记为迟报") if over else _("还有 %(count)s 项未报")
        yield Todo(
            asked.title,
            words % {"count": count},
            reverse("oversight:round-detail", args=[asked.pk]),
            asked.due_on,
            "red" if over else "yellow",
            str(unit),
        )
    for letter in unanswered(map(int, units)) if units else ():
        late = letter.state_on(day) == "overdue"
        yield Todo(
            _("回复%(name)s：%(title)s") % {"name": letter.name, "title": letter.item.title},
            letter.reason,
            reverse("oversight:letter-detail", args=[letter.pk]),
            letter.reply_due,
            "red" if late else "yellow",
            str(letter.unit),
        )
    if can_issue_letter(None, actor):
        due = len(asked_on(day))
        if due:
            title = _("应发督办单 %(count)s 份") % {"count": due}
            yield Todo(title, _("按现行督办办法"), reverse("oversight:letter-issue"), light="yellow")
    if holds(actor, "oversight.decide_objection"):
        for objection in Objection.objects.filter(decided_on__isnull=True).select_related("unit")[:MOST]:
            if can_decide_objection(objection, actor):
                yield Todo(
                    _("审定申诉：%(unit)s") % {"unit": objection.unit},
                    objection.reason,
                    reverse("oversight:objection-decide", args=[objection.pk]),
                    light="yellow",
                )
