# SPDX-License-Identifier: Apache-2.0
"""A definition in plain words, and what a new version changes (定义对照): read by whoever releases it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.registers.designer import CLASSES, KEEPERS, MUST, TONES, TYPES
from kechuang.commons.registers.showing import head_of, lines_of


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a definition: its name, what it was, what it will be; empty where there is none."""

    part: str
    name: str
    before: str
    now: str
    renamed: bool = False

    @property
    def differs(self) -> bool:
        """Whether anything changes."""
        return self.renamed or self.before != self.now

    @property
    def sign(self) -> tuple[str, str]:
        """New, gone, renamed or changed, with its tone."""
        if not self.before:
            return _("新增"), "good"
        if not self.now:
            return _("删去"), "bad"
        return (_("改名"), "warn") if self.before == self.now else (_("改动"), "warn")


def compared(old: RegisterPiece | None, new: dict[str, Any], names: Mapping[str, str]) -> list[Line]:
    """Every line of a definition beside the one in force."""
    before = dict(_told(old.model_dump(mode="json", exclude_defaults=True), names)) if old else {}
    now = dict(_told(new, names))
    order = [*now, *(key for key in before if key not in now)]
    lines = []
    for key in order:
        part, _code = key
        was, becomes = before.get(key), now.get(key)
        renamed = bool(was and becomes and was[0] != becomes[0])
        name = " → ".join(dict.fromkeys(words[0] for words in (was, becomes) if words))
        lines.append(Line(part, name, was[1] if was else "", becomes[1] if becomes else "", renamed))
    return lines


def _told(
    content: dict[str, Any], names: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """((part, code), (name, words)) of everything the designer shows."""
    head = head_of(content)
    words = {
        "name": _("名称"),
        "group": _("分组"),
        "description": _("说明"),
        "task": _("对应任务"),
        "office": _("主管处室"),
        "numbering": _("编号字头"),
        "count_title": _("数字"),
    }
    for key, label in words.items():
        if head[key]:
            value = names.get(f"unit:{head[key]}", head[key]) if key == "office" else head[key]
            yield (_("总的"), key), (label, value)
    lines = lines_of(content, names)
    for row in lines["fields"]:
        yield (_("字段"), row["code"]), (row["label"], "，".join(_field_words(row)))
    for row in lines["states"]:
        yield (_("状态"), row["code"]), (row["label"], "，".join(_state_words(row)))
    for move, row in zip(content.get("moves") or (), lines["moves"], strict=True):
        key = f"{'+'.join(sorted(move['of']))}>{move['to']}"
        yield (_("流转"), key), (row["label"], "，".join(_move_words(row)))


def _field_words(row: dict[str, Any]) -> Iterator[str]:
    detail = f"（{row['detail']}）" if row["detail"] else ""
    yield f"{dict(TYPES)[row['type']]}{detail}"
    yield str(dict(MUST)[row["must"]])
    yield str(dict(CLASSES)[row["access"]])
    if row["key"]:
        yield _("可筛选")
    if row["listed"]:
        yield _("列表显示")
    if row["remind"] is not None:
        yield _("提前 %(days)s 天提醒") % {"days": row["remind"]}


def _state_words(row: dict[str, Any]) -> Iterator[str]:
    yield str(dict(TONES)[row["tone"] or "neutral"])
    for key, words in (
        ("start", _("起始")),
        ("end", _("结束")),
        ("counted", _("计数")),
        ("shown", _("公开页显示")),
        ("binding", _("约定生效")),
    ):
        if row[key]:
            yield words


def _move_words(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['of']} → {row['to']}"
    if row["needs"]:
        yield _("须有%(needs)s") % {"needs": row["needs"]}
    yield _("由%(who)s办理") % {"who": dict(KEEPERS)[row["by"]]}
