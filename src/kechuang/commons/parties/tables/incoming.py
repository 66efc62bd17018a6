# SPDX-License-Identifier: Apache-2.0
"""Columns of lists that come in as files and of their lines (导入名单), whatever they are lists of."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import Column

MATCHES = {"code": "good", "exact": "good", "name": "good", "new": "active", "doubt": "warn", "error": "bad"}
DECISIONS = {"take": "done", "new": "done", "skip": "neutral", "open": "warn"}
OPEN = "open"


def decision_chip(row: Any) -> SafeString:
    """What is decided; of an open line also what is suggested."""
    chip = marks.chip(row.get_decision_display(), DECISIONS[row.decision])
    if row.decision != OPEN or not row.suggestion:
        return chip
    words = gettext("建议：%(decision)s") % {"decision": row.get_suggestion_display()}
    return format_html("{}<br><small>{}</small>", chip, words)


WAITING = (
    Column("open", _("待决定"), value="open_count", kind="number", sort="open_count"),
    Column("rows", _("行数"), value="row_count", kind="number", sort="row_count"),
)
HANDS = (
    Column("uploaded_by", _("上传人"), sort="uploaded_by"),
    Column("confirmed_by", _("确认人"), sort="confirmed_by"),
)
JUDGED = (
    Column(
        "match",
        _("比对"),
        value="get_match_display",
        sort="match",
        cell=lambda row: marks.chip(row.get_match_display(), MATCHES[row.match]),
        css="kc-fit",
    ),
    Column(
        "decision",
        _("处理"),
        value="get_decision_display",
        sort="decision",
        cell=decision_chip,
        css="kc-fit",
    ),
    Column("problem", _("说明")),
    Column("suggestion", _("建议"), value="get_suggestion_display", optional=True),
)
TAKEN_FOR = Column("organization", _("登记到"), value="organization.name", optional=True)
SETTLED_BY = Column("settled_by", _("处理人"), sort="settled_by", optional=True)
