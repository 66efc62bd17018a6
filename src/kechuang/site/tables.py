# SPDX-License-Identifier: Apache-2.0
"""The list of the journal."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Resolved, resolve_many
from kechuang.commons.kernel.verbs import named_verbs, verb_words
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, DateFilter, ListPage


def _verbs(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return sorted((verb, verb_words(verb)) for verb in named_verbs())


def _verb(entry: Entry) -> SafeString:
    return format_html("{}<br><code>{}</code>", verb_words(entry.verb), entry.verb)


def _thing(entry: Entry) -> SafeString | str:
    thing: Resolved | None = entry.__dict__.get("thing")
    if thing is None:
        return ""
    shown = thing.url and thing.visible
    return format_html('<a href="{}">{}</a>', thing.url, thing.title) if shown else thing.title


def _outcome(entry: Entry) -> SafeString:
    tone = "bad" if entry.outcome == Entry.Outcome.REFUSED else "done"
    return format_html("{} {}", marks.chip(entry.get_outcome_display(), tone), entry.reason)


def _seal(entry: Entry) -> str:
    seal = getattr(entry, "seal", None)
    return seal.hash[:8] if seal else ""


class JournalList(ListPage):
    """Who did what to which thing, the newest first."""

    title = _("日志")
    subtitle = _("谁、何时、对什么、做了什么；只增不改，由哈希链封存")
    columns = (
        Column("at", _("时间"), kind="moment", sort="id"),
        Column("day", _("业务日期"), value="business_day", kind="date", sort="business_day"),
        Column("actor", _("操作人"), value="actor_name", sort="actor_name", css="kc-fit"),
        Column("verb", _("动作"), value=lambda entry: verb_words(entry.verb), cell=_verb),
        Column("thing", _("对象"), value="ref", cell=_thing, css="kc-main-col"),
        Column("outcome", _("结果"), value="get_outcome_display", cell=_outcome, sort="outcome"),
        Column("reason", _("原因"), optional=True),
        Column("seal", _("封存"), value=_seal),
    )
    filters = (
        ChoiceFilter("verb", _("动作"), choices=_verbs),
        ChoiceFilter("outcome", _("结果"), choices=lambda _request: Entry.Outcome.choices),
        DateFilter("day", _("业务日期"), field="business_day"),
    )
    search = ("actor_name", "verb", "ref_kind", "ref_id")
    order = ("-id",)

    def rows(self, request: HttpRequest) -> QuerySet[Entry]:
        """Every entry with its seal."""
        del request
        return Entry.objects.select_related("seal")

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """The titles of what was acted on."""
        things = resolve_many([entry.ref for entry in rows if entry.ref], request.actor)  # type: ignore[attr-defined]
        for entry in rows:
            entry.thing = things.get(entry.ref)
