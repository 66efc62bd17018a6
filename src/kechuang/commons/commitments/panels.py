# SPDX-License-Identifier: Apache-2.0
"""What an organisation promised, on its page: the open parts its units answer for (机构页上的承诺)."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.parties.panels import Panel, Party
from kechuang.commons.ui import marks
from kechuang.commons.ui.columns import Column

MOST = 20
OPEN = (Commitment.State.OPEN, Commitment.State.AWAITING)


def promise_panel(party: Party, day: dt.date, viewer: Actor) -> Panel | None:
    """The open commitments its units have a part in, the most urgent first."""
    rows = (
        Responsibility.objects.filter(
            unit__organization__in=party.entries, until__isnull=True, commitment__state__in=OPEN
        )
        .select_related("unit", "commitment")
        .order_by(F("commitment__due").asc(nulls_last=True), "commitment__order", "pk")
    )
    shown = list(rows[:MOST])
    pages = resolve_many([Ref.of(part.commitment) for part in shown], viewer)
    if not any(page.visible for page in pages.values()):
        return None

    def title(part: Responsibility) -> SafeString:
        page = pages[Ref.of(part.commitment)]
        if page.visible and page.url:
            return format_html('<a href="{}">{}</a>', page.url, part.commitment.title)
        return format_html("{}", part.commitment.title)

    def due(part: Responsibility) -> SafeString:
        when = part.commitment.due
        if when is None:
            return SafeString("—")
        return marks.chip(when.isoformat(), "bad" if when < day else "neutral")

    columns = (
        Column("title", _("承诺"), cell=title, css="kc-main-col"),
        Column("unit", _("处室")),
        Column("role", _("角色"), value="get_role_display"),
        Column("due", _("时限"), cell=due),
        Column("state", _("进展"), value="get_state_display"),
    )
    total = len(shown) if len(shown) < MOST else rows.count()
    return Panel(_("承诺与责任"), columns, shown, total=total, order=20)
