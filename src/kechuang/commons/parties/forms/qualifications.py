# SPDX-License-Identifier: Apache-2.0
"""Forms of qualifications."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.models import QualificationKind
from kechuang.commons.ui.forms import IdempotentForm


class TermForm(IdempotentForm, forms.Form):
    """Number, term and proof of a qualification."""

    number = forms.CharField(label=_("编号"), max_length=60, required=False)
    valid_from = forms.DateField(label=_("有效期自"), widget=forms.DateInput)
    valid_to = forms.DateField(
        label=_("有效期至（不含）"),
        widget=forms.DateInput,
        required=False,
        help_text=_("最后有效日的次日；不填时按类别规定的有效期推算。"),
    )
    proof = forms.FileField(label=_("证明材料"), max_length=200, help_text=_("证书扫描件或公布文件。"))

    def proof_given(self) -> tuple[str, bytes] | None:
        """The file as name and content."""
        file = self.cleaned_data.get("proof")
        return (file.name, file.read()) if file else None


class QualificationForm(TermForm):
    """One qualification registered by hand (登记资质)."""

    kind = forms.ModelChoiceField(
        label=_("资质类别"), queryset=QualificationKind.objects.order_by("code"), empty_label=_("请选择")
    )
    field_order = ("kind", "number", "valid_from", "valid_to", "proof")


class CorrectForm(TermForm):
    """What is right, and why (更正)."""

    reason = forms.CharField(label=_("更正原因"), max_length=200, help_text=_("写明原登记错在哪里。"))

    def dress(self) -> None:
        """The end stands; the old proof stays unless a new one is given."""
        self.fields["valid_to"].required = True
        self.fields["proof"].required = False
        super().dress()


class RevokeForm(IdempotentForm, forms.Form):
    """From which day, and why, a qualification is taken away (撤销)."""

    on = forms.DateField(
        label=_("撤销日期"), widget=forms.DateInput, help_text=_("从这一天起不再计入；此前的日子仍计入。")
    )
    reason = forms.CharField(
        label=_("撤销原因"), max_length=200, help_text=_("写明撤销决定的文号或事由，将记入日志。")
    )
