# SPDX-License-Identifier: Apache-2.0
"""``kechuang demo``: the demo year; running it again adds nothing."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from kechuang.apps.ladder.demo import build_demo
from kechuang.apps.workplan.actions import install_plan_facts
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.clock_actions import set_business_day
from kechuang.commons.kernel.journal import seal_journal
from kechuang.site.content import library
from kechuang.site.demo.bodies import install_bodies
from kechuang.site.demo.firms import link_firm
from kechuang.site.demo.following import Following
from kechuang.site.demo.observations import Values
from kechuang.site.demo.people import install_leaders, install_people
from kechuang.site.demo.promises import report_promises
from kechuang.site.demo.registers import Shelf
from kechuang.site.demo.registrations import fill_registrations
from kechuang.site.demo.sessions import fill_sessions
from kechuang.site.demo.year import Year

DEMO_DAY = dt.date(2019, 10, 15)


class Command(BaseCommand):
    """Build the demo year of the city's newest plan pack."""

    help = "生成演示年（演示数据），可重复执行"

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step is done whole or not at all and adds nothing a second time, so that a killed run starts again."""
        del args, options
        actor = Actor.system("演示")
        if clock.set_day() is None:
            set_business_day(None, actor, day=DEMO_DAY)
        self._step("演示角色", lambda: install_people(actor))
        with clock.pinned(DEMO_DAY.replace(month=1, day=1)):
            self._step("分管处室", install_leaders)
        for piece in library().all("plan"):
            with clock.pinned(dt.date(int(piece.year), 3, 1)):
                self._step("计划", functools.partial(install_plan_facts, piece, actor))
        self._step("演示机构", lambda: install_bodies(actor))
        self._step("企业名单", lambda: build_demo(actor))
        self._step("演示企业", lambda: link_firm(actor))
        with clock.pinned(DEMO_DAY - dt.timedelta(days=3)):
            self._step("注册申请", fill_registrations)
        self._step("台账记录", lambda: Shelf(DEMO_DAY).fill())
        self._step("活动场次", lambda: fill_sessions(DEMO_DAY))
        self._step("指标数据", lambda: Values(DEMO_DAY).fill())
        self._step("进展报告", lambda: Year(DEMO_DAY).play())
        self._step("约定事项", lambda: report_promises(DEMO_DAY))
        following = Following(DEMO_DAY)
        self._step("督办单", following.send_letters)
        self._step("申诉", following.object)
        self._step("月报", following.issue_briefs)
        self._step("封存日志", lambda: seal_journal(limit=10**9))

    def _step(self, name: str, work: Callable[[], object]) -> None:
        """One step; after so many rows at once the database is told to look at them, or it plans as for none."""
        with transaction.atomic():
            self.stdout.write(f"{name} {work()}")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
