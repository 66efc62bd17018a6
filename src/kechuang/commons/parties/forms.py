# SPDX-License-Identifier: Apache-2.0
"""Forms of parties."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.forms import IdempotentForm


class RevokeForm(IdempotentForm, forms.Form):
    """From which day, and why, a qualification is taken away (撤销)."""

    on = forms.DateField(
        label=_("撤销日期"), widget=forms.DateInput, help_text=_("从这一天起不再计入；此前的日子仍计入。")
    )
    reason = forms.CharField(
        label=_("撤销原因"), max_length=200, help_text=_("写明撤销决定的文号或事由，将记入日志。")
    )
