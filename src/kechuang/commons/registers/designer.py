# SPDX-License-Identifier: Apache-2.0
"""The forms that write a definition without programming (台账设计器): one line a field, a state, a move."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kechuang.commons.parties.models import Unit
from kechuang.commons.registers.queries import registers
from kechuang.commons.ui.forms import IdempotentForm, Look

TYPES = (
    ("text", _("文字")),
    ("long", _("长文字")),
    ("number", _("数字")),
    ("money", _("金额（元）")),
    ("date", _("日期")),
    ("yes_no", _("是/否")),
    ("choice", _("单选")),
    ("choices", _("多选")),
    ("party", _("企业或机构")),
    ("unit", _("处室")),
    ("region", _("区县")),
    ("file", _("文件")),
    ("link", _("链接其他台账")),
    ("yearly", _("分年数字")),
    ("table", _("表格（列在内容包中定义）")),
)
TONES = (
    ("neutral", _("灰")),
    ("active", _("蓝")),
    ("good", _("绿")),
    ("warn", _("黄")),
    ("bad", _("红")),
    ("done", _("完成")),
)
CLASSES = (("internal", _("内部")), ("public", _("可公开")), ("sensitive", _("敏感")))
CODE = r"^[a-z][a-z0-9_]*$"
SPARE = 3


class BeginForm(IdempotentForm, forms.Form):
    """A new register, or a new version of one in force."""

    name = forms.CharField(label=_("新台账名称"), max_length=40, required=False)
    code = forms.RegexField(
        label=_("新台账代码"),
        regex=CODE,
        max_length=40,
        required=False,
        help_text=_("小写字母、数字、下划线，例如 pilot_base。"),
    )
    existing = forms.ChoiceField(label=_("或修改现有台账"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["existing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((code, piece.name) for code, piece in registers().items())]

    def clean(self) -> dict[str, Any]:
        """Either a name and a code, or a register in force."""
        data = self.cleaned_data
        if not data.get("existing") and not (data.get("name") and data.get("code")):
            raise forms.ValidationError(_("请填写新台账的名称和代码，或选择要修改的台账。"))
        return data


class HeadForm(IdempotentForm, forms.Form):
    """What the register is called, who keeps it, what its list shows and what is public."""

    name = forms.CharField(label=_("名称"), max_length=40)
    group = forms.CharField(label=_("分组"), max_length=40, required=False)
    description = forms.CharField(label=_("说明"), max_length=200, required=False)
    task = forms.CharField(label=_("对应的计划任务序号"), max_length=10, required=False)
    office = forms.ChoiceField(label=_("主管处室"), required=False)
    numbering = forms.CharField(
        label=_("编号规则"),
        max_length=60,
        required=False,
        help_text=_("例如 中试{year}-{seq:03}；不填则不编号。"),
    )
    list = forms.CharField(
        label=_("列表显示的字段代码"), max_length=300, required=False, help_text=_("用空格分开，按先后显示。")
    )
    public_fields = forms.CharField(
        label=_("公开的字段代码"), max_length=300, required=False, help_text=_("不填则不公开。")
    )
    public_states = forms.CharField(
        label=_("公开哪些状态的记录"), max_length=200, required=False, help_text=_("状态代码，用空格分开。")
    )
    count_states = forms.CharField(
        label=_("计入数量的状态"),
        max_length=200,
        required=False,
        help_text=_("状态代码；填写后，这份台账成为一个可以打开的数字。"),
    )
    promise_states = forms.CharField(
        label=_("约定事项生效的状态"),
        max_length=200,
        required=False,
        help_text=_("状态代码；填写后，记录有一张约定事项表，进入这些状态时逐条立项、亮灯。"),
    )
    rename = forms.CharField(
        label=_("迁移：字段改名"),
        max_length=300,
        required=False,
        help_text=_("旧代码=新代码，用空格分开；修改现有台账时使用。"),
    )
    drop = forms.CharField(
        label=_("迁移：放弃的字段"), max_length=300, required=False, help_text=_("字段代码，用空格分开。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *Unit.objects.order_by("order", "pk").values_list("code", "short_name")]


class FieldLine(Look, forms.Form):
    """One field."""

    label = forms.CharField(label=_("字段名"), max_length=40, required=False)
    code = forms.RegexField(label=_("代码"), regex=CODE, max_length=40, required=False)
    type = forms.ChoiceField(label=_("类型"), choices=TYPES, required=False)
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    options = forms.CharField(label=_("选项"), max_length=600, required=False)
    target = forms.CharField(label=_("链接的台账代码"), max_length=40, required=False)
    access = forms.ChoiceField(label=_("可见"), choices=CLASSES, required=False)
    required = forms.BooleanField(label=_("必填"), required=False)
    key = forms.BooleanField(label=_("可筛选"), required=False)

    def clean(self) -> dict[str, Any]:
        """A line that says anything needs a name and a code."""
        data = self.cleaned_data
        if (data.get("label") or data.get("code")) and not (data.get("label") and data.get("code")):
            raise forms.ValidationError(_("字段名和代码都要填写。"))
        return data


class StateLine(Look, forms.Form):
    """One state."""

    label = forms.CharField(label=_("状态名"), max_length=40, required=False)
    code = forms.RegexField(label=_("代码"), regex=CODE, max_length=40, required=False)
    tone = forms.ChoiceField(label=_("颜色"), choices=TONES, required=False)
    start = forms.BooleanField(label=_("起始"), required=False)
    end = forms.BooleanField(label=_("结束"), required=False)


class MoveLine(Look, forms.Form):
    """One move."""

    label = forms.CharField(label=_("流转名"), max_length=40, required=False)
    of = forms.CharField(label=_("从（状态代码）"), max_length=200, required=False)
    to = forms.CharField(label=_("到（状态代码）"), max_length=40, required=False)
    needs = forms.CharField(label=_("需要"), max_length=200, required=False)
    by = forms.ChoiceField(
        label=_("谁办理"), choices=(("keeper", _("经办人")), ("head", _("负责人"))), required=False
    )


class Designer:
    """All forms of one definition, filled from its content and read back into it."""

    LINES = (("fields", FieldLine), ("states", StateLine), ("moves", MoveLine))

    def __init__(self, content: dict[str, Any], data: QueryDict | None, *, version: int) -> None:
        self.given = content
        self.head = HeadForm(data, version=version, initial=_head(content))
        self.sets: dict[str, list[Any]] = {}
        for name, kind in self.LINES:
            rows = [_line(name, row) for row in content.get(name) or []]
            count = _count(data, name, len(rows))
            self.sets[name] = [
                kind(data, prefix=f"{name}-{place}", initial=rows[place] if place < len(rows) else {})
                for place in range(count)
            ]

    def is_valid(self) -> bool:
        """Whether every form can be read."""
        return all(
            [self.head.is_valid(), *(form.is_valid() for forms_ in self.sets.values() for form in forms_)]
        )

    @property
    def errors(self) -> bool:
        """Whether anything could not be read."""
        return bool(self.head.errors) or any(form.errors for forms_ in self.sets.values() for form in forms_)

    def content(self) -> dict[str, Any]:
        """The definition as it now stands; what the page does not show (tables, dues) is kept."""
        head = self.head.cleaned_data
        kept = {
            key: value
            for key, value in self.given.items()
            if key in {"dues", "computed", "figures", "promises", "map", "source"}
        }
        found: dict[str, Any] = kept | {
            key: head[key]
            for key in ("name", "group", "description", "task", "office", "numbering")
            if head[key]
        }
        old = {row["code"]: row for row in self.given.get("fields") or []}
        found["fields"] = [
            _field(form.cleaned_data, old) for form in self.sets["fields"] if form.cleaned_data.get("code")
        ]
        found["states"] = [
            _state(form.cleaned_data) for form in self.sets["states"] if form.cleaned_data.get("code")
        ]
        found["moves"] = [
            _move(form.cleaned_data) for form in self.sets["moves"] if form.cleaned_data.get("to")
        ]
        found["list"] = head["list"].split()
        if head["public_fields"]:
            found["public"] = {
                "fields": head["public_fields"].split(),
                "states": head["public_states"].split(),
            }
        if head["count_states"]:
            found["figures"] = [
                {
                    "code": f"registers.{self.given['code']}",
                    "title": head["name"],
                    "states": head["count_states"].split(),
                }
            ]
        if head["promise_states"]:
            first, *others = found.get("promises") or [{}]
            found["promises"] = [{**first, "states": head["promise_states"].split()}, *others]
        else:
            found.pop("promises", None)
        rename = dict(pair.split("=", 1) for pair in head["rename"].split() if "=" in pair)
        if rename or head["drop"]:
            found["migration"] = {"rename": rename, "drop": head["drop"].split()}
        return found


def _count(data: QueryDict | None, name: str, rows: int) -> int:
    """How many lines the page shows: those filled and a few to spare; at most 200."""
    if data is None:
        return rows + SPARE
    places = [key.split("-")[1] for key in data if key.startswith(f"{name}-")]
    return min(200, max([int(place) + 1 for place in places if place.isdigit()], default=rows + SPARE))


def _head(content: dict[str, Any]) -> dict[str, Any]:
    public = content.get("public") or {}
    counts = content.get("figures") or [{}]
    mapping = content.get("migration") or {}
    promises = content.get("promises") or [{}]
    return {
        **{
            key: content.get(key, "")
            for key in ("name", "group", "description", "task", "office", "numbering")
        },
        "list": " ".join(content.get("list") or []),
        "public_fields": " ".join(public.get("fields") or []),
        "public_states": " ".join(public.get("states") or []),
        "promise_states": " ".join(promises[0].get("states") or []),
        "count_states": " ".join(counts[0].get("states") or []),
        "rename": " ".join(f"{old}={new}" for old, new in (mapping.get("rename") or {}).items()),
        "drop": " ".join(mapping.get("drop") or []),
    }


def _line(name: str, row: dict[str, Any]) -> dict[str, Any]:
    if name == "fields":
        return {
            **row,
            "options": " ".join(f"{one['code']}={one['label']}" for one in row.get("options") or []),
        }
    if name == "moves":
        return {**row, "of": " ".join(row.get("of") or []), "needs": " ".join(row.get("needs") or [])}
    return dict(row)


def _field(data: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    found = {key: data[key] for key in ("code", "label", "type", "unit", "target", "access") if data.get(key)}
    found |= {key: True for key in ("required", "key") if data.get(key)}
    kept = old.get(data["code"], {})
    found |= {key: kept[key] for key in ("places", "unique", "help", "inverse", "columns") if key in kept}
    if kept.get("type") == "table":
        found["type"] = "table"
    pairs = [pair.partition("=") for pair in data.get("options", "").split()]
    if pairs:
        found["options"] = [{"code": code, "label": label or code} for code, _mark, label in pairs]
    return found


def _state(data: dict[str, Any]) -> dict[str, Any]:
    found = {key: data[key] for key in ("code", "label", "tone") if data.get(key)}
    return found | {key: True for key in ("start", "end") if data.get(key)}


def _move(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {key: data[key] for key in ("label", "to", "by") if data.get(key)}
    return found | {"of": data["of"].split(), "needs": data["needs"].split()}
