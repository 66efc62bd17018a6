# SPDX-License-Identifier: Apache-2.0
"""Marks and words of parties: whether a basis was checked, how long a qualification lasts, where it stands on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, OrganizationCode, Qualification, Statement
from kechuang.commons.parties.statements import described
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


REASONS = {
    "codes_differ": gettext_lazy("双方都有有效代码且不相同，一定不是同一家"),
    "branch": gettext_lazy("一方是另一类机构的分支，分别登记"),
    "same_code": gettext_lazy("代码一致"),
    "same_name": gettext_lazy("名称一致（不计写法差异）"),
    "former_name": gettext_lazy("一方现名与另一方曾用名一致"),
    "similar_name": gettext_lazy("名称相近"),
    "same_region": gettext_lazy("同在一个区县"),
    "other_region": gettext_lazy("所在区县不同"),
    "same_address": gettext_lazy("地址一致"),
    "same_representative": gettext_lazy("法定代表人一致"),
    "other_representative": gettext_lazy("法定代表人不同"),
    "same_founded": gettext_lazy("成立日期一致"),
    "other_founded": gettext_lazy("成立日期不同"),
}
AGAINST = ("codes_differ", "branch", "other_region", "other_representative", "other_founded")


def reason_words(reasons: Iterable[str]) -> list[tuple[str, bool]]:
    """Reasons of the linkage in words, each with whether it speaks for the two being one."""
    return [(str(REASONS[reason]), reason not in AGAINST) for reason in reasons]


def side_by_side(one: Organization, other: Organization) -> list[tuple[str, str, str, bool]]:
    """Two entries line by line: what, the one's, the other's, whether they say the same."""
    descriptions = described(one), described(other)
    lines = [
        (_("引用号"), *(str(Ref.of(each)) for each in (one, other))),
        (_("名称"), one.name, other.name),
        (_("曾用名"), *("、".join(each.names[1:]) for each in descriptions)),
    ]
    lines += [
        (str(words), *(each.codes.get(kind, "") for each in descriptions))
        for kind, words in OrganizationCode.Kind.choices
    ]
    lines += [
        (str(words), *(each.facts.get(field, "") for each in descriptions))
        for field, words in Statement.Field.choices
        if field not in {Statement.Field.NAME, Statement.Field.USCC}
    ]
    lines.append((_("来源"), one.source, other.source))
    return [(what, mine, theirs, mine == theirs) for what, mine, theirs in lines if mine or theirs]
