# SPDX-License-Identifier: Apache-2.0
"""Packs as a library: order, replacing, every fault of every file at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import model_validator

from kechuang.commons.packs.faults import ContentErrors
from kechuang.commons.packs.library import Library
from kechuang.commons.packs.loading import load_library
from kechuang.commons.packs.pieces import _KINDS, Piece, piece_kind
from kechuang.commons.parties.pieces import RegionPiece, UnitPiece

Write = Callable[..., None]


def plain(words: str) -> str:
    """Without the brackets of the pseudo-locale."""
    return words.translate({ord("⟦"): None, ord("⟧"): None})


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files of packs; nation, province and city stand ready."""

    def put(**files: str) -> None:
        for name, text in files.items():
            file = tmp_path / f"{name.replace('__', '/')}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    put(
        nation__pack="code: nation\nname: 全国\n",
        province__pack="code: province\nname: 省\nextends: nation\n",
        city__pack="code: city\nname: 市\nextends: province\n",
    )
    return put


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Library]:
    return lambda **known: load_library(tmp_path, city="city", known=known or None)


@pytest.fixture
def faults(read: Callable[..., Library]) -> Callable[..., list[str]]:
    def told(**known: set[str]) -> list[str]:
        with pytest.raises(ContentErrors) as caught:
            read(**known)
        return plain(str(caught.value)).splitlines()

    return told


def regions(*codes: str, more: str = "") -> str:
    lines = [f'  - {{code: "{code}", name: 区{code}{more}}}' for code in codes]
    return "kind: region\npieces:\n" + "\n".join(lines) + "\n"


def test_packs_and_pieces_stand_in_order_from_the_root_to_the_years(
    write: Write, read: Callable[..., Library]
) -> None:
    write(
        city__b=regions("4"),
        city__a=regions("3"),
        nation__z=regions("1"),
        province__a=regions("2"),
        city__2020__pack="code: city-2020\nname: 二〇二〇\nextends: city\n",
        city__2020__a=regions("6"),
        city__2019__pack="code: city-2019\nname: 二〇一九\nextends: city\n",
        city__2019__a=regions("5"),
        other__pack="code: other\nname: 别处\nextends: nation\n",
        other__a=regions("9"),
    )
    found = read()
    assert [pack.code for pack in found.packs] == ["nation", "province", "city", "city-2019", "city-2020"]
    assert [piece.code for piece in found.of(RegionPiece)] == ["1", "2", "3", "4", "5", "6"]
    assert found.all("region") == found.of(RegionPiece)
    assert found.of(UnitPiece) == []


def test_a_piece_takes_what_its_file_says_of_all_unless_it_says_otherwise(
    write: Write, read: Callable[..., Library]
) -> None:
    write(
        city__a=(
            'kind: region\nversion: "3"\nsource: 甲文件\nverified: true\npieces:\n'
            "  - {code: a, name: 甲}\n  - {code: b, name: 乙, version: 4, source: 乙文件, verified: false}\n"
        )
    )
    told = [(piece.version, piece.source, piece.verified) for piece in read().of(RegionPiece)]
    assert told == [("3", "甲文件", True), ("4", "乙文件", False)]


def test_a_pack_replaces_only_what_it_says_it_replaces(
    write: Write, read: Callable[..., Library], faults: Callable[..., list[str]]
) -> None:
    write(nation__a=regions("1", "2"), city__a=regions("1"))
    assert faults() == ["city/a.yaml:3: 1.code: 代码“1”已在 nation/a.yaml:3；要替换它请写 replaces: nation"]
    write(city__a=regions("1", more=", replaces: province"))
    assert "replaces: nation" in faults()[0]
    write(city__a=regions("1", more="改, replaces: nation"))
    assert [(held.piece.name, held.pack) for held in read().held.values()] == [
        ("区1改", "city"),
        ("区2", "nation"),
    ]


def test_replacing_what_is_not_there_is_a_fault(write: Write, faults: Callable[..., list[str]]) -> None:
    write(city__a=regions("1", more=", replaces: nation"))
    assert faults() == ["city/a.yaml:3: 1.replaces: 要替换的内容包“nation”中没有代码为“1”的同类内容"]


def test_a_code_twice_in_one_pack_is_a_fault_even_if_it_replaces(
    write: Write, faults: Callable[..., list[str]]
) -> None:
    write(city__a=regions("1"), city__b=regions("1", more=", replaces: city"))
    assert faults() == ["city/b.yaml:3: 1.code: 代码“1”在本包中重复，已在 city/a.yaml:3"]


def test_the_same_code_in_two_kinds_is_two_pieces(write: Write, read: Callable[..., Library]) -> None:
    write(
        city__a=regions("x"),
        city__b="kind: organization\npieces:\n  - {code: x, name: 局}\n",
    )
    assert list(read().held) == [("region", "x"), ("organization", "x")]


def test_every_fault_of_every_file_is_listed_with_file_line_and_place(
    write: Write, faults: Callable[..., list[str]]
) -> None:
    write(
        city__a=(
            "kind: unit\nsource: 来源\nverified: yes\nextra: 1\npieces:\n"
            "  - code: a\n    organization: o\n    name: 甲处\n    short_name:\n    order: 一\n"
            "  - code: b\n    organization: o\n    nmae: 乙处\n    short_name: 乙\n    aliases: 乙处室\n"
            "  - 丙\n"
        ),
        city__b="kind: region\npieces:\n  - {code: 有 空格, name: 甲, kind: town, since: 2019-02-30, until: 20190101}\n",
        city__c="kind: regoin\npieces: []\n",
        city__d="- 1\n",
        city__e="kind: region\npieces:\n  - code: a\n    code: b\n",
        nation__a="kind: qualification_kind\npieces:\n  - {code: q, name: 资质, term: 三年}\n",
    )
    known = "、".join(line.split("；可用：")[1] for line in faults() if line.startswith("city/c.yaml"))
    assert "region、" in known
    assert [line.split("；可用：")[0] for line in faults()] == [
        "city/a.yaml:3: verified: 须是 true 或 false（写的是“yes”）",
        "city/a.yaml:4: extra: 未知的键",
        "city/a.yaml:9: a.short_name: 不能为空",
        "city/a.yaml:10: a.order: 须是整数（写的是“一”）",
        "city/a.yaml:11: b.name: 缺少这一项",
        "city/a.yaml:13: b.nmae: 未知的键（写的是“乙处”）",
        "city/a.yaml:15: b.aliases: 须是列表（写的是“乙处室”）",
        "city/a.yaml:16: pieces[3]: 须是键值对",
        r"city/b.yaml:3: 有 空格.code: 格式须符合 ^[\w.\-/:]+$（写的是“有 空格”）",
        "city/b.yaml:3: 有 空格.kind: 须是 division、zone 之一（写的是“town”）",
        "city/b.yaml:3: 有 空格.since: 没有这一天（写的是“2019-02-30”）",
        "city/b.yaml:3: 有 空格.until: 须是日期，如 2019-10-15（写的是“20190101”）",
        "city/c.yaml:1: kind: 未知的内容类别“regoin”",
        "city/d.yaml:1: 文件须有 kind 和 pieces（列表）",
        "city/e.yaml:4: 键“code”重复",
        r"nation/a.yaml:3: q.term: 格式须符合 ^(years:\d{1,2}|year-end)$（写的是“三年”）",
    ]


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("city__pack", "code: city\nextends: province\n", "city/pack.yaml:1: name: 缺少这一项"),
        ("city__pack", "code: city\nname: 市\nparent: province\n", "city/pack.yaml:3: parent: 未知的键"),
        ("city__pack", "code: city\nname: 市\nextends: provence\n", "city/pack.yaml:3: extends: 没有代码为“provence”的内容包"),
        ("city__pack", "- 市\n", "city/pack.yaml:1: 须是键值对"),
        ("nation__pack", "code: nation\nname: 全国\nextends: city\n", "city/pack.yaml:3: extends: 内容包的继承关系成环"),
        ("other__pack", "code: city\nname: 别处\n", "other/pack.yaml:1: code: 内容包代码“city”已用于 city/pack.yaml"),
        ("city__2019__pack", "code: y\nname: 年\nextends: ctiy\n", "city/2019/pack.yaml:3: extends: 没有代码为“ctiy”的内容包"),
    ],
)  # fmt: skip
def test_a_faulty_manifest_is_told(
    write: Write, faults: Callable[..., list[str]], file: str, text: str, told: str
) -> None:
    write(**{file: text})
    assert [line for line in faults() if line.startswith(told)], faults()


def test_a_piece_that_is_wrong_as_a_whole_is_told_at_its_first_line(
    write: Write, faults: Callable[..., list[str]]
) -> None:
    @piece_kind("test_pair", "测试")
    class PairPiece(Piece):
        least: int
        most: int

        @model_validator(mode="after")
        def _in_order(self) -> PairPiece:
            if self.most < self.least:
                raise ValueError("上限小于下限")
            return self

    write(
        city__a="kind: test_pair\npieces:\n  - {code: a, least: 1, most: 2}\n  - {code: b, least: 2, most: 1}\n"
    )
    try:
        assert faults() == ["city/a.yaml:4: b: 上限小于下限"]
    finally:
        _KINDS.pop("test_pair")


def test_a_city_without_a_pack_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        load_library(tmp_path, city="nowhere")
    assert plain(str(caught.value)) == "pack.yaml:1: 没有城市“nowhere”的内容包"


def test_files_that_would_not_be_read_are_told(
    write: Write, tmp_path: Path, faults: Callable[..., list[str]]
) -> None:
    write(city__a=regions("1"))
    (tmp_path / "city/b.yml").write_text(regions("2"), encoding="utf-8")
    (tmp_path / "city/c.yaml").write_bytes("kind: 区".encode("gb18030"))
    assert faults() == [
        "city/b.yml:1: 文件名须以 .yaml 结尾，否则不会被读取",
        "city/c.yaml:1: 文件不是 UTF-8 编码，请另存为 UTF-8",
    ]


def test_what_refers_to_nothing_is_told_with_what_is_near(
    write: Write, faults: Callable[..., list[str]]
) -> None:
    write(
        city__a=(
            'kind: region\npieces:\n  - {code: "210102", name: 甲, parent: "210100"}\n'
            '  - {code: "210103", name: 乙, parent: "210102"}\n'
        ),
        city__b="kind: organization\npieces:\n  - {code: bureau, name: 局}\n",
        city__c="kind: unit\npieces:\n  - {code: u, organization: burau, name: 处, short_name: 处}\n",
        city__d=(
            "kind: indicator\npieces:\n  - {code: i, name: 指标, unit: 家, kind: stock, owner: v}\n"
            "  - {code: j, name: 指标二, unit: 家, kind: stock, owner: u, figure: app.firms}\n"
        ),
        city__e=(
            "kind: observation\npieces:\n  - {code: o, indicator: k, region: x, period_start: 2019-01-01, "
            "period_end: 2019-12-31, value: 1, published_on: 2020-01-01, source: 公报}\n"
        ),
    )
    assert faults(figure={"app.firm"}) == [
        "city/a.yaml:3: 210102.parent: 没有“210100”这个区域；相近的有：210103、210102",
        "city/c.yaml:3: u.organization: 没有“burau”这个机构；相近的有：bureau",
        "city/d.yaml:3: i.owner: 没有“v”这个处室",
        "city/d.yaml:4: j.figure: 没有“app.firms”这个数字；相近的有：app.firm",
        "city/e.yaml:3: o.indicator: 没有“k”这个指标",
        "city/e.yaml:3: o.region: 没有“x”这个区域",
    ]
    assert [line for line in faults() if "figure" in line] == []


def test_a_reference_inside_a_plan_is_told_at_its_own_line(
    write: Write, faults: Callable[..., list[str]]
) -> None:
    write(
        city__o="kind: organization\npieces:\n  - {code: bureau, name: 局}\n",
        city__u="kind: unit\npieces:\n  - {code: u, organization: bureau, name: 处, short_name: 处}\n",
        city__p="""kind: plan
pieces:
  - code: p
    title: 要点
    issuer: 局
    year: 2019
    areas:
      - title: 领域
        tasks:
          - number: "1"
            title: 任务
            lead: [u]
            co:
              - u
              - w
            targets:
              - name: 目标
                comparator: "="
                value: 1
                indicator: none
""",
        city__m='kind: mechanism\npieces:\n  - {code: 1a, task: "1", term: 甲}\n  - {code: 2a, task: "2", term: 乙}\n',
    )
    assert faults() == [
        "city/m.yaml:4: 2a.task: 没有“2”这个任务",
        "city/p.yaml:15: p.areas[1].tasks[1].co[2]: 没有“w”这个处室",
        "city/p.yaml:20: p.areas[1].tasks[1].targets[1].indicator: 没有“none”这个指标",
    ]


def test_a_name_may_not_mean_two_offices(write: Write, faults: Callable[..., list[str]]) -> None:
    write(
        city__o="kind: organization\npieces:\n  - {code: bureau, name: 局}\n",
        city__u=(
            "kind: unit\npieces:\n  - {code: u, organization: bureau, name: 政策处, short_name: 政策处}\n"
            "  - {code: v, organization: bureau, name: 法规处, short_name: 法规, aliases: [政策法规处, 政策处]}\n"
        ),
    )
    assert faults() == ["city/u.yaml:4: v.aliases[2]: 处室名称“政策处”已用于 u（city/u.yaml:3）"]


def test_what_a_replaced_piece_referred_to_is_no_longer_asked(
    write: Write, read: Callable[..., Library]
) -> None:
    write(
        nation__a="kind: region\npieces:\n  - {code: a, name: 甲, parent: gone}\n",
        city__a="kind: region\npieces:\n  - {code: a, name: 甲, replaces: nation}\n",
    )
    assert [piece.parent for piece in read().of(RegionPiece)] == [None]
