# SPDX-License-Identifier: Apache-2.0
"""Reading the environment into settings."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def flag(name: str) -> bool:
    """Whether an environment variable says yes."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def one_of(name: str, *known: str) -> str:
    """An environment variable that has a few values, the first where it is not set. Raises ValueError for another."""
    given = os.environ.get(name, "").strip() or known[0]
    if given not in known:
        raise ValueError(f"{name}: {given}")
    return given


def secret_key(var: Path) -> str:
    """The secret key: given, or made once and kept in a file only the owner reads."""
    given = os.environ.get("KECHUANG_SECRET_KEY")
    if given:
        return given
    kept = var / "secret.key"
    if not kept.exists():
        fresh = var / f"secret.key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process was first: its key is the one
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text()


def mail_server(url: str) -> dict[str, Any]:
    """Where mail goes out (smtp://user:password@host:port?tls=1&from=address), empty where there is none."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise ValueError(f"KECHUANG_MAIL: {parts.scheme}")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "host": parts.hostname,
        "port": parts.port or 25,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": query.get("tls") == "1",
        "from": query.get("from", f"kechuang@{parts.hostname}"),
    }


def group_robots(given: str) -> list[dict[str, str]]:
    """Robots that tell groups: ``wecom=https://…`` or ``dingtalk=https://…#secret``. Raises ValueError."""
    found = []
    for number, word in enumerate(given.split(), 1):
        maker, _, rest = word.partition("=")
        url, _, secret = rest.partition("#")
        parts = urlsplit(url)
        if (
            maker not in {"wecom", "dingtalk"}
            or not parts.hostname
            or not _is_safe(parts.scheme, parts.hostname)
        ):
            raise ValueError(f"KECHUANG_ROBOTS: {number}")
        found.append({"name": f"{maker}-{number}", "maker": maker, "url": url, "secret": secret})
    return found


def _is_safe(scheme: str, host: str) -> bool:
    """Whether what is sent there cannot be read on the way."""
    return scheme == "https" or (scheme == "http" and host in {"127.0.0.1", "localhost"})


def oidc_provider() -> dict[str, str] | None:
    """The unified sign-in of the site, if it has one."""
    issuer = os.environ.get("KECHUANG_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    return {
        "issuer": issuer,
        "client_id": os.environ.get("KECHUANG_OIDC_CLIENT_ID", ""),
        "client_secret": os.environ.get("KECHUANG_OIDC_CLIENT_SECRET", ""),
        "name": os.environ.get("KECHUANG_OIDC_NAME", "") or issuer.partition("://")[2],
    }


def database_from_url(url: str, embedded: Path) -> dict[str, Any]:
    """A Django database setting. Empty: the embedded SQLite file. Raises ValueError for another scheme."""
    if not url or url.startswith("sqlite:///"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///") or str(embedded),
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
            "CONN_MAX_AGE": 600,
            "TEST": {"NAME": str(embedded.with_name("test.sqlite3"))},  # a file locks as the real one does
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"KECHUANG_DATABASE_URL: {parts.scheme}")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
