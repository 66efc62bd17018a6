# SPDX-License-Identifier: Apache-2.0
"""Make the tables of one side and fill them: `python _fill.py _plan_years 100 31 125 12 200000`.

The named module fills by the models of its side and gives a person, the pages, the sizes and the version; this
signs the person in and prints everything as the last line, in JSON. Runs with the Python of either side.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.core.management import call_command
from django.db import connection


def _knows(person: Any) -> Callable[[str], bool]:
    """Whether a way to sign in finds the person again."""
    return lambda path: bool(getattr(load_backend(path), "get_user", lambda _key: None)(person.pk))


def main() -> None:
    """Migrate, fill, sign in, print."""
    django.setup()
    call_command("migrate", verbosity=0)
    person, told = importlib.import_module(sys.argv[1]).fill(*map(int, sys.argv[2:]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    session = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = next(filter(_knows(person), settings.AUTHENTICATION_BACKENDS))
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    print(json.dumps({"session": f"{settings.SESSION_COOKIE_NAME}={session.session_key}", **told}))


if __name__ == "__main__":
    main()
