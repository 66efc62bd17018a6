# SPDX-License-Identifier: Apache-2.0
"""``kechuang search rebuild | check | find WORDS``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.search import store
from kechuang.commons.search.indexing import differences, rebuild
from kechuang.commons.search.queries import find


class Command(BaseCommand):
    """Make the index anew, compare it with the records, or ask it."""

    help = "全局搜索：重建索引（rebuild）、与数据核对（check）、查找（find 关键词）"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=["rebuild", "check", "find"])
        parser.add_argument("words", nargs="*")

    def handle(self, *args: Any, what: str, words: list[str], **options: Any) -> None:
        """Do it."""
        del args, options
        if what == "find":
            self._find(" ".join(words))
        elif what == "check":
            self._check()
        else:
            self._rebuild()

    def _rebuild(self) -> None:
        counts = rebuild()
        for kind, count in counts.items():
            self.stdout.write(f"{count:9} {kind}")
        self.stdout.write(_("已重建索引：%(count)s 项") % {"count": sum(counts.values())})

    def _check(self) -> None:
        if not store.current():
            raise CommandError(_("没有可用的索引，请执行 search rebuild"))
        faults = 0
        for found in differences():
            faults += found.faults
            self.stdout.write(
                _("%(count)9d %(kind)s：缺 %(missing)s，多 %(extra)s，旧 %(stale)s")
                % {
                    "count": found.count,
                    "kind": found.source.kind,
                    "missing": len(found.missing),
                    "extra": len(found.extra),
                    "stale": len(found.stale),
                }
            )
        if faults:
            raise CommandError(_("索引与数据不一致：%(count)s 处，请执行 search rebuild") % {"count": faults})

    def _find(self, words: str) -> None:
        for group in find(words, Actor.system("search")).groups:
            for hit in group.hits:
                self.stdout.write(strip_tags(f"{hit.ref}  {group.label}  {hit.title}  {hit.reason}"))
