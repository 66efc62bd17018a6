# SPDX-License-Identifier: Apache-2.0
"""Forms with one look, and the fields of a form that calls an action (表单)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.http import QueryDict

from kechuang.commons.kernel.problems import Problem, Stale
from kechuang.commons.ui.field_html import control_class

if TYPE_CHECKING:
    _FormBase = forms.BaseForm
else:
    _FormBase = object


class ActionArguments(TypedDict):
    """What every action accepts beside its own arguments."""

    expected_version: int | None
    idempotency_key: str


class Look(_FormBase):
    """Mix in before ``forms.Form`` or ``forms.ModelForm``: controls get classes and native dates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.dress()

    def dress(self) -> None:
        """Give every control its look; again after controls were added."""
        for each in self.fields.values():
            widget = each.widget
            if isinstance(widget, forms.DateInput):
                widget.input_type = "date"
                widget.format = "%Y-%m-%d"
            if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
                widget.attrs["rows"] = "4"
            widget.attrs.setdefault("class", control_class(widget))

    def blame(self, problem: Problem) -> None:
        """Show a problem raised by an action at its field, else above the form; what was typed stays."""
        place = problem.field if problem.field in self.fields else None
        self.add_error(place, str(problem))


class IdempotentForm(Look):
    """A form whose POST calls an action: a second click is the same act, an overtaken version is told.

    ``TaskForm(initial={...}, version=task.version)`` to show; ``form.action_arguments()`` to call.
    """

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["idempotency_key"] = forms.UUIDField(
            widget=forms.HiddenInput, initial=uuid.uuid4, required=False
        )
        self.fields["expected_version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=version, required=False, min_value=0
        )

    def blame(self, problem: Problem) -> None:
        """As for every form; once told of it, the person may send it over the newer version."""
        super().blame(problem)
        if isinstance(problem, Stale):
            name = self.add_prefix("expected_version")
            data = QueryDict(mutable=True)
            data.update(self.data)
            data[name] = str(self.fields["expected_version"].initial or "")
            self.data = data

    def action_arguments(self) -> ActionArguments:
        """``expected_version`` and ``idempotency_key`` for the action; call after ``is_valid()``."""
        key: uuid.UUID | None = self.cleaned_data.get("idempotency_key")
        version: int | None = self.cleaned_data.get("expected_version")
        return {"expected_version": version, "idempotency_key": str(key or uuid.uuid4())}


class ActionForm(IdempotentForm, forms.Form):
    """A button that calls an action and needs nothing else: only the two hidden fields."""
