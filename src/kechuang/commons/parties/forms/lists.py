# SPDX-License-Identifier: Apache-2.0
"""Forms of lists of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.forms.organizations import OrganizationField
from kechuang.commons.parties.models import Organization, OrganizationKind, PartyRow
from kechuang.commons.ui.forms import IdempotentForm

OTHER = "other"


class ListForm(IdempotentForm, forms.Form):
    """A list and what is to be said of all its lines (上传机构名单)."""

    file = forms.FileField(
        label=_("名单文件"),
        max_length=200,
        help_text=_("Excel 或 CSV，不超过 20 MB、200,000 行；先读成草稿，什么也不登记。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    said_on = forms.DateField(label=_("数据日期"), widget=forms.DateInput)
    title = forms.CharField(label=_("标题"), max_length=120, required=False, help_text=_("不填时取文件名。"))
    kind = forms.ModelChoiceField(
        label=_("主体类型"),
        queryset=OrganizationKind.objects.filter(person=False),
        required=False,
        empty_label=_("由名单各行写明"),
    )


class SettleForm(IdempotentForm, forms.Form):
    """What a line means: one of the organisations that come into question, another one, a new one, or none."""

    decision = forms.ChoiceField(label=_("这一行是"), widget=forms.RadioSelect)
    other = OrganizationField(label=_("另一家机构"), required=False)

    def __init__(self, *args: Any, row: PartyRow, candidates: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, version=row.version, **kwargs)
        self.firms = {f"take:{one.pk}": one for one in candidates}
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((key, gettext("登记到“%(name)s”") % {"name": one.name}) for key, one in self.firms.items()),
            (OTHER, gettext("登记到另一家机构（在下面填写）")),
            (PartyRow.Decision.NEW.value, gettext("登记为新机构")),
            (PartyRow.Decision.SKIP.value, gettext("不登记这一行")),
        ]

    def clean(self) -> dict[str, Any]:
        """The decision and the organisation it needs."""
        data = super().clean() or self.cleaned_data
        decision = data.get("decision", "")
        if decision and decision != OTHER:
            self.errors.pop("other", None)  # what still stands there is not meant
        elif decision == OTHER and not data.get("other") and "other" not in self.errors:
            self.add_error("other", gettext("请填写要登记到的机构。"))
        data["organization"] = data.get("other") if decision == OTHER else self.firms.get(decision)
        if decision in self.firms or decision == OTHER:
            data["decision"] = PartyRow.Decision.TAKE.value
        return data
