# SPDX-License-Identifier: Apache-2.0
"""Stock as of a day: from (included) to (excluded), revoked, withdrawn; one each; how long a term lasts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region
from kechuang.commons.parties.queries import (
    ends_of_term,
    holders_by_region,
    in_force,
    one_each,
    registered_in_year,
    standing,
    valid_on,
)

KIND = "high_tech_firm"
START, END = dt.date(2016, 10, 25), dt.date(2019, 10, 25)
ONE_DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.guarantee


@pytest.fixture
def firm(db: None) -> Organization:
    QualificationKind.objects.create(code=KIND, name="高新技术企业", term="years:3")
    return Organization.objects.create(name="云川启明有限公司")


def held(
    firm: Organization, number: str = "GR1", start: dt.date = START, end: dt.date = END, **more: object
) -> Qualification:
    return Qualification.objects.create(
        organization=firm, kind_id=KIND, number=number, valid_from=start, valid_to=end, **more
    )


@pytest.mark.parametrize(
    ("day", "counts"), [(START - ONE_DAY, 0), (START, 1), (END - ONE_DAY, 1), (END, 0), (END + ONE_DAY, 0)]
)
def test_valid_from_the_first_day_to_the_day_before_the_end(
    firm: Organization, day: dt.date, counts: int
) -> None:
    held(firm)
    assert (valid_on(KIND, day).count(), in_force(day).count()) == (counts, counts)


def test_revoked_counts_until_the_day_before(firm: Organization) -> None:
    held(firm, revoked_on=dt.date(2018, 6, 1))
    assert [valid_on(KIND, day).count() for day in (dt.date(2018, 5, 31), dt.date(2018, 6, 1))] == [1, 0]
    assert standing(KIND).count() == 1


def test_withdrawn_from_the_first_day_counts_never_and_frees_its_number(firm: Organization) -> None:
    held(firm, revoked_on=START)
    assert (
        valid_on(KIND, START).count(),
        standing(KIND).count(),
        registered_in_year(KIND, dt.date(2016, 12, 31)).count(),
    ) == (0, 0, 0)
    held(firm)
    assert valid_on(KIND, START).count() == 1


def test_registered_this_year_begins_with_january_and_ends_with_the_day(firm: Organization) -> None:
    held(firm)
    days = [dt.date(2016, 10, 24), START, dt.date(2016, 12, 31), dt.date(2017, 1, 1)]
    assert [registered_in_year(KIND, day).count() for day in days] == [0, 1, 1, 0]


def test_one_each_takes_the_longest_then_the_newest(firm: Organization) -> None:
    other = Organization.objects.create(name="云川远航有限公司")
    held(firm, "short", end=dt.date(2018, 1, 1))
    held(firm, "early", start=dt.date(2016, 1, 1))
    held(firm, "late")
    held(firm, "later")
    held(other, "only")
    best = one_each(Qualification.objects.all())
    assert sorted(best.values_list("number", flat=True)) == ["later", "only"]
    assert list(best.filter(organization=firm).values_list("number", flat=True)) == ["later"]


def test_holders_are_counted_once_where_they_are(firm: Organization) -> None:
    firm.region = Region.objects.create(code="990102", name="城东区")
    firm.save()
    held(firm, "one")
    held(firm, "two")
    held(Organization.objects.create(name="云川远航有限公司"), "three")
    assert holders_by_region(START) == {(firm.region.pk, KIND): 1, (None, KIND): 1}
    assert holders_by_region(END) == {}


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        ("years:3", dt.date(2016, 10, 25), dt.date(2019, 10, 25)),
        ("years:1", dt.date(2019, 12, 31), dt.date(2020, 12, 31)),
        ("years:3", dt.date(2016, 2, 29), dt.date(2019, 3, 1)),
        ("years:4", dt.date(2016, 2, 29), dt.date(2020, 2, 29)),
        ("year-end", dt.date(2019, 1, 1), dt.date(2020, 1, 1)),
        ("year-end", dt.date(2019, 12, 31), dt.date(2020, 1, 1)),
    ],
)
def test_term_ends_on_the_first_day_that_is_no_longer_valid(term: str, start: dt.date, end: dt.date) -> None:
    assert ends_of_term(term, start) == end


@pytest.mark.parametrize("term", ["", "3", "years:", "years:x", "forever"])
def test_an_unknown_term_is_a_problem(term: str) -> None:
    with pytest.raises(Problem, match="无法识别"):
        ends_of_term(term, START)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 20))
def test_term_of_years_never_ends_before_its_anniversary(start: dt.date, years: int) -> None:
    end = ends_of_term(f"years:{years}", start)
    assert end.year == start.year + years
    assert (end - start).days in {years * 365 + leaps for leaps in range(years // 4 + 2)}
