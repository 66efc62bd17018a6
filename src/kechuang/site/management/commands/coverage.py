# SPDX-License-Identifier: Apache-2.0
"""``kechuang coverage [--json]``: what of the plan the product carries."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kechuang.site.coverage import as_json, survey


class Command(BaseCommand):
    """Print the table of tasks and mechanisms."""

    help = "要点对照：任务与机制的落地状态"

    def add_arguments(self, parser: CommandParser) -> None:
        """``--json`` for programs."""
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        del args
        found = survey()
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=1))
            return
        for state, tasks, mechanisms in found.counts:
            self.stdout.write(f"{state:8} 任务 {tasks:3}  机制 {mechanisms:3}")
        for line in (*found.tasks, *found.mechanisms):
            self.stdout.write(f"{line.id:6} {line.state:8} {line.title}")
