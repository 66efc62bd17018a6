# SPDX-License-Identifier: Apache-2.0
"""The record of journeys that passed: good for this very code and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.proofs import merged
from kechuang.site.proofs import Proof, code_digest, proof


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A small project."""
    for name, text in {"src/a.py": "a = 1\n", "content/c.yaml": "kind: x\n", "README.md": "x"}.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    settings.ROOT = tmp_path
    proof.cache_clear()
    yield tmp_path
    proof.cache_clear()


def _record(root: Path, place: str, code: str, *passed: str, day: str = "2026-01-02") -> None:
    file = root / place
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"code": code, "day": day, "passed": list(passed)}))


def test_a_record_of_this_code_counts(root: Path) -> None:
    _record(root, "build/journeys.json", code_digest(root), "one", "two")
    assert proof() == Proof(frozenset({"one", "two"}), "2026-01-02")


@pytest.mark.parametrize(
    ("name", "text"),
    [("src/a.py", "a = 2\n"), ("src/b.py", ""), ("content/c.yaml", "kind: y\n"), ("content/new.yaml", "")],
)
def test_after_any_change_of_code_or_content_it_counts_for_nothing(root: Path, name: str, text: str) -> None:
    _record(root, "build/journeys.json", code_digest(root), "one")
    (root / name).write_text(text)
    assert proof() == Proof()


def test_a_file_that_moved_or_is_gone_is_a_change(root: Path) -> None:
    before = code_digest(root)
    (root / "src/a.py").rename(root / "src/z.py")
    moved = code_digest(root)
    (root / "src/z.py").unlink()
    assert len({before, moved, code_digest(root)}) == 3


def test_line_ends_compiled_files_and_other_folders_are_no_change(root: Path) -> None:
    before = code_digest(root)
    (root / "src/a.py").write_bytes(b"a = 1\r\n")
    (root / "src/__pycache__").mkdir()
    (root / "src/__pycache__/a.pyc").write_bytes(b"x")
    (root / "README.md").write_text("y")
    assert code_digest(root) == before


def test_the_record_of_a_release_counts_where_no_journeys_ran_here(root: Path) -> None:
    _record(root, "proofs/journeys.json", code_digest(root), "released")
    assert proof().passed == {"released"}


def test_journeys_that_ran_on_other_code_do_not_hide_the_record_of_the_release(root: Path) -> None:
    _record(root, "build/journeys.json", "0" * 64, "other")
    _record(root, "proofs/journeys.json", code_digest(root), "released")
    assert proof().passed == {"released"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"code": 1}'])
def test_a_damaged_record_counts_for_nothing(root: Path, text: str) -> None:
    _record(root, "build/journeys.json", "x")
    (root / "build/journeys.json").write_text(text)
    assert proof() == Proof()


def test_a_partial_run_keeps_what_others_proved_on_the_same_code(tmp_path: Path) -> None:
    file = tmp_path / "journeys.json"
    first = merged(file, "c1", {"one": True, "two": True}, "2026-01-01")
    assert first == {"code": "c1", "day": "2026-01-01", "passed": ["one", "two"]}
    file.write_text(json.dumps(first))
    assert merged(file, "c1", {"three": True, "two": False}, "2026-01-02")["passed"] == ["one", "three"]
    assert merged(file, "c2", {"three": True}, "2026-01-02")["passed"] == ["three"]
    assert merged(file, "c1", {"one": False}, "2026-01-02")["passed"] == ["two"]
