# SPDX-License-Identifier: Apache-2.0
"""``kechuang plan`` on the command line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from apps.workplan._files import PLAN, pdf, word
from kechuang.apps.workplan import catalogue
from kechuang.apps.workplan.models import Plan, PlanVersion
from kechuang.commons.packs.faults import ContentErrors
from kechuang.commons.parties.models import Unit


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("plan", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "要点.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_document_is_parsed_as_json_without_any_database(file: Path) -> None:
    told = json.loads(run("parse", str(file), "--json"))
    assert list(told) == ["title", "issuer", "year", "focus_areas", "tasks", "indicators"]
    assert (told["title"], told["year"]) == ("云川市科学技术局2020年工作要点", 2020)
    assert told["focus_areas"] == ["完善区域创新体系", "促进成果转化"]
    assert told["tasks"][0] == {
        "number": "1", "title": "编制科技创新规划", "area": "完善区域创新体系", "lead": [], "co": [],
        "responsible": ["甲处", "乙处", "丙处"],
    }  # fmt: skip
    assert told["indicators"][0] == {
        "name": "高新技术企业", "comparator": ">", "value": 600, "unit": "家", "kind": "level", "aspire": False,
        "scope": "headline", "task": None, "text": "高新技术企业突破600家",
    }  # fmt: skip


@pytest.mark.parametrize("data", [PLAN.encode("gb18030"), word(*PLAN.splitlines()), pdf(*PLAN.split("\n\n"))])
def test_every_kind_of_file_is_parsed(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(data)
    assert [task["title"] for task in json.loads(run("parse", str(path), "--json"))["tasks"]] == [
        "编制科技创新规划", "推进平台建设", "建立对接机制",
    ]  # fmt: skip


def test_standard_output_holds_nothing_but_json_and_problems_go_to_standard_error(
    file: Path, tmp_path: Path
) -> None:
    env = {
        **os.environ,
        "KECHUANG_VAR": str(tmp_path / "var"),
        "PYTHONPATH": str(settings.ROOT / "src"),
        "KECHUANG_DATABASE_URL": "",
    }
    program = [sys.executable, "-m", "kechuang.site.cli", "plan", "parse"]
    done = subprocess.run([*program, str(file), "--json"], env=env, capture_output=True, check=True)
    assert json.loads(done.stdout)["year"] == 2020
    assert done.stderr == b""
    assert not list((tmp_path / "var").glob("*.sqlite3"))
    failed = subprocess.run(
        [*program, str(tmp_path / "没有.txt"), "--json"], env=env, capture_output=True, check=False
    )
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert "没有这个文件" in failed.stderr.decode()


def test_a_summary_is_printed_for_people(file: Path) -> None:
    told = run("parse", str(file))
    assert "任务 3，责任 6" in told
    assert "1 编制科技创新规划（甲处、乙处、丙处）" in told
    assert "没有明确牵头" in told


def test_the_catalogue_of_the_content_is_used_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(catalogue.shipped_catalogue()) >= 14

    def broken() -> list[object]:
        raise ContentErrors([])

    monkeypatch.setattr(catalogue.shipped_units, "_filled", {"a": broken})
    assert catalogue.shipped_catalogue() == []
    monkeypatch.setattr(catalogue.shipped_units, "_filled", {})
    assert catalogue.shipped_catalogue() == []


@pytest.mark.parametrize(("name", "data", "words"), [
    ("空.txt", b"", "是空的"), ("大.txt", b"a" * 21 * 1024 * 1024, "超过 20 MB"), ("坏.docx", word("甲")[:500], "已损坏"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_ends_with_its_problem(
    name: str, data: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CommandError, match=words):
        run("parse", str(path), "--json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="文件夹"):
        run("parse", str(tmp_path))


@pytest.mark.django_db
def test_a_document_is_imported_listed_and_printed(
    file: Path, tmp_path: Path, units: dict[str, Unit]
) -> None:
    told = run("import", str(file), "--issuer", "某局")
    version = PlanVersion.objects.get()
    assert f"已建立草稿 {version.pk}" in told
    assert "签发前要处理 2 处" in told
    assert "丁处：" in told
    assert version.plan.issuer == "某局"
    assert run("list").split("\t")[:3] == [str(version.pk), "2020", version.get_state_display()]
    target = tmp_path / "打印.docx"
    assert str(target) in run("print", str(version.pk), str(target))
    assert docx.Document(str(target)).paragraphs[0].text == version.plan.title


@pytest.mark.django_db
def test_problems_of_an_import_end_the_command(file: Path, tmp_path: Path, units: dict[str, Unit]) -> None:
    run("import", str(file))
    with pytest.raises(CommandError, match="已经导入过"):
        run("import", str(file))
    with pytest.raises(CommandError, match="已有一份草稿"):
        run("import", str(file), "--plan", str(Plan.objects.get().pk))
    with pytest.raises(CommandError, match="没有编号为 999 的计划"):
        run("import", str(file), "--plan", "999")
    with pytest.raises(CommandError, match="没有编号为 999 的版本"):
        run("print", "999", str(tmp_path / "a.docx"))
    with pytest.raises(CommandError, match="写不了"):
        run("print", str(PlanVersion.objects.get().pk), str(tmp_path / "没有" / "a.docx"))
