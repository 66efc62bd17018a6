# SPDX-License-Identifier: Apache-2.0
"""The shipped packs: whole, checked against the program, and counted against the document they come from."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from kechuang.apps.workplan.pieces import PlannedTarget, PlanPiece
from kechuang.commons.facts.pieces import IndicatorPiece, ObservationPiece
from kechuang.commons.packs.faults import ContentErrors
from kechuang.commons.packs.library import Library
from kechuang.commons.packs.schemas import schemas
from kechuang.commons.parties.pieces import OrganizationPiece, QualificationKindPiece, RegionPiece, UnitPiece
from kechuang.site.asked import known_words
from kechuang.site.content import library, read_content
from kechuang.site.pieces import MechanismPiece, ScenarioPiece

ROOT = settings.CONTENT_ROOT
FILES = sorted(ROOT.rglob("*.yaml"))
OFFICES = {
    "高新处": 20, "社发处": 20, "农村处": 14, "资配处": 13, "创服处": 12, "创发处": 10, "成果处": 10, "国合处": 8,
    "人才处": 7, "政策处": 4, "区域处": 4, "人事处": 1, "监督处": 1, "办公室": 1,
}  # fmt: skip


@pytest.fixture
def content() -> Library:
    return library()


@pytest.fixture
def plan(content: Library) -> PlanPiece:
    (found,) = content.of(PlanPiece)
    return found


def test_everything_content_names_is_known_to_the_program() -> None:
    assert read_content(known_words()).held.keys() == library().held.keys()


def test_the_packs_stand_from_the_nation_to_the_year(content: Library) -> None:
    assert [pack.code for pack in content.packs] == ["national", "liaoning", "shenyang", "shenyang-2019"]


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_what_the_kind_says_now(name: str) -> None:
    written = json.loads((ROOT / f"schemas/{name}.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(schemas()[name], ensure_ascii=False)), "kechuang content schema"


def test_no_schema_is_left_of_a_kind_that_is_gone() -> None:
    assert {file.stem for file in (ROOT / "schemas").iterdir()} == set(schemas())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_file_tells_editors_its_schema(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    kinds = [line.removeprefix("kind: ") for line in lines if line.startswith("kind: ")]
    kind = "pack" if file.name == "pack.yaml" else kinds[0]
    up = "../" * len(file.relative_to(ROOT).parent.parts)
    assert lines[0] == f"# yaml-language-server: $schema={up}schemas/{kind}.json"


def test_the_city_has_its_thirteen_divisions(content: Library) -> None:
    regions = content.of(RegionPiece)
    assert [r.code for r in regions if r.parent == "210100" and r.kind == "division" and r.until is None] == [
        "210102", "210103", "210104", "210105", "210106", "210111", "210112", "210113", "210114", "210115",
        "210123", "210124", "210181",
    ]  # fmt: skip
    assert {r.name for r in regions if (r.kind == "zone" or r.until) and r.verified} == set()
    assert {r.name: r.successor for r in regions if r.until} == {"辽中县": "210115", "东陵区": "210112"}


def test_the_bureau_has_its_fourteen_offices(content: Library) -> None:
    (bureau,) = [one for one in content.of(OrganizationPiece) if one.role == "bureau"]
    units = content.of(UnitPiece)
    assert {unit.organization for unit in units} == {bureau.code}
    assert {unit.short_name for unit in units} == set(OFFICES)
    assert [unit.order for unit in units] == list(range(1, 15))


def test_the_plan_is_the_document_in_numbers(plan: PlanPiece, content: Library) -> None:
    short = {unit.code: unit.short_name for unit in content.of(UnitPiece)}
    links = Counter(short[code] for task in plan.tasks for code in (*task.lead, *task.co, *task.responsible))
    assert (len(plan.areas), len(plan.tasks), links.total(), len(links)) == (8, 31, 125, 14)
    assert links == OFFICES
    assert [task.number for task in plan.tasks] == [str(number) for number in range(1, 32)]
    assert [len(area.tasks) for area in plan.areas] == [3, 5, 4, 3, 5, 3, 3, 5]
    assert [task.number for task in plan.tasks if task.lead or task.co or not task.responsible] == []
    assert all(len(set(task.responsible)) == len(task.responsible) for task in plan.tasks)


def test_the_first_named_office_leads_as_often_as_the_document_says(plan: PlanPiece) -> None:
    first = Counter(task.responsible[0] for task in plan.tasks)
    assert first == {
        "zipei": 5, "chuangfa": 5, "guohe": 4, "chuangfu": 4, "zhengce": 3, "chengguo": 3, "gaoxin": 2, "quyu": 2,
        "nongcun": 1, "shefa": 1, "jiandu": 1,
    }  # fmt: skip


def _told(target: PlannedTarget) -> tuple[object, ...]:
    return target.comparator, target.value, target.unit, target.kind, target.aspire, target.indicator


def test_the_nine_headline_targets_are_as_promised(plan: PlanPiece) -> None:
    assert [_told(target) for target in plan.targets] == [
        ("=", Decimal("2.8"), "%", "share", True, "rd_intensity"),
        ("=", Decimal("15.8"), "%", "growth", False, "high_tech_value_added_growth"),
        (">=", Decimal(15), "%", "growth", False, "tech_contract_growth"),
        (">=", Decimal(40), "%", "share", False, "local_contract_share"),
        ("=", Decimal(3000), "家", "level", False, "tech_smes"),
        (">", Decimal(1500), "家", "level", False, "high_tech_firms"),
        ("=", Decimal(20), "家", "level", False, "new_rd_bodies"),
        ("=", Decimal(500), "万平方米", "level", False, "carrier_area"),
        (">=", Decimal(15), "万人", "level", False, "carrier_headcount"),
    ]


def test_the_three_numbers_inside_tasks_are_targets(plan: PlanPiece) -> None:
    assert [(task.number, *_told(target)) for task in plan.tasks for target in task.targets] == [
        ("4", "=", Decimal(100), "项", "level", False, "bottleneck_list"),
        ("29", "=", Decimal(50), "%", "share", False, "fund_early_share"),
        ("29", "=", Decimal(100), "家", "level", False, "finance_key_firms"),
    ]


@pytest.mark.parametrize(
    ("number", "promise"),
    [("4", "双百工程"), ("13", "双百工程"), ("9", "八大"), ("24", "24项"), ("24", "六大工程"), ("24", "三年行动计划"), ("27", "全覆盖")],
)  # fmt: skip
def test_the_other_numbered_promises_are_deliverables(plan: PlanPiece, number: str, promise: str) -> None:
    (task,) = [task for task in plan.tasks if task.number == number]
    assert [title for title in task.deliverables if promise in title.replace("“", "").replace("”", "")] != []


def test_deliverables_are_short_titles_of_our_own(plan: PlanPiece) -> None:
    counts = {task.number: len(task.deliverables) for task in plan.tasks}
    assert {number: count for number, count in counts.items() if not 2 <= count <= 6} == {}
    titles = [title for task in plan.tasks for title in task.deliverables]
    assert [title for title in titles if len(title) > 24 or "，" in title or "。" in title] == []
    assert len(set(titles)) == len(titles)


def test_a_target_is_measured_in_the_unit_of_its_indicator(plan: PlanPiece, content: Library) -> None:
    indicators = {piece.code: piece for piece in content.of(IndicatorPiece)}
    targets = [*plan.targets, *(target for task in plan.tasks for target in task.targets)]
    assert [target.name for target in targets if target.unit != indicators[target.indicator or ""].unit] == []
    assert {target.indicator for target in targets} == set(indicators)
    assert [
        target.name for target in targets if target.name not in indicators[target.indicator or ""].names
    ] == []


def test_two_stocks_count_themselves(content: Library) -> None:
    counted = {piece.code: piece.figure for piece in content.of(IndicatorPiece) if piece.figure}
    assert counted == {
        "high_tech_firms": "ladder.high_tech_firms",
        "tech_smes": "ladder.tech_smes",
        "new_rd_bodies": "registers.new_research_bodies",
        "carrier_area": "registers.carrier_area",
        "carrier_headcount": "registers.carrier_people",
        "bottleneck_list": "registers.bottlenecks",
        "finance_key_firms": "registers.key_firms",
    }


def test_qualifications_known_from_memory_are_not_shipped_as_verified(content: Library) -> None:
    told = {piece.code: (piece.term, piece.verified) for piece in content.of(QualificationKindPiece)}
    assert told == {"high_tech_firm": ("years:3", False), "tech_sme": ("year-end", False)}


def test_published_figures_name_who_published_them(content: Library) -> None:
    found = {piece.code: piece for piece in content.of(ObservationPiece)}
    assert [piece.code for piece in found.values() if piece.period_end > piece.published_on] == []
    told = [
        (code, found[code].value, found[code].verified)
        for code in ("rd_intensity-2019", "high_tech_firms-2019")
    ]
    assert told == [
        ("rd_intensity-2019", Decimal("2.64"), True),
        ("high_tech_firms-2019", Decimal(1836), True),
    ]
    assert (found["rd_intensity-2019"].published_on - found["rd_intensity-2019"].period_end).days == 366
    assert found["finance_key_firms-2019"].value == Decimal(156)
    assert [
        piece.code for piece in found.values() if piece.verified and "沈阳市科学技术局" not in piece.source
    ] == []


def test_mechanisms_and_scenarios_are_all_there(content: Library) -> None:
    mechanisms, scenarios = content.of(MechanismPiece), content.of(ScenarioPiece)
    assert len(mechanisms) == 145
    assert Counter(piece.task for piece in mechanisms)["0"] == 12
    assert {piece.task for piece in mechanisms} == {str(number) for number in range(32)}
    assert all(piece.code.startswith(piece.task) for piece in mechanisms if not piece.code.startswith("I"))
    assert [piece.task for piece in scenarios] == [str(number) for number in range(1, 32)]


def test_a_journey_that_content_names_is_a_journey_of_the_suite(content: Library) -> None:
    suite = "".join(
        file.read_text(encoding="utf-8") for file in (settings.ROOT / "tests/journeys").rglob("*.py")
    )
    proved = set(re.findall(r"""@proves\(\s*["']([\w-]+)["']""", suite))
    named = {
        name for kind in ("mechanism", "scenario") for piece in content.all(kind) for name in piece.journeys
    }
    assert named - proved == set()


def test_no_address_of_another_site_stands_in_content() -> None:
    assert [file.name for file in FILES if "http" in file.read_text(encoding="utf-8")] == []


CIRCLE = """kind: register
version: "1"
source: x
pieces:
{pieces}"""
ONE = """  - code: {code}
    name: {code}
    fields:
      - {{code: title, label: 名, type: text}}
      - {{code: other, label: 另, type: link, target: {target}, required: "true"}}
    states: [{{code: on, label: 在, start: "true", end: "true"}}]
"""


@pytest.mark.parametrize(
    ("links", "faulty"),
    [({"circle_a": "circle_b", "circle_b": "circle_a"}, "circle_a"), ({"lonely": "nowhere"}, "nowhere")],
    ids=["two that require each other", "a link to no register"],
)
def test_registers_that_could_never_begin_are_told_by_file_and_line(
    links: dict[str, str], faulty: str, tmp_path: Path, settings: Any
) -> None:
    shutil.copytree(ROOT, tmp_path / "content")
    pieces = "".join(ONE.format(code=code, target=target) for code, target in links.items())
    (tmp_path / "content/shenyang/2019/circle.yaml").write_text(
        CIRCLE.format(pieces=pieces), encoding="utf-8"
    )
    settings.CONTENT_ROOT = tmp_path / "content"
    with pytest.raises(ContentErrors) as told:
        read_content({})
    [fault] = told.value.faults
    assert (fault.file, faulty in str(fault)) == ("shenyang/2019/circle.yaml", True)
