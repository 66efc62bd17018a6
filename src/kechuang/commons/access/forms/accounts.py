# SPDX-License-Identifier: Apache-2.0
"""Accounts, as the administrators write them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.access.onboarding import NewAccount
from kechuang.commons.access.personal import shown
from kechuang.commons.access.reach import objects_of, scopes_offered
from kechuang.commons.ui.forms import IdempotentForm, Look


def next_day(day: dt.date | None) -> dt.date | None:
    """A last day, as the first day no more."""
    return day + dt.timedelta(days=1) if day else None


class ReachForm(IdempotentForm, forms.Form):
    """A role, how far it reaches, from when until when."""

    role = forms.ModelChoiceField(label=_("角色"), queryset=Role.objects.all())
    scope = forms.ChoiceField(label=_("范围"), choices=Grant.Scope.choices, initial=Grant.Scope.ALL)
    over = forms.CharField(label=_("对象"), required=False, max_length=80)
    since = forms.DateField(label=_("自"), required=False, widget=forms.DateInput)
    last = forms.DateField(
        label=_("至（含当日）"), required=False, widget=forms.DateInput, help_text=_("不填为长期有效。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = scopes_offered()
        groups = [(label, objects_of(scope)) for scope, label in scopes_offered()]
        offered = [(label, found) for label, found in groups if found]
        help_text = _("范围为“全部”“本人”以外时须选择，例如“本处室”指哪个处室。")
        if offered:
            choices = [("", gettext("不限对象")), *offered]
            self.fields["over"] = forms.ChoiceField(
                label=_("对象"), required=False, choices=choices, help_text=help_text
            )
            self.fields["over"].widget.attrs["class"] = "form-select"
        else:
            self.fields["over"].help_text = help_text

    def reach(self) -> dict[str, Any]:
        """The arguments of a grant."""
        data = self.cleaned_data
        return {
            "role": data["role"],
            "scope": data["scope"],
            "over": data["over"],
            "since": data["since"],
            "until": next_day(data["last"]),
        }


class AskForm(ReachForm):
    """A role that is asked for, and why."""

    reason = forms.CharField(
        label=_("说明"), required=False, max_length=200, help_text=_("安全管理员会看到。")
    )


HANDED, MAILED = ("page", _("在页面上显示一次，当面交给本人")), ("mail", _("发到登记的电子邮箱"))


class LinkForm(IdempotentForm, forms.Form):
    """How a one-time link reaches its person."""

    deliver = forms.ChoiceField(label=_("链接交付方式"), widget=forms.RadioSelect, initial=HANDED[0])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deliver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [HANDED, MAILED] if settings.MAIL_ON else [HANDED]

    @property
    def by_mail(self) -> bool:
        """Whether the link is mailed."""
        return bool(self.cleaned_data["deliver"] == MAILED[0])


class OpenAccountForm(LinkForm, ReachForm):
    """A new account, and the role that is asked for it."""

    username = forms.CharField(
        label=_("账号"), max_length=60, help_text=_("2 至 60 个字母、数字、汉字或 @ . + - _。")
    )
    display_name = forms.CharField(label=_("姓名"), max_length=36)
    email = forms.CharField(label=_("电子邮箱"), required=False, max_length=254)
    phone = forms.CharField(label=_("手机"), required=False, max_length=40)
    field_order = (
        "username",
        "display_name",
        "email",
        "phone",
        "role",
        "scope",
        "over",
        "since",
        "last",
        "deliver",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ModelChoiceField)
        field.required, field.empty_label = False, gettext("暂不申请")
        self.fields["role"].label = _("申请的角色")
        self.fields["role"].help_text = _("由安全管理员批准后生效；可以以后再申请。")

    def account(self) -> NewAccount:
        """For the action."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("username", "display_name", "email", "phone")}
        return NewAccount(**kept, **self.reach())


class CorrectAccountForm(IdempotentForm, forms.Form):
    """Name, addresses, last day; what is registered stays masked and stays as it is unless written anew."""

    display_name = forms.CharField(label=_("姓名"), max_length=36)
    email = forms.CharField(label=_("电子邮箱"), required=False, max_length=254)
    phone = forms.CharField(label=_("手机"), required=False, max_length=40)
    clear = forms.MultipleChoiceField(
        label=_("清除已登记的"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("email", _("电子邮箱")), ("phone", _("手机"))],
    )
    last = forms.DateField(
        label=_("最后使用日"),
        required=False,
        widget=forms.DateInput,
        help_text=_("次日起不能登录；不填为长期。"),
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        for name in ("email", "phone"):
            now = shown(account, name) or gettext("未登记")
            self.fields[name].help_text = gettext("现在：%(now)s；不填则不变。") % {"now": now}

    def clean(self) -> dict[str, Any]:
        """What was left empty stays as it is, unless it is to be cleared."""
        data = super().clean() or {}
        for name in ("email", "phone"):
            if not data.get(name) and name not in data.get("clear", ()):
                data[name] = getattr(self.account, name)
        return data


class ReasonForm(IdempotentForm, forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class HandOverForm(ReasonForm):
    """To whom, from which day, why."""

    to = forms.CharField(label=_("接手人"), max_length=60, help_text=_("填写账号，或姓名（没有重名时）。"))
    on = forms.DateField(
        label=_("移交日期"),
        widget=forms.DateInput,
        initial=timezone.localdate,
        help_text=_("从这一天起由接手人办理，原账号停用。"),
    )
    field_order = ("to", "on", "reason")

    def clean_to(self) -> User:
        """The successor."""
        return person_named(self.cleaned_data["to"])


def person_named(text: str) -> User:
    """The account meant by an account name, or by a person's name that only one has. Raises ValidationError."""
    text = text.strip()
    found = list(User.objects.filter(username=text)) or list(User.objects.filter(display_name=text)[:2])
    if len(found) != 1:
        words = (
            gettext("有不止一位“%(name)s”，请填写账号。")
            if found
            else gettext("没有账号或姓名为“%(name)s”的人。")
        )
        raise forms.ValidationError(words % {"name": text})
    return found[0]


class SettleForm(IdempotentForm, forms.Form):
    """The decision on a request."""

    reason = forms.CharField(label=_("说明"), required=False, max_length=200, help_text=_("不批准时必填。"))


class SheetForm(Look, forms.Form):
    """A list of new accounts."""

    file = forms.FileField(label=_("开户名单（.xlsx）"), help_text=_("用模板填写，一次最多 500 行。"))
