# SPDX-License-Identifier: Apache-2.0
"""Choosing the scheme by which a plan is judged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.commitments.schemes import schemes_in_force
from kechuang.commons.ui.forms import IdempotentForm


class SchemeForm(IdempotentForm, forms.Form):
    """One of the schemes in force (进度办法)."""

    scheme = forms.ChoiceField(
        label=_("进度办法"), help_text=_("亮灯界限和督办级别按它计算；从现在起，这份计划的各页同样适用。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scheme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, piece.name) for code, piece in schemes_in_force().items()]
