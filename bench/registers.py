# SPDX-License-Identifier: Apache-2.0
"""200 registers at four sizes, the list of one beside the same list as a hand-written Django table in the same run.

python3 dev.py bench registers
python bench/registers.py [--engine sqlite|postgresql] [--sizes 1000,10000,100000,1000000]

Half of all records stand in one register, the others share the rest. Each engine in a process and a folder of its
own; PostgreSQL durable. Pages through Django's client, warm, signed in, 15 queries at most each. The hand-written
table has a column for every field, the indexes a good hand would give it, and the same page around it; ours may take
1.5 times as long. Pages of both are asked for in turn, because machines are noisy; on SQLite, where all work is done in
one process, the work is compared, not the time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from _machine import machine, versions

ROOT = Path(__file__).resolve().parents[1]
SIZES = "1000,10000,100000,1000000"
sys.path.insert(0, str(ROOT / "tests"))


def on(engine: str, sizes: str) -> int:
    """One engine; 1 where a goal is missed."""
    folder = Path(tempfile.mkdtemp(prefix="kechuang-bench-", dir="/tmp"))
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kechuang.site.settings",
        "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("src", "tests", "bench")),
        "KECHUANG_VAR": str(folder),
    }
    command = [sys.executable, str(ROOT / "bench/_registers_lane.py"), sizes]
    try:
        if engine == "sqlite":
            return subprocess.run(command, env=env, check=False).returncode
        from postgres import server  # noqa: PLC0415 -- only where a server is wanted

        with server(durable=True) as url:
            return subprocess.run(command, env={**env, "KECHUANG_DATABASE_URL": url}, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Both engines, or the one asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--sizes", default=SIZES)
    asked = parser.parse_args()
    print(f"{machine()}\n{versions()}", flush=True)
    engines = [asked.engine] if asked.engine else ["sqlite", "postgresql"]
    return max(on(engine, asked.sizes) for engine in engines)


if __name__ == "__main__":
    sys.exit(main())
