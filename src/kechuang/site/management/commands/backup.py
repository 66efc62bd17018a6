# SPDX-License-Identifier: Apache-2.0
"""``kechuang backup FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kechuang.commons.kernel.problems import Problem
from kechuang.site.backups import back_up


class Command(BaseCommand):
    """The database, the uploads and the secret key in one file."""

    help = "备份数据库、上传文件和密钥"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Do it, or say why not."""
        del args, options
        try:
            back_up(file)
        except (Problem, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(str(file))
