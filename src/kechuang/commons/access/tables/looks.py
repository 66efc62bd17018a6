# SPDX-License-Identifier: Apache-2.0
"""Who saw or took out personal data (敏感信息访问日志)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.fieldclasses import field_class
from kechuang.commons.access.queries.personal import LOOKS, sensitive_views
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Resolved, resolve_many
from kechuang.commons.kernel.verbs import verb_words
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, ListPage


def _verbs(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [(verb, verb_words(verb)) for verb in LOOKS]


def _thing(entry: Entry) -> SafeString | str:
    thing: Resolved | None = entry.__dict__.get("thing")
    if thing is None:
        return str(entry.data.get("title", ""))
    opened = thing.url and thing.visible
    return format_html('<a href="{}">{}</a>', thing.url, thing.title) if opened else thing.title


def _what(entry: Entry) -> str:
    """The field seen, or how many rows were taken out."""
    if entry.verb != LOOKS[0]:
        return _now("%(rows)s 行") % {"rows": entry.data.get("rows", "")} if "rows" in entry.data else ""
    name = str(entry.data.get("field", ""))
    return str(field_class(entry.__dict__.get("model"), name).label or name)


def _outcome(entry: Entry) -> SafeString:
    tone = "bad" if entry.outcome == Entry.Outcome.REFUSED else "done"
    return format_html("{} {}", marks.chip(entry.get_outcome_display(), tone), entry.reason)


class LookList(ListPage):
    """Every unmasking and every export of personal data, refused ones too."""

    title = _("敏感信息访问日志")
    subtitle = _("谁、何时、为何看了或导出了哪些个人信息；只增不改")
    columns = (
        Column("at", _("时间"), kind="moment", sort="id"),
        Column("actor", _("操作人"), value="actor_name", sort="actor_name", css="kc-fit"),
        Column("verb", _("动作"), value=lambda entry: verb_words(entry.verb), css="kc-fit"),
        Column("thing", _("对象"), value="ref", cell=_thing),
        Column("what", _("内容"), value=_what),
        Column("purpose", _("用途"), value=lambda entry: entry.data.get("purpose", ""), css="kc-main-col"),
        Column("outcome", _("结果"), value="get_outcome_display", cell=_outcome, sort="outcome"),
    )
    filters = (
        ChoiceFilter("verb", _("动作"), choices=_verbs),
        ChoiceFilter("outcome", _("结果"), choices=lambda _request: Entry.Outcome.choices),
        DateFilter("at", _("时间"), moment=True),
    )
    search = ("actor_name", "ref_id")
    order = ("-id",)
    empty = _("还没有人查看过完整的个人信息，也没有导出过含个人信息的清单。")

    def rows(self, request: HttpRequest) -> QuerySet[Entry]:
        """The entries of such acts."""
        del request
        return sensitive_views()

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """The titles of what was looked at."""
        things = resolve_many([entry.ref for entry in rows if entry.ref], request.actor)  # type: ignore[attr-defined]
        for entry in rows:
            entry.thing = things.get(entry.ref)
            entry.model = apps.get_model(entry.ref_kind) if entry.ref_kind else None
