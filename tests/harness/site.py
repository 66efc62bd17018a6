# SPDX-License-Identifier: Apache-2.0
"""The demo year, built by the commands of ``dev.py run``, and served copies of it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools import processes, product, stamps  # noqa: E402 - the set-up is not an installed package

LEFT = ROOT / "build/journeys"  # logs, and pictures of what failed
PYTHON = Path(sys.executable)


def environment(var: Path) -> dict[str, str]:
    """What ``dev.py run`` would give, for another folder."""
    kept = {key: value for key, value in os.environ.items() if key != "KECHUANG_DATABASE_URL"}
    return {**kept, "KECHUANG_VAR": str(var), "KECHUANG_DEMO": "1"}


class Site:
    """A copy of the demo year: its folder, where it answers while served, its command line."""

    def __init__(self, var: Path, name: str) -> None:
        self.var, self.env = var, environment(var)
        self.log = LEFT / (re.sub(r"[^\w.-]", "-", name) + ".log")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def kechuang(self, *words: str) -> str:
        """Run the product's command line on this copy."""
        return product.kechuang(PYTHON, *words, env=self.env)

    @contextmanager
    def served(self) -> Iterator[Site]:
        """Serve it until the end of the block; an error in its log fails the test."""
        LEFT.mkdir(parents=True, exist_ok=True)
        address = ["--host", "127.0.0.1", "--port", self.port, "kechuang.site.wsgi:application"]
        with self.log.open("w") as log:
            granian = PYTHON.parent / "granian"
            server = processes.start(
                granian, *product.GRANIAN, *address, env=self.env, stdout=log, stderr=log
            )
            try:
                self._wait(server)
                yield self
            finally:
                server.terminate()
                server.wait(timeout=20)
                processes.RUNNING.discard(server)
        written = self.log.read_text()
        assert "Traceback" not in written, written[-3000:]

    def _wait(self, server: Any) -> None:
        until = time.monotonic() + 60
        while server.poll() is None and time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            with suppress(OSError):
                connection.request("GET", "/health/")
                if connection.getresponse().status == http.HTTPStatus.OK:
                    return
            time.sleep(0.05)
        pytest.fail(f"the server did not start:\n{self.log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def demo_year() -> Path:
    """A folder with the demo year, built once for a state of code and content."""
    home = ROOT / "build/demo-year"
    key = stamps.digest(ROOT / "src", ROOT / "content", ROOT / "requirements/run.txt")
    with stamps.alone():
        product.collect_static(PYTHON)
        if not stamps.done(home / ".whole", key):
            shutil.rmtree(home, ignore_errors=True)
            product.fill(PYTHON, environment(home), demo=True)
            stamps.write(home / ".whole", key)
    return home


@pytest.fixture
def site(demo_year: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A served copy that the test may change."""
    copy = Path(shutil.copytree(demo_year, tmp_path / "var"))
    with Site(copy, request.node.name).served() as served:
        yield served


@pytest.fixture(scope="session")
def shared_site(demo_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served copy for tests that only read, with something on every page."""
    copy = Path(shutil.copytree(demo_year, tmp_path_factory.mktemp("shared") / "var"))
    site = Site(copy, "shared")
    tests = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    processes.call(PYTHON, "-m", "harness.beside", env=site.env | tests)
    with site.served() as served:
        yield served
