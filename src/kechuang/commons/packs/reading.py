# SPDX-License-Identifier: Apache-2.0
"""YAML that guesses nothing: every scalar is a string, a key stands once, no anchors, no tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]


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
    """Read one document. Raises UnreadableYaml on a syntax error, a repeated key, an alias or a tag."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            anchored = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
            if anchored or getattr(event, "tag", None):
                raise UnreadableYaml("不允许使用锚点、别名或类型标记", event.start_mark.line + 1)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise UnreadableYaml(f"YAML 语法错误：{problem.problem}", mark.line + 1 if mark else 1) from None
    except yaml.YAMLError as problem:
        raise UnreadableYaml(f"YAML 无法读取：{problem}", 1) from None
    lines: dict[Path, int] = {}
    return Source(_plain(node, (), lines) if node is not None else None, lines)


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, place), lines) for place, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise UnreadableYaml("键必须是文字", key.start_mark.line + 1)
            if key.value in found:
                raise UnreadableYaml(f"键“{key.value}”重复", key.start_mark.line + 1)
            found[key.value] = _plain(child, (*path, key.value), lines)
        return found
    return node.value
