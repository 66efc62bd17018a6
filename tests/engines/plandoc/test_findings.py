# SPDX-License-Identifier: Apache-2.0
"""Remarks on a plan: each hand-made fault is told with its place and its remedy, and a sound plan has none."""

from __future__ import annotations

import pytest

from kechuang.engines.plandoc import OfficeName, parse_plan

SOUND = "某市科技局2021年工作要点\n一、重点任务\n1.推进转化。举办对接会20场。（责任处室：甲处）\n2.培育企业。新增企业30家。（甲处牵头，乙处配合）\n"
OFFICES = (OfficeName("甲处", ("甲科",)), OfficeName("乙处"))


def found(text: str) -> list[tuple[str, str, str]]:
    """(code, severity, the words it points at)."""
    proposal = parse_plan(text, catalogue=OFFICES)
    return [(f.code, f.severity, text[slice(*f.span)]) for f in proposal.findings]


def test_a_sound_plan_has_no_remarks() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "2.培育",
            "1.培育",
            ("duplicate-number", "error", "1.培育企业。新增企业30家。（甲处牵头，乙处配合）"),
        ),
        (
            "2.培育",
            "4.培育",
            ("gap-in-numbers", "warning", "4.培育企业。新增企业30家。（甲处牵头，乙处配合）"),
        ),
        ("（责任处室：甲处）", "", ("no-owner", "warning", "1.推进转化。举办对接会20场。")),
        ("：甲处）", "：丙处）", ("unknown-office", "warning", "丙处")),
        ("：甲处）", "：甲处、各区县）", ("collective-party", "note", "各区县")),
        (
            "：甲处）",
            "：甲处、乙处）",
            ("no-lead", "note", "1.推进转化。举办对接会20场。（责任处室：甲处、乙处）"),
        ),
        ("20场", "20场，企业满意率达到", ("target-without-number", "warning", "企业满意率达到")),
    ],
)
def test_a_fault_is_told_where_it_stands(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(SOUND.replace(old, new, 1))


def test_a_repeated_headline_number_is_tracked_once() -> None:
    text = SOUND.replace("一、重点任务", "一、工作目标\n新增企业30家。\n二、重点任务")
    assert found(text) == [("repeated-target", "note", "新增企业30家")]
    assert [target.repeats for target in parse_plan(text).targets] == [None, None, 0]


def test_an_owner_outside_all_tasks_is_not_lost() -> None:
    text = SOUND.replace("一、重点任务\n", "一、总体要求\n加强统筹。（责任处室：丁处）\n二、重点任务\n")
    assert ("statement-unused", "warning", "（责任处室：丁处）") in found(text)


def test_a_text_without_tasks_says_what_to_do() -> None:
    (finding,) = parse_plan("今天天气很好").findings
    assert (finding.code, finding.severity) == ("no-tasks", "error")
    assert "请检查文件是否完整" in finding.message


def test_an_alias_of_the_catalogue_is_known_by_its_office() -> None:
    (office,) = parse_plan(SOUND.replace("：甲处）", "：甲科）"), catalogue=OFFICES).tasks[0].offices
    assert (office.name, office.known, office.office) == ("甲科", True, "甲处")
