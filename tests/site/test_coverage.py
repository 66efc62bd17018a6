# SPDX-License-Identifier: Apache-2.0
"""要点对照 cannot flatter: what runs is proved by journeys on this code, with every page installed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.packs.library import Held, Library
from kechuang.commons.packs.reading import Source
from kechuang.site.coverage import NOT_YET, RUNS, TRACKED, Survey, survey
from kechuang.site.pieces import MechanismPiece, ScenarioPiece
from kechuang.site.proofs import Proof

pytestmark = pytest.mark.django_db
Prove = Callable[..., None]


@pytest.fixture(autouse=True)
def prove(monkeypatch: pytest.MonkeyPatch) -> Prove:
    """Say which journeys passed on this code; none by default."""

    def make(*names: str) -> None:
        found = Proof(frozenset(names), "2026-01-02")
        monkeypatch.setattr("kechuang.site.coverage.proof", lambda: found)

    make()
    return make


def of(monkeypatch: pytest.MonkeyPatch, *pieces: MechanismPiece | ScenarioPiece) -> Survey:
    """Survey these pieces alone."""
    kinds = {MechanismPiece: "mechanism", ScenarioPiece: "scenario"}
    held = [Held(kinds[type(piece)], piece, "x", "x.yaml", Source({}, {}), ()) for piece in pieces]
    content = Library([], {(one.kind, one.piece.code): one for one in held})
    monkeypatch.setattr("kechuang.site.coverage.library", lambda: content)
    return survey()


def mechanism(**more: object) -> MechanismPiece:
    return MechanismPiece(code="1a", task="1", term="项", version="1", **more)  # type: ignore[arg-type]


def state(monkeypatch: pytest.MonkeyPatch, piece: MechanismPiece) -> str:
    return of(monkeypatch, piece).mechanisms[0].state


def test_a_mechanism_runs_when_every_journey_passed_and_every_page_is_installed(
    monkeypatch: pytest.MonkeyPatch, prove: Prove
) -> None:
    piece = mechanism(journeys=("one", "two"), pages=("cockpit",))
    prove("one", "two", "three")
    assert state(monkeypatch, piece) == RUNS


def test_one_journey_that_did_not_pass_is_enough_not_to_run(
    monkeypatch: pytest.MonkeyPatch, prove: Prove
) -> None:
    prove("one")
    found = of(monkeypatch, mechanism(journeys=("one", "two"), pages=("cockpit",)))
    assert (found.mechanisms[0].state, found.mechanisms[0].missing) == (NOT_YET, ("two",))


def test_a_page_that_is_not_installed_is_enough_not_to_run(
    monkeypatch: pytest.MonkeyPatch, prove: Prove
) -> None:
    prove("one")
    piece = mechanism(journeys=("one",), pages=("cockpit", "workplan:no-such-page"))
    assert state(monkeypatch, piece) == NOT_YET


def test_nothing_runs_without_a_journey_that_proves_it(monkeypatch: pytest.MonkeyPatch, prove: Prove) -> None:
    prove("one")
    assert state(monkeypatch, mechanism(pages=("cockpit",))) == NOT_YET


def test_a_scenario_runs_by_its_journeys_alone(monkeypatch: pytest.MonkeyPatch, prove: Prove) -> None:
    piece = ScenarioPiece(code="1", task="1", title="走通", version="1", journeys=("one",))
    assert of(monkeypatch, piece).tasks[0].state == NOT_YET
    prove("one")
    assert of(monkeypatch, piece).tasks[0].state == RUNS


def test_without_a_record_of_this_code_nothing_of_the_real_plan_runs() -> None:
    found = survey()
    assert (len(found.tasks), len(found.mechanisms)) == (31, 145)
    assert found.count(RUNS) == (0, 0)


def test_without_an_issued_plan_no_task_of_it_is_tracked() -> None:
    assert survey().count(TRACKED)[0] == 0


def test_the_command_prints_every_task_and_mechanism_with_its_state() -> None:
    told = io.StringIO()
    call_command("coverage", json=True, stdout=told)
    found = json.loads(told.getvalue())
    assert list(found["tasks"]) == [str(number) for number in range(1, 32)]
    assert len(found["mechanisms"]) == 145
    assert {*found["tasks"].values(), *found["mechanisms"].values()} <= {RUNS, TRACKED, NOT_YET}
    told = io.StringIO()
    call_command("coverage", stdout=told)
    assert len(told.getvalue().splitlines()) == 3 + 31 + 145


def test_the_page_says_what_has_no_proof(
    person: Callable[..., Actor], browser_of: Callable[..., Client]
) -> None:
    client = browser_of(person("甲"))
    page = client.get("/coverage/")
    assert page.status_code == 200
    assert page.context["survey"].count(RUNS) == (0, 0)


def test_a_register_that_serves_a_mechanism_opens_to_who_may_see_it(
    person: Callable[..., Actor], browser_of: Callable[..., Client]
) -> None:
    address = reverse("registers:record-list", args=["bottleneck"])
    may, not_ = person("甲", "registers.view_record"), person("乙")
    assert f'href="{address}"' in browser_of(may).get("/coverage/").content.decode()
    assert f'href="{address}"' not in browser_of(not_).get("/coverage/").content.decode()
