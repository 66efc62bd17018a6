# SPDX-License-Identifier: Apache-2.0
"""The product: prepared, filled and served."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tools.front import front_end
from tools.offline import unpack_bundle
from tools.packages import python_env, uv
from tools.processes import ROOT, SetUpError, call, say, start, together
from tools.stamps import BUILD, alone, digest, done, write

THREADS = max(2, min(8, 2 * (os.cpu_count() or 1)))
GRANIAN = [
    "--interface",
    "wsgi",
    "--workers",
    1,
    "--blocking-threads",
    THREADS,
    "--no-ws",
    "--log-level",
    "warning",
]


def prepare(kind: str, *, browser: bool = False) -> Path:
    """Packages of Python and of the front end, at the same time; returns the Python."""
    with alone():
        unpack_bundle()
        uv()
        return Path(str(together(lambda: python_env(kind), lambda: front_end(browser=browser))[0]))


def kechuang(python: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
    """Run one command of the product's own command line."""
    return call(python, "-m", "kechuang.site.cli", *words, env=env)


def collect_static(python: Path) -> None:
    """Hashed and compressed files for the pages, beside those that a running server still serves."""
    stamp, source = BUILD / "static/.stamp", ROOT / "src/kechuang"
    folders = [*source.glob("*/static"), *source.glob("*/*/static"), BUILD / "vendor"]
    key = digest(*folders, source / "site/settings.py", ROOT / "requirements/run.txt")
    if not done(stamp, key):
        say("files for the pages")
        stamp.unlink(missing_ok=True)
        kechuang(python, "collectstatic", "--noinput", "-v0")
        write(stamp, key)


def fill(python: Path, env: Mapping[str, str], *, demo: bool) -> None:
    """Tables, content and the demo year, where the code, the content or the database changed since."""
    var = Path(env.get("KECHUANG_VAR", ROOT / "var"))
    stamp, database = var / ".filled", var / "kechuang.sqlite3"

    def key() -> str:
        which = f"{database.stat().st_ino} {env.get('KECHUANG_CITY')} {demo}" if database.exists() else ""
        return digest(ROOT / "src", ROOT / "content", ROOT / "requirements/run.txt", more=which)

    embedded = not env.get("KECHUANG_DATABASE_URL")
    if embedded and done(stamp, key()):
        return
    say("tables")
    kechuang(python, "migrate", "-v0", env=env)
    say("content")
    kechuang(python, "content", "load", env=env)
    if demo:
        say("demo year")
        kechuang(python, "demo", env=env)
    if embedded:
        write(stamp, key())


def run(words: list[str]) -> int:
    """The product, from nothing."""
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-demo", action="store_true", help="without the demo year")
    parser.add_argument("--no-serve", action="store_true", help="prepare everything, start no server")
    given = parser.parse_args(words)
    if not given.no_serve:
        must_be_free(given.host, given.port)
    python = prepare("run")
    env = {**os.environ} if given.no_demo else {"KECHUANG_DEMO": "1", **os.environ}
    with alone():
        collect_static(python)
        fill(python, env, demo=not given.no_demo)
    if given.no_serve:
        say("ready")
        return 0
    return serve(python, given.host, given.port, env)


def must_be_free(host: str, port: int) -> None:
    """Raise SetUpError where another program already listens."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            other = f"python3 dev.py run --port {port + 1}"
            raise SetUpError(f"{host}:{port} cannot be used ({problem.strerror}). Another: {other}") from None


def serve(python: Path, host: str, port: int, env: Mapping[str, str]) -> int:
    """Serve until stopped; beside it what must be done from time to time."""
    address = ["--host", host, "--port", port]
    server = start(python.parent / "granian", *GRANIAN, *address, "kechuang.site.wsgi:application", env=env)
    start(python, "-m", "kechuang.site.cli", "tick", "--every", 2, env=env, stdout=subprocess.DEVNULL)
    while server.poll() is None:
        connection = http.client.HTTPConnection(host, port, timeout=5)
        with contextlib.suppress(OSError):
            connection.request("GET", "/", headers={"Host": "127.0.0.1"})
            answer = connection.getresponse().status
            wrong = (
                ""
                if answer < http.HTTPStatus.INTERNAL_SERVER_ERROR
                else f", but its first page answers {answer}"
            )
            say(f"ready: http://{host}:{port}/ (stop with Ctrl-C){wrong}")
            return server.wait()
        time.sleep(0.1)
    raise SetUpError(f"the server ended at once with status {server.returncode}")


def environment(_words: list[str]) -> int:
    """Only what `./kechuang` needs."""
    with alone():
        unpack_bundle()
        python_env("run")
    return 0
