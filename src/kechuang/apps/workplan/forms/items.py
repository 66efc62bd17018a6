# SPDX-License-Identifier: Apache-2.0
"""Forms for the lines of a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.apps.workplan.actions.numbers import Number
from kechuang.apps.workplan.actions.offices import OfficeLine
from kechuang.apps.workplan.models import Area, Item, ItemOffice, PlanVersion
from kechuang.commons.commitments.models import Responsibility
from kechuang.commons.facts.models import Indicator, Promised
from kechuang.commons.parties.models import Unit
from kechuang.commons.ui.forms import IdempotentForm

SPARE_ROWS, OUTSIDE = 3, "outside"
_BLANK_LINE = re.compile(r"\n\s*\n")


class ItemForm(IdempotentForm, forms.Form):
    """What is common to all lines; a task also has number and area, the others the task they belong to."""

    number = forms.CharField(label=_("序号"), max_length=20, required=False)
    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(
        label=_("原文"), required=False, widget=forms.Textarea(attrs={"rows": "6"}), max_length=60_000
    )
    area = forms.ModelChoiceField(
        label=_("重点领域"), queryset=Area.objects.none(), required=False, empty_label=_("（不属于任何领域）")
    )
    parent = forms.ModelChoiceField(
        label=_("所属任务"), queryset=Item.objects.none(), required=False, empty_label=_("（主要指标）")
    )
    due = forms.DateField(label=_("完成时限"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_task = item.kind == Item.Kind.TASK
        for name in ("parent",) if is_task else ("number", "area"):
            del self.fields[name]
        if is_task:
            _choose(self, "area", Area.objects.filter(plan_version=item.plan_version_id))
        else:
            _choose(self, "parent", tasks_of(item.plan_version))


class NewItemForm(IdempotentForm, forms.Form):
    """A line that the parser did not find (添加条目)."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[(kind.value, kind.label) for kind in Item.Kind if kind != Item.Kind.PROMISE],
    )
    number = forms.CharField(label=_("序号（任务）"), max_length=20, required=False)
    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(
        label=_("原文"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "6"}),
        max_length=60_000,
        help_text=_("从左侧原文复制，会自动标出它在原文中的位置。"),
    )
    area = forms.ModelChoiceField(
        label=_("重点领域（任务）"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("（不属于任何领域）"),
    )
    parent = forms.ModelChoiceField(
        label=_("所属任务（举措、目标）"),
        queryset=Item.objects.none(),
        required=False,
        empty_label=_("（无）"),
    )

    def __init__(self, *args: Any, plan_version: PlanVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "area", plan_version.areas.all())
        _choose(self, "parent", tasks_of(plan_version))


class TargetForm(IdempotentForm, forms.Form):
    """The number of a target (目标数值)."""

    word = forms.CharField(
        label=_("用词"), max_length=20, required=False, help_text=_("例如：力争达到、突破、不低于。")
    )
    comparator = forms.ChoiceField(label=_("比较"), choices=Promised.Comparator.choices)
    value = forms.DecimalField(label=_("数值"), max_digits=18, decimal_places=6)
    value_max = forms.DecimalField(
        label=_("上限（区间才填）"), max_digits=18, decimal_places=6, required=False
    )
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=Promised.Kind.choices)
    aspire = forms.BooleanField(label=_("力争（努力方向，不作硬指标）"), required=False)
    indicator = forms.ModelChoiceField(
        label=_("对应指标"),
        queryset=Indicator.objects.all(),
        required=False,
        empty_label=_("（暂无，人工填报）"),
        help_text=_("选定后，数字由系统按这个指标取数。"),
    )

    def number(self) -> Number:
        """The number as typed; call after ``is_valid()``."""
        names = ("comparator", "value", "unit", "kind", "value_max", "word", "aspire", "indicator")
        return Number(**{name: self.cleaned_data[name] for name in names})


class OfficesForm(IdempotentForm, forms.Form):
    """The offices of a line, one row each; an empty row is none (责任处室)."""

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(item.offices.select_related("unit"))
        units = [("", _("（未对应）")), *((str(unit.pk), str(unit)) for unit in Unit.objects.all())]
        self.row_count = len(known) + SPARE_ROWS
        for row in range(self.row_count):
            office = known[row] if row < len(known) else None
            self._row(row, units, {
                "name": office.name if office else "",
                "unit": str(office.unit_id or "") if office else "",
                "role": office.role if office else Responsibility.Role.RESPONSIBLE,
                "outside": office.outside if office else False,
            })  # fmt: skip

    def _row(self, row: int, units: list[tuple[str, Any]], start: dict[str, Any]) -> None:
        label = gettext("第 %(row)s 行") % {"row": row + 1}
        fields: dict[str, forms.Field] = {
            "name": forms.CharField(required=False, max_length=60, label=f"{label}{gettext('写法')}"),
            "unit": forms.ChoiceField(required=False, choices=units, label=f"{label}{gettext('处室')}"),
            "role": forms.ChoiceField(choices=Responsibility.Role.choices, label=f"{label}{gettext('角色')}"),
            "outside": forms.BooleanField(required=False, label=f"{label}{gettext('只记录不跟踪')}"),
        }
        looks = {
            "name": "form-control",
            "unit": "form-select",
            "role": "form-select",
            "outside": "form-check-input",
        }
        for name, field in fields.items():
            field.initial = start[name]
            field.widget.attrs |= {"class": looks[name], "aria-label": str(field.label)}
            self.fields[f"{name}_{row}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The bound fields of each row, for the template."""
        return [
            {name: self[f"{name}_{row}"] for name in ("name", "unit", "role", "outside")}
            for row in range(self.row_count)
        ]

    def lines(self) -> list[OfficeLine]:
        """The rows that name an office; a row without a name takes the office's own. Call after ``is_valid()``."""
        units = {str(unit.pk): unit for unit in Unit.objects.all()}
        found = []
        for row in range(self.row_count):
            data = {
                name: self.cleaned_data.get(f"{name}_{row}") for name in ("name", "unit", "role", "outside")
            }
            unit = units.get(data["unit"] or "")
            name = (data["name"] or "").strip() or (str(unit) if unit else "")
            if name:
                found.append(OfficeLine(name, unit, data["role"] or "", bool(data["outside"])))
        return found


class ExcludeForm(IdempotentForm, forms.Form):
    """Why a line is left out (不纳入)."""

    reason = forms.CharField(label=_("不纳入的原因"), max_length=200)


class SplitForm(IdempotentForm, forms.Form):
    """The text with a blank line where it is to be parted (拆分)."""

    text = forms.CharField(
        label=_("原文"),
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=_("在要拆开的地方插入一个空行（连按两次回车），不要改动文字。"),
    )

    def pieces(self) -> list[str]:
        """The pieces between blank lines; call after ``is_valid()``."""
        return _BLANK_LINE.split(self.cleaned_data["text"].replace("\r\n", "\n"))


class MergeItemForm(IdempotentForm, forms.Form):
    """The line that takes another in (合并)."""

    into = forms.ModelChoiceField(label=_("并入"), queryset=Item.objects.none())

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Item.objects.filter(plan_version=item.plan_version_id, kind=item.kind).exclude(pk=item.pk)
        _choose(self, "into", others.exclude(state=Item.State.EXCLUDED).order_by("order", "id"))


class LeadForm(IdempotentForm, forms.Form):
    """The office that leads (牵头处室)."""

    office = forms.TypedChoiceField(label=_("由哪个处室牵头"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, offices: Sequence[ItemOffice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offices = {office.pk: office for office in offices}
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(office.pk, _words(office)) for office in offices]
        leads = [one.pk for one in offices if one.role == Responsibility.Role.LEAD or one.suggested]
        field.initial = next(iter(leads), None)

    def chosen(self) -> ItemOffice:
        """The office chosen; call after ``is_valid()``."""
        return self._offices[self.cleaned_data["office"]]


class MatchForm(IdempotentForm, forms.Form):
    """The office that a name means, or none of the bureau's (对应处室)."""

    name = forms.CharField(widget=forms.HiddenInput, max_length=60)
    unit = forms.ChoiceField(label=_("对应处室"))

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {str(unit.pk): unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", gettext("（请选择处室）")),
            (OUTSIDE, gettext("不是本单位处室，只记录不跟踪")),
            *((key, str(unit)) for key, unit in self._units.items()),
        ]

    def chosen(self) -> Unit | None:
        """The office meant; None for a party outside the bureau. Call after ``is_valid()``."""
        return self._units.get(self.cleaned_data["unit"])


class AreaForm(IdempotentForm, forms.Form):
    """A focus area (重点领域)."""

    number = forms.CharField(label=_("序号"), max_length=20, required=False)
    title = forms.CharField(label=_("标题"), max_length=200)


def _words(office: ItemOffice) -> str:
    return gettext("%(office)s（建议牵头）") % {"office": office.name} if office.suggested else office.name


def tasks_of(version: PlanVersion) -> Any:
    """The tasks of a version that a line may stand under."""
    tasks = Item.objects.filter(plan_version=version, kind=Item.Kind.TASK)
    return tasks.exclude(state=Item.State.EXCLUDED).order_by("order", "id")


def _choose(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
