# SPDX-License-Identifier: Apache-2.0
"""Sessions, bookings of their seats, and who came."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.ciphers import sealed
from kechuang.commons.access.fieldclasses import FieldClass, sensitive
from kechuang.commons.access.models import Purpose
from kechuang.commons.kernel.guarantees import AppendOnly, AtMost, Guarantee, NoOverlap, OneOpen
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit


def new_code() -> str:
    """What a ticket is known by: nobody can guess it."""
    return secrets.token_urlsafe(18)


class Session(Versioned):
    """A time at a place for so many people (场次), of an event or any other thing; an office keeps it."""

    guarantees: ClassVar[list[Guarantee]] = [
        NoOverlap(by=("place",), start="starts", end="ends", ended="cancelled_at")
    ]

    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主管处室")
    )
    title = models.CharField(_("场次"), max_length=100)
    place = models.CharField(_("地点"), max_length=100)
    starts = models.DateTimeField(_("开始"), db_index=True)
    ends = models.DateTimeField(_("结束"))
    quota = models.PositiveSmallIntegerField(_("名额"), validators=[MinValueValidator(1)])
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("场次")
        ordering = ("starts", "id")
        indexes = (models.Index(fields=("ref_kind", "ref_id"), name="session_about"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="session_ends_after"
            ),
            models.CheckConstraint(condition=models.Q(quota__gte=1), name="session_has_room"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> Ref:
        """What it is a session of."""
        return Ref(self.ref_kind, self.ref_id)


class Booking(Versioned):
    """A seat of a session taken for a person (预约); its code stands in the QR of the ticket.

    Anybody's own (公众报名) has the purpose agreed to, and of the link back only a digest; ``confirm_by`` is until when
    it is held without his word.
    """

    guarantees: ClassVar[list[Guarantee]] = [
        OneOpen(by=("session", "seat"), closed="cancelled_at", name="one_on_a_seat"),
        AtMost(number="seat", of="session", most="quota"),
        NoOverlap(by=("person",), start="starts", end="ends", ended="cancelled_at"),
    ]
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "phone": sensitive(_("手机"), "phone"),
        "email": sensitive(_("电子邮箱"), "email"),
    }

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    seat = models.PositiveSmallIntegerField(_("座次"))
    name = models.CharField(_("姓名"), max_length=40)
    organization = models.CharField(_("单位"), max_length=100, blank=True)
    phone_sealed = models.TextField(blank=True)
    phone = sealed("phone_sealed")
    email_sealed = models.TextField(blank=True)
    email = sealed("email_sealed")
    person = models.CharField(_("人员"), max_length=64)
    starts = models.DateTimeField(_("开始"))
    ends = models.DateTimeField(_("结束"))
    code = models.CharField(_("凭证"), max_length=40, unique=True, default=new_code, editable=False)
    by = models.CharField(_("预约人"), max_length=80)
    by_id = models.CharField(max_length=40)
    made_at = models.DateTimeField(_("预约时间"))
    purpose = models.ForeignKey(
        Purpose,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所同意的用途"),
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    sender = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    confirm_by = models.DateTimeField(_("本人确认时限"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    token: str = ""
    """The secret of a guest's link, known only to the object that was made with it."""

    class Meta:
        verbose_name = _("预约")
        ordering = ("seat", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(seat__gte=1), name="booking_seat_from_one"),
            models.UniqueConstraint(
                fields=("digest",), condition=~models.Q(digest=""), name="booking_link_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.seat}"


class Rating(models.Model):
    """What a person who came thought of it (评价): once for a booking, never taken back."""

    class Word(models.TextChoices):
        """满意, 基本满意, 不满意."""

        GOOD = "good", _("满意")
        FAIR = "fair", _("基本满意")
        BAD = "bad", _("不满意")

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="rating")
    word = models.CharField(_("评价"), max_length=4, choices=Word)
    at = models.DateTimeField(_("评价时间"))

    class Meta:
        verbose_name = _("现场评价")

    def __str__(self) -> str:
        return f"{self.booking_id} {self.word}"


class CheckIn(models.Model):
    """A person came (签到): once for a booking, never taken back."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="check_in")
    at = models.DateTimeField(_("签到时间"))
    by = models.CharField(_("核验人"), max_length=80)

    class Meta:
        verbose_name = _("签到")

    def __str__(self) -> str:
        return f"{self.booking_id} {self.at}"
