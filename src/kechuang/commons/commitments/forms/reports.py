# SPDX-License-Identifier: Apache-2.0
"""Reporting a part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.models import Milestone, Responsibility
from kechuang.commons.kernel.citing import cited, words_in
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.ui.forms import IdempotentForm, Look


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files; empty is an empty list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFilesInput(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file on its own."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class LedgerForm(Look, forms.Form):
    """The workbook that was filled in (离线填报)."""

    file = forms.FileField(label=_("填好的表格"), help_text=_("xlsx、xls 或 csv。"))


class ReportForm(IdempotentForm, forms.Form):
    """What an office did, and what shows it (报送进展)."""

    text = forms.CharField(
        label=_("进展"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("做了什么、结果如何、下一步是什么。"),
    )
    files = SeveralFilesField(  # type: ignore[assignment]  # Django takes fields out of the class
        label=_("佐证文件"), required=False, help_text=_("可以选多个，每个不超过 20 MB。")
    )
    records = forms.CharField(
        label=_("引用系统内的记录"),
        required=False,
        max_length=400,
        help_text=_("写记录的编号或名称，也可粘贴记录页的“引用号”；多个用空格或顿号分开。"),
    )
    reached = forms.ModelMultipleChoiceField(
        label=_("本次完成的节点"),
        queryset=Milestone.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("申报节点完成需要佐证。"),
    )
    done = forms.BooleanField(
        label=_("本处室负责的部分已完成"), required=False, help_text=_("申报完成需要佐证。")
    )

    def __init__(self, *args: Any, part: Responsibility, **kwargs: Any) -> None:
        super().__init__(*args, version=part.version, **kwargs)
        field = self.fields["reached"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = part.commitment.milestones.filter(unit=part.unit_id, state=Milestone.State.APPROVED)
        if not field.queryset:
            del self.fields["reached"]

    def clean_records(self) -> list[Ref]:
        """The records named, each of a kind that can be shown and really there."""
        found = []
        for word in words_in(self.cleaned_data["records"]):
            try:
                ref = cited(word)
            except LookupError:
                raise forms.ValidationError(
                    gettext("找不到记录“%(word)s”，请写它的编号，或从记录页复制引用号。")
                    % {"word": word[:60]}
                ) from None
            found.append(ref)
        return found
