# SPDX-License-Identifier: Apache-2.0
"""Forms of oversight: an answer, a reason, an objection, a decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.forms import IdempotentForm


class AnswerForm(IdempotentForm, forms.Form):
    """What was done about it (回复)."""

    text = forms.CharField(
        label=_("办理情况"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("写明原因、已采取的措施、何时完成；同时记为本处室对这项任务的进展报告。"),
    )
    done = forms.BooleanField(label=_("本处室已完成"), required=False)
    file = forms.FileField(label=_("佐证"), required=False)


class ReasonForm(IdempotentForm, forms.Form):
    """Why (原因)."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=1000)


class DecisionForm(IdempotentForm, forms.Form):
    """Whether an objection is upheld, and why (审定)."""

    upheld = forms.TypedChoiceField(
        label=_("审定结果"),
        choices=[("yes", _("成立，不计这一项")), ("no", _("不成立"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("审定意见"), widget=forms.Textarea, max_length=1000)
