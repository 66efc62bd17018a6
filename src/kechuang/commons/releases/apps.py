# SPDX-License-Identifier: Apache-2.0
"""The releases app."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Immutable versions of content."""

    name = "kechuang.commons.releases"
    label = "releases"
