# SPDX-License-Identifier: Apache-2.0
"""How one wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.notices.kinds import notice_kinds
from kechuang.commons.notices.models import NoticePreference
from kechuang.commons.ui.forms import IdempotentForm


class PreferenceForm(IdempotentForm, forms.Form):
    """Mail, quiet hours, kinds that are told in the system alone."""

    mail = forms.ChoiceField(label=_("邮件"), choices=NoticePreference.Mail.choices, widget=forms.RadioSelect)
    quiet_from = forms.TimeField(
        label=_("免打扰自"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label=_("免打扰至"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("这段时间内的消息等到结束后再发邮件，紧急消息除外；起止相同表示不设。"),
    )
    unmailed = forms.MultipleChoiceField(
        label=_("只在系统内告知、不发邮件的种类"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unmailed"].choices = [(kind.code, kind.label) for kind in notice_kinds()]  # type: ignore[attr-defined]
