# SPDX-License-Identifier: Apache-2.0
"""A version of a piece is written once; a change needs a new version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from kechuang.commons.facts.pieces import ObservationPiece
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.packs.library import Held
from kechuang.commons.packs.pieces import Piece
from kechuang.commons.packs.reading import Source
from kechuang.commons.parties.pieces import RegionPiece
from kechuang.commons.releases.actions import release_pieces
from kechuang.commons.releases.canonical import content_of, digest
from kechuang.commons.releases.models import Release

pytestmark = pytest.mark.django_db


def held(code: str, *, pack: str = "city", **facts: Any) -> Held:
    piece: Piece = RegionPiece.model_validate({"code": code, "name": f"区{code}", **facts})
    return Held(
        "region", piece, pack, f"{pack}/regions.yaml", Source(None, {("pieces", 0): 7}), ("pieces", 0)
    )


def test_a_piece_is_released_with_what_it_says_where_from_and_whether_verified(system: Actor) -> None:
    one = held("210102", source="GB/T 2260", verified="true", parent="210100", version="2")
    assert release_pieces(None, system, held=[one, held("x")]) == 2
    release = Release.objects.get(code="210102")
    assert (release.kind, release.number, release.pack) == ("region", "2", "city")
    assert (release.source, release.verified) == ("GB/T 2260", True)
    assert release.content == {
        "code": "210102", "name": "区210102", "parent": "210100", "source": "GB/T 2260", "verified": True
    }  # fmt: skip
    assert release.sha256 == digest(release.content)
    assert Release.objects.get(code="x").verified is False
    entry = Entry.objects.get(verb="releases.pieces.released")
    assert entry.data == {"released": {"region 210102": "2", "region x": "1"}}


def test_the_same_content_again_adds_nothing(system: Actor) -> None:
    pieces = [held("a", source="甲"), held("b")]
    assert release_pieces(None, system, held=pieces) == 2
    assert release_pieces(None, system, held=pieces) == 0
    assert release_pieces(None, system, held=[held("a", source="甲", kind="division", parent="")]) == 0
    assert Release.objects.count() == 2


def test_a_changed_piece_under_an_old_version_is_refused_and_nothing_is_released(system: Actor) -> None:
    release_pieces(None, system, held=[held("a"), held("b")])
    with pytest.raises(Problem) as caught:
        release_pieces(
            None,
            system,
            held=[held("a", name="改名"), held("b", verified="true"), held("c"), held("d", version="9")],
        )
    told = str(caught.value).translate({ord("⟦"): None, ord("⟧"): None})
    assert "city/regions.yaml:7: 区域 a，版本 1\ncity/regions.yaml:7: 区域 b，版本 1\n" in told
    assert "提高这些内容的 version" in told
    assert list(Release.objects.values_list("code", "number")) == [("a", "1"), ("b", "1")]


def test_a_changed_piece_under_a_new_version_stands_beside_the_old_one(system: Actor) -> None:
    release_pieces(None, system, held=[held("a")])
    assert release_pieces(None, system, held=[held("a", name="改名", version="2")]) == 1
    told = [(row.number, row.content["name"]) for row in Release.objects.all()]
    assert told == [("1", "区a"), ("2", "改名")]


def test_going_back_to_an_old_version_is_no_new_release(system: Actor) -> None:
    release_pieces(None, system, held=[held("a")])
    release_pieces(None, system, held=[held("a", name="改名", version="2")])
    assert release_pieces(None, system, held=[held("a")]) == 0


def test_a_field_that_a_kind_gains_changes_no_digest() -> None:
    class LaterPiece(RegionPiece):
        note: str = ""

    facts = {"code": "a", "name": "甲", "since": "2019-01-01"}
    before, after = RegionPiece.model_validate(facts), LaterPiece.model_validate(facts)
    assert digest(content_of(before)) == digest(content_of(after))


def test_days_and_decimals_are_kept_as_written() -> None:
    piece = ObservationPiece.model_validate(
        {
            "code": "o",
            "indicator": "i",
            "period_start": "2019-01-01",
            "period_end": "2019-12-31",
            "value": "2.640",
            "published_on": "2020-12-31",
            "source": "总结",
        }
    )
    content = content_of(piece)
    assert (content["value"], content["period_end"]) == ("2.640", "2019-12-31")


def test_only_the_program_releases(person: Callable[..., Actor]) -> None:
    with pytest.raises(Refused):
        release_pieces(None, person("甲", "releases.view_release"), held=[held("a")])
    assert not Release.objects.exists()


@pytest.mark.guarantee
@pytest.mark.parametrize(
    "attack", ["UPDATE releases_release SET sha256 = 'x'", "DELETE FROM releases_release"]
)
def test_the_database_refuses_to_change_a_release(system: Actor, attack: str) -> None:
    release_pieces(None, system, held=[held("a")])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert Release.objects.filter(code="a").exclude(sha256="x").count() == 1
