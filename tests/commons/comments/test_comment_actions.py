# SPDX-License-Identifier: Apache-2.0
"""Comments: who may read, say, change and take back; whom a text names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from kechuang.commons.access.models import User
from kechuang.commons.comments.actions import edit_comment, post_comment, withdraw_comment
from kechuang.commons.comments.models import Comment, CommentTrace, Mention
from kechuang.commons.comments.queries import begun_name, named_in
from kechuang.commons.comments.threads import thread_of
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.refs import Ref, visible_to

SAY = (
    "comments.view_comment",
    "comments.post_comment",
    "comments.mention_person",
    "parties.view_organization",
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(bureau):
    return Ref.of(bureau)


def say(ref, actor, text):
    return post_comment(Comment.on(ref), actor, text=text)


def test_what_is_said_stands_with_its_thing(firm, person):
    li = person("李明", *SAY)
    comment = say(firm, li, "  请补充佐证。 ")
    assert (comment.text, comment.by, comment.ref) == ("请补充佐证。", "李明", firm)
    entry = Entry.objects.get(verb="comments.comment.posted")
    assert entry.ref == Ref.of(comment)
    assert entry.data == {
        "about": str(firm)
    }  # what was said is erased with the comment, so it is not in the journal


@pytest.mark.parametrize("left_out", SAY[:2] + SAY[3:])
def test_each_right_is_needed_to_comment(firm, person, left_out):
    with pytest.raises(Refused):
        say(firm, person("李明", *(right for right in SAY if right != left_out)), "好")
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "ref", [Ref("parties.organization", "999999"), Ref("kernel.seal", "1"), Ref("no.thing", "1")]
)
def test_what_no_room_shows_cannot_be_commented(person, ref):
    li = person("李明", *SAY)
    with pytest.raises(Refused):
        say(ref, li, "好")
    assert visible_to(li, [ref]) == {}


def test_an_empty_or_endless_comment_is_told(firm, person):
    li = person("李明", *SAY)
    for text in (" \n", "好" * 2001):
        with pytest.raises(Problem) as told:
            say(firm, li, text)
        assert told.value.field == "text"


def test_the_author_edits_while_it_is_fresh_and_leaves_a_trace(firm, person, monkeypatch):
    li, wang = person("李明", *SAY), person("王芳", *SAY)
    comment = say(firm, li, "请补充左证。")
    with pytest.raises(Refused):
        edit_comment(comment, wang, text="改")
    edit_comment(comment, li, text="请补充佐证。")
    assert list(CommentTrace.objects.values_list("text", "by")) == [("请补充左证。", "李明")]
    later = timezone.now() + dt.timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Refused):
        edit_comment(comment, li, text="再改")
    comment.refresh_from_db()
    assert comment.text == "请补充佐证。"
    assert comment.edited_at is not None


def test_a_withdrawn_comment_keeps_its_place_without_its_words(firm, person):
    li, wang = person("李明", *SAY), person("王芳", *SAY)
    auditor = person("审计", *SAY, "comments.view_trace")
    comment = say(firm, li, "说错了 @王芳")
    with pytest.raises(Refused):
        withdraw_comment(comment, wang)
    withdraw_comment(comment, li)
    with pytest.raises(Refused):
        withdraw_comment(comment, li)
    with pytest.raises(Refused):
        edit_comment(comment, li, text="又说")
    (line,) = thread_of(firm, wang).lines
    assert (str(line.words), line.traces) == ("", [])
    (line,) = thread_of(firm, auditor).lines
    assert [trace.text for trace in line.traces] == ["说错了 @王芳"]
    assert not Mention.objects.exists()


def test_who_keeps_order_may_withdraw_anything(firm, person):
    comment = say(firm, person("李明", *SAY), "不当言论")
    withdraw_comment(comment, person("管理", "comments.withdraw_any"))
    assert Comment.objects.get().withdrawn_at is not None


def test_people_are_named_by_the_longest_name_that_fits(db):
    for account, name in (("zhangs", "张三"), ("zsf", "张三丰"), ("ouyang", "欧阳娜"), ("gone", "离职人")):
        User.objects.create(username=account, display_name=name, is_active=account != "gone")

    def names(text):
        return [(place.written, [user.username for user in place.users]) for place in named_in(text)]

    assert names("@张三请看") == [("张三", ["zhangs"])]
    assert names("@张三丰请看，@欧阳娜 也看") == [("张三丰", ["zsf"]), ("欧阳娜", ["ouyang"])]
    assert names("请 @zsf 核对") == [("zsf", ["zsf"])]
    assert names("发到 someone@张三.cn 或 @离职人、@没有此人") == []
    assert names("@张三(zhangs)和@张三（zhangs）") == [("张三(zhangs)", ["zhangs"])] * 2
    assert names("@@张三") == []


def test_a_name_of_two_people_must_be_told_apart(firm, person):
    li = person("李明", *SAY)
    for number in (1, 2):
        other = User.objects.get(pk=person(f"w{number}", *SAY).id)
        other.display_name = "王伟"
        other.save()
    with pytest.raises(Problem) as told:
        say(firm, li, "@王伟 请核对")
    assert told.value.field == "text"
    assert "@王伟(w1)" in told.value.remedy
    assert "@王伟(w2)" in told.value.remedy
    say(firm, li, "@王伟(w2) 请核对")
    assert Mention.objects.get().user.username == "w2"


def test_who_may_not_see_the_thing_cannot_be_named_on_it(firm, person):
    li = person("李明", *SAY)
    person("外人", "comments.view_comment")
    with pytest.raises(Problem) as told:
        say(firm, li, "@外人 看看")
    assert told.value.field == "text"
    assert not Comment.objects.exists()


def test_naming_people_needs_its_right(firm, person):
    person("王芳", *SAY)
    plain = person("李明", *(right for right in SAY if right != "comments.mention_person"))
    with pytest.raises(Problem):
        say(firm, plain, "@王芳 请看")
    say(firm, plain, "请看")


def test_the_name_being_typed_is_the_one_at_the_end():
    assert begun_name("请 @张") == "张"
    assert begun_name("请 @") == ""
    assert begun_name("请 @张三 看") is None
    assert begun_name("a@b") is None
