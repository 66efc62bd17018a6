# SPDX-License-Identifier: Apache-2.0
"""``kechuang content check | load | schema``."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kechuang.commons.access.models import Role
from kechuang.commons.facts.models import Indicator, Observation
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Organization, QualificationKind, Region, Unit
from kechuang.commons.releases.models import Release
from kechuang.site.content import install, library

FILES = {
    "nation/pack.yaml": "code: nation\nname: 全国\n",
    "nation/roles.yaml": "kind: role\npieces:\n  - {code: reader, name: 读者, permissions: [workplan.view_plan]}\n",
    "city/pack.yaml": "code: city\nname: 云川市\nextends: nation\n",
    "city/regions.yaml": "kind: region\npieces:\n  - {code: b, name: 乙区, parent: a}\n  - {code: a, name: 云川市}\n",
    "city/bureau.yaml": "kind: organization\npieces:\n  - {code: bureau, name: 云川市科学技术局, role: bureau}\n",
    "city/offices.yaml": (
        "kind: unit\npieces:\n  - {code: zh, organization: bureau, name: 综合处, short_name: 综合, order: 1}\n"
    ),
    "city/kinds.yaml": "kind: qualification_kind\npieces:\n  - {code: firm, name: 企业资质, term: years:3}\n",
    "city/indicators.yaml": (
        "kind: indicator\npieces:\n  - {code: firms, name: 企业数, unit: 家, kind: stock, owner: zh, verified: true}\n"
    ),
    "city/observations.yaml": (
        "kind: observation\npieces:\n  - {code: firms-2019, indicator: firms, region: b, period_start: 2019-12-31, "
        "period_end: 2019-12-31, value: 12.50, published_on: 2020-01-31, source: 公报}\n"
    ),
}
Run = Callable[[str], str]


@pytest.fixture
def run(tmp_path: Path, settings: Any) -> Run:
    """Run the command over packs of an invented city."""
    settings.CONTENT_ROOT, settings.CITY = tmp_path / "content", "city"
    for name, text in FILES.items():
        file = settings.CONTENT_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def call(what: str) -> str:
        out = io.StringIO()
        call_command("content", what, stdout=out)
        return out.getvalue().translate({ord("⟦"): None, ord("⟧"): None})

    return call


def edit(settings: Any, name: str, old: str, new: str) -> None:
    file = settings.CONTENT_ROOT / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the installed tables."""
    models = (Region, Organization, Unit, QualificationKind, Indicator, Observation, Role, Release)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_check_counts_the_pieces_of_each_pack_and_kind(run: Run) -> None:
    lines = run("check").splitlines()
    assert [line.split()[:3] for line in lines[:-1]] == [
        ["nation", "role", "1"],
        ["city", "organization", "1"],
        ["city", "indicator", "1"],
        ["city", "qualification_kind", "1"],
        ["city", "observation", "1"],
        ["city", "unit", "1"],
        ["city", "region", "2"],
    ]
    assert lines[-1] == "共 8 件"


def test_check_lists_all_that_is_wrong_and_fails(run: Run, settings: Any) -> None:
    edit(settings, "nation/roles.yaml", "workplan.view_plan", "workplan.veiw_plan")
    edit(settings, "city/indicators.yaml", "owner: zh", "owner: zhh, figure: ladder.nothing")
    with pytest.raises(CommandError) as caught:
        run("check")
    told = str(caught.value).translate({ord("⟦"): None, ord("⟧"): None}).splitlines()
    assert told[0] == "city/indicators.yaml:3: firms.owner: 没有“zhh”这个处室；相近的有：zh"
    assert told[1].startswith("city/indicators.yaml:3: firms.figure: 没有“ladder.nothing”这个数字")
    assert told[2].startswith(
        "nation/roles.yaml:3: reader.permissions[1]: 没有“workplan.veiw_plan”这个权限；相近的有：workplan.view_plan"
    )
    assert told[3] == "共 3 处问题"


@pytest.mark.django_db
def test_load_installs_everything_and_releases_every_piece(run: Run) -> None:
    assert run("load").splitlines()[-1] == "新发布版本 8 个"
    assert Region.objects.get(code="b").parent == Region.objects.get(code="a")
    unit = Unit.objects.get(code="zh")
    assert (str(unit.organization), unit.name, unit.short_name) == ("云川市科学技术局", "综合处", "综合")
    assert QualificationKind.objects.get().term == "years:3"
    indicator = Indicator.objects.get()
    assert (indicator.owner, indicator.verified, indicator.release) == (unit, True, "1")
    observation = Observation.objects.get()
    assert (observation.scaled, observation.places, observation.region_id) == (
        1250,
        2,
        Region.objects.get(code="b").pk,
    )
    assert Role.objects.get(code="reader").permissions == ["workplan.view_plan"]
    assert Counter(Release.objects.values_list("pack", flat=True)) == {"city": 7, "nation": 1}


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_releases_nothing(run: Run) -> None:
    run("load")
    before = everything()
    assert run("load").splitlines()[-1] == "新发布版本 0 个"
    assert everything() == before


@pytest.mark.django_db
def test_a_changed_piece_under_an_old_version_is_refused_and_nothing_is_installed(
    run: Run, settings: Any
) -> None:
    run("load")
    before = everything()
    edit(settings, "city/offices.yaml", "综合处", "综合管理处")
    edit(settings, "nation/roles.yaml", "读者", "阅览者")
    with pytest.raises(CommandError) as caught:
        run("load")
    told = str(caught.value).translate({ord("⟦"): None, ord("⟧"): None})
    assert "nation/roles.yaml:3: 角色 reader，版本 1" in told
    assert "city/offices.yaml:3: 处室 zh，版本 1" in told
    assert "version" in told
    assert everything() == before


@pytest.mark.django_db
def test_a_raised_version_is_installed_and_released_beside_the_old(run: Run, settings: Any) -> None:
    run("load")
    edit(settings, "city/offices.yaml", "kind: unit", 'kind: unit\nversion: "2"')
    edit(settings, "city/offices.yaml", "综合处", "综合管理处")
    assert run("load").splitlines()[-1] == "新发布版本 1 个"
    assert Unit.objects.get(code="zh").name == "综合管理处"
    assert list(Release.objects.filter(code="zh").values_list("number", flat=True)) == ["1", "2"]


@pytest.mark.django_db
def test_a_fault_anywhere_installs_nothing(run: Run, settings: Any) -> None:
    edit(settings, "city/observations.yaml", "value: 12.50", "value: 十二")
    with pytest.raises(CommandError):
        run("load")
    assert {name: rows for name, rows in everything().items() if rows} == {}


def test_schema_writes_a_schema_for_every_kind(run: Run, settings: Any) -> None:
    printed = run("schema").splitlines()
    written = sorted(f"schemas/{file.name}" for file in (settings.CONTENT_ROOT / "schemas").iterdir())
    assert sorted(printed) == written
    assert {"schemas/pack.json", "schemas/region.json", "schemas/plan.json"} <= set(written)


@pytest.mark.django_db
@pytest.mark.guarantee
def test_the_shipped_content_installs_and_again_changes_nothing(system: Actor) -> None:
    content = library()
    assert install(content, system) == len(content.held)
    before = everything()
    assert install(content, system) == 0
    assert everything() == before
    assert Release.objects.filter(kind="mechanism").count() == 145
