# SPDX-License-Identifier: Apache-2.0
"""Every address: the joined pages here, each installed room under its own label."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from kechuang.site.api import addresses as api_addresses
from kechuang.site.views import cockpit, coverage, demo, description, desk, feed, health, journal, screen


def _rooms() -> list[URLPattern | URLResolver]:
    """The addresses of the installed rooms; a room whose settings line is deleted is gone."""
    return [
        path(f"{config.label}/", include(f"{config.name}.urls"))
        for config in apps.get_app_configs()
        if config.name.startswith("kechuang.")
        and config.label != "site"
        and module_has_submodule(config.module, "urls")
    ]


handler404 = "kechuang.site.api.not_found"
urlpatterns = [
    path("", desk.home, name="home"),
    path("cockpit/", cockpit.cockpit, name="cockpit"),
    path("cockpit/tasks/", cockpit.tasks, name="cockpit-tasks"),
    path("cockpit/screen/", screen.screen, name="cockpit-screen"),
    path("desk/", desk.desk, name="desk"),
    path("desk/subscription/", feed.subscription, name="feed-subscription"),
    path("feed/<str:secret>.ics", feed.feed, name="feed"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("journal/", journal.journal, name="journal"),
    path("api/v1/openapi.json", description.openapi, name="api-openapi"),
    path("api/v1/", include((api_addresses(), "api-v1"))),
    path("health/", health.health, name="health"),
    path("demo/become/", demo.become, name="demo-become"),
    path("demo/day/", demo.move_day, name="demo-day"),
    path("demo/tour/", demo.tour, name="demo-tour"),
    *_rooms(),
]
