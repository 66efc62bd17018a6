# SPDX-License-Identifier: Apache-2.0
"""What rooms above show on the page of an organisation (机构页板块): promises, records, papers, lists that name it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization
from kechuang.commons.ui.columns import Column
from kechuang.commons.ui.list_html import table


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation with the keys of all its entries: its own first, then those merged into it."""

    organization: Organization
    entries: Sequence[int]

    @property
    def refs(self) -> list[Ref]:
        """The pointers that mean it."""
        return [Ref(Organization._meta.label_lower, str(key)) for key in self.entries]


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of the page: a few rows under columns, and the address of all of them."""

    title: str | Promise
    columns: Sequence[Column]
    rows: Sequence[object]
    total: int = 0
    more: str = ""
    order: int = 50

    @property
    def table(self) -> SafeString:
        """The rows as a table."""
        return table(self.columns, self.rows, str(self.title))


Show = Callable[[Party, dt.date, Actor], Panel | None]
"""``(party, day, viewer)``: the panel, or None where there is nothing the viewer may see; in a few queries."""

panels: Port[Show] = Port("parties.panels")


Lead = Callable[[Ref, Actor], tuple[str, str] | None]
"""``(what the page is about, viewer)``: a button as (words, address), or None."""

leads: Port[Lead] = Port("parties.leads")
"""What rooms above offer to do from the page of an organisation or a region."""


def leads_from(ref: Ref, viewer: Actor) -> list[tuple[str, str]]:
    """The buttons that rooms above offer."""
    return [button for lead in leads.all() if (button := lead(ref, viewer)) is not None]


def panels_of(party: Party, day: dt.date, viewer: Actor) -> list[Panel]:
    """What every room has to show, in their order."""
    found = [panel for show in panels.all() if (panel := show(party, day, viewer)) is not None]
    return sorted(found, key=lambda panel: panel.order)
