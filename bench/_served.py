# SPDX-License-Identifier: Apache-2.0
"""Requests per second and p95 through the product's own server on loopback, bounded in number and time."""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from _sides import Side

CLIENTS, THREADS = 4, 4
MOST_REQUESTS, MOST_SECONDS, PATIENCE = 300, 10.0, 60.0


@dataclass(frozen=True, slots=True)
class Flow:
    """What the clients saw."""

    per_second: float
    p95: float
    requests: int


@contextlib.contextmanager
def served(side: Side, folder: Path) -> Iterator[int]:
    """The side behind one worker of granian, the very same for both; gives the port."""
    spec = importlib.util.find_spec("granian")
    assert spec is not None
    assert spec.origin is not None
    folder.mkdir(exist_ok=True)
    link = folder / "granian"
    if not link.exists():
        link.symlink_to(Path(spec.origin).parent)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    words += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "critical"]
    server = subprocess.Popen(
        [str(side.python), "-m", "granian", *words, side.application],
        env=side.whole_env(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(server, side, port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], side: Side, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    sys.exit(f"{side.name} does not start behind granian")


def flow(side: Side, port: int, page: str) -> Flow:
    """Some clients ask for one page again and again, each on a connection it keeps."""
    waited: list[float] = []
    wrong: list[str] = []
    headers = {"Host": "localhost", "Cookie": side.session}
    lock, deadline = threading.Lock(), time.monotonic() + MOST_SECONDS

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while not wrong and time.monotonic() < deadline and len(waited) < MOST_REQUESTS:
            began = time.monotonic()
            connection.request("GET", side.pages[page], headers=headers)
            answer = connection.getresponse()
            answer.read()
            with lock:
                waited.append(time.monotonic() - began)
                if answer.status != http.client.OK:
                    wrong.append(str(answer.status))
        connection.close()

    clients = [threading.Thread(target=client) for _number in range(CLIENTS)]
    began = time.monotonic()
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    seconds = time.monotonic() - began
    if wrong:
        sys.exit(f"{side.name} answers {wrong[0]} for {page} behind granian")
    waited.sort()
    return Flow(len(waited) / seconds, waited[int(len(waited) * 0.95)], len(waited))
