# SPDX-License-Identifier: Apache-2.0
"""Forms for merging and closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.models import Commitment
from kechuang.commons.ui.forms import IdempotentForm


class MergeForm(IdempotentForm, forms.Form):
    """The lead's statement of the whole (牵头汇总)."""

    text = forms.CharField(label=_("汇总意见"), widget=forms.Textarea, max_length=8000)
    delivered = forms.ModelMultipleChoiceField(
        label=_("已完成的举措"),
        queryset=Commitment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    done = forms.BooleanField(label=_("申请办结整项任务"), required=False)

    def __init__(self, *args: Any, task: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, version=task.version, **kwargs)
        open_parts = task.parts.filter(kind=Commitment.Kind.DELIVERABLE, state=Commitment.State.OPEN)
        field = self.fields["delivered"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = open_parts


class ReturnForm(IdempotentForm, forms.Form):
    """Why a request to close goes back (退回)."""

    reason = forms.CharField(label=_("退回原因"), widget=forms.Textarea, max_length=1000)
