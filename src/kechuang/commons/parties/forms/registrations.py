# SPDX-License-Identifier: Apache-2.0
"""Forms of registering oneself, of checking it, and of colleagues' accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import Purpose
from kechuang.commons.parties.applications import Application
from kechuang.commons.parties.models import OrganizationKind, Region, Registration
from kechuang.commons.parties.queries.places import divisions_on
from kechuang.commons.ui.forms import IdempotentForm

PURPOSE = "self_registration"


class ApplicationForm(IdempotentForm, forms.Form):
    """What an applicant fills in (注册申请)."""

    kind = forms.ModelChoiceField(
        label=_("主体类型"),
        queryset=OrganizationKind.objects.exclude(account_role=""),
        empty_label=_("请选择"),
    )
    name = forms.CharField(
        label=_("名称"), max_length=120, help_text=_("机构填写登记的全称，专家填写工作单位和专业领域。")
    )
    uscc = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=24,
        required=False,
        help_text=_("18 位，见营业执照或登记证书；专家不填。"),
    )
    region = forms.ModelChoiceField(
        label=_("所在区县"), queryset=Region.objects.none(), empty_label=_("请选择")
    )
    applicant = forms.CharField(label=_("被授权人姓名"), max_length=36)
    phone = forms.CharField(label=_("手机"), max_length=30, required=False)
    email = forms.CharField(label=_("电子邮箱"), max_length=120, required=False)
    proof = forms.FileField(
        label=_("证明材料"),
        max_length=200,
        help_text=_("机构上传加盖公章的授权书，专家上传本人证明（如工作证）；PDF 或图片，不超过 20 MB。"),
    )

    def __init__(self, *args: Any, mail_on: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = divisions_on(None)
        self.fields["email"].required = mail_on

    def application(self) -> Application:
        """What was filled in."""
        data = self.cleaned_data
        names = ("kind", "name", "uscc", "region", "applicant", "email", "phone")
        return Application(**{name: data[name] for name in names})

    def proof_given(self) -> tuple[str, bytes] | None:
        """The file as name and content."""
        file = self.cleaned_data.get("proof")
        return (file.name, file.read()) if file else None


class FileForm(ApplicationForm):
    """A new application, with the consent to what the data are used for."""

    agree = forms.BooleanField(label=_("我已阅读并同意上述个人信息用途"))


class AmendForm(ApplicationForm):
    """What was missing, mended; the old proof stays unless a new one is given."""

    def dress(self) -> None:
        """The proof may stay."""
        self.fields["proof"].required = False
        super().dress()


class ReturnForm(IdempotentForm, forms.Form):
    """All that is missing, a line each (一次性告知)."""

    missing = forms.CharField(
        label=_("须补正的内容"), widget=forms.Textarea, help_text=_("每行一项，一次列全；只能退回一次。")
    )


class AcceptForm(IdempotentForm, forms.Form):
    """Whether a present administrator gives way; not asked where there is none."""

    replace = forms.BooleanField(
        label=_("变更单位管理员"),
        required=False,
        help_text=_("已核实授权书确为变更负责人；原管理员的管理权限随即收回，并收到告知。"),
    )

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["replace"]


class DeclineForm(IdempotentForm, forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("申请人会看到。"))


class ColleagueForm(IdempotentForm, forms.Form):
    """A colleague's account."""

    display_name = forms.CharField(label=_("姓名"), max_length=36)
    phone = forms.CharField(label=_("手机"), max_length=30, required=False)
    email = forms.CharField(label=_("电子邮箱"), max_length=120, required=False)


def current_purpose() -> Purpose | None:
    """The text that an applicant agrees to."""
    return Purpose.objects.filter(code=PURPOSE, current=True).first()


def initial_of(registration: Registration) -> dict[str, object]:
    """An application as it stands, for the form that mends it."""
    names = ("kind", "name", "uscc", "region", "applicant", "email", "phone")
    return {name: getattr(registration, name) for name in names}
