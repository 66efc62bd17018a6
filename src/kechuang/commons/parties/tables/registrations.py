# SPDX-License-Identifier: Apache-2.0
"""The list of applications to be registered."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.fieldclasses import masked
from kechuang.commons.parties.models import Registration
from kechuang.commons.parties.queries.registrations import registrations_for
from kechuang.commons.ui import marks
from kechuang.commons.ui.lists import ChoiceFilter, Column, ListPage

State = Registration.State
TONES = {
    State.UNCONFIRMED: "neutral",
    State.SUBMITTED: "warn",
    State.RETURNED: "active",
    State.ACCEPTED: "good",
    State.DECLINED: "bad",
}
SHOWN = [choice for choice in State.choices if choice[0] != State.UNCONFIRMED]


class RegistrationList(ListPage):
    """Applications the viewer may check; personal values stay masked."""

    title = _("注册申请")
    columns = (
        Column(
            "name",
            _("名称"),
            sort="name",
            link=lambda row: reverse("parties:registration-detail", args=[row.pk]),
            css="kc-main-col",
        ),
        Column("uscc", _("统一社会信用代码"), sort="uscc", css="kc-fit"),
        Column("kind", _("主体类型"), value="kind.name", sort="kind__order"),
        Column("region", _("所在区县"), value="region.name", sort="region__code"),
        Column("applicant", _("被授权人"), value=lambda row: masked(row.applicant, "name")),
        Column("filed_at", _("提交时间"), kind="moment", sort="filed_at"),
        Column(
            "state",
            _("状态"),
            value="get_state_display",
            sort="state",
            cell=lambda row: marks.chip(row.get_state_display(), TONES[State(row.state)]),
        ),
        Column("settled_by", _("核对人"), sort="settled_by", optional=True),
    )
    filters = (ChoiceFilter("state", _("状态"), choices=SHOWN),)
    search = ("name", "uscc")
    order = ("-pk",)
    empty = _("还没有注册申请。")

    def rows(self, request: HttpRequest) -> QuerySet[Registration]:
        """Those in the viewer's reach."""
        return registrations_for(request.actor).select_related("kind", "region")  # type: ignore[attr-defined]
