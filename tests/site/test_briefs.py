# SPDX-License-Identifier: Apache-2.0
"""Briefs for a meeting: values of an organisation, a task, a region, drafted by the shipped templates; panels of rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.actions import draft_paper
from kechuang.commons.papers.pieces import PaperTemplatePiece
from kechuang.commons.papers.sources import sources
from kechuang.commons.parties.actions import merge_organizations
from kechuang.commons.parties.models import OrganizationKind, OrganizationRole, Statement, Unit
from kechuang.commons.registers.actions.records import make_record
from kechuang.commons.releases.canonical import content_of, digest
from kechuang.commons.releases.models import Release
from kechuang.site.content import library
from party_samples import code, firm, held, region
from register_samples import release

DAY = dt.date(2019, 10, 15)
SEES = (
    "parties.view_organization", "papers.view_paper", "papers.draft_paper", "workplan.view_plan",
    "registers.view_record", "registers.keep_record",
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(person: Person) -> Actor:
    ClockSetting.objects.create(day=DAY)
    return person("处员", *SEES)


@pytest.fixture
def _templates(db: None) -> None:
    """The shipped templates."""
    for piece in library().of(PaperTemplatePiece):
        Release.objects.create(
            kind="paper_template",
            code=piece.code,
            number=piece.version,
            pack="national",
            sha256=digest(content_of(piece)),
            released_at=clock.now(),
            content=piece.model_dump(mode="json"),
        )


@pytest.fixture
def promised(office: Callable[[str], Unit]) -> Commitment:
    unit = office("高新处")
    task = Commitment.objects.create(kind="task", code="12", title="培育企业", start=dt.date(2019, 1, 1))
    Commitment.objects.create(
        kind="deliverable",
        code="12.1",
        title="印发方案",
        start=task.start,
        due=dt.date(2019, 6, 30),
        parent=task,
    )
    Responsibility.objects.create(commitment=task, unit=unit, role="lead", since=task.start)
    return task


def values_of(name: str, about: object, viewer: Actor) -> dict[str, str]:
    source = sources.get(name)
    assert source is not None
    return {key: value.text for key, value in source(Ref.of(about), DAY, viewer).items()}  # type: ignore[arg-type]


def test_an_organisations_values_hold_what_its_merged_entries_hold(clerk: Actor, system: Actor) -> None:
    one, alias = firm("云川华宇有限公司", 1, region=region()), firm("云川华宇有限责任公司")
    kind = OrganizationKind.objects.create(code="enterprise", name="企业")
    OrganizationRole.objects.create(organization=one, kind=kind, since=DAY)
    Statement.objects.create(organization=one, field="industry", value="软件", source="甲", said_on=DAY)
    held(alias, "GR7")
    held(one, "GR8", dt.date(2016, 1, 1), dt.date(2019, 1, 1))
    merge_organizations(alias, system, survivor=one, reason="x")
    found = values_of("organization", alias, clerk)
    assert {key: found[key] for key in ("name", "uscc", "region", "kinds", "industry", "held_count")} == {
        "name": "云川华宇有限公司",
        "uscc": code(1),
        "region": "城东区",
        "kinds": "企业",
        "industry": "软件",
        "held_count": "1",
    }
    assert (found["held.0.number"], "held.1.number" in found) == ("GR7", False)


def test_a_tasks_values_say_its_light_offices_and_deliverables(clerk: Actor, promised: Commitment) -> None:
    found = values_of("task", promised, clerk)
    assert found["offices"].startswith("高新处（")
    assert (found["deliverables.0.title"], found["delivered"], found["deliverable_count"]) == (
        "印发方案",
        "0",
        "1",
    )
    assert "2019-06-30" in found["light"] or "印发方案" in found["light"]


@pytest.mark.usefixtures("_templates")
def test_every_shipped_template_drafts_a_paper_about_its_kind(clerk: Actor, promised: Commitment) -> None:
    abouts = {
        "parties.organization": firm(),
        "commitments.commitment": promised,
        "parties.region": region(),
    }
    for piece in library().of(PaperTemplatePiece):
        if piece.code in {"firm_brief", "task_brief", "park_brief"}:
            paper = draft_paper(None, clerk, code=piece.code, about=Ref.of(abouts[piece.about]))
            assert "{" not in paper.title, piece.code
            assert (paper.day, paper.about) == (DAY, Ref.of(abouts[piece.about]))


def test_values_are_refused_to_who_may_not_see_and_for_a_thing_of_another_kind(
    clerk: Actor, person: Person, promised: Commitment
) -> None:
    nobody = person("旁人")
    for name, about in (("organization", firm()), ("task", promised), ("region", region())):
        with pytest.raises(Refused):
            values_of(name, about, nobody)
    for name in ("organization", "task", "region"):
        source = sources.get(name)
        assert source is not None
        with pytest.raises(Problem, match="对象的页面"):
            source(None, DAY, clerk)


def test_who_may_not_see_records_gets_no_count_of_them(person: Person) -> None:
    viewer = person("只看机构", "parties.view_organization")
    assert values_of("organization", firm(), viewer)["record_count"] == "—"


def test_the_page_shows_promises_records_and_papers_and_the_way_to_a_brief(
    browser_of: Callable[[Actor], Client], clerk: Actor, promised: Commitment
) -> None:
    bureau = promised.responsibilities.get().unit.organization
    browser = browser_of(clerk)
    related = reverse("parties:organization-related", args=[bureau.pk])
    shown = browser.get(related).content.decode()
    assert "培育企业" in shown
    brief = f"{reverse('papers:paper-draft')}?about=parties.organization%3A{bureau.pk}"
    assert brief in browser.get(reverse("parties:organization-detail", args=[bureau.pk])).content.decode()
    assert browser.get(brief).status_code == 200


def test_records_that_name_an_organisation_stand_on_its_page_in_as_many_queries_for_three_as_for_one(
    browser_of: Callable[[Actor], Client], clerk: Actor
) -> None:
    release()
    one, browser, counts = firm(region=region()), browser_of(clerk), []
    page = reverse("parties:organization-related", args=[one.pk])
    for more in ((1,), (2, 3)):
        for serial in more:
            make_record(
                None, clerk, register="pilot_base", values={"title": f"基地{serial}", "host": str(one.pk)}
            )
        browser.get(page)
        with CaptureQueriesContext(connection) as captured:
            shown = browser.get(page).content.decode()
        counts.append(len(captured))
    assert all(f"基地{serial}" in shown for serial in (1, 2, 3))
    assert counts[0] == counts[1] <= 15
