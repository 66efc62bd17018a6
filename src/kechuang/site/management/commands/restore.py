# SPDX-License-Identifier: Apache-2.0
"""``kechuang restore FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kechuang.commons.kernel.problems import Problem
from kechuang.site.backups import restore


class Command(BaseCommand):
    """The database, the uploads and the secret key in one file."""

    help = "从备份恢复到空的站点"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Do it, or say why not."""
        del args, options
        try:
            restore(file)
        except (Problem, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(str(file))
