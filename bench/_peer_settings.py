# SPDX-License-Identifier: Apache-2.0
"""The peer's own production settings, with an in-process cache where its documentation recommends Redis."""

from pretalx.settings import *  # noqa: F403

DEBUG = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
