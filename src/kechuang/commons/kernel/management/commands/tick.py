# SPDX-License-Identifier: Apache-2.0
"""``kechuang tick``: what must be done from time to time; running it twice does nothing twice."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kechuang.commons.kernel.journal import seal_journal
from kechuang.commons.kernel.outbox import deliver
from kechuang.commons.kernel.ticks import do_ticks


class Command(BaseCommand):
    """Deliver what waits in the outbox, seal the journal, do what the rooms offer."""

    help = "投递待办消息、封存日志、发送通知、更新搜索；可重复执行"

    def add_arguments(self, parser: CommandParser) -> None:
        """``--every SECONDS`` keeps running."""
        parser.add_argument("--every", type=float, default=0, help="每隔多少秒执行一次（默认只执行一次）")

    def handle(self, *args: Any, every: float, **options: Any) -> None:
        """Run once or for ever."""
        del args, options
        while True:
            delivered, sealed = deliver(), seal_journal()
            done = [(words, count) for words, count in do_ticks() if count]
            if delivered or sealed or done or not every:
                more = "".join(f"，{words} {count} 条" for words, count in done)
                self.stdout.write(f"投递 {delivered} 条，封存 {sealed} 条{more}")
            if not every:
                return
            time.sleep(every)
