# SPDX-License-Identifier: Apache-2.0
"""``kechuang tick``: what must be done from time to time; running it twice does nothing twice."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kechuang.commons.kernel.journal import seal_journal
from kechuang.commons.kernel.outbox import deliver


class Command(BaseCommand):
    """Deliver what waits in the outbox and seal the journal."""

    help = "投递待办消息并封存日志；可重复执行"

    def add_arguments(self, parser: CommandParser) -> None:
        """``--every SECONDS`` keeps running."""
        parser.add_argument("--every", type=float, default=0, help="每隔多少秒执行一次（默认只执行一次）")

    def handle(self, *args: Any, every: float, **options: Any) -> None:
        """Run once or for ever."""
        del args, options
        while True:
            delivered, sealed = deliver(), seal_journal()
            if delivered or sealed or not every:
                self.stdout.write(f"投递 {delivered} 条，封存 {sealed} 条")
            if not every:
                return
            time.sleep(every)
