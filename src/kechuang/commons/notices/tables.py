# SPDX-License-Identifier: Apache-2.0
"""The inbox, and what is sent."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.notices.kinds import kind_of, notice_kinds
from kechuang.commons.notices.models import Delivery, Receipt
from kechuang.commons.notices.queries import inbox_of
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage, YesNoFilter

TONES = {
    "waiting": "active", "sending": "active", "sent": "good", "skipped": "neutral", "failed": "bad", "unsure": "warn",
}  # fmt: skip


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    del request
    return [(kind.code, str(kind.label)) for kind in notice_kinds()]


def _subject(receipt: Receipt) -> SafeString:
    address = reverse("notices:notice-open", args=[receipt.notice_id])
    name = "strong" if receipt.read_at is None else "span"
    return format_html(
        '<a href="{}"><{}>{}</{}></a>', address, SafeString(name), receipt.notice.subject, SafeString(name)
    )


def _state(receipt: Receipt) -> SafeString:
    return marks.chip(now("已读"), "neutral") if receipt.read_at else marks.chip(now("未读"), "active")


class Inbox(ListPage):
    """What a person was told."""

    title = _("消息")
    template = "notices/inbox.html"
    columns = (
        Column(
            "state",
            _("状态"),
            value=lambda row: now("已读") if row.read_at else now("未读"),
            cell=_state,
            css="kc-fit",
        ),
        Column("subject", _("消息"), value="notice.subject", cell=_subject, css="kc-main-col"),
        Column("kind", _("种类"), value=lambda row: str(kind_of(row.notice.kind_code).label), css="kc-fit"),
        Column("at", _("时间"), value="notice.at", kind="moment", sort="notice__at"),
    )
    filters = (
        YesNoFilter("unread", _("未读"), narrow=lambda rows, yes: rows.filter(read_at__isnull=yes)),
        ChoiceFilter("kind", _("种类"), choices=_kinds, field="notice__kind_code"),
    )
    order = ("-id",)
    empty = _("没有消息：有人提及您、作出批示或退回您报送的内容时，会在这里告诉您。")

    def rows(self, request: HttpRequest) -> QuerySet[Receipt]:
        """One's own (one query)."""
        return inbox_of(request.actor)  # type: ignore[attr-defined]


def _retry(delivery: Delivery) -> SafeString:
    if delivery.state not in {Delivery.State.FAILED, Delivery.State.UNSURE}:
        return SafeString("")
    return format_html(
        '<a href="{}">{}</a>', reverse("notices:delivery-retry", args=[delivery.pk]), now("重新投递")
    )


class DeliveryList(ListPage):
    """What goes out, as its administrator sees it: kinds and reasons, not contents."""

    title = _("消息投递")
    columns = (
        Column("at", _("时间"), value="notice.at", kind="moment", sort="id"),
        Column("kind", _("种类"), value=lambda row: str(kind_of(row.notice.kind_code).label)),
        Column(
            "channel",
            _("渠道"),
            value=lambda row: now("邮件") if row.channel == Delivery.MAIL else row.channel,
        ),
        Column("to", _("收件人"), value=lambda row: str(row.user) if row.user else now("群")),
        Column(
            "state",
            _("状态"),
            value="get_state_display",
            cell=lambda row: marks.chip(row.get_state_display(), TONES[row.state]),
            sort="state",
        ),
        Column("attempts", _("次数"), kind="number", sort="attempts"),
        Column("error", _("原因"), css="kc-main-col"),
        Column("not_before", _("不早于"), kind="moment", sort="not_before"),
        Column("sent_at", _("发送时间"), kind="moment", optional=True),
        Column("act", _("办理"), value=lambda _row: "", cell=_retry, css="kc-fit"),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=lambda _request: Delivery.State.choices, field="state"),
        ChoiceFilter("kind", _("种类"), choices=_kinds, field="notice__kind_code"),
    )
    order = ("-id",)
    empty = _("还没有向系统外投递过消息。邮件和群机器人须先在部署设置中启用。")

    def rows(self, request: HttpRequest) -> QuerySet[Delivery]:
        """All of them."""
        del request
        return Delivery.objects.select_related("notice", "user")
