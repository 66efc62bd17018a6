# SPDX-License-Identifier: Apache-2.0
"""Group robots, against a server of our own: what is posted, what is refused, and for how long we wait."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from kechuang.commons.notices import robots as module
from kechuang.commons.notices.models import Delivery
from kechuang.commons.notices.robots import NotDelivered, Robot, fitting, say
from kechuang.commons.notices.tasks import send_waiting
from kechuang.site.environment import group_robots


class _Group(BaseHTTPRequestHandler):
    """Plays a maker: the path says how it answers."""

    heard: list[tuple[str, dict[str, object]]] = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        _Group.heard.append((self.path, body))
        path = urlsplit(self.path).path
        if path == "/slow":
            time.sleep(1)
        status = {"/broken": 500, "/moved": 302}.get(path, 200)
        told = {
            "/refuses": b'{"errcode": 93000, "errmsg": "invalid webhook url"}',
            "/odd": b"<html>",
            "/list": b"[]",
        }
        answer = told.get(path, b'{"errcode": 0, "errmsg": "ok"}')
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/send")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        del arguments


@pytest.fixture(scope="module")
def server():
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Group)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture(autouse=True)
def quiet(server):
    _Group.heard.clear()


def test_a_text_is_posted_as_json(server):
    say(Robot("wecom-1", "wecom", f"{server}/send?key=k"), "局领导作出批示")
    assert _Group.heard == [("/send?key=k", {"msgtype": "text", "text": {"content": "局领导作出批示"}})]


def test_a_long_text_is_cut_to_what_a_robot_takes_and_the_address_below_it_stays_whole():
    address = "https://kechuang.example.gov/notices/1/"
    said = fitting("督" * 3000, address)
    assert len(said.encode()) in range(2040, 2049)
    assert said.endswith(f"督…\n{address}")
    assert fitting("短", address) == f"短\n{address}"


@pytest.mark.django_db
def test_a_robot_says_no_more_in_a_minute_than_its_maker_lets_it(server, settings, tell, reader, hour):
    settings.NOTICE_ROBOTS = group_robots(f"wecom={server}/send?key=k")
    wang = reader("王芳")
    for number in range(22):
        tell(wang, kind="test.urgent", topic=f"t{number}")
    assert (send_waiting(), send_waiting()) == (20, 0)
    hour(minutes=2)
    assert send_waiting() == 2
    assert len(_Group.heard) == 22


def test_a_signature_is_added_where_there_is_a_secret(server):
    say(Robot("dingtalk-1", "dingtalk", f"{server}/send?access_token=t", "SECx"), "好")
    ((path, _body),) = _Group.heard
    query = parse_qs(urlsplit(path).query)
    moment = query["timestamp"][0]
    expected = hmac.new(b"SECx", f"{moment}\nSECx".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(expected).decode()]
    assert abs(int(moment) / 1000 - time.time()) < 60


@pytest.mark.parametrize("path", ["/refuses", "/broken", "/moved", "/odd", "/list"])
def test_what_is_not_accepted_is_told_without_the_address(server, path):
    with pytest.raises(NotDelivered) as told:
        say(Robot("wecom-1", "wecom", f"{server}{path}?key=secret"), "好")
    assert "secret" not in str(told.value)
    assert len(_Group.heard) == 1  # a redirect is not followed


def test_a_silent_server_is_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    begun = time.monotonic()
    with pytest.raises(NotDelivered):
        say(Robot("wecom-1", "wecom", f"{server}/slow"), "好")
    assert time.monotonic() - begun < 0.9


def test_nobody_there_is_told():
    with pytest.raises(NotDelivered) as told:
        say(Robot("wecom-1", "wecom", "http://127.0.0.1:9/send?key=secret"), "好")
    assert "ConnectionRefusedError" in str(told.value)


@pytest.mark.django_db
def test_a_group_is_told_once_what_is_meant_for_groups(server, settings, tell, reader, hour):
    settings.NOTICE_ROBOTS = group_robots(f"wecom={server}/send?key=k dingtalk={server}/refuses?t=1#SECx")
    wang, li = reader("王芳"), reader("李小红")
    tell(wang, kind="test.asked", topic="t1")
    tell(wang, kind="test.urgent", topic="t2")
    tell(wang, li, kind="test.urgent", topic="t2")
    assert send_waiting() == 1
    assert [
        (urlsplit(path).path, body["text"]["content"].splitlines()[0]) for path, body in _Group.heard
    ] == [
        ("/send", "急：甲厂"),
        ("/refuses", "急：甲厂"),
    ]
    failed = Delivery.objects.get(channel="dingtalk-2")
    assert (failed.state, failed.attempts) == ("waiting", 1)
    assert "93000" in failed.error
    settings.NOTICE_ROBOTS = []
    hour(minutes=5)
    assert send_waiting() == 0
    failed.refresh_from_db()
    assert failed.state == "skipped"


@pytest.mark.parametrize(
    "given",
    ["slack=https://a.b/c", "wecom=http://example.gov/x", "wecom=", "https://a.b", "wecom=ftp://a.b/c"],
)
def test_settings_that_name_no_safe_robot_are_refused(given):
    with pytest.raises(ValueError, match="KECHUANG_ROBOTS") as told:
        group_robots(given)
    assert "a.b" not in str(told.value)


def test_settings_name_robots():
    assert group_robots("wecom=https://a.b/c?key=k  dingtalk=https://d.e/f?t=1#SECx") == [
        {"name": "wecom-1", "maker": "wecom", "url": "https://a.b/c?key=k", "secret": ""},
        {"name": "dingtalk-2", "maker": "dingtalk", "url": "https://d.e/f?t=1", "secret": "SECx"},
    ]
