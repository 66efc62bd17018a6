# SPDX-License-Identifier: Apache-2.0
"""What the JSON does not print: deliverables, roles and verbs, stretch, the rivals of the winning outline, shown rules."""

from __future__ import annotations

import pytest

from kechuang.engines.plandoc import compare, edition_of, parse_plan, proposal_as_json

HEAD = "某市科技局2021年工作要点\n一、重点任务\n"


def test_deliverables_are_the_clauses_that_promise_something() -> None:
    text = (
        HEAD + "1.推进转化。坚持问题导向。建设中试基地；出台管理办法，强化引导。优化环境。（责任处室：甲处）"
    )
    (task,) = parse_plan(text).tasks
    assert [d.text for d in task.deliverables] == ["建设中试基地", "出台管理办法，强化引导"]
    assert [text[slice(*d.span)] for d in task.deliverables] == ["建设中试基地", "出台管理办法，强化引导"]
    assert [d.offices for d in task.deliverables] == [(), ()]


def test_a_bracket_inside_a_task_owns_the_sentence_before_it() -> None:
    text = HEAD + "1.推进转化。建设中试基地。（甲处）举办对接会20场。（乙处、丙处）"
    (task,) = parse_plan(text).tasks
    assert [(d.text, [o.name for o in d.offices]) for d in task.deliverables] == [
        ("建设中试基地", ["甲处"]),
        ("举办对接会20场", ["乙处", "丙处"]),
    ]
    assert [office.name for office in task.offices] == ["甲处", "乙处", "丙处"]


def test_a_role_keeps_the_verb_that_gave_it() -> None:
    text = HEAD + "1.推进转化。（省科技厅指导，各高校负责落实）"
    (task,) = parse_plan(text).tasks
    assert [(o.name, o.role, o.verb, o.collective) for o in task.offices] == [
        ("省科技厅", "guide", "指导", False),
        ("各高校", "doer", "负责落实", True),
    ]


def test_a_named_person_is_a_leader_and_no_office() -> None:
    text = HEAD + "1.推进转化\n责任领导：王某\n牵头处室：甲处"
    (task,) = parse_plan(text).tasks
    assert [o.name for o in task.leaders] == ["王某"]
    assert [o.name for o in task.offices] == ["甲处"]


def test_floor_and_stretch_are_one_target() -> None:
    (target,) = parse_plan(HEAD + "1.育企。高企确保超过6000家、争取7000家。（责任处室：甲处）").targets
    assert (target.comparator, target.value, target.stretch, target.aspire) == (">", 6000, 7000, False)
    assert len(target.numbers) == 2


def test_words_of_force_are_kept() -> None:
    text = HEAD + "1.育企。力争高企突破500家。（责任处室：甲处）"
    (target,) = parse_plan(text).targets
    assert (target.force, target.comparator, target.aspire) == ("力争突破", ">", True)


def test_the_outline_shows_the_readings_that_lost() -> None:
    text = (
        HEAD + "（一）甲\n1.推进转化。办好展会。（责任处室：甲处）\n2.培育企业。做好服务。（责任处室：乙处）"
    )
    outline = parse_plan(text).outline
    assert outline.scheme == "1. 为任务"
    assert [score.scheme for score in outline.tried][:2] == ["1. 为任务", "段落为任务（无编号）"]
    assert outline.tried[0].score > outline.tried[1].score


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位者为牵头单位，下同",
        "排在第一位的部门为牵头部门",
        "首位单位为牵头单位",
        "牵头单位排在第一位",
        "排名第一的为牵头单位",
    ],
)
def test_a_rule_said_once_gives_every_task_its_lead(rule: str) -> None:
    text = f"{HEAD}1.推进转化。（甲处、乙处。{rule}）\n2.培育企业。（丙处、丁处）"
    proposal = parse_plan(text)
    assert [([o.name for o in t.lead], [o.name for o in t.co]) for t in proposal.tasks] == [
        (["甲处"], ["乙处"]),
        (["丙处"], ["丁处"]),
    ]
    assert proposal.outline.first_is_lead
    assert proposal.outline.notes == (rule,)


@pytest.mark.parametrize(
    "bracket",
    ["（甲科；牵头单位：甲科；配合单位：乙科）", "（甲科（牵头单位：甲科；配合单位：乙科））"],
)
def test_labels_inside_a_bracket_leave_no_bracket_on_a_name(bracket: str) -> None:
    (task,) = parse_plan(f"{HEAD}1.推进转化。办好展会。{bracket}").tasks
    assert ([o.name for o in task.lead], [o.name for o in task.co]) == (["甲科"], ["乙科"])
    assert task.responsible == ()


def test_the_json_has_exactly_the_agreed_keys() -> None:
    text = HEAD + "（一）甲\n1.育企。培育企业8—10家。（责任处室：甲处）"
    printed = proposal_as_json(parse_plan(text))
    assert printed == {
        "title": "某市科技局2021年工作要点",
        "issuer": "某市科技局",
        "year": 2021,
        "focus_areas": ["甲"],
        "tasks": [
            {"number": "1", "title": "育企", "area": "甲", "lead": [], "co": [], "responsible": ["甲处"]}
        ],
        "indicators": [
            {
                "name": "企业",
                "comparator": "=",
                "value": 8,
                "unit": "家",
                "kind": "level",
                "aspire": False,
                "scope": "task",
                "task": "1",
                "text": "培育企业8—10家",
                "value_max": 10,
            }
        ],
    }


def test_two_imports_of_a_plan_are_compared() -> None:
    old = (
        HEAD
        + "1.育企。培育企业8家。（责任处室：甲处）\n2.引进科技人才。引进高层次人才5名。（责任处室：乙处）"
    )
    new = (
        HEAD
        + "1.引育科技人才。引进高层次人才9名。（责任处室：乙处、丙处）\n2.育企。培育企业8家。（责任处室：甲处）"
    )
    changes = compare(edition_of(parse_plan(old)), edition_of(parse_plan(new))).tasks
    assert [(c.before and c.before.title, c.after and c.after.title) for c in changes] == [
        ("引进科技人才", "引育科技人才"),
        ("育企", "育企"),
    ]
    assert changes[0].kinds == {"reworded", "moved", "reowned", "retargeted"}
    assert changes[1].kinds == {"moved"}


def test_owners_in_a_heading_own_the_tasks_below_that_name_nobody() -> None:
    text = "某市科技局2021年工作要点\n一、转化（责任处室：甲处）\n1.推进转化。举办对接会。\n2.培育机构。新增机构3家。\n二、人才（责任处室：乙处）\n3.引进人才。引进人才5名。"
    proposal = parse_plan(text)
    assert [(t.title, [(o.name, text[slice(*o.span)]) for o in t.offices]) for t in proposal.tasks] == [
        ("推进转化", [("甲处", "甲处")]),
        ("培育机构", [("甲处", "甲处")]),
        ("引进人才", [("乙处", "乙处")]),
    ]
    assert [area.title for area in proposal.focus_areas] == ["转化", "人才"]
