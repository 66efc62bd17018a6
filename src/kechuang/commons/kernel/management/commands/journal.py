# SPDX-License-Identifier: Apache-2.0
"""``kechuang journal verify|seal``."""

from __future__ import annotations

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kechuang.commons.kernel.journal import seal_journal
from kechuang.commons.kernel.verification import verify_journal


class Command(BaseCommand):
    """Seal the journal, or prove that nobody changed it."""

    help = "封存日志（seal）或校验日志哈希链（verify）"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do; the head of the chain as it was noted earlier."""
        parser.add_argument("what", choices=["verify", "seal"])
        parser.add_argument(
            "--head", default="", help="此前校验时记下的链头（环号:哈希），可发现整条链被截断或重做"
        )

    def handle(self, *args: Any, what: str, head: str, **options: Any) -> None:
        """Print the counts and the head; a broken chain ends with an error."""
        del args, options
        if what == "seal":
            self.stdout.write(_("已封存 %(count)s 条") % {"count": seal_journal(limit=10**9)})
            return
        if head and not re.fullmatch(r"\d+:[0-9a-f]{64}", head):
            raise CommandError(_("链头应写成“环号:64 位哈希”，从此前的校验结果复制。"))
        result = verify_journal(head)
        for fault in result.faults:
            self.stderr.write(str(fault))
        if not result.intact:
            raise CommandError(_("日志链不完整：%(count)s 处") % {"count": len(result.faults)})
        counts = {"sealed": result.sealed, "unsealed": result.unsealed}
        self.stdout.write(_("日志完整：已封存 %(sealed)s 条，待封存 %(unsealed)s 条") % counts)
        self.stdout.write(
            _("链头 %(head)s（请记在系统之外，下次校验时用 --head 核对）") % {"head": result.head}
        )
