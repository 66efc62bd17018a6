# SPDX-License-Identifier: Apache-2.0
"""The pages of releases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.releases.models import Release

pytestmark = pytest.mark.django_db


def release(code: str, number: str = "1", *, verified: bool = False, **content: object) -> Release:
    return Release.objects.create(
        kind="region", code=code, title=f"名{code}", number=number, pack="city", sha256="0" * 64, content={"code": code, **content},
        source="甲文件", verified=verified, released_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def visitor(person: Callable[..., Actor], browser_of: Callable[[Actor], Client]) -> Client:
    return browser_of(person("甲", "releases.view_release"))


def test_the_list_shows_whether_a_piece_is_verified(visitor: Client) -> None:
    release("a", verified=True)
    release("b")
    page = visitor.get(reverse("releases:release-list")).content.decode()
    assert page.count(_("未核实")) >= 1
    narrowed = visitor.get(reverse("releases:release-list") + "?verified=no").content.decode()
    assert (">名b<" in narrowed, ">名a<" in narrowed) == (True, False)


def test_the_list_takes_as_many_queries_for_one_row_as_for_three(visitor: Client) -> None:
    address = reverse("releases:release-list")
    visitor.get(address)
    counts = []
    for codes in ("a", "bc"):
        for code in codes:
            release(code)
        with CaptureQueriesContext(connection) as asked:
            visitor.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_a_release_shows_what_it_changed_with_the_lines_around(visitor: Client) -> None:
    facts = {f"fact{number}": "same" for number in range(9)}
    release("a", name="旧名", **facts, kind="zone")
    newer = release("a", "2", name="新名", **facts, kind="zone")
    page = visitor.get(reverse("releases:release-detail", args=[newer.pk])).content.decode()
    assert '<del class="kc-del">' in page.split("旧名")[0]
    assert '<ins class="kc-ins">' in page.split("新名")[0]
    counts = [page.count("旧名"), page.count("新名"), page.count("fact2: same"), page.count("fact3: same")]
    assert counts == [1, 2, 2, 1]
    assert _("未核实") in page


def test_the_first_release_has_nothing_to_compare_with(visitor: Client) -> None:
    page = visitor.get(reverse("releases:release-detail", args=[release("a", name="甲").pk])).content.decode()
    assert "kc-diff" not in page
    assert "name: 甲" in page


def test_an_older_release_points_to_the_newest(visitor: Client) -> None:
    older, newer = release("a"), release("a", "2")
    page = visitor.get(reverse("releases:release-detail", args=[older.pk])).content.decode()
    assert f'<a href="{reverse("releases:release-detail", args=[newer.pk])}">' in page
    assert "kc-note-warn" in page
    assert (
        "kc-note-warn"
        not in visitor.get(reverse("releases:release-detail", args=[newer.pk])).content.decode()
    )


def test_releases_are_closed_without_the_permission(
    person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    found = release("a")
    browser = browser_of(person("乙", "workplan.view_plan"))
    assert browser.get(reverse("releases:release-list")).status_code == 403
    assert browser.get(reverse("releases:release-detail", args=[found.pk])).status_code == 403


def test_an_unknown_release_is_not_found(visitor: Client) -> None:
    assert visitor.get(reverse("releases:release-detail", args=[999])).status_code == 404
