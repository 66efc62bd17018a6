# SPDX-License-Identifier: Apache-2.0
"""Forms of a clerk's year: a milestone, more time, a disagreement, a light by hand, a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import User
from kechuang.commons.commitments.models import Commitment, LightOverride, Milestone
from kechuang.commons.kernel.citing import cited
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.forms import IdempotentForm


class ReasonForm(IdempotentForm, forms.Form):
    """Why (理由)."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=1000)


class MilestoneForm(IdempotentForm, forms.Form):
    """A step and the month or quarter at whose end it is due (节点)."""

    title = forms.CharField(label=_("节点"), max_length=200, help_text=_("写明到时应看到什么结果。"))
    grain = forms.ChoiceField(label=_("粒度"), choices=Milestone.Grain.choices, widget=forms.RadioSelect)
    month = forms.TypedChoiceField(
        label=_("月份"),
        coerce=dt.date.fromisoformat,
        help_text=_("按月的，时限为当月末；按季的，时限为所在季度末。"),
    )

    def __init__(self, *args: Any, first: dt.date, last: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(_months(first, last))


def _months(first: dt.date, last: dt.date) -> list[tuple[str, str]]:
    """The months from one day to another, named by their first days."""
    found, month = [], first.replace(day=1)
    while month <= last:
        words = gettext("%(year)s年%(month)s月") % {"year": month.year, "month": month.month}
        found.append((month.isoformat(), words))
        month = (month + dt.timedelta(days=31)).replace(day=1)
    return found


class ExtensionForm(IdempotentForm, forms.Form):
    """A later date and why (申请延期)."""

    new_due = forms.DateField(label=_("申请延至"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("原因"), widget=forms.Textarea, max_length=1000, help_text=_("写明为什么、已做到哪一步。")
    )


class ExtensionDecisionForm(IdempotentForm, forms.Form):
    """Whether the date moves (审批延期)."""

    approved = forms.TypedChoiceField(
        label=_("审批结果"),
        choices=[("yes", _("同意延期")), ("no", _("不同意，按原时限完成"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("审批意见"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
        help_text=_("不同意的，须写明理由。"),
    )


class DisagreementForm(IdempotentForm, forms.Form):
    """With whom, about what, before whom, by when (提请裁定)."""

    other = forms.ModelChoiceField(label=_("对方处室"), queryset=Unit.objects.none())
    text = forms.CharField(
        label=_("分歧事项"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("写明双方各自的意见和需要裁定什么。"),
    )
    decider = forms.ModelChoiceField(label=_("裁定人"), queryset=User.objects.none())
    due = forms.DateField(label=_("裁定时限"), widget=forms.DateInput)

    def __init__(self, *args: Any, others: list[Unit], deciders: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "other": Unit.objects.filter(pk__in=[unit.pk for unit in others]),
            "decider": User.objects.filter(pk__in=[user.pk for user in deciders]),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


class DecisionForm(IdempotentForm, forms.Form):
    """What is decided, or how the offices settled it (裁定)."""

    decision = forms.CharField(
        label=_("裁定意见或协商结果"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("写明由谁、怎么办、何时。"),
    )


class LightForm(IdempotentForm, forms.Form):
    """A colour, why, and until when (人工定灯)."""

    colour = forms.ChoiceField(label=_("灯"), choices=LightOverride.Colour.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea, max_length=1000, help_text=_("写明规则没有考虑到什么。")
    )
    last_day = forms.DateField(
        label=_("有效至"), widget=forms.DateInput, help_text=_("到期后恢复按规则亮灯。")
    )


class SourceForm(IdempotentForm, forms.Form):
    """What else asks for the same work (补记来源)."""

    source = forms.CharField(
        label=_("来源"),
        max_length=200,
        help_text=_("写文书、台账记录、批示的编号或名称，也可粘贴记录页的“引用号”。"),
    )

    def clean_source(self) -> Ref:
        """The record that is named."""
        word = self.cleaned_data["source"].strip()
        try:
            return cited(word)
        except LookupError:
            raise forms.ValidationError(gettext("找不到记录“%(word)s”。") % {"word": word[:60]}) from None


class JoinForm(IdempotentForm, forms.Form):
    """The commitment that is meant (并入)."""

    into = forms.ModelChoiceField(label=_("已有任务"), queryset=Commitment.objects.none())

    def __init__(self, *args: Any, task: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        tasks = Commitment.objects.filter(kind=Commitment.Kind.TASK, state=Commitment.State.OPEN)
        field.queryset = tasks.exclude(pk=task.pk)
