# SPDX-License-Identifier: Apache-2.0
"""The set-up: from the standard library alone, locks that name no host, stamps, mirrors."""

from __future__ import annotations

import ast
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools import packages, processes, stamps, suite  # noqa: E402 - the set-up is not an installed package

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize(
    "script", [ROOT / "dev.py", *sorted((ROOT / "tools").glob("*.py"))], ids=lambda path: path.name
)
def test_set_up_needs_nothing_but_the_standard_library(script):
    tree = ast.parse(script.read_text())
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    ]
    foreign = {name.split(".")[0] for name in imported} - sys.stdlib_module_names - {"tools"}
    assert not foreign


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json"], ids=lambda path: path.name)
def test_locks_name_no_host_and_no_folder(lock):
    assert not re.search(r"://|file:|^-[if-]|@ /", lock.read_text(), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_its_hash(lock):
    entries = lock.read_text().replace("\\\n", " ").splitlines()
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_npm_packages_are_locked_with_their_hash():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in locked.items() if name and "integrity" not in package] == []


def test_run_and_test_lock_the_same_versions():
    run, test = ((ROOT / f"requirements/{kind}.txt").read_text() for kind in ("run", "test"))
    pins = re.compile(r"^[\w.-]+(?:\[.*?\])?==\S+", re.MULTILINE)
    assert set(pins.findall(run)) <= set(pins.findall(test))


def test_mirror_set_for_pip_is_handed_to_uv(monkeypatch):
    given = {
        "index-url": "http://mirror/simple",
        "extra-index-url": "http://a\nhttp://b",
        "trusted-host": "mirror",
    }
    monkeypatch.setattr(packages, "pip_settings", lambda: given)
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INSECURE_HOST", "KECHUANG_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    env = packages.uv_environment()
    assert env["UV_DEFAULT_INDEX"] == "http://mirror/simple"
    assert env["UV_INDEX"] == "http://a http://b"
    assert env["UV_INSECURE_HOST"] == "mirror"


def test_mirror_set_for_uv_wins(monkeypatch):
    monkeypatch.setattr(packages, "pip_settings", lambda: {"index-url": "http://mirror/simple"})
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://other/simple")
    assert packages.uv_environment()["UV_DEFAULT_INDEX"] == "http://other/simple"


def test_stamp_holds_only_for_what_it_was_written_for(tmp_path):
    stamps.write(tmp_path / "stamp", "this")
    assert stamps.done(tmp_path / "stamp", "this")
    assert not stamps.done(tmp_path / "stamp", "that")
    assert not stamps.done(tmp_path / "none", "this")
    assert [path.name for path in tmp_path.iterdir()] == ["stamp"]


def test_failed_program_is_told_with_what_it_said():
    with pytest.raises(processes.SetUpError, match=r"(?s)out of luck.*status 3"):
        processes.call(sys.executable, "-c", "print('out of luck'); raise SystemExit(3)")


def test_python_keeps_what_it_compiled_even_where_it_is_told_not_to(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    asked = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    kept = f"False {ROOT / 'build/bytecode'}\n"
    assert processes.call(sys.executable, "-c", asked) == kept
    assert processes.call(sys.executable, "-c", asked, env={**os.environ, "KECHUANG_DEMO": "1"}) == kept


def test_no_more_is_done_at_once_than_is_allowed():
    at_once, most, lock = 0, 0, threading.Lock()

    def work():
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02)
        with lock:
            at_once -= 1
        return most

    assert len(processes.together(*[work] * 5, at_most=2)) == 5
    assert most == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_killed_set_up_leaves_no_child_behind(tmp_path):
    note = tmp_path / "pid"
    child = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tools import processes; "
    parent = subprocess.Popen(
        [sys.executable, "-c", f"{script}processes.call(sys.executable, '-c', {child!r})"]
    )
    _wait(lambda: note.exists() and note.read_text() != "")
    parent.kill()
    parent.wait()
    _wait(lambda: _ended(int(note.read_text())))


def _wait(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def _ended(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_unknown_command_shows_the_commands():
    told = subprocess.run(
        [sys.executable, ROOT / "dev.py", "dance"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert "python3 dev.py run" in told.stdout


def test_port_in_use_is_told_at_once():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, ROOT / "dev.py", "run", "--port", str(port)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert f"127.0.0.1:{port} cannot be used" in told.stderr


SAMPLE = """
import pytest

def test_well(): pass
def test_badly(): assert 0
@pytest.mark.skip
def test_never(): pass
def test_in_part(subtests):
    for number in range(3):
        with subtests.test(number=number):
            assert number != 1
@pytest.fixture
def untidy():
    yield
    raise ValueError
def test_untidily(untidy): pass
"""


def _run(capsys, *steps):
    code = suite.report(list(steps), Path(sys.executable))
    return code, capsys.readouterr().out.splitlines()[-1]


def test_suite_ends_with_the_count_of_all_steps(tmp_path, capsys):
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    words = [str(tmp_path), "-p", "no:django", "-c", str(tmp_path / "pytest.ini")]
    (tmp_path / "pytest.ini").write_text("[pytest]")
    steps = [suite.Step(f"trial {name}", words, {**suite.os.environ, "PYTHONPATH": ""}) for name in "ab"]
    assert _run(capsys, *steps) == (1, "2 passed, 6 failed, 2 skipped")


def test_step_without_a_single_test_has_failed(tmp_path, capsys):
    (tmp_path / "pytest.ini").write_text("[pytest]")
    words = [str(tmp_path), "-p", "no:django", "-c", str(tmp_path / "pytest.ini")]
    assert _run(capsys, suite.Step("trial", words, dict(suite.os.environ))) == (
        1,
        "0 passed, 1 failed, 0 skipped",
    )
