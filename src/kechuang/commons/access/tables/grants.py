# SPDX-License-Identifier: Apache-2.0
"""Grants, and requests for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.grants import in_force
from kechuang.commons.access.models import Grant, GrantRequest
from kechuang.commons.access.tables.choices import account_page, role_choices
from kechuang.commons.kernel.refs import Ref, resolve_many
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage


def _reach(row: Grant | GrantRequest) -> str:
    if not row.over:
        return row.get_scope_display()
    names: dict[str, str] = row.__dict__.get("names", {})
    return f"{row.get_scope_display()}：{names.get(row.over, row.over)}"


def name_reaches(rows: list[Any], request: HttpRequest) -> None:
    """Give each grant or request the names of what it reaches (one call of each kind's resolver)."""
    refs = {row.over: Ref.parse(row.over) for row in rows if row.over}
    shown = resolve_many(refs.values(), request.actor)  # type: ignore[attr-defined]
    names = {over: shown[ref].title for over, ref in refs.items()}
    for row in rows:
        row.names = names


def _last(row: Grant | GrantRequest) -> dt.date | None:
    return row.until - dt.timedelta(days=1) if row.until else None


def _term_state(grant: Grant) -> str:
    today = timezone.localdate()
    if grant.until is not None and grant.until <= today:
        return "past"
    return "coming" if grant.since is not None and grant.since > today else "now"


TERM_STATES = {
    "now": (_("有效"), "good"),
    "coming": (_("未生效"), "active"),
    "past": (_("已结束"), "neutral"),
}


def term_chip(grant: Grant) -> SafeString:
    """Whether a grant is in force, drawn."""
    return marks.chip(*TERM_STATES[_term_state(grant)])


def _in_term(rows: QuerySet[Grant], wanted: str) -> QuerySet[Grant]:
    today = timezone.localdate()
    if wanted == "past":
        return rows.filter(until__lte=today)
    return rows.filter(since__gt=today) if wanted == "coming" else rows.filter(in_force(today))


REACH_COLUMNS = (
    Column("role", _("角色"), value="role.name", sort="role__code", css="kc-fit"),
    Column("reach", _("范围"), value=_reach, css="kc-main-col"),
    Column("since", _("自"), kind="date", sort="since"),
    Column("last", _("至（含当日）"), value=_last, kind="date", sort="until"),
)


class GrantList(ListPage):
    """Every grant: who holds which role, how far, from when until when."""

    title = _("授权")
    columns = (
        Column(
            "user",
            _("账号"),
            value="user",
            sort="user__display_name",
            link=lambda grant: account_page(grant.user),
            css="kc-fit",
        ),
        *REACH_COLUMNS,
        Column("state", _("状态"), value=lambda grant: TERM_STATES[_term_state(grant)][0], cell=term_chip),
    )
    filters = (
        ChoiceFilter("role", _("角色"), choices=role_choices, field="role__code"),
        ChoiceFilter("scope", _("范围"), choices=Grant.Scope.choices),
        ChoiceFilter(
            "state",
            _("状态"),
            choices=[(code, label) for code, (label, _tone) in TERM_STATES.items()],
            narrow=_in_term,
        ),
    )
    search = ("user__display_name", "user__username", "over")
    order = ("user__display_name", "role__code")
    empty = _("还没有授权。")

    def rows(self, request: HttpRequest) -> QuerySet[Grant]:
        """All grants."""
        del request
        return Grant.objects.select_related("user", "role")

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """The names of what they reach."""
        name_reaches(rows, request)


def _request_page(asked: GrantRequest) -> str:
    return reverse("access:request-settle", args=[asked.pk]) if asked.state == GrantRequest.State.OPEN else ""


def _request_chip(asked: GrantRequest) -> SafeString:
    tones = {"open": "active", "granted": "good", "declined": "neutral"}
    return marks.chip(asked.get_state_display(), tones[asked.state])


class RequestList(ListPage):
    """Requests for grants, those waiting first."""

    title = _("授权申请")
    columns = (
        Column("user", _("账号"), value="user", sort="user__display_name", link=_request_page, css="kc-fit"),
        *REACH_COLUMNS,
        Column("asked_by", _("申请人"), css="kc-fit"),
        Column("asked_at", _("申请时间"), kind="moment", sort="asked_at"),
        Column("state", _("状态"), value="get_state_display", cell=_request_chip, sort="state"),
        Column("reason", _("说明"), optional=True),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=GrantRequest.State.choices),
        ChoiceFilter("role", _("角色"), choices=role_choices, field="role__code"),
    )
    search = ("user__display_name", "user__username", "asked_by")
    order = ("-state", "-asked_at")
    empty = _("没有授权申请：系统管理员开户时可以申请角色。")

    def rows(self, request: HttpRequest) -> QuerySet[GrantRequest]:
        """All requests."""
        del request
        return GrantRequest.objects.select_related("user", "role")

    def prepare(self, rows: list[Any], request: HttpRequest) -> None:
        """The names of what they reach."""
        name_reaches(rows, request)
