# SPDX-License-Identifier: Apache-2.0
"""Marks and words of parties: whether a basis was checked, how long a qualification lasts, where it stands on a day."""

from __future__ import annotations

import datetime as dt

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.parties.models import Qualification
from kechuang.commons.ui import marks

YEAR_END = "year-end"


def verified_chip(verified: bool) -> SafeString:  # noqa: FBT001 -- a mark of one fact
    """Whether a definition, basis or source was checked against the official text."""
    return marks.chip(_("已核实"), "good") if verified else marks.chip(_("未核实"), "warn")


def term_words(term: str) -> str:
    """The term of a kind in words: "years:3", "year-end"."""
    if term == YEAR_END:
        return _("至当年年底")
    return _("%(years)s 年") % {"years": term.partition(":")[2]}


def standing_words(row: Qualification, day: dt.date) -> tuple[str, str]:
    """In words and as a tone: where a qualification stands on a day."""
    if row.revoked_on is not None and row.revoked_on <= row.valid_from:
        return _("已撤回"), "neutral"
    if row.valid_from > day:
        return _("未生效"), "neutral"
    if row.revoked_on is not None and row.revoked_on <= day:
        return _("已撤销"), "bad"
    return (_("有效"), "good") if day < row.valid_to else (_("已到期"), "neutral")
