# SPDX-License-Identifier: Apache-2.0
"""Qualifications registered by hand with proof; a mistake put right is a new fact with a reason."""

from __future__ import annotations

import datetime as dt

import pytest

from house_fixtures import Person, lacking
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.actions import (
    correct_qualification,
    register_qualification,
    revoke_qualification,
)
from kechuang.commons.parties.models import Qualification
from kechuang.commons.parties.queries import valid_on
from party_samples import END, KEEPER, KIND, START, firm, held, kind

PROOF = ("证书.pdf", b"%PDF-1.7 proof")
DAY = dt.date(2019, 10, 15)
pytestmark = pytest.mark.guarantee


@pytest.fixture
def keeper(person: Person) -> Actor:
    return person("登记员", *KEEPER)


def test_a_qualification_is_registered_with_its_proof_and_ends_with_its_kinds_term(keeper: Actor) -> None:
    one = firm()
    made = register_qualification(one, keeper, kind=kind(), number=" GR1 ", valid_from=START, proof=PROOF)
    assert (made.number, made.valid_to, made.organization) == ("GR1", END, one)
    document = Document.objects.get()
    assert (made.proof, made.source_kind, made.source_id) == (
        document,
        "documents.document",
        str(document.pk),
    )
    assert (document.about_kind, document.about_id) == ("parties.qualification", str(made.pk))
    assert list(valid_on(KIND, DAY)) == [made]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"proof": None}, "proof"),
        ({"valid_from": dt.date(2019, 10, 16)}, "valid_from"),
        ({"valid_to": START}, "valid_to"),
        ({"number": "GR0"}, "number"),
        ({"valid_from": dt.date(2017, 1, 1)}, "valid_from"),
    ],
)
def test_what_cannot_be_registered_is_told_at_its_field_and_nothing_is_stored(
    keeper: Actor, given: dict[str, object], field: str
) -> None:
    one = firm("云川甲有限公司")
    held(firm("云川乙有限公司"), "GR0")
    held(one, "GR9", dt.date(2017, 1, 1), dt.date(2018, 1, 1))
    arguments = {"kind": kind(), "number": "GR1", "valid_from": START, "proof": PROOF, **given}
    with pytest.raises(Problem) as caught:
        register_qualification(one, keeper, **arguments)  # type: ignore[arg-type]
    assert (caught.value.field, Qualification.objects.count(), Document.objects.count()) == (field, 2, 0)


def test_a_correction_stands_in_place_of_the_mistake_which_counts_on_no_day(keeper: Actor) -> None:
    wrong = held(firm(), "GR1")
    made = correct_qualification(
        wrong, keeper, number="GR2", valid_from=START, valid_to=END, reason="编号抄错"
    )
    wrong.refresh_from_db()
    assert (wrong.revoked_on, wrong.withdrawn, made.corrects) == (START, True, wrong)
    assert list(valid_on(KIND, DAY)) == [made]
    entry = Entry.objects.get(verb="parties.qualification.corrected")
    assert (entry.ref_id, entry.data["before"], entry.data["reason"]) == (
        str(made.pk),
        ["GR1", "2018-10-12", "2021-10-12"],
        "编号抄错",
    )


def test_a_corrected_revoked_one_stays_revoked(keeper: Actor) -> None:
    wrong = held(firm(), "GR1")
    revoke_qualification(wrong, keeper, on=dt.date(2019, 6, 10), reason="抽查")
    made = correct_qualification(
        wrong, keeper, number="GR1", valid_from=dt.date(2018, 10, 21), valid_to=END, reason="日期抄错"
    )
    assert (made.revoked_on, valid_on(KIND, DAY).count()) == (dt.date(2019, 6, 10), 0)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"number": "GR1"}, "number"),
        ({"number": "GR0"}, "number"),
        ({"valid_to": START}, "valid_to"),
    ],
)
def test_a_correction_that_corrects_nothing_or_clashes_is_refused(
    keeper: Actor, given: dict[str, object], field: str
) -> None:
    wrong = held(firm("云川甲有限公司"), "GR1")
    held(firm("云川乙有限公司"), "GR0")
    arguments = {"number": "GR2", "valid_from": START, "valid_to": END, "reason": "x", **given}
    with pytest.raises(Problem) as caught:
        correct_qualification(wrong, keeper, **arguments)  # type: ignore[arg-type]
    wrong.refresh_from_db()
    assert (caught.value.field, wrong.revoked_on) == (field, None)


def test_a_withdrawn_one_is_not_corrected_again(keeper: Actor) -> None:
    wrong = held(firm(), "GR1", revoked_on=START)
    with pytest.raises(Problem, match="已撤回"):
        correct_qualification(wrong, keeper, number="GR2", valid_from=START, valid_to=END, reason="x")


def test_who_may_not_register_is_refused(person: Person) -> None:
    nobody, one = person("旁人", "parties.view_organization"), held(firm())
    with lacking("parties.register_qualification"):
        register_qualification(
            one.organization, nobody, kind=kind(), number="GR2", valid_from=START, proof=PROOF
        )
    with lacking("parties.register_qualification"):
        correct_qualification(one, nobody, number="GR2", valid_from=START, valid_to=END, reason="x")
