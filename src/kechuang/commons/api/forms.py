# SPDX-License-Identifier: Apache-2.0
"""The form that makes a token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.catalogue import permission_words
from kechuang.commons.ui.forms import IdempotentForm


class TokenForm(IdempotentForm, forms.Form):
    """What it is for, what it may do, how long."""

    name = forms.CharField(label=_("用途"), max_length=60, help_text=_("例如：数据大屏每日取数。"))
    permissions = forms.MultipleChoiceField(
        label=_("权限"), widget=forms.CheckboxSelectMultiple, help_text=_("只勾选这项用途需要的。")
    )
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=366, initial=90)

    def __init__(self, *args: Any, own: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["permissions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one, f"{permission_words(one)}（{one}）") for one in sorted(own)]
