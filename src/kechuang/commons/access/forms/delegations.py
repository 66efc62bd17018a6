# SPDX-License-Identifier: Apache-2.0
"""Letting a colleague act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.catalogue import business_of, permission_words
from kechuang.commons.access.forms.accounts import next_day, person_named
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.access.queries.grants import grants_between
from kechuang.commons.ui.forms import IdempotentForm

SEPARATOR = "|"


class DelegationForm(IdempotentForm, forms.Form):
    """To whom, what, from when until when, why."""

    deputy = forms.CharField(
        label=_("代办人"), max_length=60, help_text=_("填写同事的账号，或其姓名（没有重名时）。")
    )
    everything = forms.BooleanField(
        label=_("委托我的全部业务权限"), required=False, help_text=_("不勾选时，请在下面逐项选择。")
    )
    parts = forms.MultipleChoiceField(
        label=_("委托的权限"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只列出您本人的业务权限。"),
    )
    since = forms.DateField(label=_("自"), widget=forms.DateInput)
    last = forms.DateField(label=_("至（含当日）"), widget=forms.DateInput)
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.grants = {
            str(grant.pk): grant
            for grant in grants_between(giver, today, None)
            if grant.role.family == Role.Family.BUSINESS
        }
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = self._by_business()
        self.fields["since"].initial = today

    def _by_business(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every permission of one's own, under the business it belongs to."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for pk, grant in self.grants.items():
            for name in sorted(grant.role.permissions):
                choice = (f"{pk}{SEPARATOR}{name}", self._words(grant, name))
                groups.setdefault(business_of(name), []).append(choice)
        return sorted(groups.items())

    def clean(self) -> dict[str, Any]:
        """Everything, or what is ticked."""
        data = super().clean() or {}
        if data.get("everything"):
            data["parts"] = [
                f"{pk}{SEPARATOR}{name}"
                for pk, grant in self.grants.items()
                for name in grant.role.permissions
            ]
        elif not data.get("parts") and "parts" not in self.errors:
            self.add_error("parts", gettext("请至少选择一项，或勾选“委托我的全部业务权限”。"))
        return data

    @staticmethod
    def _words(grant: Grant, name: str) -> str:
        words = pgettext("permission of a role", "%(role)s：%(permission)s")
        return words % {"role": grant.role.name, "permission": permission_words(name)}

    def clean_deputy(self) -> User:
        """The colleague."""
        return person_named(self.cleaned_data["deputy"])

    def arguments(self) -> dict[str, Any]:
        """For the action: the grants and permissions chosen, and the day after the last."""
        data = self.cleaned_data
        chosen = [part.partition(SEPARATOR) for part in data["parts"]]
        return {
            "deputy": data["deputy"],
            "grants": [self.grants[pk] for pk in dict.fromkeys(pk for pk, _mark, _name in chosen)],
            "permissions": sorted({name for _pk, _mark, name in chosen}),
            "since": data["since"],
            "until": next_day(data["last"]),
            "reason": data["reason"],
        }
