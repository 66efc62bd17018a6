# SPDX-License-Identifier: Apache-2.0
"""Who is told of what after which verb."""

from __future__ import annotations

import datetime as dt

import pytest

from kechuang.commons.comments.actions import edit_comment, give_instruction, post_comment
from kechuang.commons.comments.models import Comment
from kechuang.commons.commitments.actions import (
    Part,
    confirm_closure,
    merge_parts,
    open_commitment,
    report_part,
    return_closure,
)
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.models import OutboxMessage
from kechuang.commons.kernel.outbox import deliver
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.notices.models import Receipt
from kechuang.commons.oversight.actions import issue_letter
from kechuang.commons.releases.canonical import digest
from kechuang.commons.releases.models import Release

SAY = (
    "comments.view_comment",
    "comments.post_comment",
    "comments.mention_person",
    "parties.view_organization",
)
LADDER = {
    "code": "default", "version": "1", "name": "测试办法", "source": "测试",
    "ladder": {
        "working_days": "false",
        "rungs": [{"code": "blue", "name": "蓝色督办单", "trigger": "overdue", "days": "1", "reply_days": "5"}],
    },
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def follow(django_capture_on_commit_callbacks):
    """Do something and let what follows from it happen."""

    def run(work, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            done = work(*arguments, **named)
        assert list(OutboxMessage.objects.exclude(error="").values_list("error", flat=True)) == []
        return done

    return run


def told():
    rows = Receipt.objects.order_by("notice__at", "user__username").values_list(
        "user__username", "notice__kind_code"
    )
    return list(rows)


def test_who_is_mentioned_is_told_once_however_the_comment_is_edited(bureau, person, follow):
    li, wang, zhao = person("李明", *SAY), person("王芳", *SAY), person("赵刚", *SAY)
    comment = follow(post_comment, Comment.on(Ref.of(bureau)), li, text="@王芳 请看，@李明 自己记着")
    assert told() == [("王芳", "comments.mentioned")]
    follow(edit_comment, comment, li, text="@王芳 @赵刚 请看")
    assert told() == [("王芳", "comments.mentioned"), ("赵刚", "comments.mentioned")]
    assert Receipt.objects.first().notice.ref == Ref.of(comment)
    del wang, zhao


def test_the_offices_of_an_instruction_are_told_once_each(bureau, office, person, follow):
    lead, other = office("创新处"), office("农村处")
    leader = person("局领导", *SAY, "comments.give_instruction")
    person("创新处长", *SAY, "commitments.report_part", over=lead)
    person("创新干事", "commitments.report_part", over=lead)
    person("农村干事", "commitments.report_part", over=other)
    person("王芳", *SAY)
    follow(
        give_instruction, Comment.on(Ref.of(bureau)), leader, text="请摸清。@创新处长 牵头，@王芳 知悉",
        due=dt.date(2019, 11, 30), offices=[Ref.of(lead)],
    )  # fmt: skip
    assert sorted(told()) == [
        ("创新处长", "comments.instructed"),
        ("创新干事", "comments.instructed"),
        ("王芳", "comments.mentioned"),
    ]


def test_a_closing_is_asked_for_returned_and_confirmed(office, person, system, follow):
    unit = office("创新处")
    head = person("处长", "commitments.report_part", "commitments.merge_parts", over=unit)
    person("干事", "commitments.report_part", over=unit)
    leader = person("局领导", "commitments.confirm_closure")
    person("副局长", "commitments.confirm_closure")
    task = open_commitment(
        None, system, kind="task", code="1", title="培育企业", start=dt.date(2019, 3, 1),
        source=Ref("workplan.item", "1"), parts=[Part(unit, "lead")],
    )  # fmt: skip
    part = task.responsibilities.get()
    report_part(part, head, text="完成", done=True, files=[("a.txt", b"x")])
    follow(merge_parts, task, head, text="阶段汇总")
    assert told() == []
    follow(merge_parts, task, head, text="申请办结", done=True)
    assert sorted(told()) == [
        ("副局长", "commitments.asked_to_close"),
        ("局领导", "commitments.asked_to_close"),
    ]
    Receipt.objects.all().delete()
    follow(return_closure, task, leader, reason="缺佐证")
    assert sorted(told()) == [("处长", "commitments.returned"), ("干事", "commitments.returned")]
    assert "缺佐证" in Receipt.objects.first().notice.body
    follow(merge_parts, task, head, text="再次申请", done=True)
    follow(return_closure, task, leader, reason="还缺")
    assert Receipt.objects.filter(notice__kind_code="commitments.returned").count() == 4
    Receipt.objects.all().delete()
    follow(merge_parts, task, head, text="三次申请", done=True)
    Receipt.objects.all().delete()
    follow(confirm_closure, task, leader)
    assert sorted(told()) == [("处长", "commitments.closed"), ("干事", "commitments.closed")]


def test_a_rule_that_runs_again_tells_nobody_again(bureau, person, follow):
    follow(post_comment, Comment.on(Ref.of(bureau)), person("李明", *SAY), text="好")
    person("王芳", *SAY)
    follow(post_comment, Comment.on(Ref.of(bureau)), person("赵刚", *SAY), text="@王芳 好")
    OutboxMessage.objects.update(delivered_at=None)
    assert deliver() == OutboxMessage.objects.count()
    assert told() == [("王芳", "comments.mentioned")]


def test_the_people_of_an_office_hear_of_a_letter(office, person, system, follow):
    unit = office("甲处")
    person("甲员", "commitments.report_part", over=unit)
    person("路人", "commitments.report_part", over=office("乙处"))
    leader = person("局长", "oversight.issue_letter", "commitments.report_part", over=unit)
    Release.objects.create(
        kind="progress_scheme", code="default", number="1", pack="test", sha256=digest(LADDER),
        released_at=clock.now(), content=LADDER,
    )  # fmt: skip
    task = follow(
        open_commitment, None, system, kind="task", code="1", title="任务一", start=dt.date(2019, 1, 1),
        due=dt.date(2019, 10, 14), source=Ref("workplan.item", "1"), parts=[Part(unit, "lead")],
    )  # fmt: skip
    follow(issue_letter, task, leader, rung="blue")
    assert told() == [("甲员", "oversight.letter")]
