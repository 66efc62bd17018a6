# SPDX-License-Identifier: Apache-2.0
"""YAML that guesses nothing: every scalar is a string, a key stands once, no anchors, no tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Path = tuple[str | int, ...]

_SYNTAX = {
    "found character '\\t' that cannot start any token": gettext_lazy("不能用制表符缩进，请用空格"),
    "mapping values are not allowed here": gettext_lazy("冒号用错了位置；文字里有冒号时请加引号"),
    "could not find expected ':'": gettext_lazy("键后面缺少冒号"),
    "but found another document": gettext_lazy("一个文件只能有一份内容，请去掉“---”"),
    "found unexpected end of stream": gettext_lazy("引号或括号没有闭合"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The data of a file and the line (from 1) on which each place in it begins."""

    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a place, or of the nearest place around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class UnreadableYaml(Exception):  # noqa: N818 -- it is listed beside the other faults of a file
    """What is wrong and on which line."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def read_yaml(text: str) -> Source:
    """Read one document. Raises UnreadableYaml on a syntax error, a repeated key, an anchor, an alias or a tag."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise UnreadableYaml(_("不允许使用锚点、别名或类型标记"), _line(event.start_mark))
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        told = problem.problem or ""
        what = _("YAML 语法错误：%(what)s") % {"what": _SYNTAX.get(told, told)}
        raise UnreadableYaml(what, _line(problem.problem_mark or problem.context_mark)) from None
    except yaml.YAMLError as problem:
        raise UnreadableYaml(_("YAML 无法读取：%(what)s") % {"what": problem}, 1) from None
    lines: dict[Path, int] = {}
    return Source(_plain(node, (), lines) if node is not None else None, lines)


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = _line(node.start_mark)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, place), lines) for place, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, child in node.value:
            line = _line(key.start_mark)
            if not isinstance(key, yaml.ScalarNode):
                raise UnreadableYaml(_("键必须是文字"), line)
            if key.value in found:
                raise UnreadableYaml(_("键“%(key)s”重复") % {"key": key.value}, line)
            found[key.value] = _plain(child, (*path, key.value), lines)
            lines[*path, key.value] = line
        return found
    return node.value
