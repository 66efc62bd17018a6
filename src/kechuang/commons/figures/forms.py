# SPDX-License-Identifier: Apache-2.0
"""Forms of figures: a value with its proof, a sheet of them, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.facts.entered import Entered
from kechuang.commons.kernel.citing import cited
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Region
from kechuang.commons.ui.forms import IdempotentForm


class EnterForm(IdempotentForm, forms.Form):
    """A value of an indicator with what shows it (填报数据)."""

    value = forms.DecimalField(label=_("数值"), max_digits=24, decimal_places=6)
    period_start = forms.DateField(label=_("期初"), widget=forms.DateInput)
    period_end = forms.DateField(
        label=_("期末"), widget=forms.DateInput, help_text=_("累计数从年初起；时点数的期初、期末填同一天。")
    )
    region = forms.ModelChoiceField(
        Region.objects.all(), label=_("区域"), required=False, empty_label=_("全市")
    )
    vintage_word = forms.CharField(
        label=_("版本说明"), max_length=20, required=False, help_text=_("例如：快报、年度数、修订。")
    )
    published_on = forms.DateField(label=_("发布日期"), widget=forms.DateInput)
    source = forms.CharField(label=_("来源"), max_length=200, help_text=_("文件名称、文号或发布单位。"))
    file = forms.FileField(label=_("佐证文件"), required=False)
    record = forms.CharField(
        label=_("或引用系统内的记录"),
        max_length=100,
        required=False,
        help_text=_("写记录的编号或名称，也可粘贴记录页的“引用号”。"),
    )

    def entered(self) -> Entered:
        """The value as stated; call after ``is_valid()``."""
        return Entered(**{name: self.cleaned_data[name] for name in Entered.__dataclass_fields__})

    def proof(self) -> dict[str, Any]:
        """The file or the record, as the action takes them. Raises Problem on what is no pointer."""
        file, record = self.cleaned_data["file"], self.cleaned_data["record"].strip()
        if file:
            return {"file": (file.name, file.read())}
        if not record:
            return {}
        try:
            return {"proof": cited(record)}
        except LookupError:
            raise Problem(
                str(_("找不到记录“%(record)s”。")) % {"record": record},
                remedy=str(_("请写它的编号或名称，或从记录页复制引用号。")),
                field="record",
            ) from None


class SheetForm(IdempotentForm, forms.Form):
    """A sheet of values."""

    file = forms.FileField(
        label=_("文件"), help_text=_("按模板填好的 .xlsx、.xls 或 .csv；表格本身留存为佐证。")
    )


class ReasonForm(IdempotentForm, forms.Form):
    """Why a value goes back."""

    reason = forms.CharField(label=_("退回意见"), widget=forms.Textarea, max_length=1000)
