# SPDX-License-Identifier: Apache-2.0
"""Group robots (群机器人) of 企业微信 and 钉钉: a text to a group, by an address that the site's settings hold.

The address is itself the key: it is never shown, logged or journaled.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.request
from dataclasses import dataclass
from http.client import HTTPMessage, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote_plus

from django.conf import settings
from django.utils.translation import gettext as _

from kechuang.commons.kernel import clock

TIMEOUT = 5.0
LONGEST_ANSWER = 64 * 1024
LONGEST_TEXT = 2048  # bytes: what 企业微信 takes; 钉钉 takes more
MOST_A_MINUTE = 20  # both makers silence a robot for ten minutes that says more


class NotDelivered(Exception):  # noqa: N818 -- said of a message, not of the program
    """Why a message did not go out, in words that hold no address."""


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot: its name in lists, whose it is, its address, and the secret 钉钉 signs with."""

    name: str
    maker: str
    url: str
    secret: str = ""


def robots() -> list[Robot]:
    """The robots of this site."""
    return [Robot(**given) for given in settings.NOTICE_ROBOTS]


def robot(name: str) -> Robot | None:
    """The robot of this name, if the site still has it."""
    return next((known for known in robots() if known.name == name), None)


def say(told: Robot, text: str, address: str = "") -> None:
    """Post a text to the group, with an address below it. Raises NotDelivered; waits no longer than a few seconds."""
    content = fitting(text, address)
    body = json.dumps({"msgtype": "text", "text": {"content": content}}, ensure_ascii=False).encode()
    request = urllib.request.Request(  # noqa: S310 -- the scheme was checked when the settings were read
        _address(told), data=body, headers={"Content-Type": "application/json; charset=utf-8"}
    )
    try:
        with _OPENER.open(request, timeout=TIMEOUT) as answer:
            told_back = _answer(answer)
    except HTTPError as problem:
        raise NotDelivered(_("对方返回 HTTP %(status)s") % {"status": problem.code}) from None
    except (URLError, TimeoutError, OSError) as problem:
        reason = getattr(problem, "reason", problem)
        raise NotDelivered(_("连接失败：%(reason)s") % {"reason": type(reason).__name__}) from None
    if told_back.get("errcode") != 0:
        raise NotDelivered(
            _("对方拒收：%(code)s %(words)s")
            % {"code": told_back.get("errcode"), "words": str(told_back.get("errmsg", ""))[:100]}
        )


def fitting(text: str, address: str = "") -> str:
    """A text as long as a robot may say it; the address below it stays whole."""
    below = f"\n{address}" if address else ""
    room = LONGEST_TEXT - len(below.encode())
    if len(text.encode()) > room:
        text = text.encode()[: room - len("…".encode())].decode(errors="ignore") + "…"
    return text + below


def _address(told: Robot) -> str:
    """The address, signed for 钉钉 where it has a secret (HMAC-SHA256 of the time and the secret)."""
    if told.maker != "dingtalk" or not told.secret:
        return told.url
    moment = str(int(clock.now().timestamp() * 1000))
    digest = hmac.new(told.secret.encode(), f"{moment}\n{told.secret}".encode(), hashlib.sha256).digest()
    return f"{told.url}&timestamp={moment}&sign={quote_plus(base64.b64encode(digest))}"


def _answer(response: HTTPResponse) -> dict[str, Any]:
    try:
        told = json.loads(response.read(LONGEST_ANSWER))
    except ValueError:
        raise NotDelivered(_("对方的答复无法识别")) from None
    return told if isinstance(told, dict) else {}


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A redirect is not followed: the message goes where the site said, or nowhere."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """None: the redirect becomes an HTTPError."""
        del req, fp, code, msg, headers, newurl


_OPENER = urllib.request.build_opener(_NoDetours)
