# SPDX-License-Identifier: Apache-2.0
"""Forms made from a definition: a record, a move; and the forms that write a definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.refs import Ref
from kechuang.commons.registers.controls import (
    LINED,
    columns_of,
    controls_of,
    line_count,
    masked_controls,
)
from kechuang.commons.registers.definitions import Field, Move, RegisterPiece
from kechuang.commons.registers.intake import fields_asked, personal_fields, said_by_sender
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.needing import fields_at
from kechuang.commons.registers.queries import names_in
from kechuang.commons.ui.forms import IdempotentForm


class RecordForm(IdempotentForm, forms.Form):
    """One record: a control a field, made from the definition; typed values are read by ``reading``."""

    def __init__(
        self,
        *args: Any,
        register: RegisterPiece,
        record: Record | None = None,
        may_unmask: object = False,
        **kwargs: Any,
    ) -> None:
        self.register, self.masked = register, masked_fields(register, record)
        hidden = {field.code for field in self.masked}
        self.stored = {
            code: value for code, value in (record.data if record else {}).items() if code not in hidden
        }
        names = names_in(register, [record]) if record else {}
        super().__init__(*args, **kwargs)
        others = said_by_sender(register, record) if record else ()
        for field in (field for field in register.fields if field.code not in others):
            if record and field in self.masked:
                self.fields.update(masked_controls(field, unmask_page(record, field) if may_unmask else ""))
            else:
                self.fields.update(controls_of(field, self.stored.get(field.code), names))
        self.order_fields(
            [name for name in self.fields if name not in {"idempotency_key", "expected_version"}]
        )
        self.dress()

    def blocks(self) -> Iterator[tuple[Field | None, list[Any]]]:
        """(a field written in lines, their controls) or (None, one control), in the order of the definition."""
        for field in self.register.fields:
            if field.type not in LINED:
                yield from ((None, [self[name]]) for name in self.fields if name.split(".")[0] == field.code)
                continue
            columns, lines = columns_of(field), range(line_count(field, self.stored.get(field.code)))
            shown = field.model_copy(update={"columns": columns})
            yield shown, [[self[f"{field.code}.{line}.{c.code}"] for c in columns] for line in lines]
            if (clear := f"{field.code}.clear") in self.fields:
                yield None, [self[clear]]

    def given(self) -> dict[str, Any]:
        """Texts by field code, as ``make_record`` takes them; a file that was not replaced stays."""
        cleaned = self.cleaned_data
        found: dict[str, Any] = {}
        for field in self.register.fields:
            if field.type in LINED:
                lines = [
                    {
                        column.code: cleaned.get(f"{field.code}.{line}.{column.code}")
                        for column in columns_of(field)
                    }
                    for line in range(line_count(field, self.stored.get(field.code)))
                ]
                found[field.code] = lines if field.type == "table" else _by_year(lines)
            elif field.type == "file" or self._names_as_before(field):
                found[field.code] = self.stored.get(field.code)
            else:
                found[field.code] = given_of(field, cleaned.get(field.code))
        return found

    def _names_as_before(self, field: Field) -> bool:
        """Whether a name was left as it stood: then it means the same thing, however many are called so."""
        if field.type not in {"party", "link"}:
            return False
        shown = self.fields[field.code].initial
        return bool(shown) and self.cleaned_data.get(field.code) == shown and field.code in self.stored

    def kept(self) -> frozenset[str]:
        """The masked fields that were not touched, and those that lines were only added to."""
        return frozenset(field.code for field in self.masked if not self._replaced(field))

    def _replaced(self, field: Field) -> bool:
        if self.cleaned_data.get(f"{field.code}.clear"):
            return True
        return field.type not in LINED and bool(given_of(field, self.cleaned_data.get(field.code)))

    def given_files(self) -> dict[str, tuple[str, bytes]]:
        """The files handed in by field code."""
        found = {}
        for field in self.register.fields:
            file = self.cleaned_data.get(field.code) if field.type == "file" else None
            if file:
                found[field.code] = (file.name, file.read())
        return found


def masked_fields(register: RegisterPiece, record: Record | None) -> list[Field]:
    """The sensitive fields of a record that say something: no form shows them whole, not even to its keeper."""
    stored = record.data if record else {}
    return [field for field in register.fields if field.access == "sensitive" and stored.get(field.code)]


def unmask_page(record: Record, field: Field) -> str:
    """Where a sensitive value is seen whole."""
    return reverse("access:unmask", args=[str(Ref.of(record)), field.code])


def given_of(field: Field, cleaned: Any) -> str | None:
    """What a plain control was filled with, as a text that is read by ``reading``."""
    if field.type == "choices":
        return "、".join(cleaned or [])
    if field.type in {"unit", "region"}:
        return str(cleaned.pk) if cleaned else None
    return cleaned or None


def _by_year(lines: list[dict[str, Any]]) -> dict[str, str]:
    """Values by year; a value without a year is told when it is read."""
    return {line["year"] or "": line["value"] or "" for line in lines if line["year"] or line["value"]}


class FilingForm(RecordForm):
    """What anybody may hand in: the fields that the register asks of the public, without names of other things."""

    agree = forms.BooleanField(label=_("我已阅读并同意上述用途（匿名提交不必勾选）"), required=False)

    def __init__(self, *args: Any, register: RegisterPiece, **kwargs: Any) -> None:
        asked = register.model_copy(update={"fields": fields_asked(register)})
        super().__init__(*args, register=asked, **kwargs)
        self.personal = personal_fields(register)
        if self.personal:
            self.order_fields([*(name for name in self.fields if name != "agree"), "agree"])
        else:
            del self.fields["agree"]

    @property
    def agreed(self) -> bool:
        """Whether the purpose was agreed to."""
        return bool(self.cleaned_data.get("agree"))


class MoveForm(IdempotentForm, forms.Form):
    """A move: the day, the reason, what shows it."""

    on = forms.DateField(label=_("日期"))
    reason = forms.CharField(label=_("原因或说明"), widget=forms.Textarea, max_length=1000, required=False)
    proof = forms.FileField(label=_("佐证文件"), required=False)
    records = forms.CharField(
        label=_("引用系统内的记录"),
        max_length=400,
        required=False,
        help_text=_("写记录的编号或名称，也可粘贴记录页的“引用号”；多个用空格或顿号分开。"),
    )

    def __init__(
        self, *args: Any, register: RegisterPiece, record: Record, move: Move, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = "reason" in move.needs
        names = names_in(register, [record])
        hidden = masked_fields(register, record)  # these say something already, and no form shows them
        wanted = (field for field in fields_at(register, move) if field not in hidden)
        self.needed = [field for field in wanted if field.code not in self.fields]
        self.masked = masked_fields(register, record)
        for field in self.needed:
            if field in self.masked:
                self.fields[field.code] = masked_controls(field, "")[field.code]
            else:
                self.fields |= controls_of(field, record.data.get(field.code), names)
                self.fields[field.code].required = True
        self.order_fields([field.code for field in self.needed])
        self.dress()

    def values(self) -> dict[str, Any]:
        """Texts of the fields that the move needs, as ``move_record`` takes them."""
        given = {field.code: given_of(field, self.cleaned_data.get(field.code)) for field in self.needed}
        kept = {field.code for field in self.masked if not given.get(field.code)}
        return {code: text for code, text in given.items() if code not in kept}


class BulkForm(IdempotentForm, forms.Form):
    """One move for many records."""

    to = forms.ChoiceField(label=_("流转到"))
    on = forms.DateField(label=_("日期"))
    reason = forms.CharField(label=_("原因或说明"), widget=forms.Textarea, max_length=1000, required=False)
    proof = forms.FileField(
        label=_("佐证文件"), required=False, help_text=_("同一份文件作为每条记录的佐证。")
    )

    def __init__(self, *args: Any, register: RegisterPiece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        named = {move.to: register.state(move.to).label for move in register.moves}
        field.choices = [("", "—"), *named.items()]

    def require_choice(self) -> None:
        """Say that no record was chosen."""
        self.add_error(None, _("请至少勾选一条记录。"))


class ConsentForm(IdempotentForm, forms.Form):
    """What a side says."""

    agreed = forms.ChoiceField(
        label=_("意见"), choices=(("yes", _("同意")), ("no", _("不同意"))), widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("说明"), widget=forms.Textarea, max_length=400, required=False)


class StocktakeForm(IdempotentForm, forms.Form):
    """The year of a stock-take and what is to be said of it."""

    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    remark = forms.CharField(label=_("未落实原因或说明"), max_length=120, required=False)


class SheetForm(IdempotentForm, forms.Form):
    """A sheet to take in."""

    file = forms.FileField(label=_("文件"), help_text=_("按模板填好的 .xlsx 或 .csv。"))


class ReasonForm(IdempotentForm, forms.Form):
    """Why something goes back."""

    reason = forms.CharField(label=_("原因"), widget=forms.Textarea, max_length=1000)


class EraseForm(IdempotentForm, forms.Form):
    """Why sensitive values are destroyed."""

    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("例如：应本人要求。"))
