# SPDX-License-Identifier: Apache-2.0
"""What follows from the reports of the demo year (督办与文书): letters sent and answered, monthly briefs issued."""

from __future__ import annotations

import datetime as dt
import random

from kechuang.apps.workplan.models import PlanVersion
from kechuang.apps.workplan.queries.tasks import current_version
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.calendar.queries import add_working_days
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.oversight.actions import answer_letter, issue_letter, raise_objection
from kechuang.commons.oversight.letters import Asked, asked_on
from kechuang.commons.oversight.models import Letter, Objection
from kechuang.commons.papers.actions import check_paper, draft_paper, edit_paper, issue_paper, submit_paper
from kechuang.commons.papers.markup import LEFT_OPEN
from kechuang.commons.papers.models import Paper
from kechuang.commons.parties.models import Unit

SEED, ONE, WEEK = 2019, dt.timedelta(days=1), dt.timedelta(days=7)
FIRST_MONDAY = dt.date(2019, 5, 6)
BRIEFS = range(5, 13)
WORKING_DAYS = 3
ANSWERED_SHARE, LATE_SHARE = 0.75, 0.2
BRIEF = "monthly_brief"
NEXT = "个别举措逾期，原因是部门间数据衔接较慢。下一步对滞后任务逐项约谈牵头处室，按周调度。（演示数据）"


class Following:
    """The letters and the briefs up to a day, by the people who would make them."""

    def __init__(self, day: dt.date) -> None:
        self.day, self.dice = day, random.Random(SEED)  # noqa: S311 -- a reproducible demo, not a secret
        users = User.objects.filter(demo=True)
        self.people = {user.username.removeprefix("demo-"): actor_of(user) for user in users}

    def send_letters(self) -> int:
        """Each Monday the letters that the ladder asks for, most of them answered; 0 where some were sent before."""
        if Letter.objects.exists() or current_version(self.day) is None:
            return 0
        weeks = (self.day - FIRST_MONDAY).days // WEEK.days
        return sum(self._send(FIRST_MONDAY + number * WEEK) for number in range(weeks + 1))

    def _send(self, day: dt.date) -> int:
        with clock.pinned(day):
            asked = asked_on(day)
            letters = [issue_letter(one.item, self.people["leader"], rung=one.rung.code) for one in asked]
        for one, letter in zip(asked, letters, strict=True):
            self._answer(one, letter)
        return len(letters)

    def _answer(self, asked: Asked, letter: Letter) -> None:
        if self.dice.random() > ANSWERED_SHARE:
            return
        days = -self.dice.randrange(1, 3) if self.dice.random() > LATE_SHARE else self.dice.randrange(2, 6)
        day = letter.reply_due + dt.timedelta(days=days)
        if not letter.issued_on <= day < self.day:
            return
        with clock.pinned(day):
            words = f"关于“{asked.item.title}”：已约请有关单位协调，两周内报送成果。（演示数据）"
            answer_letter(letter, self.people[f"{asked.unit.code}-staff"], text=words)

    def object(self) -> int:
        """The office of the last letter objects to it; 0 where somebody has objected before."""
        letter = Letter.objects.order_by("issued_on", "no").select_related("unit").last()
        if letter is None or Objection.objects.exists():
            return 0
        head, words = self.people[f"{letter.unit.code}-head"], "调整时限的请示已报出，批复未到。（演示数据）"
        with clock.pinned(self.day - ONE):
            raise_objection(
                letter.unit, head, year=self.day.year, event="letter", cause=Ref.of(letter), reason=words
            )
        return 1

    def issue_briefs(self) -> int:
        """The brief of each month, drafted, checked and issued; 0 where some were drafted before."""
        version = current_version(self.day)
        if version is None or Paper.objects.filter(demo=True).exists():
            return 0
        ends = [dt.date(self.day.year, month + 1, 1) - ONE for month in BRIEFS if month < self.day.month]
        return sum(self._brief(version, end) for end in ends)

    def _brief(self, version: PlanVersion, month_end: dt.date) -> int:
        office = Unit.objects.order_by("order")[0].code
        drafter, checker = self.people[f"{office}-staff"], self.people[f"{office}-head"]
        with clock.pinned(add_working_days(month_end, WORKING_DAYS)):
            paper = draft_paper(
                None, drafter, code=BRIEF, issuer=version.plan.issuer, day=month_end, demo=True
            )
            edit_paper(paper, drafter, title=paper.title, text=paper.text.replace(LEFT_OPEN, NEXT))
            submit_paper(paper, drafter)
            check_paper(paper, checker)
            issue_paper(paper, self.people["leader"])
        return 1
