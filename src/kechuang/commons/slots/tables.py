# SPDX-License-Identifier: Apache-2.0
"""The lists of sessions and of who has a seat in one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.personal import sensitive_column
from kechuang.commons.slots.models import Booking, Session
from kechuang.commons.slots.queries import bookings_of, sessions
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import Column, DateFilter, ListPage


def state_of(session: Any) -> tuple[str, str]:
    """How a session stands, in words, and the tone of its chip."""
    if session.cancelled_at is not None:
        return str(_("已取消")), "bad"
    full = session.taken >= session.quota
    return (str(_("已满")), "warn") if full else (str(_("可预约")), "good")


def came_at(booking: Booking) -> object:
    """When a person came, if he did."""
    return booking.check_in.at if hasattr(booking, "check_in") else None


class SessionList(ListPage):
    """All sessions, the latest first."""

    title = _("场次与预约")
    columns = (
        Column(
            "title",
            _("场次"),
            link=lambda session: reverse("slots:session-detail", args=[session.pk]),
            sort="title",
            css="kc-main-col",
        ),
        Column("place", _("地点"), sort="place"),
        Column("starts", _("开始"), kind="moment", sort="starts"),
        Column("ends", _("结束"), kind="moment", optional=True),
        Column("quota", _("名额"), kind="number"),
        Column("taken", _("已预约"), kind="number", sort="taken"),
        Column("came", _("已签到"), kind="number", sort="came"),
        Column(
            "state",
            _("状态"),
            value=lambda session: state_of(session)[0],
            cell=lambda session: marks.chip(*state_of(session)),
        ),
        Column("unit", _("主管处室"), value="unit.short_name", optional=True),
    )
    filters = (DateFilter("starts", _("开始"), field="starts__date"),)
    search = ("title", "place")
    order = ("-starts", "-id")
    empty = _("还没有场次：在活动类台账的记录页上可以增设场次。")

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        """All of them."""
        del request
        return sessions()


class BookingList(ListPage):
    """Who has a seat in a session; the numbers of their phones are masked."""

    sensitive = True
    columns = (
        Column("seat", _("座次"), kind="number", sort="seat", css="kc-fit"),
        Column(
            "name",
            _("姓名"),
            link=lambda booking: reverse("slots:ticket", args=[booking.code]),
            css="kc-main-col",
        ),
        Column("organization", _("单位"), sort="organization"),
        sensitive_column(Booking, "phone"),
        sensitive_column(Booking, "email", optional=True),
        Column("by", _("预约人")),
        Column(
            "confirmed",
            _("本人确认"),
            kind="yes_no",
            value=lambda booking: booking.confirm_by is None,
            optional=True,
        ),
        Column("came", _("签到时间"), kind="moment", value=came_at),
    )
    search = ("name", "organization")
    order = ("seat",)
    empty = _("还没有人预约。")

    def __init__(self, session: Session) -> None:
        self.session = session
        self.title, self.subtitle = session.title, session.place

    def rows(self, request: HttpRequest) -> QuerySet[Booking]:
        """Those who have a seat."""
        del request
        return bookings_of(self.session)
