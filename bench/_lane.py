# SPDX-License-Identifier: Apache-2.0
"""One side of a measurement: a WSGI application called in this very process, one order per line of JSON.

    python _lane.py package.wsgi:application
    {"path": "/tasks/", "cookie": "sessionid=…", "times": 20}   ->   {"cpu": [seconds of each request], "wall": […]}

Runs with the Python of either side; needs nothing but Django.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.db import connection

ROW = re.compile(rb"<tr[\s>]")


def called(application: Callable[..., Any], path: str, cookie: str) -> tuple[str, bytes]:
    """Status and body of one request, as a server would make it."""
    bare, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": bare,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT": "text/html",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answered: list[str] = []
    body = application(environ, lambda status, _headers, _info=None: answered.append(status))
    try:
        return answered[0], b"".join(body)
    finally:
        body.close()


def looked_at(application: Callable[..., Any], path: str, cookie: str) -> dict[str, Any]:
    """What one warm request answers, and how many queries it takes."""
    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        status, body = called(application, path, cookie)
    return {"status": status, "bytes": len(body), "rows": len(ROW.findall(body)), "queries": len(asked)}


def main() -> None:
    """Answer orders until the input ends."""
    module, _colon, name = sys.argv[1].partition(":")
    application = getattr(importlib.import_module(module), name)
    for line in sys.stdin:
        order = json.loads(line)
        path, cookie = order["path"], order["cookie"]
        if "times" not in order:
            called(application, path, cookie)
            answer = looked_at(application, path, cookie)
        else:
            cpu, wall = [], []
            for _time in range(order["times"]):
                began, at = time.process_time(), time.perf_counter()
                called(application, path, cookie)
                cpu.append(time.process_time() - began)
                wall.append(time.perf_counter() - at)
            answer = {"cpu": cpu, "wall": wall}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
