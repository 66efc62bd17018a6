# SPDX-License-Identifier: Apache-2.0
"""Forms of units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import User
from kechuang.commons.parties.queries.units import may_lead
from kechuang.commons.ui.forms import IdempotentForm


class LeaderForm(IdempotentForm, forms.Form):
    """Who is in charge of a unit (分管)."""

    leader: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("分管领导"),
        required=False,
        empty_label=_("暂无分管领导"),
        help_text=_("从业务日期当天起分管；此前的分管情况保留，按日期回看时仍按当时显示。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = may_lead()  # type: ignore[attr-defined]
