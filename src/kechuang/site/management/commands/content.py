# SPDX-License-Identifier: Apache-2.0
"""``kechuang content check | load | schema``: the content packs of this site's city."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.packs.faults import ContentErrors
from kechuang.commons.packs.library import Library
from kechuang.commons.packs.pieces import kind_words
from kechuang.commons.packs.schemas import schemas
from kechuang.site.asked import known_words
from kechuang.site.content import install, read_content


class Command(BaseCommand):
    """Check the packs, install them, or write the schemas that editors read."""

    help = "内容包：检查（check）、装载（load）、写出编辑器用的 JSON Schema（schema）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=["check", "load", "schema"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do it, or list everything that is wrong."""
        del args, options
        try:
            {"check": self._check, "load": self._load, "schema": self._schema}[what]()
        except ContentErrors as problem:
            count = _("共 %(count)s 处问题") % {"count": len(problem.faults)}
            raise CommandError(f"{problem}\n{count}") from problem
        except Problem as problem:
            raise CommandError(str(problem)) from problem

    def _check(self) -> None:
        self._count(read_content(known_words()))

    def _load(self) -> None:
        content = read_content({})
        fresh = install(content, Actor.system(_("内容装载")))
        self._count(content)
        self.stdout.write(_("新发布版本 %(count)s 个") % {"count": fresh})

    def _schema(self) -> None:
        folder = settings.CONTENT_ROOT / "schemas"
        folder.mkdir(exist_ok=True)
        for name, schema in schemas().items():
            text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
            (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
            self.stdout.write(f"schemas/{name}.json")

    def _count(self, content: Library) -> None:
        counted = Counter((held.pack, held.kind) for held in content.held.values())
        for (pack, kind), count in counted.items():
            self.stdout.write(f"{pack:16} {kind:20} {count:4}  {kind_words(kind)}")
        self.stdout.write(_("共 %(count)s 件") % {"count": len(content.held)})
