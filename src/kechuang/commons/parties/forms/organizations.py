# SPDX-License-Identifier: Apache-2.0
"""Forms of organisations: registering, editing, renaming, recoding, roles, merging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Organization, OrganizationCode, OrganizationKind, Region
from kechuang.commons.parties.queries.identity import organization_meant
from kechuang.commons.parties.queries.places import divisions_on, regions_on
from kechuang.commons.parties.queries.reach import regions_reached
from kechuang.commons.parties.statements import FREE, Profile
from kechuang.commons.ui.forms import IdempotentForm

Kind = OrganizationCode.Kind


class OrganizationField(forms.CharField):
    """An organisation by its code, number or full name; there are too many to choose from."""

    default_help = _("填写统一社会信用代码、旧代码或与登记一致的全称。")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", self.default_help)
        super().__init__(max_length=120, **kwargs)

    def clean(self, value: Any) -> Organization | None:
        """The one that is meant. Raises ValidationError for none and for several."""
        text = super().clean(value)
        if not text:
            return None
        found = organization_meant(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(gettext("有不止一家机构叫这个名称，请填写代码。"))
        raise forms.ValidationError(gettext("没有找到“%(text)s”，请核对代码或全称。") % {"text": text})


def regions_kept_by(actor: Actor, permission: str) -> QuerySet[Region]:
    """The regions whose organisations an actor may keep."""
    reached = regions_reached(actor, permission)
    regions = divisions_on(None)
    return regions if reached is None else regions.filter(pk__in=reached)


class FactsForm(IdempotentForm, forms.Form):
    """What is known of an organisation beside name and code."""

    region = forms.ModelChoiceField(
        label=_("所在区县"), queryset=Region.objects.none(), required=False, empty_label=_("未注明")
    )
    head = OrganizationField(
        label=_("总部"),
        required=False,
        help_text=_("仅分支机构填写：总部的代码或全称；分支与总部分别登记，不合并。"),
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    industry = forms.CharField(label=_("行业"), max_length=60, required=False)
    representative = forms.CharField(label=_("法定代表人"), max_length=36, required=False)
    founded = forms.DateField(label=_("成立日期"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = regions

    def facts(self) -> dict[str, str]:
        """What was filled in, as text by field."""
        return {field.value: str(self.cleaned_data.get(field.value) or "") for field in FREE}


class RegisterForm(FactsForm):
    """A new organisation (登记机构)."""

    name = forms.CharField(label=_("名称"), max_length=120, help_text=_("登记的全称。"))
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=24, required=False)
    registration = forms.CharField(
        label=_("工商注册号"), max_length=20, required=False, help_text=_("15 位，换发统一代码以前使用。")
    )
    organization = forms.CharField(
        label=_("组织机构代码"),
        max_length=12,
        required=False,
        help_text=_("9 位，即统一代码的第 9 至 17 位。"),
    )
    kinds = forms.ModelMultipleChoiceField(
        label=_("主体类型"),
        queryset=OrganizationKind.objects.filter(person=False),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = forms.DateField(label=_("身份自"), widget=forms.DateInput, required=False)
    source = forms.CharField(
        label=_("来源"), max_length=120, required=False, help_text=_("凭什么登记，例如营业执照、来函文号。")
    )
    namesake = forms.BooleanField(label=_("同名但不是同一家"), required=False)
    field_order = ("name", "uscc", "registration", "organization", "kinds", "since", "region", "head")

    def profile(self) -> Profile:
        """What was filled in."""
        data = self.cleaned_data
        codes = {kind: data.get(kind) or "" for kind in Kind.values}
        return Profile(data["name"], codes, data["region"], data["head"], self.facts())


class EditForm(FactsForm):
    """Changed facts, and what they rest on."""

    source = forms.CharField(label=_("依据"), max_length=120, required=False)


class RenameForm(IdempotentForm, forms.Form):
    """A new name from a day on, or a mistaken one put right (更名)."""

    name = forms.CharField(label=_("新名称"), max_length=120)
    on = forms.DateField(
        label=_("更名日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("原名称从这一天起成为曾用名；不填表示原名称登记有误，直接改正。"),
    )
    reason = forms.CharField(label=_("依据"), max_length=200)


class RecodeForm(IdempotentForm, forms.Form):
    """Another code from a day on, or a mistaken one put right (换码)."""

    kind = forms.ChoiceField(label=_("代码类别"), choices=Kind.choices)
    value = forms.CharField(label=_("代码"), max_length=24)
    on = forms.DateField(
        label=_("换码日期"),
        widget=forms.DateInput,
        required=False,
        help_text=_("原代码从这一天起成为旧代码；不填表示原代码登记有误，直接改正。"),
    )
    reason = forms.CharField(label=_("依据"), max_length=200)


class RoleForm(IdempotentForm, forms.Form):
    """What an organisation is from a day on."""

    kind = forms.ModelChoiceField(
        label=_("主体类型"), queryset=OrganizationKind.objects.filter(person=False), empty_label=_("请选择")
    )
    since = forms.DateField(label=_("自"), widget=forms.DateInput)
    until = forms.DateField(label=_("至（不含）"), widget=forms.DateInput, required=False)


class ZoneForm(IdempotentForm, forms.Form):
    """A zone an organisation lies in from a day on."""

    zone = forms.ModelChoiceField(label=_("功能区"), queryset=Region.objects.none(), empty_label=_("请选择"))
    since = forms.DateField(label=_("自"), widget=forms.DateInput)
    until = forms.DateField(label=_("至（不含）"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ModelChoiceField)
        zone.queryset = regions_on(None).filter(kind=Region.Kind.ZONE)


class LeaveForm(IdempotentForm, forms.Form):
    """From which day it lies there no longer, and why."""

    on = forms.DateField(label=_("自何日起移出"), widget=forms.DateInput)
    reason = forms.CharField(label=_("依据"), max_length=200)


class EndRoleForm(IdempotentForm, forms.Form):
    """From which day it is that no longer, and why."""

    on = forms.DateField(label=_("自何日起不再是"), widget=forms.DateInput)
    reason = forms.CharField(label=_("依据"), max_length=200)


class OtherForm(forms.Form):
    """The other entry to compare with."""

    other = OrganizationField(label=_("与之比对的机构"))


class ReasonForm(IdempotentForm, forms.Form):
    """Why."""

    reason = forms.CharField(label=_("依据"), max_length=200, help_text=_("写明凭什么认定，将记入日志。"))


class CauseForm(IdempotentForm, forms.Form):
    """What for."""

    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("将记入日志。"))
