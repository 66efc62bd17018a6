# SPDX-License-Identifier: Apache-2.0
"""Forms of the calendar and of limits."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.calendar.models import Timer
from kechuang.commons.ui.forms import IdempotentForm, Look

WORKED = [("1", _("上班")), ("0", _("休息"))]


class DayForm(IdempotentForm, forms.Form):
    """Whether a day is worked."""

    working = forms.TypedChoiceField(
        label=_("安排"), choices=WORKED, coerce=lambda given: given == "1", widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如“国庆节”“调休上班”。"))
    source = forms.CharField(
        label=_("依据文件"), max_length=200, help_text=_("发文机关和文号；内部安排写明决定的会议或日期。")
    )
    provisional = forms.BooleanField(
        label=_("暂定"), required=False, help_text=_("正式通知未发布前的预计安排请勾选，页面会标明“暂定”。")
    )


class YearForm(IdempotentForm, forms.Form):
    """The notice under which a year's arrangement is official."""

    source = forms.CharField(
        label=_("依据文件"), max_length=200, help_text=_("放假安排通知的发文机关和文号。")
    )


class CountForm(Look, forms.Form):
    """Counting working days from a day."""

    start = forms.DateField(label=_("起算日"), widget=forms.DateInput)
    count = forms.IntegerField(label=_("工作日数"), min_value=-999, max_value=999)


class TimerForm(IdempotentForm, forms.Form):
    """A limit on a record: what it is for, how long, on what ground."""

    name = forms.CharField(label=_("时限名称"), max_length=40, help_text=_("例如“答复诉求”“补正材料”。"))
    days = forms.IntegerField(label=_("期限（天）"), min_value=1, max_value=3650)
    unit = forms.ChoiceField(label=_("单位"), choices=Timer.Unit.choices, widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("起算日"), widget=forms.DateInput, help_text=_("起算日不计入，从次日开始计算。")
    )
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)


class PauseForm(IdempotentForm, forms.Form):
    """Why a limit is paused."""

    reason = forms.CharField(label=_("暂停原因"), max_length=200)
