# SPDX-License-Identifier: Apache-2.0
"""The forms of a session and of a booking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import Purpose
from kechuang.commons.slots.models import Session
from kechuang.commons.ui.forms import IdempotentForm

PURPOSE = "event_sign_up"


class Moment(forms.DateTimeInput):
    """A day and a time in one native control."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class SessionForm(IdempotentForm, forms.Form):
    """A session: what, where, when, for how many."""

    title = forms.CharField(label=_("场次名称"), max_length=100)
    place = forms.CharField(label=_("地点"), max_length=100, help_text=_("同一地点同一时间只能有一个场次。"))
    starts = forms.DateTimeField(label=_("开始"), widget=Moment, input_formats=["%Y-%m-%dT%H:%M"])
    ends = forms.DateTimeField(label=_("结束"), widget=Moment, input_formats=["%Y-%m-%dT%H:%M"])
    quota = forms.IntegerField(label=_("名额"), min_value=1, max_value=20_000)

    @staticmethod
    def of(session: Session) -> dict[str, Any]:
        """What a session shows in its form."""
        shown = {name: getattr(session, name) for name in ("title", "place", "quota")}
        return shown | {name: timezone.localtime(getattr(session, name)) for name in ("starts", "ends")}


class GridForm(IdempotentForm, forms.Form):
    """Many sessions alike: the places, from when to when, how long each."""

    title = forms.CharField(label=_("场次名称"), max_length=60, help_text=_("后面自动加上地点和时间。"))
    places = forms.CharField(
        label=_("地点"), widget=forms.Textarea, max_length=2000, help_text=_("一行一处，如“1号桌”。")
    )
    starts = forms.DateTimeField(label=_("第一场开始"), widget=Moment, input_formats=["%Y-%m-%dT%H:%M"])
    ends = forms.DateTimeField(label=_("最后一场结束"), widget=Moment, input_formats=["%Y-%m-%dT%H:%M"])
    minutes = forms.IntegerField(label=_("每场时长（分钟）"), min_value=1, max_value=1440)
    pause = forms.IntegerField(label=_("间隔（分钟）"), min_value=0, max_value=1440, initial=0)
    quota = forms.IntegerField(label=_("每场名额"), min_value=1, max_value=20_000, initial=1)

    def clean_places(self) -> list[str]:
        """The lines that say something, each once."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["places"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class CancelForm(IdempotentForm, forms.Form):
    """Why a session is called off."""

    reason = forms.CharField(label=_("取消原因"), max_length=200)


class BookingForm(IdempotentForm, forms.Form):
    """Who comes."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    organization = forms.CharField(label=_("单位"), max_length=100, required=False)
    phone = forms.CharField(
        label=_("手机"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class SignUpForm(BookingForm):
    """Who comes, and that he agrees to what is kept of him."""

    email = forms.CharField(label=_("电子邮箱"), max_length=120, required=False)
    agree = forms.BooleanField(label=_("我已阅读并同意上述个人信息用途"))

    def __init__(self, *args: Any, mail_on: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = mail_on

    def guest(self) -> dict[str, str]:
        """What was filled in."""
        return {name: self.cleaned_data[name] for name in ("name", "phone", "organization", "email")}


def sign_up_purpose() -> Purpose | None:
    """The text that a guest agrees to."""
    return Purpose.objects.filter(code=PURPOSE, current=True).first()
