# SPDX-License-Identifier: Apache-2.0
"""The forms that write a definition without programming (台账设计器): one line a field, a state, a move.

People write names; codes are given by ``drafting`` and stay hidden in the lines.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.drafting import LineFault, content_from
from kechuang.commons.registers.queries import registers
from kechuang.commons.registers.showing import head_of, lines_of
from kechuang.commons.ui.forms import IdempotentForm, Look

TYPES = (
    ("text", _("文字")),
    ("long", _("长文字")),
    ("number", _("整数")),
    ("decimal", _("小数")),
    ("money", _("金额（元）")),
    ("date", _("日期")),
    ("yes_no", _("是/否")),
    ("choice", _("单选")),
    ("choices", _("多选")),
    ("party", _("企业、高校或机构")),
    ("unit", _("处室")),
    ("region", _("区县")),
    ("file", _("文件")),
    ("link", _("其他台账的记录")),
    ("place", _("位置（经度, 纬度）")),
    ("yearly", _("分年数字")),
    ("table", _("表格")),
)
TONES = (
    ("neutral", _("灰")),
    ("active", _("蓝")),
    ("good", _("绿")),
    ("warn", _("黄")),
    ("bad", _("红")),
    ("done", _("完成")),
)
CLASSES = (
    ("internal", _("局内")),
    ("shown", _("公开页显示")),
    ("public", _("可公开，暂不显示")),
    ("sensitive", _("敏感，限权查看")),
)
MUST = (("", _("选填")), ("required", _("必填")), ("unique", _("必填，不得重复")))
KEEPERS = (("keeper", _("经办人")), ("head", _("负责人")))
CODE = r"^[a-z][a-z0-9_]*$"
SPARE, MOST_LINES = 3, 200


class BeginForm(IdempotentForm, forms.Form):
    """A new register, or a new version of one in force."""

    name = forms.CharField(
        label=_("新台账名称"), max_length=40, required=False, help_text=_("例如 中试基地。")
    )
    existing = forms.ChoiceField(label=_("或修改现有台账"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["existing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((code, piece.name) for code, piece in registers().items())]

    def clean(self) -> dict[str, Any]:
        """Either a name, or a register in force."""
        data = self.cleaned_data
        if bool(data.get("existing")) == bool((data.get("name") or "").strip()):
            raise forms.ValidationError(_("请填写新台账的名称，或选择要修改的台账，二者取一。"))
        return data


class HeadForm(IdempotentForm, forms.Form):
    """What the register is called, who keeps it, how records are numbered, what is counted."""

    name = forms.CharField(label=_("名称"), max_length=40)
    group = forms.CharField(
        label=_("分组"), max_length=40, required=False, help_text=_("在台账目录里归在哪一组。")
    )
    description = forms.CharField(label=_("说明"), max_length=200, required=False)
    task = forms.CharField(label=_("对应的计划任务序号"), max_length=10, required=False)
    office = forms.ChoiceField(
        label=_("主管处室"), required=False, help_text=_("只有主管处室能登记和修改；不选则各处室都能。")
    )
    numbering = forms.CharField(
        label=_("编号字头"),
        max_length=60,
        required=False,
        help_text=_("例如填“中试”，记录依次编为 中试2019-001、中试2019-002；不填则不编号。"),
    )
    count_title = forms.CharField(
        label=_("数字的名称"),
        max_length=40,
        required=False,
        help_text=_(
            "状态表中勾了“计数”的记录合成一个数字，可在“数字”页打开，例如 运行中的中试基地；不填则用台账名称。"
        ),
    )
    count_unit = forms.CharField(
        label=_("数字的单位"), max_length=20, required=False, help_text=_("例如 家。")
    )
    share_title = forms.CharField(
        label=_("占比的名称"),
        max_length=40,
        required=False,
        help_text=_(
            "勾了“计数”的记录占勾了“占比整体”的记录的百分之几，例如 中试基地投运率；不填则不计占比。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *Unit.objects.order_by("order", "pk").values_list("code", "short_name")]


class Line(Look, forms.Form):
    """A line of the designer; one that was saved may be taken out, one to spare only be filled."""

    code = forms.RegexField(regex=CODE, max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # a table has its names above, a screen reader beside
            field.widget.attrs.setdefault("aria-label", f"{field.label} {self._place()}")
            if name == "removed" and not self.initial:
                field.widget = forms.HiddenInput()

    def _place(self) -> int:
        return int(str(self.prefix).rpartition("-")[2]) + 1


class FieldLine(Line):
    """One field; what ``detail`` says depends on the type."""

    order = forms.IntegerField(label=_("顺序"), min_value=0, max_value=9999, required=False)
    label = forms.CharField(label=_("字段名"), max_length=40, required=False)
    type = forms.ChoiceField(label=_("类型"), choices=TYPES, required=False)
    detail = forms.CharField(label=_("单位、选项等"), max_length=600, required=False)
    must = forms.ChoiceField(label=_("填写要求"), choices=MUST, required=False)
    access = forms.ChoiceField(label=_("谁能看"), choices=CLASSES, required=False)
    key = forms.BooleanField(label=_("可筛选"), required=False)
    listed = forms.BooleanField(label=_("列表显示"), required=False)
    remind = forms.IntegerField(label=_("提前几天提醒"), min_value=0, max_value=730, required=False)
    removed = forms.BooleanField(label=_("删去"), required=False)


class StateLine(Line):
    """One state; a state taken out says where its records go."""

    order = forms.IntegerField(label=_("顺序"), min_value=0, max_value=9999, required=False)
    label = forms.CharField(label=_("状态名"), max_length=40, required=False)
    tone = forms.ChoiceField(label=_("颜色"), choices=TONES, required=False)
    start = forms.BooleanField(label=_("起始"), required=False)
    end = forms.BooleanField(label=_("结束"), required=False)
    counted = forms.BooleanField(label=_("计数"), required=False)
    whole = forms.BooleanField(label=_("占比整体"), required=False)
    shown = forms.BooleanField(label=_("公开页显示"), required=False)
    binding = forms.BooleanField(label=_("约定生效"), required=False)
    removed = forms.ChoiceField(label=_("删去"), required=False)

    def __init__(self, *args: Any, others: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, own = self.fields["removed"], self.initial.get("code")
        assert isinstance(field, forms.ChoiceField)
        words = _now("删去，其中记录转为“%(state)s”")
        field.choices = [("", _now("保留"))] + [
            (code, words % {"state": label}) for code, label in others if code != own
        ]


class MoveLine(Line):
    """One move between states, by their names."""

    label = forms.CharField(label=_("流转名"), max_length=40, required=False)
    of = forms.CharField(label=_("从哪些状态"), max_length=200, required=False)
    to = forms.CharField(label=_("到哪个状态"), max_length=40, required=False)
    needs = forms.CharField(label=_("须有"), max_length=200, required=False)
    by = forms.ChoiceField(label=_("谁办理"), choices=KEEPERS, required=False)
    removed = forms.BooleanField(label=_("删去"), required=False)


class Designer:
    """All forms of one definition, filled from its content and read back into it."""

    LINES: tuple[tuple[str, type[Line]], ...] = (
        ("fields", FieldLine),
        ("states", StateLine),
        ("moves", MoveLine),
    )

    def __init__(self, content: dict[str, Any], data: QueryDict | None, *, version: int) -> None:
        self.given = content
        self.names = {code: piece.name for code, piece in registers().items()}
        self.names[content["code"]] = content.get("name") or content["code"]
        self.head = HeadForm(data, version=version, initial=head_of(content))
        self.sets: dict[str, list[Line]] = {}
        filled = lines_of(content, self.names)
        others = tuple((row["code"], row["label"]) for row in content.get("states") or [])
        for name, kind in self.LINES:
            rows = filled[name]
            extra = {"others": others} if kind is StateLine else {}
            self.sets[name] = [
                kind(
                    data,
                    prefix=f"{name}-{place}",
                    initial=rows[place] if place < len(rows) else {},
                    **extra,
                )
                for place in range(_count(data, name, len(rows)))
            ]
        self._content: dict[str, Any] = {}

    def is_valid(self) -> bool:
        """Whether every form can be read, and names name something."""
        forms_ = [self.head, *(form for lines in self.sets.values() for form in lines)]
        if not all(form.is_valid() for form in forms_):
            return False
        lines = {name: [form.cleaned_data for form in lines] for name, lines in self.sets.items()}
        try:
            self._content = content_from(self.given, self.head.cleaned_data, lines, self.names)
        except LineFault as fault:
            form = self.head if fault.place is None else self.sets[fault.name][fault.place]
            form.add_error(fault.control, fault.words)
            return False
        return True

    @property
    def errors(self) -> bool:
        """Whether anything could not be read."""
        return bool(self.head.errors) or any(form.errors for lines in self.sets.values() for form in lines)

    def content(self) -> dict[str, Any]:
        """The definition as it now stands; what the page does not show is kept. After ``is_valid``."""
        return self._content


def _count(data: QueryDict | None, name: str, rows: int) -> int:
    """How many lines the page shows: those filled and a few to spare."""
    if data is None:
        return rows + SPARE
    places = [key.split("-")[1] for key in data if key.startswith(f"{name}-")]
    return min(MOST_LINES, max([int(one) + 1 for one in places if one.isdigit()], default=rows + SPARE))
