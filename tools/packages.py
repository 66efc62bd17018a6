# SPDX-License-Identifier: Apache-2.0
"""Python packages: uv from its locked wheel, then exactly the locked set; mirrors set for pip are used."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.offline import offline
from tools.processes import ROOT, SetUpError, call, say
from tools.stamps import BUILD, digest, done, write


@functools.cache
def pip() -> list[str]:
    """A pip that can install into a folder: the system's, else one made from ensurepip."""
    system = [sys.executable, "-m", "pip"]
    if subprocess.run([*system, "--version"], capture_output=True, check=False).returncode == 0:
        return system
    home = BUILD / "pip"
    for attempt in (1, 2):
        shutil.rmtree(home, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", home], capture_output=True, check=False)
        if made.returncode == 0:
            return [str(home / "bin/python"), "-m", "pip"]
        if attempt == 1 and os.geteuid() == 0 and shutil.which("apt-get"):
            say("this Python has neither pip nor venv: installing python3-venv")
            apt_get("python3-venv", f"python3.{sys.version_info.minor}-venv")
    raise SetUpError(
        "this Python has neither pip nor venv. Install it first, on Debian: apt-get install python3-venv"
    )


def apt_get(*alternatives: str) -> bool:
    """Install the first Debian package that can be had; whether one could."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with contextlib.suppress(SetUpError):
        call("apt-get", "update", "-q", env=env)
    for name in alternatives:
        with contextlib.suppress(SetUpError):
            call("apt-get", "install", "-y", "-q", "--no-install-recommends", name, env=env)
            return True
    return False


def pip_settings() -> dict[str, str]:
    """Pip's own settings by name; the environment wins over pip.conf."""
    listed = subprocess.run([*pip(), "config", "list"], capture_output=True, text=True, check=False).stdout
    found: dict[str, str] = {}
    for prefix in ("global", "install", ":env:"):
        found |= dict(re.findall(rf"^{prefix}\.([\w-]+)='(.*)'$", listed, re.MULTILINE))
    return found


def system_certificates() -> str:
    """The machine's own list of trusted certificates: an office network often adds its own to it."""
    kept = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
    return next((path for path in kept if Path(path).exists()), "")


def uv_environment() -> dict[str, str]:
    """The environment for uv, which does not read pip's settings: a mirror set for pip is handed on."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    if offline():
        return env
    given = pip_settings()
    as_uv = {
        "UV_DEFAULT_INDEX": given.get("index-url", ""),
        "UV_INDEX": " ".join(given.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(given.get("find-links", "").split()),
        "UV_INSECURE_HOST": given.get("trusted-host", ""),
        "HTTPS_PROXY": given.get("proxy", ""),
        "SSL_CERT_FILE": given.get("cert", "") or system_certificates(),
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # as pip does; the hashes keep it safe
    }
    return {key: value for key, value in as_uv.items() if value} | env


def uv() -> Path:
    """The uv of requirements/uv.txt."""
    home, locked = ROOT / ".venv-uv", ROOT / "requirements/uv.txt"
    if not done(home / ".stamp", digest(locked)):
        shutil.rmtree(home, ignore_errors=True)
        env = {
            **os.environ,
            "PIP_USER": "0",
            "PIP_REQUIRE_VIRTUALENV": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        call(*pip(), "install", "-q", "--target", home, "--require-hashes", *offline(), "-r", locked, env=env)
        write(home / ".stamp", digest(locked))
    return home / "bin/uv"


def python_env(kind: str) -> Path:
    """The Python of `.venv-<kind>`, which has exactly the packages of requirements/<kind>.txt."""
    home, locked = ROOT / f".venv-{kind}", ROOT / f"requirements/{kind}.txt"
    python, stamp = home / "bin/python", home / ".stamp"
    key = digest(locked, more=str(ROOT))
    if python.exists() and done(stamp, key):
        stamp.touch()
        return python
    say(f"Python packages ({kind})")
    if not python.exists() or not stamp.exists() or str(ROOT) not in (home / "bin/activate").read_text():
        shutil.rmtree(home, ignore_errors=True)
        call(uv(), "venv", "-q", "--no-project", "--python", sys.executable, home, env=uv_environment())
    stamp.unlink(missing_ok=True)
    call(
        uv(), "pip", "sync", "-q", "-p", python, "--require-hashes", *offline(), locked, env=uv_environment()
    )
    write(next(home.glob("lib/python3*/site-packages")) / "kechuang.pth", f"{ROOT / 'src'}\n")
    write(stamp, key)
    say(f"Python packages ({kind}): done")
    return python
