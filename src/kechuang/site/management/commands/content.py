# SPDX-License-Identifier: Apache-2.0
"""``kechuang content check | load``: the content packs of this site's city."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.packs.faults import ContentErrors
from kechuang.commons.packs.library import Library
from kechuang.site.content import install, library


class Command(BaseCommand):
    """Check the packs, or install them."""

    help = "内容包：检查（check）、装载（load）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=["check", "load"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do it, or list everything that is wrong."""
        del args, options
        try:
            content = library()
            if what == "load":
                install(content, Actor.system("内容装载"))
        except (ContentErrors, Problem) as problem:
            raise CommandError(str(problem)) from problem
        self._count(content)

    def _count(self, content: Library) -> None:
        counted = Counter((held.pack, held.kind) for held in content.held.values())
        for (pack, kind), count in counted.items():
            self.stdout.write(f"{pack:14} {kind:20} {count:4}")
