# SPDX-License-Identifier: Apache-2.0
"""Forms of comments and instructions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.comments.actions import LONGEST
from kechuang.commons.comments.ports import office_names
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.ui.forms import IdempotentForm


class CommentForm(IdempotentForm, forms.Form):
    """What is said."""

    text = forms.CharField(label=_("批注"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": "3"}))


class InstructionForm(IdempotentForm, forms.Form):
    """What is to be done, by whom, until when."""

    text = forms.CharField(label=_("批示"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": "4"}))
    title = forms.CharField(
        label=_("督办事项名称"), max_length=200, required=False, help_text=_("不填时取批示的第一句。")
    )
    lead = forms.ChoiceField(label=_("牵头处室"))
    others = forms.MultipleChoiceField(
        label=_("配合处室"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due = forms.DateField(label=_("完成时限"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(ref), name) for ref, name in office_names(day).items()]
        self.fields["lead"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        self.fields["others"].choices = choices  # type: ignore[attr-defined]

    def offices(self) -> list[Ref]:
        """The offices chosen, the lead first."""
        chosen = [self.cleaned_data["lead"], *self.cleaned_data["others"]]
        return [Ref.parse(text) for text in dict.fromkeys(chosen)]
