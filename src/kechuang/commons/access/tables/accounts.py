# SPDX-License-Identifier: Apache-2.0
"""Accounts, and lists of new ones."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.grants import in_force
from kechuang.commons.access.models import Grant, Onboarding, SecondFactor, User
from kechuang.commons.access.personal import sensitive_column
from kechuang.commons.access.queries.grants import accounts_with_grants
from kechuang.commons.access.tables.choices import account_page, role_choices
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage, YesNoFilter

STATES = {
    "working": (_("在用"), "good"),
    "invited": (_("待设密码"), "active"),
    "ending": (_("将止用"), "warn"),
    "stopped": (_("已停用"), "neutral"),
}


def state_of(user: User) -> str:
    """Where an account stands: a code of ``STATES``."""
    today = timezone.localdate()
    if not user.works_on(today):
        return "stopped"
    if user.ends_on is not None:
        return "ending"
    return "working" if user.has_usable_password() or user.oidc_subject or user.demo else "invited"


def state_chip(user: User) -> SafeString:
    """The same, drawn."""
    return marks.chip(*STATES[state_of(user)])


def _role_names(user: User) -> str:
    held: list[Grant] = user.held  # type: ignore[attr-defined]
    return "、".join(dict.fromkeys(grant.role.name for grant in held))


def _role_chips(user: User) -> SafeString:
    held: list[Grant] = user.held  # type: ignore[attr-defined]
    return format_html_join(
        " ", "{}", ((marks.chip(name),) for name in dict.fromkeys(g.role.name for g in held))
    )


def _holding(rows: QuerySet[User], code: str) -> QuerySet[User]:
    grants = Grant.objects.filter(in_force(timezone.localdate()), role__code=code)
    return rows.filter(pk__in=grants.values("user"))


def _standing(rows: QuerySet[User], wanted: str) -> QuerySet[User]:
    today = timezone.localdate()
    stopped = Q(is_active=False) | Q(ends_on__lte=today)
    if wanted == "stopped":
        return rows.filter(stopped)
    rows = rows.exclude(stopped)
    if wanted == "ending":
        return rows.filter(ends_on__isnull=False)
    invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, oidc_subject__isnull=True, demo=False)
    rows = rows.filter(ends_on__isnull=True)
    return rows.filter(invited) if wanted == "invited" else rows.exclude(invited)


class AccountList(ListPage):
    """Accounts with the roles in force today."""

    title = _("账号")
    subtitle = _("系统管理员开户、停用、重设；安全管理员授权")
    template = "access/account_list.html"
    sensitive = True
    columns = (
        Column("name", _("姓名"), value="display_name", sort="display_name", link=account_page, css="kc-fit"),
        Column("username", _("账号"), sort="username", css="kc-fit"),
        Column("roles", _("角色"), value=_role_names, cell=_role_chips, css="kc-main-col"),
        sensitive_column(User, "email"),
        sensitive_column(User, "phone"),
        Column("state", _("状态"), value=lambda user: STATES[state_of(user)][0], cell=state_chip),
        Column("factor", _("第二因素"), value="with_factor", kind="yes_no"),
        Column("last_login", _("最近登录"), kind="moment", sort="last_login"),
        Column("opened", _("开户时间"), value="opened_at", kind="moment", sort="opened_at", optional=True),
        Column("ends_on", _("止用日期"), kind="date", sort="ends_on", optional=True),
    )
    filters = (
        ChoiceFilter("role", _("角色"), choices=role_choices, narrow=_holding),
        ChoiceFilter(
            "state",
            _("状态"),
            choices=[(code, label) for code, (label, _tone) in STATES.items()],
            narrow=_standing,
        ),
        YesNoFilter("factor", _("第二因素"), narrow=lambda rows, yes: rows.filter(factor__isnull=not yes)),
    )
    search = ("display_name", "username")
    order = ("display_name", "username")
    empty = _("还没有账号：请新开一个，或用模板批量开户。")

    def rows(self, request: HttpRequest) -> QuerySet[User]:
        """All accounts (one query more for their grants)."""
        del request
        factor = SecondFactor.objects.filter(user=OuterRef("pk"))
        return accounts_with_grants(timezone.localdate()).annotate(with_factor=Exists(factor))


def _batch_chip(batch: Onboarding) -> SafeString:
    tones = {"draft": "active", "done": "good", "dropped": "neutral"}
    return marks.chip(batch.get_state_display(), tones[batch.state])


class OnboardingList(ListPage):
    """Lists of new accounts handed in."""

    title = _("批量开户")
    template = "access/onboarding_list.html"
    columns = (
        Column(
            "file",
            _("文件"),
            value="file_name",
            link=lambda batch: reverse("access:onboarding-detail", args=[batch.pk]),
            css="kc-main-col",
        ),
        Column("count", _("行数"), kind="number"),
        Column("faulty", _("有误行数"), kind="number"),
        Column("state", _("状态"), value="get_state_display", cell=_batch_chip),
        Column("made_by", _("上传人"), value="made_by", css="kc-fit"),
        Column("made_at", _("上传时间"), kind="moment", sort="made_at"),
    )
    filters = (ChoiceFilter("state", _("状态"), choices=Onboarding.State.choices),)
    order = ("-id",)
    empty = _("还没有批量开户：请下载模板，填写后上传。")

    def rows(self, request: HttpRequest) -> QuerySet[Onboarding]:
        """All batches."""
        del request
        return Onboarding.objects.select_related("made_by")
