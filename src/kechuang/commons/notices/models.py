# SPDX-License-Identifier: Apache-2.0
"""What is told, to whom, by which way, and how each person wants it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.refs import Ref
from kechuang.commons.notices.kinds import NoticeKind, kind_of


class Notice(models.Model):
    """Something that is told (消息): its kind, what it is about, and the facts its words are made of."""

    key = models.CharField(max_length=200, unique=True)
    kind_code = models.CharField(_("种类"), max_length=60, db_index=True)
    data = models.JSONField(default=dict)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("消息")

    def __str__(self) -> str:
        return self.subject

    @property
    def kind(self) -> NoticeKind:
        """Its kind."""
        return kind_of(self.kind_code)

    @property
    def subject(self) -> str:
        """Its subject in words."""
        return self.kind.subject_of(self.data)

    @property
    def body(self) -> str:
        """Its body in words."""
        return self.kind.body_of(self.data)

    @property
    def ref(self) -> Ref:
        """What it is about."""
        return Ref(self.ref_kind, self.ref_id)


class Receipt(models.Model):
    """A person was told (收件); of one topic once, whichever notice came first."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=120)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("收件")
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("user", "topic"), name="told_once"),)
        indexes = (models.Index(fields=("user", "read_at", "-id"), name="receipt_unread"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic}"


class Delivery(models.Model):
    """One way a notice goes out of the system (投递): to a person's mailbox, or to a group by its robot."""

    class State(models.TextChoices):
        """``sending`` for longer than some minutes means that nobody knows: it is never sent again by itself."""

        WAITING = "waiting", _("待发送")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发送")
        SKIPPED = "skipped", _("已不需要")
        FAILED = "failed", _("发送失败")
        UNSURE = "unsure", _("不确定")

    MAIL = "mail"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    not_before = models.DateTimeField(_("不早于"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    error = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("投递")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel", "user"), name="delivered_once"),
            models.UniqueConstraint(
                fields=("notice", "channel"),
                condition=models.Q(user__isnull=True),
                name="delivered_once_to_a_group",
            ),
        )
        indexes = (models.Index(fields=("state", "not_before"), name="delivery_due"),)

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id} {self.user_id or ''}"


def _default_quiet_from() -> dt.time:
    return settings.NOTICE_QUIET[0]


def _default_quiet_to() -> dt.time:
    return settings.NOTICE_QUIET[1]


class NoticePreference(models.Model):
    """How a person wants to be told outside the system (接收方式); in the system everything is told."""

    class Mail(models.TextChoices):
        """When mail comes."""

        EACH = "each", _("逐条发送")
        DAILY = "daily", _("每日汇总")
        OFF = "off", _("不发邮件")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mail = models.CharField(_("邮件"), max_length=6, choices=Mail, default=Mail.EACH)
    quiet_from = models.TimeField(_("免打扰自"), default=_default_quiet_from)
    quiet_to = models.TimeField(_("免打扰至"), default=_default_quiet_to)
    unmailed = models.JSONField(_("不发邮件的种类"), default=list, blank=True)

    class Meta:
        verbose_name = _("接收方式")

    def __str__(self) -> str:
        return f"{self.user_id} {self.mail}"

    def wants_mail(self, kind: str) -> bool:
        """Whether a notice of this kind goes to the mailbox at all."""
        wanted: Any = self.unmailed
        return self.mail != self.Mail.OFF and kind not in wanted
