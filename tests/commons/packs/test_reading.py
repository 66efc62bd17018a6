# SPDX-License-Identifier: Apache-2.0
"""YAML that guesses nothing."""

from __future__ import annotations

import pytest

from kechuang.commons.packs.reading import UnreadableYaml, read_yaml


def test_every_scalar_is_a_string() -> None:
    source = read_yaml("a: 1\nb: no\nc: 2019-10-15\nd: 010\ne: 1e3\nf:\ng: ~\nh: [true, 1.50]\n")
    assert source.data == {
        "a": "1", "b": "no", "c": "2019-10-15", "d": "010", "e": "1e3", "f": "", "g": "~", "h": ["true", "1.50"]
    }  # fmt: skip


def test_lines_lead_to_the_key_and_to_the_nearest_place_around_what_is_missing() -> None:
    source = read_yaml(
        "kind: region\npieces:\n  - code: a\n    name: 甲\n  - code: b\n    names:\n      - x\n      - y\n"
    )
    assert source.line(("pieces", 1)) == 5
    assert source.line(("pieces", 1, "names")) == 6
    assert source.line(("pieces", 1, "names", 1)) == 8
    assert source.line(("pieces", 1, "parent", 3)) == 5
    assert source.line(("nothing",)) == 1


def test_an_empty_file_holds_nothing() -> None:
    assert read_yaml("").data is None
    assert read_yaml("# only a remark\n").data is None


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "“a”重复"),
        ("a: {b: 1, b: 2}\n", 1, "“b”重复"),
        ("a: &x 1\nb: 2\n", 1, "锚点"),
        ("a: 1\nb: *a\n", 2, "锚点"),
        ("a: 1\nb: !!int 2\n", 2, "类型标记"),
        ("a: 1\nb: !py 2\n", 2, "类型标记"),
        ("a:\n  - 1\n  ? [x]\n  : 2\n", 3, "YAML"),
        ("? [x]\n: 2\n", 1, "键必须是文字"),
        ("a: 1\n\tb: 2\n", 2, "制表符"),
        ("a: 说明: 冒号\n", 1, "加引号"),
        ("a: 1\nb\nc: 2\n", 3, "冒号"),
        ("a: '没有闭合\n", 2, "没有闭合"),
        ("a: 1\n---\nb: 2\n", 2, "---"),
        ("a: \x07\n", 1, "无法读取"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(UnreadableYaml) as caught:
        read_yaml(text)
    assert (caught.value.line, word in caught.value.what) == (line, True), caught.value.what
