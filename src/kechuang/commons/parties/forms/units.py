# SPDX-License-Identifier: Apache-2.0
"""Forms of units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.parties.models import Unit
from kechuang.commons.parties.queries.units import may_lead, units_on
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


class UnitForm(IdempotentForm, forms.Form):
    """A new unit (增设处室)."""

    name = forms.CharField(label=_("全称"), max_length=60)
    short_name = forms.CharField(label=_("简称"), max_length=20)
    code = forms.CharField(label=_("代码"), max_length=40, help_text=_("一经使用不再更改。"))
    since = forms.DateField(label=_("设立日期"), widget=forms.DateInput, required=False)


class DissolveForm(IdempotentForm, forms.Form):
    """From which day on, into which unit, by which document (撤并处室)."""

    successor = forms.ModelChoiceField(
        label=_("接续处室"), queryset=Unit.objects.none(), empty_label=_("请选择")
    )
    on = forms.DateField(label=_("自何日起"), widget=forms.DateInput)
    reason = forms.CharField(label=_("依据"), max_length=200)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, version=unit.version, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units_on(clock.today()).filter(organization=unit.organization).exclude(pk=unit.pk)


class MemberForm(IdempotentForm, forms.Form):
    """Who works in a unit from a day on (任职)."""

    account = forms.CharField(label=_("账号"), max_length=60, help_text=_("填写账号名。"))
    post = forms.CharField(label=_("职务"), max_length=40, required=False)
    since = forms.DateField(label=_("自"), widget=forms.DateInput)
    until = forms.DateField(label=_("至（不含）"), widget=forms.DateInput, required=False)

    def clean_account(self) -> User:
        """The account of that name."""
        user = User.objects.filter(username__iexact=self.cleaned_data["account"].strip()).first()
        if user is None:
            raise forms.ValidationError(gettext("没有这个账号。"))
        return user


class LeaveForm(IdempotentForm, forms.Form):
    """From which day somebody no longer works there."""

    on = forms.DateField(label=_("自何日起离任"), widget=forms.DateInput)
