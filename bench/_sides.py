# SPDX-License-Identifier: Apache-2.0
"""The two sides of a comparison: how each is built, called in-process, and served on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


@dataclass
class Side:
    """A program under measurement: its Python, environment and WSGI application; what its builder printed."""

    name: str
    python: Path
    env: Mapping[str, str]
    application: str
    session: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    version: str = ""

    def whole_env(self, *more: Path) -> dict[str, str]:
        """The environment of its processes; nothing of the other side in it."""
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("KECHUANG_", "PRETALX_"))
        }
        paths = [str(path) for path in (HERE, *more)]
        return {**kept, **self.env, "PYTHONPATH": os.pathsep.join(paths)}

    def fill(self, module: str, *words: int) -> None:
        """Make and fill its database; see _fill.py."""
        command = [str(self.python), str(HERE / "_fill.py"), module, *(str(word) for word in words)]
        done = subprocess.run(command, env=self.whole_env(), capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{self.name} could not be filled:\n{done.stdout}{done.stderr}")
        told = json.loads(done.stdout.strip().splitlines()[-1])
        self.session, self.pages = told["session"], told["pages"]
        self.sizes, self.version = told["sizes"], told["version"]


class Lane:
    """The application of a side in a process of its own, waiting for orders."""

    def __init__(self, side: Side) -> None:
        self.side = side

    def __enter__(self) -> Self:
        command = [str(self.side.python), str(HERE / "_lane.py"), self.side.application]
        self.process = subprocess.Popen(
            command,
            env=self.side.whole_env(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def order(self, page: str, **more: object) -> dict[str, Any]:
        """Send one order, wait for its answer."""
        assert self.process.stdin
        assert self.process.stdout
        order = {"path": self.side.pages[page], "cookie": self.side.session, **more}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("{"):
                answer: dict[str, Any] = json.loads(line)
                return answer
        sys.exit(f"{self.side.name} ended while asked for {page}")

    def look(self, page: str) -> dict[str, Any]:
        """Status, size, rows and number of queries of a warm page; anything but 200 ends the run."""
        seen = self.order(page)
        if not seen["status"].startswith("200"):
            sys.exit(f"{self.side.name} answers {seen['status']} for {page}")
        return seen

    def cpu(self, page: str, times: int) -> list[float]:
        """CPU seconds of each of some requests."""
        return self.run(page, times)["cpu"]

    def run(self, page: str, times: int) -> dict[str, list[float]]:
        """Seconds of each of some requests: of CPU, and on the wall."""
        return self.order(page, times=times)
