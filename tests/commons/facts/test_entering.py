# SPDX-License-Identifier: Apache-2.0
"""Values that offices enter: with proof, counted from the day a second person verified them, corrected by a vintage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from house_fixtures import Person
from kechuang.commons.documents.models import Document
from kechuang.commons.facts.actions import (
    enter_observation,
    enter_observations,
    return_observation,
    verify_observation,
)
from kechuang.commons.facts.entered import Entered
from kechuang.commons.facts.models import Indicator, Observation, Submission
from kechuang.commons.facts.queries import known_on, latest_known
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
TODAY, LATER = dt.date(2019, 10, 15), dt.date(2019, 10, 20)
ENTER, VERIFY = "facts.enter_observation", "facts.verify_observation"
FILE = ("快报.pdf", b"%PDF-1.4")
SEPTEMBER = Entered(
    value=Decimal("2.6"), period_start=dt.date(2019, 1, 1), period_end=dt.date(2019, 9, 30),
    published_on=dt.date(2019, 10, 12), source="统计快报",
)  # fmt: skip


@pytest.fixture
def unit(office: Callable[[str], Unit]) -> Unit:
    return office("成果处")


@pytest.fixture
def indicator(unit: Unit) -> Indicator:
    return Indicator.objects.create(code="i", name="技术合同", unit="亿元", kind="flow", owner=unit)


@pytest.fixture
def clerk(person: Person, unit: Unit) -> Actor:
    return person("填报员", ENTER, over=unit)


@pytest.fixture
def head(person: Person, unit: Unit) -> Actor:
    return person("处长", VERIFY, over=unit)


def entered(indicator: Indicator, clerk: Actor, **changes: object) -> Submission:
    made: Submission = enter_observation(
        indicator,
        clerk,
        entered=replace(SEPTEMBER, **changes),
        file=FILE,  # type: ignore[arg-type]
    )
    return made


def test_a_value_counts_from_the_day_it_is_verified(indicator: Indicator, clerk: Actor, head: Actor) -> None:
    submission = entered(indicator, clerk)
    assert not known_on(LATER).exists()
    with clock.pinned(LATER):
        verify_observation(submission, head)
    assert latest_known([indicator], LATER - dt.timedelta(days=1)) == {}
    (found,) = known_on(LATER)
    assert (found.value, found.vintage, found.published_on, found.recorded_on, found.verified) == (
        Decimal("2.6"), 1, dt.date(2019, 10, 12), LATER, True,
    )  # fmt: skip
    submission.refresh_from_db()
    assert (submission.state, submission.settled_by, submission.observation) == ("verified", "处长", found)


def test_a_correction_is_the_next_vintage_and_the_first_stays(
    indicator: Indicator, clerk: Actor, head: Actor
) -> None:
    verify_observation(entered(indicator, clerk), head)
    with clock.pinned(LATER):
        second = entered(indicator, clerk, value=Decimal("2.58"), vintage_word="修订")
        verify_observation(second, head)
    assert [(row.vintage, row.value) for row in Observation.objects.order_by("vintage")] == [
        (1, Decimal("2.6")), (2, Decimal("2.58")),
    ]  # fmt: skip
    assert latest_known([indicator], TODAY)[indicator.pk].value == Decimal("2.6")
    assert latest_known([indicator], LATER)[indicator.pk].value == Decimal("2.58")
    entry = Entry.objects.filter(verb="facts.observation.verified").first()
    assert entry is not None
    assert (entry.data["before"], entry.data["value"]) == ("2.6", "2.58")


def test_without_proof_nothing_is_entered(indicator: Indicator, clerk: Actor) -> None:
    with pytest.raises(Problem, match="佐证") as told:
        enter_observation(indicator, clerk, entered=SEPTEMBER)
    assert told.value.field == "file"
    assert not Submission.objects.exists()


def test_a_record_of_the_system_is_proof_as_well(indicator: Indicator, clerk: Actor) -> None:
    proof = Ref("papers.paper", "7")
    made = enter_observation(indicator, clerk, entered=SEPTEMBER, proof=proof)
    assert made.proof == proof


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period_end": dt.date(2018, 12, 31)}, "period_end"),
        ({"published_on": dt.date(2019, 9, 1)}, "published_on"),
        ({"published_on": dt.date(2019, 10, 16)}, "published_on"),
        ({"source": " "}, "source"),
        ({"value": Decimal("0.1234567")}, "value"),
        ({"value": Decimal(10) ** 19}, "value"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    indicator: Indicator, clerk: Actor, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Problem) as told:
        entered(indicator, clerk, **changes)
    assert told.value.field == field
    assert not Submission.objects.exists()
    assert not Document.objects.exists()


def test_what_is_known_already_or_waits_is_told(indicator: Indicator, clerk: Actor, head: Actor) -> None:
    first = entered(indicator, clerk)
    with pytest.raises(Problem) as waits:
        entered(indicator, clerk, value=Decimal("2.7"))
    verify_observation(first, head)
    with pytest.raises(Problem) as same:
        entered(indicator, clerk)
    assert (waits.value.field, same.value.field) == ("period_end", "value")


def test_another_office_neither_enters_nor_verifies(
    indicator: Indicator, clerk: Actor, person: Person, office: Callable[[str], Unit]
) -> None:
    other = office("高新处")
    with pytest.raises(Refused, match="成果处"):
        entered(indicator, person("别处填报员", ENTER, over=other))
    submission = entered(indicator, clerk)
    with pytest.raises(Refused, match="成果处"):
        verify_observation(submission, person("别处处长", VERIFY, over=other))
    for nobody in (person("路人"), clerk):
        with pytest.raises(Refused):
            verify_observation(submission, nobody)


def test_nobody_verifies_what_he_entered_not_even_for_another(
    indicator: Indicator, unit: Unit, person: Person
) -> None:
    both = person("能填能核", ENTER, VERIFY, over=unit)
    with pytest.raises(Refused):
        verify_observation(entered(indicator, both), both)


def test_an_indicator_without_an_office_is_entered_by_who_may_enter(person: Person, unit: Unit) -> None:
    free = Indicator.objects.create(code="f", name="R&D投入占比", unit="%", kind="ratio")
    assert entered(free, person("填报员", ENTER, over=unit)).indicator == free


def test_a_value_sent_back_says_why_and_is_entered_anew(
    indicator: Indicator, clerk: Actor, head: Actor
) -> None:
    submission = entered(indicator, clerk)
    with pytest.raises(Problem) as silent:
        return_observation(submission, head, reason=" ")
    assert silent.value.field == "reason"
    return_observation(submission, head, reason="与快报不符")
    with pytest.raises(Problem):
        verify_observation(submission, head)
    assert entered(indicator, clerk, value=Decimal("2.61")).state == "entered"


def test_a_sheet_is_entered_whole_or_not_at_all(
    indicator: Indicator, clerk: Actor, unit: Unit, office: Callable[[str], Unit]
) -> None:
    foreign = Indicator.objects.create(
        code="x", name="别处指标", unit="项", kind="flow", owner=office("高新处")
    )
    own = Indicator.objects.create(code="y", name="清单", unit="项", kind="cumulative", owner=unit)
    for rows, error in (
        ([(indicator, SEPTEMBER), (foreign, SEPTEMBER)], Refused),
        ([(indicator, SEPTEMBER), (indicator, SEPTEMBER)], Problem),
        ([], Problem),
    ):
        with pytest.raises(error):
            enter_observations(None, clerk, rows=rows, name="九月.xlsx", data=b"PK")
        assert not Submission.objects.exists()
    assert enter_observations(
        None, clerk, rows=[(indicator, SEPTEMBER), (own, SEPTEMBER)], name="九月.xlsx", data=b"PK"
    ) == 2  # fmt: skip
    (document,) = Document.objects.all()
    assert {one.proof for one in Submission.objects.all()} == {Ref.of(document)}


@pytest.mark.guarantee
def test_one_period_waits_once(indicator: Indicator) -> None:
    def keep() -> None:
        Submission.objects.create(
            indicator=indicator, scaled=1, period_start=TODAY, period_end=TODAY, published_on=TODAY,
            source="x", proof_kind="a.b", proof_id="1", entered_on=TODAY, entered_by="甲", entered_by_id="1",
        )  # fmt: skip

    keep()
    with pytest.raises(IntegrityError), transaction.atomic():
        keep()
