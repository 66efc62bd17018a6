# SPDX-License-Identifier: Apache-2.0
"""Forms of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.papers.pieces import PaperTemplatePiece
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.forms import IdempotentForm


class DraftForm(IdempotentForm, forms.Form):
    """A template, and the day its values are of where it knows earlier days."""

    template = forms.CharField(max_length=80, widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("数据截至"),
        required=False,
        widget=forms.DateInput(attrs={"class": "form-control form-control-sm"}),
    )

    @classmethod
    def of(cls, piece: PaperTemplatePiece) -> DraftForm:
        """The form of one template among several on a page."""
        form = cls(initial={"template": piece.code}, auto_id=f"{piece.code}-%s")
        if not piece.as_of:
            form.fields["day"].widget = forms.HiddenInput()
        return form


class TextForm(IdempotentForm, forms.Form):
    """Title and text of a draft."""

    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(
        label=_("正文"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 28}),
        help_text=_("一行一段；“# ”“## ”开头为标题；{…} 处自动填入系统数据，不必手工改数。"),
    )


class SubmitForm(IdempotentForm, forms.Form):
    """Which offices countersign."""

    units = forms.ModelMultipleChoiceField(
        label=_("会签处室"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选则核稿后直接送签发。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Unit.objects.order_by("order", "pk")


class OpinionForm(IdempotentForm, forms.Form):
    """An office's answer."""

    agreed = forms.TypedChoiceField(
        label=_("会签意见"),
        choices=(("yes", _("同意")), ("no", _("不同意，退回修改"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    opinion = forms.CharField(label=_("说明"), widget=forms.Textarea, max_length=1000, required=False)


class ReasonForm(IdempotentForm, forms.Form):
    """Why a paper goes back or is voided."""

    reason = forms.CharField(label=_("原因"), widget=forms.Textarea, max_length=1000)


class WordForm(IdempotentForm, forms.Form):
    """The retouched Word."""

    file = forms.FileField(label=_("定稿文件"), help_text=_(".docx，不超过 20 MB。"))
