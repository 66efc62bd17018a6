# SPDX-License-Identifier: Apache-2.0
"""Published values are added and never rewritten; definitions follow the content."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kechuang.commons.facts.actions import install_indicators, install_observations
from kechuang.commons.facts.models import Indicator, Observation
from kechuang.commons.facts.pieces import IndicatorPiece, ObservationPiece
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db


def indicator(**more: str) -> IndicatorPiece:
    return IndicatorPiece.model_validate(
        {"code": "firms", "name": "企业数", "unit": "家", "kind": "stock", **more}
    )


def observation(**more: str) -> ObservationPiece:
    facts = {
        "code": "o", "indicator": "firms", "period_start": "2019-12-31", "period_end": "2019-12-31", "value": "1836",
        "published_on": "2020-01-31", "source": "总结", "verified": "false",
    }  # fmt: skip
    return ObservationPiece.model_validate(facts | more)


def test_a_definition_follows_its_content(system: Actor, office: Callable[[str], Unit]) -> None:
    unit = office("高新处")
    install_indicators(None, system, pieces=[indicator(owner=unit.code, lag="一年")])
    install_indicators(None, system, pieces=[indicator(name="高企数", verified="true", version="2")])
    found = Indicator.objects.get()
    assert (found.name, found.owner, found.lag, found.verified, found.release) == (
        "高企数",
        None,
        "",
        True,
        "2",
    )


def test_an_owner_that_does_not_exist_is_a_problem(system: Actor) -> None:
    with pytest.raises(Problem):
        install_indicators(None, system, pieces=[indicator(owner="nobody")])
    assert not Indicator.objects.exists()


def test_a_value_is_added_once_and_kept_exactly(system: Actor) -> None:
    install_indicators(None, system, pieces=[indicator()])
    assert install_observations(None, system, pieces=[observation(value="18.360")]) == 1
    assert install_observations(None, system, pieces=[observation(value="18.360")]) == 0
    found = Observation.objects.get()
    assert (found.scaled, found.places, str(found.value)) == (18360, 3, "18.360")


@pytest.mark.parametrize(
    "change",
    [{"value": "1837"}, {"source": "公报"}, {"verified": "true"}, {"published_on": "2020-02-01"}, {"vintage_word": "快报"}],
)  # fmt: skip
def test_a_vintage_that_says_something_else_is_a_problem(system: Actor, change: dict[str, str]) -> None:
    install_indicators(None, system, pieces=[indicator()])
    install_observations(None, system, pieces=[observation()])
    with pytest.raises(Problem) as caught:
        install_observations(None, system, pieces=[observation(**change)])
    assert next(iter(change.values())).replace("true", "True") in caught.value.what
    assert install_observations(None, system, pieces=[observation(**change, vintage="2")]) == 1


def test_a_value_of_nothing_known_is_a_problem(system: Actor) -> None:
    with pytest.raises(Problem):
        install_observations(None, system, pieces=[observation()])
    install_indicators(None, system, pieces=[indicator()])
    with pytest.raises(Problem):
        install_observations(None, system, pieces=[observation(region="210102")])
    assert not Observation.objects.exists()


def test_only_the_program_installs(person: Callable[..., Actor]) -> None:
    actor = person("甲", "facts.set_target")
    with pytest.raises(Refused):
        install_indicators(None, actor, pieces=[indicator()])
    with pytest.raises(Refused):
        install_observations(None, actor, pieces=[observation()])
