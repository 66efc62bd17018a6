# SPDX-License-Identifier: Apache-2.0
"""Why a personal value is seen whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.forms import Look

OTHER = "other"
PURPOSES = (
    ("verify", _("核对身份")),
    ("contact", _("联系办理")),
    ("subject", _("应本人要求")),
    ("audit", _("监督检查")),
    (OTHER, _("其他（请说明）")),
)


class PurposeForm(Look, forms.Form):
    """One of the usual purposes, or another in words."""

    purpose = forms.ChoiceField(label=_("用途"), choices=PURPOSES, widget=forms.RadioSelect)
    detail = forms.CharField(label=_("说明"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Another purpose needs words."""
        data = super().clean() or {}
        if data.get("purpose") == OTHER and not data.get("detail"):
            self.add_error("detail", gettext("请说明用途。"))
        return data

    def words(self) -> str:
        """The purpose as the journal keeps it."""
        label = str(dict(PURPOSES)[self.cleaned_data["purpose"]])
        detail = self.cleaned_data["detail"]
        return f"{label}：{detail}" if detail else label
