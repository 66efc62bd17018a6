# SPDX-License-Identifier: Apache-2.0
"""``kechuang journal verify|seal``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kechuang.commons.kernel.journal import seal_journal, verify_journal


class Command(BaseCommand):
    """Seal the journal, or prove that nobody changed it."""

    help = "封存日志（seal）或校验日志哈希链（verify）"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word: what to do."""
        parser.add_argument("what", choices=["verify", "seal"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Print the counts; a broken chain ends with an error."""
        del args, options
        if what == "seal":
            self.stdout.write(f"已封存 {seal_journal(limit=10**9)} 条")
            return
        result = verify_journal()
        for fault in result.faults:
            self.stderr.write(fault)
        if not result.intact:
            raise CommandError(f"日志链不完整：{len(result.faults)} 处")
        self.stdout.write(f"日志完整：已封存 {result.sealed} 条，待封存 {result.unsealed} 条")
