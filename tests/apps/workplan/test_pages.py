# SPDX-License-Identifier: Apache-2.0
"""The pages from document to issued plan: what they show, keep, refuse, and how little they ask of the database."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.workplan._files import PLAN, word
from apps.workplan.conftest import CORRECTS, ISSUES, Import, line
from kechuang.apps.workplan import actions
from kechuang.apps.workplan.forms.importing import ImportForm
from kechuang.apps.workplan.models import Area, Item, ItemOffice, Plan, PlanVersion
from kechuang.commons.access.catalogue import short_words
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor], Client]


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is remembered between requests is asked for once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def hidden(html: str, mark: str = "data-kc") -> dict[str, str]:
    """The hidden fields of the form with a key in it that goes to an address, or stands under an id."""
    forms = [form for form in re.findall(r"<form .*?</form>", html, re.DOTALL) if "idempotency_key" in form]
    chosen = next((form for form in forms if f'"{mark}"' in form.split(">", 1)[0]), forms[-1])
    fields = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', chosen))
    wanted = ("idempotency_key", "expected_version", "office", "seen")
    return {name: fields[name] for name in wanted if name in fields}


@pytest.fixture
def more(importing: Import) -> PlanVersion:
    """A plan with three times as many tasks, unknown offices and promises as PLAN."""
    tasks = "".join(
        f"{n}.推进事项{n}。建设平台{n}个以上。部署“{n}百工程”重大科技研发项目。（责任处室：甲处、戊{n}处、乙处）\n"
        for n in range(4, 10)
    )
    return importing(PLAN.replace("云川市", "云山市") + tasks)


def test_upload_of_a_word_file_leads_to_its_draft(
    browser_of: Browser, officer: Actor, units: dict[str, Unit]
) -> None:
    browser = browser_of(officer)
    data = word(
        "云川市2020年工作要点",
        ("重点任务", 0),
        ("体系", 1),
        ("编制规划。开展研究。（责任处室：甲处）", 2),
        ("推进平台。建设平台。（责任处室：乙处）", 2),
    )
    file = SimpleUploadedFile("要点.docx", data)
    response = browser.post(reverse("workplan:import"), {"file": file}, follow=True)
    version = PlanVersion.objects.get()
    assert response.redirect_chain == [(reverse("workplan:version-detail", args=[version.pk]), 302)]
    assert [task.title for task in version.items.filter(kind="task")] == ["编制规划", "推进平台"]
    download = browser.get(reverse("workplan:version-document", args=[version.pk]))
    assert b"".join(download.streaming_content) == data  # type: ignore[attr-defined]
    assert "attachment" in download["Content-Disposition"]


def test_pasted_text_is_imported_once_however_often_it_is_sent(
    browser_of: Browser, officer: Actor, units: dict[str, Unit]
) -> None:
    browser = browser_of(officer)
    key = hidden(browser.get(reverse("workplan:import")).content.decode(), "import")["idempotency_key"]
    for _time in range(2):
        answer = browser.post(reverse("workplan:import"), {"text": PLAN, "idempotency_key": key})
        assert answer.status_code == 302
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"text": "", "title": "我的标题"}, 'value="我的标题"'),
        ({"text": PLAN, "title": "云川市科学技术局2020年工作要点"}, "编制科技创新规划"),
        ({"text": "推进", "year": "20"}, 'value="20"'),
    ],
)
def test_what_was_typed_is_kept_when_an_import_fails(
    data: dict[str, str], kept: str, browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    answer = browser_of(officer).post(reverse("workplan:import"), data)
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert "kc-note-bad" in answer.content.decode()
    assert PlanVersion.objects.count() == 1


def test_a_file_and_a_text_together_are_refused(browser_of: Browser, officer: Actor) -> None:
    file = SimpleUploadedFile("a.txt", PLAN.encode())
    answer = browser_of(officer).post(reverse("workplan:import"), {"file": file, "text": "b"})
    assert answer.status_code == 422
    assert Plan.objects.count() == 0


def test_an_upload_too_large_is_refused_before_it_is_read(
    browser_of: Browser, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kechuang.apps.workplan.readers.reading.MOST_BYTES", 1000)
    monkeypatch.setattr(ImportForm, "source", lambda _form: 1 / 0)
    answer = browser_of(officer).post(
        reverse("workplan:import"), {"file": SimpleUploadedFile("大.txt", b"a" * 1001)}
    )
    assert answer.status_code == 422
    assert Document.objects.count() == 0


def test_a_text_longer_than_a_form_may_be_is_refused_with_a_page(browser_of: Browser, officer: Actor) -> None:
    browser = browser_of(officer)
    browser.raise_request_exception = False
    answer = browser.post(reverse("workplan:import"), {"text": "推" * 2 * 1024 * 1024})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
    assert Plan.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"\x00" * 99, b"%PDF-1.4 broken", word("甲")[:300]])
def test_a_file_that_cannot_be_read_is_told_at_its_field(
    data: bytes, browser_of: Browser, officer: Actor
) -> None:
    answer = browser_of(officer).post(
        reverse("workplan:import"), {"file": SimpleUploadedFile("a.docx", data)}
    )
    assert answer.status_code == 422
    assert 'id="id_file_error"' in answer.content.decode()
    assert Plan.objects.count() == Document.objects.count() == 0


def test_the_sample_that_ships_is_imported_and_then_only_opened(
    browser_of: Browser, officer: Actor, units: dict[str, Unit]
) -> None:
    browser = browser_of(officer)
    first = browser.post(reverse("workplan:sample-import"))
    version = PlanVersion.objects.get()
    assert first["Location"] == reverse("workplan:version-detail", args=[version.pk])
    assert browser.post(reverse("workplan:sample-import"))["Location"] == first["Location"]
    assert PlanVersion.objects.count() == 1
    assert version.items.filter(kind="task").count() == version.reading["counts"]["tasks"] > 20


def test_the_draft_shows_text_and_tree_tied_together(
    browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    html = browser_of(officer).get(reverse("workplan:version-detail", args=[draft.pk])).content.decode()
    for item in draft.items.all():
        assert f'id="i{item.pk}"' in html
        assert f'href="#s-i{item.pk}"' in html
        assert f'<span id="s-i{item.pk}" class="kc-src kc-src-{item.kind}" data-kc-pair="i{item.pk}">' in html
        assert item.kind != "task" or f'href="#i{item.pk}"' in html
    for area in draft.areas.all():
        assert f'id="s-a{area.pk}"' in html
    for place, unused in enumerate(draft.reading["unused"]):
        assert f'id="s-u{place}"' in html
        assert unused["reason"] in html
    assert html.count("<h1") == 1


def test_hostile_text_is_shown_as_text(browser_of: Browser, importing: Import, officer: Actor) -> None:
    evil = "<script>alert(1)</script>\"'&<b>"
    version = importing(
        PLAN.replace("编制科技创新规划", f"编制{evil}规划").replace("丁处", f"丁{evil}处"), title=evil
    )
    browser = browser_of(officer)
    item = version.items.get(title__contains="script")
    addresses = [
        reverse("workplan:version-detail", args=[version.pk]), reverse("workplan:item-edit", args=[item.pk]),
        reverse("workplan:plan-detail", args=[version.plan_id]), reverse("workplan:plan-list"),
        reverse("workplan:lead-settle", args=[item.pk]), reverse("workplan:item-add", args=[version.pk]),
    ]  # fmt: skip
    for address in addresses:
        html = browser.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_pages_of_a_draft_ask_the_same_of_the_database_however_long_it_is(
    browser_of: Browser, person: Callable[..., Actor], draft: PlanVersion, more: PlanVersion
) -> None:
    browser = browser_of(person("两用", *CORRECTS, *ISSUES))
    for name in ("version-detail", "item-add"):
        few, many = (queries(browser, reverse(f"workplan:{name}", args=[one.pk])) for one in (draft, more))
        assert few == many <= 15
    for name in ("item-edit", "lead-settle"):
        few = queries(browser, reverse(f"workplan:{name}", args=[line(draft, "编制").pk]))
        assert few == queries(browser, reverse(f"workplan:{name}", args=[line(more, "编制").pk])) <= 15
    few, many = (
        queries(browser, reverse("workplan:plan-detail", args=[one.plan_id])) for one in (draft, more)
    )
    assert few == many <= 15
    assert queries(browser, reverse("workplan:version-issue", args=[draft.pk])) == queries(
        browser, reverse("workplan:version-issue", args=[more.pk])
    )


def test_the_list_of_plans_asks_the_same_for_one_and_for_three(
    browser_of: Browser, importing: Import, officer: Actor
) -> None:
    importing()
    browser = browser_of(officer)
    one = queries(browser, reverse("workplan:plan-list"))
    importing(PLAN.replace("云川市", "云山市"))
    importing(PLAN.replace("云川市", "云海市"))
    assert queries(browser, reverse("workplan:plan-list")) == one
    assert browser.get(reverse("workplan:plan-list")).content.decode().count("云") >= 3


def test_a_task_is_accepted_and_its_lead_taken_from_the_tree(
    browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(officer)
    page = reverse("workplan:version-detail", args=[draft.pk])
    task = line(draft, "编制")
    address = reverse("workplan:item-accept", args=[task.pk])
    data = hidden(browser.get(page).content.decode(), address)
    assert browser.post(address, data)["Location"] == f"{page}#i{task.pk}"
    assert browser.post(address, data).status_code == 302  # a double click
    address = reverse("workplan:lead-settle", args=[task.pk])
    data = hidden(browser.get(page).content.decode(), address)
    assert browser.post(address, data).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.version) == ("accepted", 3)
    assert task.offices.get(role="lead").name == "甲处"
    assert Entry.objects.filter(verb="workplan.item.accepted").count() == 1


def test_everything_is_accepted_line_by_line(browser_of: Browser, officer: Actor, draft: PlanVersion) -> None:
    browser = browser_of(officer)
    browser.post(reverse("workplan:items-accept", args=[draft.pk]))
    browser.post(reverse("workplan:leads-accept", args=[draft.pk]))
    assert set(draft.items.exclude(kind="promise").values_list("state", flat=True)) == {"accepted"}
    assert line(draft, "“双百").state == "proposed"
    assert Entry.objects.filter(verb="workplan.item.accepted").count() == 5
    assert ItemOffice.objects.filter(role="lead").count() == 3
    assert ItemOffice.objects.filter(suggested=True).count() == 0


def test_an_unknown_office_is_matched_from_the_list_of_open_points(
    browser_of: Browser, officer: Actor, draft: PlanVersion, units: dict[str, Unit]
) -> None:
    browser = browser_of(officer)
    address = reverse("workplan:office-match", args=[draft.pk])
    assert address in browser.get(reverse("workplan:version-detail", args=[draft.pk])).content.decode()
    assert browser.post(address, {"name": "丁处", "unit": ""}).status_code == 422
    assert browser.post(address, {"name": "丁处", "unit": str(units["丙处"].pk)}).status_code == 302
    assert ItemOffice.objects.get(name="丁处").unit == units["丙处"]
    assert browser.post(address, {"name": "丁处", "unit": "outside"}).status_code == 422


def test_an_office_of_one_task_is_corrected_on_its_page(
    browser_of: Browser, officer: Actor, draft: PlanVersion, units: dict[str, Unit]
) -> None:
    browser = browser_of(officer)
    task = line(draft, "推进平台")
    address = reverse("workplan:item-offices", args=[task.pk])
    data = hidden(browser.get(address).content.decode(), address) | {
        "name_0": "乙处", "unit_0": str(units["乙处"].pk), "role_0": "lead",
        "name_1": "丁处", "unit_1": str(units["丙处"].pk), "role_1": "co",
        "name_2": "", "unit_2": str(units["甲处"].pk), "role_2": "guide",
        "name_3": "云川大学", "role_3": "co", "outside_3": "on", "role_4": "responsible",
    }  # fmt: skip
    assert browser.post(address, data).status_code == 302
    assert [(one.name, one.unit, one.role, one.outside) for one in task.offices.all()] == [
        ("乙处", units["乙处"], "lead", False), ("丁处", units["丙处"], "co", False),
        ("甲处", units["甲处"], "guide", False), ("云川大学", None, "co", True),
    ]  # fmt: skip


def test_the_second_officer_is_told_and_keeps_what_was_typed(
    browser_of: Browser, officer: Actor, person: Callable[..., Actor], draft: PlanVersion
) -> None:
    task = line(draft, "编制")
    address = reverse("workplan:item-edit", args=[task.pk])
    second = browser_of(person("第二人", *CORRECTS))
    data = hidden(second.get(address).content.decode(), address) | {
        "title": "第二人的标题",
        "text": "第二人的原文",
        "number": "1",
    }
    actions.edit_item(task, officer, title="第一人的标题", text="")
    answer = second.post(address, data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "校对员" in html
    assert 'value="第二人的标题"' in html
    assert "第二人的原文" in html
    task.refresh_from_db()
    assert task.title == "第一人的标题"
    again = hidden(html, address) | {"title": "第二人的标题", "text": "第二人的原文", "number": "1"}
    assert again["expected_version"] == "2"
    assert second.post(address, again).status_code == 302
    task.refresh_from_db()
    assert task.title == "第二人的标题"


@pytest.mark.parametrize(
    ("act", "title", "data", "state"),
    [
        ("edit", "编制", {"title": "编制规划", "text": "", "number": "1", "due": "2020-06-30"}, "accepted"),
        (
            "target",
            "高新技术企业",
            {"comparator": ">=", "value": "650", "unit": "家", "kind": "level"},
            "accepted",
        ),
        ("promote", "“双百", {"comparator": "=", "value": "200", "unit": "项", "kind": "level"}, "accepted"),
        ("deliver", "“双百", {}, "accepted"),
        ("exclude", "建立", {"reason": "重复"}, "excluded"),
        (
            "split",
            "编制",
            {"text": "编制科技创新规划。\r\n\r\n开展前瞻性课题研究，形成规划初稿。"},
            "proposed",
        ),
    ],
)
def test_each_act_on_a_line_has_its_form(
    act: str,
    title: str,
    data: dict[str, str],
    state: str,
    browser_of: Browser,
    officer: Actor,
    draft: PlanVersion,
) -> None:
    browser = browser_of(officer)
    item = line(draft, title)
    address = reverse(f"workplan:item-{act}", args=[item.pk])
    fields = hidden(browser.get(address).content.decode(), address)
    assert fields["expected_version"] == "1"
    assert browser.post(address, fields | data).status_code == 302
    item.refresh_from_db()
    assert item.state == state


def test_lines_are_merged_and_taken_back_on_their_pages(
    browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(officer)
    gone, into = line(draft, "建立"), line(draft, "编制")
    assert browser.post(reverse("workplan:item-merge", args=[gone.pk]), {"into": into.pk}).status_code == 302
    gone.refresh_from_db()
    assert gone.state == "excluded"
    assert browser.post(reverse("workplan:item-restore", args=[gone.pk])).status_code == 302
    gone.refresh_from_db()
    assert gone.state == "proposed"


def test_a_line_offers_what_can_be_done_with_it(
    browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(officer)

    def offered(title: str) -> set[str]:
        item = line(draft, title)
        html = browser.get(reverse("workplan:item-edit", args=[item.pk])).content.decode()
        return set(re.findall(rf"/items/{item.pk}/(\w+)/", html))

    assert offered("编制") == {"edit", "accept", "offices", "split", "merge", "exclude"}
    assert offered("高新技术企业") == {"edit", "accept", "target", "exclude"}
    assert offered("“双百") == {"edit", "promote", "deliver", "exclude"}
    Item.objects.filter(title__startswith="编制").update(state="excluded")
    assert offered("编制") == {"restore"}
    page = browser.get(reverse("workplan:item-edit", args=[line(draft, "编制").pk])).content.decode()
    assert 'name="title"' not in page


def test_a_form_with_faults_keeps_what_was_typed(
    browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(officer)
    item = line(draft, "编制")
    for act, data, kept in (
        ("edit", {"title": "", "text": "留下的原文"}, "留下的原文"),
        ("split", {"text": "改了字的原文"}, "改了字的原文"),
        ("exclude", {"reason": ""}, 'id="exclude_reason"'),
    ):
        answer = browser.post(reverse(f"workplan:item-{act}", args=[item.pk]), data)
        assert answer.status_code == 422
        assert kept in answer.content.decode()


def test_lines_and_areas_are_added_on_their_pages(
    browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(officer)
    answer = browser.post(
        reverse("workplan:item-add", args=[draft.pk]), {"kind": "task", "title": "新任务", "number": "4"}
    )
    assert answer["Location"] == reverse("workplan:item-edit", args=[line(draft, "新任务").pk])
    assert (
        browser.post(
            reverse("workplan:item-add", args=[draft.pk]), {"kind": "deliverable", "title": "留下"}
        ).status_code
        == 422
    )
    assert browser.post(reverse("workplan:area-add", args=[draft.pk]), {"title": "保障"}).status_code == 302
    area = Area.objects.get(title="保障")
    assert (
        browser.post(reverse("workplan:area-edit", args=[area.pk]), {"title": "保障措施"}).status_code == 302
    )
    assert browser.get(reverse("workplan:area-edit", args=[area.pk])).status_code == 200
    assert browser.post(reverse("workplan:area-edit", args=[area.pk]), {"remove": "1"}).status_code == 302
    assert draft.areas.count() == 2


def test_title_information_is_corrected_on_its_page(
    browser_of: Browser, officer: Actor, draft: PlanVersion
) -> None:
    address = reverse("workplan:plan-correct", args=[draft.pk])
    data = {"title": "新标题", "issuer": "某局", "year": "2021"}
    assert browser_of(officer).post(address, data).status_code == 302
    assert Plan.objects.get().title == "新标题"


def test_the_issue_page_tells_what_will_happen_and_then_does_it(
    browser_of: Browser, officer: Actor, leader: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(leader)
    address = reverse("workplan:version-issue", args=[draft.pk])
    html = browser.get(address).content.decode()
    assert "丁处" in html
    assert 'name="due" value="2020-12-31"' in html
    assert browser.post(address, {"day": "2020-02-01", "number": "留下的文号"}).status_code == 422
    actions.match_office(draft, officer, name="丁处", unit=None)
    actions.exclude_item(line(draft, "“双百"), officer, reason="专名")
    data = hidden(browser.get(address).content.decode(), address) | {
        "day": "2020-02-01",
        "number": "1号",
        "due": "2020-12-31",
    }
    answer = browser.post(address, data)
    assert answer["Location"] == reverse("workplan:plan-detail", args=[draft.plan_id])
    assert browser.post(address, data).status_code in {302, 403}
    assert Commitment.objects.filter(kind="task").count() == 3
    page = browser.get(answer["Location"]).content.decode()
    assert "1号" in page
    assert "局长" in page
    assert reverse("workplan:task-detail", args=[Commitment.objects.get(code="2020/1").pk]) in page


def test_an_issue_over_a_changed_draft_is_stopped(
    browser_of: Browser, officer: Actor, leader: Actor, draft: PlanVersion
) -> None:
    actions.match_office(draft, officer, name="丁处", unit=None)
    actions.exclude_item(line(draft, "“双百"), officer, reason="专名")
    browser = browser_of(leader)
    address = reverse("workplan:version-issue", args=[draft.pk])
    data = hidden(browser.get(address).content.decode(), address) | {
        "day": "2020-02-01",
        "number": "留下的文号",
    }
    actions.accept_item(line(draft, "编制"), officer)
    answer = browser.post(address, data)
    assert answer.status_code == 422
    assert 'value="留下的文号"' in answer.content.decode()
    assert Commitment.objects.count() == 0


def test_two_versions_are_shown_side_by_side(
    browser_of: Browser, importing: Import, officer: Actor, leader: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(officer)
    assert browser.get(reverse("workplan:version-diff", args=[draft.pk])).status_code == 422
    assert (
        "version-diff"
        not in browser.get(reverse("workplan:version-detail", args=[draft.pk])).content.decode()
    )
    actions.match_office(draft, officer, name="丁处", unit=None)
    actions.exclude_item(line(draft, "“双百"), officer, reason="专名")
    actions.issue_plan(draft, leader)
    second = importing(
        PLAN.replace("突破600家", "突破650家").replace("形成规划初稿", "形成<规划>送审稿"), plan=draft.plan
    )
    html = browser.get(reverse("workplan:version-diff", args=[second.pk])).content.decode()
    assert '<ins class="kc-ins">' in html
    assert "<规划>" not in html
    assert "&lt;" in html
    assert "600家" in html
    assert "650家" in html
    assert queries(browser, reverse("workplan:version-diff", args=[second.pk])) <= 15


def test_a_plan_is_compared_with_that_of_the_year_before(
    browser_of: Browser, importing: Import, officer: Actor, leader: Actor, draft: PlanVersion
) -> None:
    actions.match_office(draft, officer, name="丁处", unit=None)
    actions.exclude_item(line(draft, "“双百"), officer, reason="专名")
    actions.issue_plan(draft, leader)
    following = importing(PLAN.replace("2020年", "2021年").replace("突破600家", "突破700家"))
    browser = browser_of(officer)
    address = f"{reverse('workplan:version-diff', args=[following.pk])}?against={draft.pk}"
    assert address in browser.get(reverse("workplan:version-detail", args=[following.pk])).content.decode()
    html = browser.get(address).content.decode()
    assert "600家" in html
    assert "700家" in html


def test_a_discarded_draft_stays_readable(browser_of: Browser, officer: Actor, draft: PlanVersion) -> None:
    browser = browser_of(officer)
    address = reverse("workplan:version-discard", args=[draft.pk])
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "传错"})["Location"] == reverse(
        "workplan:plan-detail", args=[draft.plan_id]
    )
    assert browser.get(reverse("workplan:version-detail", args=[draft.pk])).status_code == 200
    assert browser.get(address).status_code == 403


@pytest.mark.parametrize("name", ["item-add", "area-add", "plan-correct", "version-issue", "version-discard"])
def test_pages_that_change_a_draft_are_closed_once_it_is_issued(
    name: str, browser_of: Browser, person: Callable[..., Actor], draft: PlanVersion
) -> None:
    PlanVersion.objects.filter(pk=draft.pk).update(state="issued")
    browser = browser_of(person("两用", *CORRECTS, *ISSUES))
    assert browser.get(reverse(f"workplan:{name}", args=[draft.pk])).status_code == 403
    assert browser.get(reverse("workplan:item-edit", args=[line(draft, "编制").pk])).status_code == 403


def test_who_may_only_look_sees_no_buttons_and_why(
    browser_of: Browser, stranger: Actor, draft: PlanVersion
) -> None:
    browser = browser_of(stranger)
    html = browser.get(reverse("workplan:version-detail", args=[draft.pk])).content.decode()
    assert reverse("workplan:item-edit", args=[line(draft, "编制").pk]) not in html
    listed = browser.get(reverse("workplan:plan-list")).content.decode()
    assert short_words("workplan.import_plan") in listed
    assert _("导入计划") in listed


def test_a_long_text_is_shown_with_its_empty_stretches_cut(
    browser_of: Browser, importing: Import, officer: Actor
) -> None:
    version = importing(PLAN + "附注" * 200_000)
    html = browser_of(officer).get(reverse("workplan:version-detail", args=[version.pk])).content.decode()
    assert len(html) < 200_000
    assert f"s-i{Item.objects.filter(kind='task').first().pk}" in html  # type: ignore[union-attr]
