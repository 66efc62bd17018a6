# SPDX-License-Identifier: Apache-2.0
"""The tests, the checks and the benchmarks."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.front import browser_environment
from tools.packages import python_env
from tools.processes import ROOT, SetUpError, call, say, status, together
from tools.product import collect_static, prepare
from tools.stamps import BUILD, alone

POSTGRES = {"KECHUANG_TEST_ENGINE": "postgresql"}


def test(words: list[str]) -> int:
    """The suite; with arguments, one call of pytest with them."""
    python = prepare("test", browser=True)
    with alone():
        collect_static(python)
        browser = browser_environment(python)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "kechuang.site.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    if env.get("KECHUANG_TEST_ENGINE") != "postgresql":
        env.pop("KECHUANG_DATABASE_URL", None)
    env |= browser
    if words:
        signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches pytest itself, which then ends
        return report([Step("chosen tests", words, env)], python, start_new_session=False)
    engine = "PostgreSQL" if env.get("KECHUANG_TEST_ENGINE") == "postgresql" else "SQLite"
    steps = [Step(f"suite on {engine}", ["-m", "not journey and not page"], env)]
    if engine == "SQLite" and not env.get("KECHUANG_PSEUDO_LOCALE"):
        steps += [
            Step("journeys", ["tests/journeys"], env),
            Step("pages", ["tests/pages", "-m", "page"], env),
        ]
        steps += [Step("guarantees on PostgreSQL", ["-m", "guarantee"], env | POSTGRES)]
    failed = report(steps, python)
    if "KECHUANG_CHROMIUM" not in browser and engine == "SQLite":
        print("journeys need a browser, and none can be had here. On Debian: apt-get install chromium")
    return failed


def report(steps: list[Step], python: Path, **options: object) -> int:
    """Run the steps three at a time, the first in sight; say how each went. The last line counts all."""
    proofs = BUILD / "journeys.json"
    before = proofs.stat().st_mtime_ns if proofs.exists() else 0
    waiting = [lambda step=step: step.run(python, stdout=step.log, **options) for step in steps[1:]]
    together(
        lambda: steps[0].run(python, **options), *waiting, at_most=3
    )  # a browser and a database are often waited for
    for step in steps[1:]:
        print(f"\n{step.name}\n{step.log.read_text(encoding='utf-8') if step.log.exists() else ''}")
    print()
    for step in steps:
        print(f"{step.name:26}{step.summary}")
    if proofs.exists() and proofs.stat().st_mtime_ns > before:
        proved = len(json.loads(proofs.read_text(encoding="utf-8"))["passed"])
        print(f"{proved} journeys proved on this code; with a release: cp build/journeys.json proofs/")
    total = [sum(step.counts[place] for step in steps) for place in range(3)]
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped", flush=True)
    return 1 if total[1] else 0


def pytest(python: Path, env: Mapping[str, str]) -> list[object]:
    """The command of pytest, beside a PostgreSQL where the engine asks for it."""
    given = env.get("KECHUANG_TEST_ENGINE") == "postgresql" and "KECHUANG_DATABASE_URL" not in env
    return [*([python, ROOT / "tests/postgres.py"] if given else []), python, "-m", "pytest"]


class Step:
    """One call of pytest inside the suite."""

    def __init__(self, name: str, words: list[str], env: Mapping[str, str]) -> None:
        """Name the step and its choice of tests; its database and files are its own."""
        self.name, self.words, place = name, words, name.replace(" ", "-")
        self.log, self.xml = BUILD / f"{place}.log", BUILD / f"{place}.xml"
        self.env = {**env, "KECHUANG_VAR": str(BUILD / "test-var" / place)}
        self.counts, self.summary = (0, 1, 0), "did not run"

    def run(self, python: Path, *, stdout: Path | None = None, **options: object) -> None:
        """Run it and count; a step without a single test has failed."""
        say(self.name)
        began = time.monotonic()
        self.xml.unlink(missing_ok=True)
        command = [*pytest(python, self.env), *self.words, f"--junitxml={self.xml}"]
        with stdout.open("w") if stdout else contextlib.nullcontext() as file:
            code = status(*command, env=self.env, stdout=file, **options)
        if self.xml.exists():
            tests = [{part.tag for part in test} for test in ET.parse(self.xml).iter("testcase")]  # noqa: S314 - ours
            failed = sum(bool(parts & {"failure", "error"}) for parts in tests)
            skipped = sum("skipped" in parts for parts in tests)
            self.counts = (len(tests) - failed - skipped, failed or int(code != 0), skipped)
        passed, failed, skipped = self.counts
        seconds = time.monotonic() - began
        self.summary = f"{passed} passed, {failed} failed, {skipped} skipped in {seconds:.0f} s"


def check(_words: list[str]) -> int:
    """Format, lint, types, laws, content, migrations: all of them, then the count."""
    python = prepare("test")
    tools, cli = python.parent, [python, "-m", "kechuang.site.cli"]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
        "KECHUANG_VAR": str(BUILD / "test-var"),
    }
    checks: dict[str, list[object]] = {
        "format": [tools / "ruff", "format", "--check", "--output-format", "concise", "."],
        "lint": [tools / "ruff", "check", "--output-format", "concise", "."],
        "laws": [tools / "lint-imports", "--cache-dir", BUILD / "imports"],
        "types": [tools / "mypy"],
        "content": [*cli, "content", "check"],
        "migrations": [*cli, "makemigrations", "--check", "--dry-run", "-v1"],
    }
    failed = 0
    for name, command in checks.items():
        try:
            call(*command, env=env)
            say(f"{name}: as it should be")
        except SetUpError as problem:
            failed += 1
            say(f"{name}: FAILED\n{problem}")
    print(f"check: {len(checks) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def write_format(_words: list[str]) -> int:
    """Write the format and the mends that are safe."""
    tools = prepare("test").parent
    return status(tools / "ruff", "check", "--fix", "-q", ".") + status(tools / "ruff", "format", ".")


def bench(words: list[str]) -> int:
    """The named benchmarks, or all; the peers they are set beside live in an environment of their own."""
    python = prepare("test", browser=True)
    with alone():
        collect_static(python)
        peer = python_env("bench")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tests"), "KECHUANG_PEER_PYTHON": str(peer)}
    every = sorted(path for path in ROOT.glob("bench/*.py") if not path.name.startswith("_"))
    scripts = [ROOT / f"bench/{word}.py" for word in words] or every
    return max([status(python, script, env=env) for script in scripts], default=0)
