# SPDX-License-Identifier: Apache-2.0
"""The peer's data, by its own models: a conference with many submissions, one with few, and their organiser."""

from __future__ import annotations

import datetime as dt
import random
from importlib.metadata import version
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.utils.crypto import get_random_string
from django_scopes import scopes_disabled
from pretalx.common.models import ActivityLog
from pretalx.event.models import Event
from pretalx.event.utils import create_organiser_with_team
from pretalx.person.models import SpeakerProfile, User
from pretalx.submission.models import Submission, SubmissionType, Track
from pretalx.submission.models.submission import SpeakerRole

SEED, SPEAKERS_EACH = 2019, 2
WORDS = [
    *("Open", "Data", "Cities", "Maps", "Water", "Energy", "Health", "Schools", "Transport", "Housing"),
    *("Research", "Transfer", "Start", "Growth", "Standards", "Archives", "Sensors", "Models", "Methods"),
    *("Practice", "Policy", "Budget", "People", "Law", "Trust", "Tools"),
]


@transaction.atomic
def fill(rows: int, few: int) -> tuple[User, dict[str, Any]]:
    """An organiser, two conferences; the person and what the measurement needs."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with scopes_disabled():
        organiser = User.objects.create_user(
            name="Organiser", email="organiser@example.org", password=get_random_string(20)
        )
        house, team = create_organiser_with_team(name="Bench", slug="bench", users=[organiser])
        team.all_events = team.can_change_event_settings = team.can_change_submissions = True
        team.save()
        dice = random.Random(SEED)
        many = conference(house, organiser, "many", rows, dice)
        small = conference(house, organiser, "small", few, dice)
    pages = {
        "list": "/orga/event/many/submissions/",
        "detail": f"/orga/event/many/submissions/{many}/",
        "list of few": "/orga/event/small/submissions/",
        "detail of few": f"/orga/event/small/submissions/{small}/",
    }
    sizes = {"submissions": rows, "speakers of submissions": rows * SPEAKERS_EACH, "log entries": rows}
    return organiser, {"pages": pages, "sizes": sizes, "version": version("pretalx")}


def conference(house, organiser, slug: str, rows: int, dice: random.Random) -> str:
    """A conference with tracks, speakers, submissions and a log; returns the code of a submission."""
    day = dt.date(2026, 6, 1)
    event = Event.objects.create(
        name=f"Conference {slug}",
        slug=slug,
        organiser=house,
        is_public=True,
        date_from=day,
        date_to=day + dt.timedelta(days=2),
        timezone="Asia/Shanghai",
        email="conference@example.org",
        locale_array="en",
        locale="en",
    )
    event.build_initial_data()
    types = [
        *event.submission_types.all(),
        SubmissionType.objects.create(event=event, name="Workshop", default_duration=90),
    ]
    tracks = [Track.objects.create(event=event, name=word, color="#3aa57c") for word in WORDS[:8]]
    people = User.objects.bulk_create(
        User(
            name=f"Speaker {number}",
            email=f"{slug}-{number}@example.org",
            code=f"{slug[0].upper()}{number:05d}",
        )
        for number in range(rows)
    )
    SpeakerProfile.objects.bulk_create(
        SpeakerProfile(user=user, event=event, biography=words(dice, 60)) for user in people
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            event=event,
            code=Submission.generate_code(8),
            title=words(dice, 8),
            submission_type=dice.choice(types),
            track=dice.choice(tracks),
            abstract=words(dice, 40),
            description=words(dice, 120),
            state=dice.choice(("submitted", "accepted", "confirmed", "rejected")),
        )
        for _number in range(rows)
    )
    SpeakerRole.objects.bulk_create(
        SpeakerRole(submission=submission, user=people[(number + step) % rows])
        for number, submission in enumerate(submissions)
        for step in range(SPEAKERS_EACH)
    )
    kind = ContentType.objects.get_for_model(Submission)
    ActivityLog.objects.bulk_create(
        (
            ActivityLog(
                event=event,
                person=organiser,
                content_type=kind,
                object_id=submission.pk,
                action_type="pretalx.submission.update",
                is_orga_action=True,
            )
            for submission in submissions
        ),
        batch_size=1000,
    )
    return submissions[rows // 2].code


def words(dice: random.Random, count: int) -> str:
    """Some words."""
    return " ".join(dice.choice(WORDS) for _number in range(count))
