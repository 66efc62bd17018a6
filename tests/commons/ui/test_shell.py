# SPDX-License-Identifier: Apache-2.0
"""The shell: navigation, titles, error pages; nothing inline, so that the strict content policy holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path

from kechuang.commons import ui
from kechuang.commons.ui import icons, navigation

HOME = Path(ui.__file__).parent


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


urlpatterns = [
    path("", page, name="start"),
    path("plans/", page, name="plans"),
    path("plans/tasks/", page, name="tasks"),
]


@pytest.fixture
def entries(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]
    monkeypatch.setattr(navigation, "_ITEMS", {})
    monkeypatch.setattr(navigation, "_GROUPS", {"": navigation.NavGroup("", "", 0)})
    monkeypatch.setattr(navigation, "_ADDRESSES", {})
    monkeypatch.setattr(navigation.may_open, "_filled", {})
    navigation.register_group("plan", "年度计划", 10)
    navigation.register_nav("plan", "任务清单", "tasks", 2)
    navigation.register_nav("plan", "计划", "plans", 1, permission="plan.view")
    navigation.register_nav("", "工作台", "start", 1, icon="desk")
    navigation.register_nav("other", "未安装", "nowhere:list", 1)


def seen(address: str) -> list[tuple[str, list[tuple[str, bool]]]]:
    groups = navigation.navigation_for(RequestFactory().get(address))
    return [(str(group.label), [(str(one.label), one.current) for one in group.entries]) for group in groups]


def test_navigation_stands_by_business_in_order_without_what_is_not_installed(entries: None) -> None:
    assert seen("/") == [("", [("工作台", True)]), ("年度计划", [("计划", False), ("任务清单", False)])]


@pytest.mark.parametrize(
    ("address", "current"), [("/plans/7/", "计划"), ("/plans/tasks/3/", "任务清单"), ("/else/", None)]
)
def test_entry_with_the_longest_prefix_is_current(entries: None, address: str, current: str | None) -> None:
    marked = [label for _group, ones in seen(address) for label, is_current in ones if is_current]
    assert marked == ([current] if current else [])


def test_closed_doors_are_not_shown(entries: None) -> None:
    navigation.may_open.fill("test", lambda _request, item: item.permission is None)
    assert seen("/") == [("", [("工作台", True)]), ("年度计划", [("任务清单", False)])]


def test_title_is_also_the_heading(db: None) -> None:
    source = engines["django"].from_string(
        '{% extends "ui/public.html" %}{% block title %}登录 & 进入{% endblock %}{% block content %}正文{% endblock %}'
    )
    drawn = source.render({}, RequestFactory().get("/"))
    assert re.search(r"<title>登录 & 进入 · \S+</title>", drawn)
    assert "<h1>登录 & 进入</h1>" in drawn
    assert drawn.count("<main") == 1


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_no_request(name: str) -> None:
    drawn = render_to_string(f"{name}.html")
    assert "<h1>" in drawn
    assert "科创" in drawn


def test_refusal_page_shows_its_reason() -> None:
    assert "只有牵头处室可以报送。" in render_to_string("403.html", {"exception": "只有牵头处室可以报送。"})


def test_templates_hold_nothing_inline_and_nothing_from_elsewhere() -> None:
    for file in HOME.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<style|https?://|javascript:", text), file
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), file


def test_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    text = (HOME / "static/ui/kechuang.css").read_text(encoding="utf-8")
    assert "@import" not in text
    assert "url(" not in text


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    sources = [*HOME.parents[1].rglob("*.html"), *HOME.parents[1].rglob("apps.py")]
    texts = [file.read_text(encoding="utf-8") for file in sources]
    asked = {name for text in texts for name in re.findall(r"""\bicon(?: |=)["'](\w+)["']""", text)}
    assert {"menu", "list"} <= asked
    assert asked - set(icons.NAMES) == set()
