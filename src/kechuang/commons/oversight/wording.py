# SPDX-License-Identifier: Apache-2.0
"""Letters and score sheets in words."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.commitments.wording import number
from kechuang.commons.oversight.models import LetterState
from kechuang.engines.progress.scores import BASE, Item

STATES = {
    "waiting": (gettext_lazy("待回复"), "warn"),
    "overdue": (gettext_lazy("逾期未回复"), "bad"),
    "answered": (gettext_lazy("已回复"), "done"),
    "answered-late": (gettext_lazy("逾期回复"), "warn"),
    "withdrawn": (gettext_lazy("已撤回"), "neutral"),
}
EVENTS = {
    "report-asked": gettext_lazy("要求报送"),
    "report-on-time": gettext_lazy("按时报送"),
    "report-late": gettext_lazy("逾期报送"),
    "report-missing": gettext_lazy("未报送"),
    "closed": gettext_lazy("到期事项"),
    "closed-on-time": gettext_lazy("按期办结"),
    "closed-late": gettext_lazy("逾期办结"),
    "closure-returned": gettext_lazy("办结被退回"),
    "extended-in-time": gettext_lazy("按时申请延期"),
    "extended-late": gettext_lazy("逾期后申请延期"),
    "letter": gettext_lazy("督办单"),
    "target-result": gettext_lazy("目标完成"),
}


def state_words(state: LetterState) -> tuple[str, str]:
    """The state of a letter and the tone of its chip."""
    words, tone = STATES[state]
    return str(words), tone


def points_words(points: Fraction) -> str:
    """Points with at most two decimals."""
    return number(points)


def item_words(item: Item, names: dict[str, str]) -> str:
    """The rule of a line of a sheet."""
    return _("基础分") if item.rule == BASE else names.get(item.rule, item.rule)


def event_words(kind: str) -> str:
    """What kind of event it is."""
    return str(EVENTS.get(kind, kind))
