# SPDX-License-Identifier: Apache-2.0
"""A letter with its reply slip (督办单)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import holds
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.letters import letters
from kechuang.commons.oversight.wording import points_words, state_words
from kechuang.commons.papers.markup import Value
from kechuang.commons.papers.sources import paper_source
from kechuang.commons.ui.numbers import cn_date


@paper_source("letter")
def letter_values(about: Ref | None, day: dt.date, viewer: Actor) -> Mapping[str, Value]:
    """One letter: what slipped, who answers until when, what it costs, the answer if there is one."""
    verdict = holds(viewer, "oversight.view_letter")
    if not verdict:
        raise Refused(verdict)
    if about is None or about.kind != "oversight.letter" or not about.id.isdigit():
        raise Problem(_("请从督办单的页面进入，再拟印发稿。"))
    letter = letters().get(pk=about.id)
    page = reverse("oversight:letter-detail", args=[letter.pk])
    told = {
        "name": (letter.name, _("名称")),
        "number": (letter.number, _("编号")),
        "unit": (letter.unit.name, _("承办处室")),
        "title": (letter.item.title, _("事项")),
        "task": ((letter.commitment.parent or letter.commitment).title, _("所属任务")),
        "due": (cn_date(letter.due), _("事项时限")),
        "reason": (letter.reason, _("事由")),
        "issued_on": (cn_date(letter.issued_on), _("发出日期")),
        "issued_by": (letter.issued_by, _("发出人")),
        "reply_due": (cn_date(letter.reply_due), _("回复时限")),
        "points": (points_words(letter.points), _("扣分")),
        "state": (state_words(letter.state_on(day))[0], _("状态")),
        "reply": (letter.report.text if letter.report else "", _("回复")),
        "day": (cn_date(day), _("数据截至")),
    }
    return {code: Value(words, label, page) for code, (words, label) in told.items()}
