# SPDX-License-Identifier: Apache-2.0
"""Progress lines, and processes: each in a group of its own, and none outlives this one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STARTED = time.monotonic()
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
RUNNING: set[subprocess.Popen[str]] = set()
STOPPING = threading.Event()


class SetUpError(Exception):
    """A step failed; the text says which and what to do."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"[{time.monotonic() - STARTED:6.1f}s] {text}", file=sys.stderr, flush=True)


def die_with_parent() -> None:
    """Ask Linux to end this child when its parent is killed, by kill -9 too."""
    if LIBC is not None:
        LIBC.prctl(1, signal.SIGTERM)


def keeping_bytecode(env: Mapping[str, str]) -> dict[str, str]:
    """Python's compiled files go to build/, also where the machine wants none beside the sources."""
    kept = {key: value for key, value in env.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(ROOT / "build/bytecode"), **kept}


def start(*command: object, env: Mapping[str, str] | None = None, **options: object) -> subprocess.Popen[str]:
    """Start a program in the project's folder."""
    if STOPPING.is_set():
        raise SetUpError("stopped")
    given = {"cwd": ROOT, "text": True, "start_new_session": True, "preexec_fn": die_with_parent} | options
    process: subprocess.Popen[str] = subprocess.Popen(  # type: ignore[call-overload]
        [str(word) for word in command], env=keeping_bytecode(os.environ if env is None else env), **given
    )
    RUNNING.add(process)
    return process


def status(*command: object, env: Mapping[str, str] | None = None, **options: object) -> int:
    """Run a program to its end and return its exit status."""
    process = start(*command, env=env, **options)
    process.wait()
    RUNNING.discard(process)
    return process.returncode


def call(*command: object, env: Mapping[str, str] | None = None, **options: object) -> str:
    """Run a program quietly and return what it printed; raises SetUpError with the end of that."""
    process = start(*command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    printed = process.communicate()[0] or ""
    RUNNING.discard(process)
    if process.returncode:
        words = " ".join(str(word) for word in command)
        raise SetUpError(f"{words}\n{printed[-3000:]}\nended with status {process.returncode}")
    return printed


def stop_all() -> None:
    """End every process group still running: asked first, then made to."""
    STOPPING.set()
    for sign, patience in ((signal.SIGTERM, 8.0), (signal.SIGKILL, 2.0)):
        alive = [process for process in RUNNING if process.poll() is None]
        for process in alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if os.getpgid(process.pid) == process.pid:
                    os.killpg(process.pid, sign)
                else:
                    process.send_signal(sign)
        until = time.monotonic() + patience
        while time.monotonic() < until and any(process.poll() is None for process in alive):
            time.sleep(0.05)


def together(*works: Callable[[], object], at_most: int = 8) -> list[object]:
    """Do things at the same time, as many as are allowed; the first failure stops all."""
    with ThreadPoolExecutor(at_most) as pool:
        futures = [pool.submit(work) for work in works]
        try:
            return [future.result() for future in futures]
        except BaseException:
            stop_all()
            raise
